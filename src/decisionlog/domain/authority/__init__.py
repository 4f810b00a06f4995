"""Authority in time: who had a duty, who acted for them, to whom it was given, and whether that held. No I/O."""

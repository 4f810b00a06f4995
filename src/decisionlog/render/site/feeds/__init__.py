"""What people subscribe to: the latest decisions as Atom, meetings and days that are due as a calendar."""

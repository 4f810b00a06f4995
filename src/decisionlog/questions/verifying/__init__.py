"""`verify`: is this log, or this copy of one, what it says? Recomputed from raw bytes; nothing stored is believed."""

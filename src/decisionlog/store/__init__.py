"""The store: append, read, prove the order, keep. It alone knows the event-sourcing library and the database."""

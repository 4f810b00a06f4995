"""What people can subscribe to: the latest decisions, and the days on which bodies meet and things fall due."""

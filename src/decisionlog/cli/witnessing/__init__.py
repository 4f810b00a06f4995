"""Witnesses: what a partner does for the log of others, and what is done with it for one's own."""

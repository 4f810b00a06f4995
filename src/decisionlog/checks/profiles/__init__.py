"""Profiles of complete records: what a decision's record must hold, by who decided, and how much of it is there."""

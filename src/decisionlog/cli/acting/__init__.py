"""The commands that record one fact, made from one table: what a verb records, its flags, what it must be told."""

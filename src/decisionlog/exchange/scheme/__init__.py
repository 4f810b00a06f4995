"""Scheme files: who there is, who sits where, who may decide what; to facts and back, by the table of `domain.scheme`."""

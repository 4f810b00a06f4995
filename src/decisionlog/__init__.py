"""The record of who decided what in a place-based partnership: an append-only log of facts, and what is read of it."""

__version__ = "0.1.0"

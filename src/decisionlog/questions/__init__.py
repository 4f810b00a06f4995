"""One question a file: each composes read models and facts into one answer, and states its basis."""

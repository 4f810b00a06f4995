"""The log on a PostgreSQL server: a schema a log."""

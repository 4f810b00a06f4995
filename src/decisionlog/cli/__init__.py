"""The command line: parse, one call, print. `main` holds the table of commands and the exit codes."""

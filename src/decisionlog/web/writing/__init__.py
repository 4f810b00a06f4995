"""What is recorded over HTTP, by the commands that record from the shell."""

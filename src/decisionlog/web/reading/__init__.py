"""What is asked over HTTP: one table of questions, answered by what answers the command line."""

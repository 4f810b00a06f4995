"""The figures, a module for each kind of work. Sizes and rounds are arguments, so that tests can run them small."""

"""The public register as pages: answers in, markup out."""

"""The pages of the public register: a file a page, each composed of other questions."""

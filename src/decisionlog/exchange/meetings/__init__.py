"""One file of a meeting: read, made into facts, compared with what was recorded from it before."""

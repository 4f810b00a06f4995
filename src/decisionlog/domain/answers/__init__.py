"""Answers: plain values that say what was found, on what basis, by which facts. Printing them is elsewhere."""

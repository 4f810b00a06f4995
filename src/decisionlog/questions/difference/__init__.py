"""What changed between two points of both times: rows that hold at one of them only, each change in a sentence."""

"""What things mean: facts, their values and words, refusals. No input or output, and no clock."""

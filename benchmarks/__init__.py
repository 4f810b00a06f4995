"""What the program costs, beside the limit and beside its peer, in the same run: `python -m benchmarks`."""

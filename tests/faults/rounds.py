"""How often a fault is made, from which seed, and how a failure is made again."""

from __future__ import annotations

import os
import time
from random import Random

ROUNDS = int(os.environ.get("DECISIONLOG_TEST_FAULT_ROUNDS", "0"))
SEED = int(os.environ.get("DECISIONLOG_TEST_FAULT_SEED") or time.time_ns() % 10**9)
# Read when the tests are collected: a test's own environment has none of our variables in it.


def rounds(few: int, *, share: float = 1.0) -> int:
    """How many rounds: a few, unless `make faults` or its like asks for many, of which a dear fault takes its share."""
    return max(few, round(ROUNDS * share))


def chance_of(seed: str) -> Random:
    """The same chance for the same seed."""
    return Random(seed)  # noqa: S311 - nothing is kept secret with it

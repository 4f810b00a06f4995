"""A withheld entry: what stands at the position of a fact that somebody may not see, with the hash of its leaf alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import orjson

from decisionlog.store import tree
from decisionlog.store.codec import Line, canonical

WITHHELD: Final = "withheld"
"""In the place of a type: no type of fact is written so, and nothing decodes it."""
_AT_ONCE: Final = 500


def withheld(line: Line) -> Line:
    """The entry that stands for a fact; nothing is in it of the fact but the hash, which its salt keeps from telling."""
    return Line(line.position, "", 0, WITHHELD, canonical({"$withheld": tree.leaf_hash(line.state).hex()}))


def is_withheld(line: Line) -> bool:
    """Whether an entry only stands for a fact."""
    return line.type == WITHHELD


def leaf_of(line: Line) -> str:
    """The hash of the leaf of a fact, or of the fact that an entry stands for; in hexadecimal."""
    return str(orjson.loads(line.state)["$withheld"]) if is_withheld(line) else tree.leaf_hash(line.state).hex()


def last_shown(lines: Callable[[int, int], list[Line]], position: int) -> Line | None:
    """The last fact up to a position that is shown; none, where none is. `lines` gives what follows a position."""
    at_once = 1
    while position > 0:
        start = max(0, position - at_once)
        for line in reversed(lines(start, position - start)):
            if not is_withheld(line):
                return line
        position, at_once = start, _AT_ONCE
    return None

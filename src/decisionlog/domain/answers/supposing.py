"""An answer from a log in which something is only supposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Supposed:
    """What is supposed: the facts of a file, at positions after the end of the log. They are not recorded."""

    file: str
    first: int
    last: int


@dataclass(frozen=True)
class Supposition:
    """An answer, and what is supposed in it. Its `basis` is that of the log itself; evidence from `first` on is supposed."""

    supposed: Supposed
    answer: Any

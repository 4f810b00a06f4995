"""An answer from a log in which something is only supposed."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Supposed(Struct, frozen=True):
    """What is supposed: the facts of a file, at positions after the end of the log. They are not recorded."""

    file: str
    first: int
    last: int


class Supposition(Struct, frozen=True):
    """An answer, and what is supposed in it. Its `basis` is that of the log itself; evidence from `first` on is supposed."""

    supposed: Supposed
    answer: Any

"""What the history of a log shows: how much was recorded and decided in each month, and what was recorded in one."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.telling import FactShown


class Month(Struct, frozen=True):
    """One month."""

    month: str
    """`2026-03`; of decisions of which no month is recorded the year, or empty."""
    recorded: int
    """How many entries the log gained. One that is not shown counts with the last before it that is."""
    decided: Mapping[str, int]
    """How many decisions were taken, by their outcomes."""

    @property
    def decisions(self) -> int:
        """How many decisions were taken."""
        return sum(self.decided.values())


class Chronicle(Struct, frozen=True):
    """A log month by month, the earliest first; months without anything are left out."""

    basis: Basis
    items: tuple[Month, ...]


class Entry(Struct, frozen=True):
    """One entry of the log."""

    position: int
    day: str
    """On which day it was recorded, by the calendar of the log; empty where it is not shown."""
    fact: FactShown | None
    """None: it is not shown, not even when it was recorded."""


class MonthTold(Struct, frozen=True):
    """What was recorded in a month, or a portion of it, in the order of the log."""

    basis: Basis
    month: str
    first: int
    """The positions of the whole month."""
    last: int
    items: tuple[Entry, ...]
    names: dict[str, str]

"""What came before what, as far as days tell: two acts of one day, one without a time, have no order."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END

LONG_AGO: Final = -OPEN_END
"""Before anything that is recorded."""


class Window(Struct, frozen=True):
    """Between which moments something happened."""

    first: int
    last: int

    def is_before(self, other: Window) -> bool:
        """Whether it was earlier than the other, whenever within their days they were."""
        return self.last < other.first


def window(record: Record, act: Act[Any]) -> Window:
    """Between which moments an act happened; one whose day is not recorded, at any time until it was first said."""
    if record.span(act.fact.on) is None:
        return Window(LONG_AGO, act.at.certain)
    return of_day(record, act.on, act.at.earliest)


def of_effect(record: Record, act: Act[Any]) -> Window:
    """The same of the moment from which an act has effect: its `from`, else the act."""
    begins = getattr(act.data, "from_", None)
    first = record.moment(begins)
    return window(record, act) if begins is None or first is None else of_day(record, begins, first)


def of_day(record: Record, day: str, first: int) -> Window:
    """From the first to the last moment of a day or of a partial date; a time is one moment."""
    last = record.end(day)
    return Window(first, first if last is None else last)


def after(record: Record, day: str | None) -> int | None:
    """The moment after the last day on which something could be done in time; none, where no day is recorded."""
    last = record.end(day)
    return None if last is None else last + 1

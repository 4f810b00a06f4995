"""What things were called, over all of time, as known at one point: read once, as long as nothing was written meanwhile.

The words behind a sealed title are not among it: they are opened each time, by whoever may.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Final, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.known import AsOf
from decisionlog.store.pieces import columns_of
from decisionlog.store.unchanged import kept_while_unchanged

_MOST: Final = 50_000
"""Names beyond which they are not taken over by the next question."""
_first_recorded = attrgetter("first_position")


class Called(NamedTuple):
    """What one thing was called from one moment to another."""

    stream: str
    first_position: int
    valid_from: int
    valid_until: int
    name: str
    """Its open name, or empty."""
    title: str
    """The commitment to its sealed title or name, or empty."""
    title_position: int


class Names:
    """The names of things as the register has them, as known at one point."""

    def __init__(self, rows: Connection, point: AsOf) -> None:
        self._rows = rows
        self._point = point
        self._read: dict[str, list[Called]] = {}

    @classmethod
    def at(cls, rows: Connection, point: AsOf) -> Names:
        """Those that earlier questions read at the same point of knowledge, where nothing was written since; else none yet."""
        what = (cls, point.position, point.said_by)
        names = kept_while_unchanged(rows, what, lambda: cls(rows, point), lambda one: len(one._read) <= _MOST)  # noqa: SLF001 - one of its own
        names._rows = rows  # noqa: SLF001 - the same connection to the database, as it is lent to this question
        return names

    def of(self, streams: Iterable[str], moment: int) -> list[Called]:
        """What these were called at a moment, in the order in which they were first recorded; then what was met later."""
        wanted = list(dict.fromkeys(streams))
        self._read_at_once([stream for stream in wanted if stream not in self._read])
        met, later = [], []
        for stream in wanted:
            if called := _holding(self._read[stream], moment):
                met.append(called)
            elif called := _holding(self._read[stream], OPEN_END - 1):
                later.append(called)
        return sorted(met, key=_first_recorded) + sorted(later, key=_first_recorded)

    def _read_at_once(self, missing: list[str]) -> None:
        if not missing:
            return
        found: dict[str, list[Called]] = {stream: [] for stream in missing}
        for row in columns_of(self._rows, "register", Called._fields, missing, self._point):
            found[row[0]].append(Called._make(row))
        self._read |= found


def _holding(every: Iterable[Called], moment: int) -> Called | None:
    for called in every:
        if called.valid_from <= moment < called.valid_until:
            return called
    return None

"""Whether a decision was written down long after it was taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.checks.calendar import day_of
from decisionlog.checks.determinations import determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Record
from decisionlog.domain.known import said_at
from decisionlog.domain.saying import Day

LATE_AFTER: Final = 28
"""Days. A record is late that was first written later than so many days after the act."""


def late_entry(record: Record, decision: str) -> Iterator[Tripped]:
    """GL43: first written down more than 28 days after it was taken, as far as its source says when that was."""
    taken = determination(record, decision)
    if taken is None or not taken.dated:
        return
    fact = taken.taken.fact
    if fact.source and not fact.source.recorded_at:  # only when it was imported is known
        return
    said = said_at(fact, record.zone)
    written = day_of(said, record.zone)
    late = (written - day_of(taken.last, record.zone)).days
    if late > LATE_AFTER:
        sentence = (
            "it was taken on ",
            Day(taken.taken.on),
            " and first written down on ",
            Day(written.isoformat()),
            f", {late} days later",
        )
        yield Tripped(sentence, (taken.position,), said)

"""The point on both axes of time that a question asks about, and the basis of its answer."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.days import NotADate, instant_asked, is_to_come, moment, named_day, span, stamp
from decisionlog.domain.known import AsOf, Known
from decisionlog.domain.refusals import BadInput
from decisionlog.settings import BUILT_IN
from decisionlog.store.log import Log

RULES: Final = "reading-1"
"""The rules by which facts are read: days, corrections, retractions, clocks. They change with a new number only."""


class Asked(Struct, frozen=True):
    """What a question was given: a day or time, what may be known, and on whose clock; and by which rules."""

    on: str | None = None
    known: str | None = None
    clock: str = "log"
    rules: str = BUILT_IN
    """The setting `rules`: which table of legal bases, for questions of authority."""


class Point(Struct, frozen=True):
    """Both times, settled."""

    as_of: AsOf
    known: Known
    basis: Basis
    rules: str = BUILT_IN


def settle(log: Log, asked: Asked, now: datetime) -> Point:
    """Settle what was asked against a log, `today` and `yesterday` by its calendar. Raises `BadInput` for what is not a date."""
    on, known = (when and named_day(when, now, log.zone) for when in (asked.on, asked.known))
    asked = Asked(on, known, asked.clock, asked.rules)
    try:
        instant = instant_asked(asked.on, log.zone) if asked.on else moment(now)
        said_by = None
        if asked.known and asked.clock == "source":
            if asked.known.startswith("@"):
                msg = f"{asked.known} is a position, which the sources' clocks do not have; give a date or a time."
                raise BadInput(msg)
            said_by = instant_asked(asked.known, log.zone)
            position = log.position_at(said_by)
        else:
            position = log.position_known(asked.known) if asked.known else log.size()
            if asked.known and asked.known[:1] == "@" and asked.known != f"@{position}":
                msg = f"{asked.known} is beyond the end of the log, which has {position:,} facts."
                raise BadInput(msg)
    except NotADate as wrong:
        raise BadInput(str(wrong)) from wrong
    _refuse_what_nobody_knows_yet(log, asked.known, now)
    size = log.size() if said_by is not None else position
    basis = Basis(
        log=log.identity.origin,
        as_at=asked.on or stamp(now),
        known_at=asked.known or stamp(now),
        clock=asked.clock,
        position=size,
        root=log.root(size).hex(),
        rules=RULES,
    )
    return Point(
        AsOf(instant, position, said_by), Known(None if said_by is not None else position, said_by), basis, asked.rules
    )


def _refuse_what_nobody_knows_yet(log: Log, known: str | None, now: datetime) -> None:
    """Refuse a `known` that is still to come: by the clock, and by the last fact, of which the clock may be behind."""
    if known is None or known.startswith("@") or not is_to_come(known, log.zone, moment(now)):
        return
    last = next(iter(log.facts(log.head().size - 1)), None)
    if last is None or is_to_come(known, log.zone, span(last.recorded_at, log.zone).earliest):
        msg = (
            f"What will be known on {known} is not known yet: --known takes a day up to today. "
            f"To ask about a day to come, by what is known now, write --on {known}."
        )
        raise BadInput(msg)


def day_of(point: str) -> str:
    """A point of time as a sentence names it: by its day, `on 2026-03-12`; or `at position 12`."""
    return f"at position {point[1:]}" if point.startswith("@") else f"on {point[: len('2026-03-12')]}"

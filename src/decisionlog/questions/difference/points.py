"""The two points that are compared: two days as known at one time, or one day as known at two times."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from decisionlog.domain.days import span
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.store.log import Log


class Between(Struct, frozen=True):
    """What is compared, as it was asked for."""

    first: str
    second: str
    of_belief: bool = False
    """The two are times of knowledge; else days."""
    at: str | None = None
    """The other axis: as known by then; of a change of belief, as at this day."""
    clock: str = "log"
    rules: str = ""

    def asked(self, which: str) -> Asked:
        """One of the two as a question."""
        on, known = (self.at, which) if self.of_belief else (which, self.at)
        return Asked(on, known, self.clock, self.rules)


class Both(Struct, frozen=True):
    """Both points, settled."""

    before: Point
    after: Point
    of_belief: bool
    known_until: int
    """Of a change of belief, the moment until which the first of the two knew; what happened before and came later is late."""


def settled(log: Log, between: Between, now: datetime) -> Both:
    """Both points, settled against a log. Raises `BadInput` where the second is before the first, and as `settle`."""
    if not between.of_belief and between.first[:1] == between.second[:1] == "@":
        msg = (
            f"{between.first} and {between.second} are positions, not days. "
            f"What was believed at two positions is compared with --known: diff --known {between.first} {between.second}."
        )
        raise BadInput(msg)
    before, after = (settle(log, between.asked(which), now) for which in (between.first, between.second))
    places = [
        (one.as_of.said_by, one.as_of.position) if between.of_belief else (one.as_of.on, 0) for one in (before, after)
    ]
    if places[0] > places[1]:
        msg = f"{between.first} is later than {between.second}; write the earlier one first: diff {between.second} {between.first}."
        raise BadInput(msg)
    if not after.as_of.position and after.as_of.said_by is None:
        first = next(iter(log.facts(limit=1)))
        sources = " What the sources say was known then is compared with --clock source." if between.of_belief else ""
        msg = f"Nothing had been recorded in this log by {after.basis.known_at}: its first fact is of {first.recorded_at[:10]}.{sources}"
        raise NotFound(msg)
    return Both(before, after, between.of_belief, _known_until(log, before))


def _known_until(log: Log, point: Point) -> int:
    if point.as_of.said_by is not None:
        return point.as_of.said_by
    last = log.recorded_at(point.as_of.position)
    return span(last, log.zone).earliest if last else 0

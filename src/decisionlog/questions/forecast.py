"""`forecast`: what ends, falls due or becomes vacant in the days ahead, by what is known.

Nothing is guessed: what ends is what has its last day recorded, and what falls due is what the rules would find then,
since a finding says from when it is so. Of those of the days that had passed by the time of knowledge, it is told what the
rules found: what was done on them is known, and nothing can be done before.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from decisionlog.checks.finding import Finding
from decisionlog.checks.rule import rules
from decisionlog.domain.answers.forecast import Forecast
from decisionlog.domain.days import at, instant_asked, span
from decisionlog.domain.refusals import BadInput
from decisionlog.questions import findings
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.checking import Progress, found
from decisionlog.questions.difference.asking import difference
from decisionlog.questions.difference.points import Between
from decisionlog.questions.finding_things import names_of
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_QUARTER: Final = 90
"""Days."""


def forecast(
    log: Log, models: ReadModels, asked: Asked, until: str, now: datetime, progress: Progress | None = None
) -> Forecast:
    """What is to come after the point that is asked about, until the end of a day.

    Raises `BadInput` where that day is not later, and as `settle`.
    """
    point = settle(log, asked, now)
    then = settle(log, Asked(until, asked.known, asked.clock, asked.rules), now)
    if then.as_of.on <= point.as_of.on:
        msg = f"--until {until} is not later than {point.basis.as_at[:10]}, the day that is asked about; a forecast looks ahead."
        raise BadInput(msg)
    between = Between(point.basis.as_at, until, at=asked.known, clock=asked.clock, rules=asked.rules)
    changes = difference(log, models, between, now)
    every = found(log, models, point, table_in(asked.rules), list(rules()), progress).findings
    with models.reading() as rows:
        viewing = Viewing(log, rows, then)
        begins = [one for one in _in_order(every) if one.evidenced and point.as_of.on < one.since <= then.as_of.on]
        past = min(_when_known(log, point), then.as_of.on)
        found_ = tuple(findings.told(one, viewing) for one in begins if one.since <= past)
        due = tuple(findings.told(one, viewing) for one in begins if one.since > past)
        names = names_of(log, rows, findings.mentioned((*found_, *due)), then.as_of)
    return Forecast(changes, due, {**changes.names, **names}, found_, is_past=past == then.as_of.on)


def _when_known(log: Log, point: Point) -> int:
    """Until when a point knows what happened: until the time of knowledge, or that at which its last fact was recorded."""
    known = point.basis.known_at
    if not known.startswith("@"):
        return instant_asked(known, log.zone)
    return span(log.recorded_at(point.as_of.position), log.zone).earliest


def _in_order(every: Iterable[Finding]) -> list[Finding]:
    """What comes first, first."""
    return sorted(every, key=lambda one: (one.since, one.rule, one.subject))


def quarter_later(log: Log, asked: Asked, now: datetime) -> str:
    """The day that is ninety days after the point that is asked about; the last of all days, where there are not so many."""
    day = at(settle(log, asked, now).as_of.on).astimezone(log.zone).date()
    return (day + min(timedelta(days=_QUARTER), date.max - day)).isoformat()

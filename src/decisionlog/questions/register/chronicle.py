"""The history of the log: how much was recorded and decided in each month, and what was recorded in one, day by day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection

from decisionlog.domain.answers.chronicle import Chronicle, Entry, Month, MonthTold
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.days import civil_day, day_start
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf
from decisionlog.domain.refusals import NotFound
from decisionlog.projections import decisions
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.portions import portion
from decisionlog.questions.telling import tell, tell_all
from decisionlog.questions.viewing import Viewing
from decisionlog.store.log import Log

_MONTH: Final = re.compile(r"(?!0000|9999)(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_A_MONTH: Final = len("2026-03")
_NOTHING: Final = "Nothing was recorded in such a month."


def chronicle(asking: Asking) -> RegisterPage:
    """The page of all months."""
    point = settle(asking.log, asking.asked, asking.now)
    recorded = {month: last - first + 1 for month, first, last in _months(asking.log)}
    with asking.models.reading() as rows:
        decided = _decided(rows, point.as_of)
    months = sorted(recorded.keys() | decided.keys())
    items = tuple(Month(one, recorded.get(one, 0), dict(sorted(decided.get(one, {}).items()))) for one in months)
    shown = Chronicle(point.basis, items)
    return asking.page("chronicle", "history", "History of the log", point.basis, {}, chronicle=shown)


def _decided(rows: Connection, point: AsOf) -> dict[str, Counter[str]]:
    """How many decisions with which outcome were taken in each month; in a year, where no month is recorded."""
    found: dict[str, Counter[str]] = {}
    for one in decisions.taken(rows, point):
        found.setdefault(one.values.on[:_A_MONTH], Counter())[one.values.outcome] += 1
    return found


def months_recorded(asking: Asking) -> Iterator[str]:
    """The months in which something was recorded."""
    return (month for month, _, _ in _months(asking.log))


def _months(log: Log) -> Iterator[tuple[str, int, int]]:
    """Each month in which something was recorded, by the calendar of the log, with its first and its last position.

    What is not shown counts with the last before it that is: when it was recorded is not told.
    """
    first = next(iter(log.facts()), None)
    if first is None:
        return
    day, after, size = civil_day(first.recorded_at, log.zone), first.position - 1, log.size()
    while after < size:
        until = _recorded_before(log, following := _month_after(day))
        if until > after:
            yield f"{day:%Y-%m}", after + 1, until
        day, after = following, until


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _recorded_before(log: Log, day: date) -> int:
    """The last position that was recorded before a day."""
    return log.position_at(day_start(day, log.zone) - 1)


def month(asking: Asking) -> RegisterPage:
    """The page of one month, or a portion of it. Raises `NotFound` where nothing was recorded in it."""
    begins = _begins(asking.slug)
    first, last = _recorded_before(asking.log, begins) + 1, _recorded_before(asking.log, _month_after(begins))
    if first > last:
        raise NotFound(_NOTHING)
    positions, number, pages = portion(range(first, last + 1), asking.given.get("page", ""))
    point = settle(asking.log, asking.asked, asking.now)
    with asking.models.reading() as rows:
        items = tuple(_entries(Viewing(asking.log, rows, point), positions))
        names = names_of(asking.log, rows, mentioned_in(items), point.as_of)
    told = MonthTold(point.basis, asking.slug, first, last, items, names)
    title = f"What was recorded in {begins:%B %Y}"
    page = asking.page("month", f"history/{asking.slug}", title, point.basis, names, recorded=told)
    return replace(page, number=number, pages=pages, total=last - first + 1)


def _begins(slug: str) -> date:
    """The first day of the month that an address names. Raises `NotFound` where it names none."""
    if not (found := _MONTH.fullmatch(slug)):
        raise NotFound(_NOTHING)
    return date(int(found[1]), int(found[2]), 1)


def _entries(viewing: Viewing, positions: Sequence[int]) -> Iterator[Entry]:
    """What stands at these positions, which follow each other."""
    log = viewing.log
    there = {fact.position: fact for fact in log.facts(positions[0] - 1, positions[-1])}
    for position in positions:
        fact = there.get(position)
        day = civil_day(fact.recorded_at, log.zone).isoformat() if fact else ""
        yield Entry(position, day, _told(viewing, fact) if fact else None)


def _told(viewing: Viewing, fact: Fact) -> FactShown:
    """A fact as it is known by now: corrected, and also where it was retracted."""
    seen = viewing.of(fact.stream)
    known = (one for one in (*seen.reading.facts, *seen.reading.retracted) if one.position == fact.position)
    if found := next(known, None):
        return tell_all(viewing.log, [found], seen.reading, seen.openings)[0]
    return tell(fact, seen.openings)

"""Whether those who hold a pooled fund reported on it as often as they were to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, Final

from decisionlog.checks.calendar import day_of
from decisionlog.checks.course.endings import end_of
from decisionlog.checks.course.order import after, window
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END, day_start
from decisionlog.domain.facts.fund import FundEstablished, FundReported
from decisionlog.domain.facts.instrument import InstrumentAdopted
from decisionlog.domain.saying import Day, Said

_MONTHS: Final = {
    "monthly": 1,
    "each month": 1,
    "quarterly": 3,
    "each quarter": 3,
    "half-yearly": 6,
    "six-monthly": 6,
    "annually": 12,
    "annual": 12,
    "yearly": 12,
    "each year": 12,
}
"""How often reports come, by the words that people use."""
_BY_LAW: Final = 3
"""Months: under SI 2000/617 reg 9 reports come quarterly and annually."""
_LAST_YEAR: Final = 9998


def fund_not_reported(record: Record, fund: str) -> Iterator[Tripped]:
    """GL50: the next report on a fund was due, by the day that was set or by how often it comes, and did not come."""
    told = record.of(fund)
    established = told.first(FundEstablished)
    if established is None:
        return
    months = _months(record, established)
    ended = end_of(record, fund)
    reports: list[Act[Any]] = [established, *told.all(FundReported)]
    for act, following in pairwise([*reports, None]):
        assert act is not None
        day = _next_due(act)
        since = after(record, day) if day else _by_rhythm(record, established, act, months) if months else None
        until = min(ended, following.at.earliest if following else OPEN_END)
        in_time = since is None or (following is not None and window(record, following).first < since)
        if since is not None and not in_time and since < until:
            said = _overdue(day) if day else _silent_for(months)
            yield Tripped(said, (act.position,), since, until)


def _overdue(day: str) -> Said:
    return ("a report on it was due by ", Day(day), ", and none is recorded by then")


def _silent_for(months: int) -> Said:
    return (f"no report on it was made in a whole period of {months} months, for which one was due",)


def _next_due(act: Act[Any]) -> str:
    """The day of the next report, as was said with the last, or at first by the terms of the fund."""
    if isinstance(act.data, FundReported):
        return act.data.next_due or ""
    return min((one.next_due for one in act.data.reporting or () if one.next_due), default="")


def _months(record: Record, established: Act[FundEstablished]) -> int:
    """How often reports come: by the terms of the fund; else of an agreement under section 75, quarterly; 0: not recorded."""
    said = [_MONTHS.get((one.every or "").strip().lower(), 0) for one in established.data.reporting or ()]
    return min((one for one in said if one), default=_BY_LAW if _is_by_section_75(record, established) else 0)


def _is_by_section_75(record: Record, established: Act[FundEstablished]) -> bool:
    data = established.data
    if data.kind != "pooled":
        return False
    adopted = record.of(data.instrument).first(InstrumentAdopted) if data.instrument else None
    return data.legal_basis == "nhsa2006-s75" or bool(adopted and adopted.data.kind == "s75-agreement")


def _by_rhythm(record: Record, established: Act[FundEstablished], last: Act[Any], months: int) -> int:
    """The moment after the period that follows the one of the last report; the report on a period comes in the next."""
    begun = day_of(record.effect(established), record.zone)
    reported = day_of(window(record, last).last if last is not established else record.effect(last), record.zone)
    passed = max((reported.year - begun.year) * 12 + reported.month - begun.month, 0) // months
    return day_start(_months_after(begun.replace(day=1), (passed + 2) * months), record.zone)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return day.replace(year=min(day.year + years, _LAST_YEAR), month=month + 1)

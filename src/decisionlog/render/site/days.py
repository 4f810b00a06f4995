"""The history of the log as its pages show it: decisions month by month for their picture, entries day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decisionlog.domain.answers.chronicle import Chronicle, Entry
from decisionlog.render.site.pictures import months


def by_day(entries: Iterable[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries of each day; one that is not shown stands with those before it, since its day is not told."""
    day, several = "", list[Entry]()
    for one in entries:
        if one.day and day and one.day != day:
            yield day, several
            several = []
        day = one.day or day
        several.append(one)
    if several:
        yield day, several


def periods(told: Chronicle) -> tuple[months.Period, ...]:
    """How many decisions were taken in each month, as its picture wants them."""
    return months.periods(
        (one.month, outcome) for one in told.items for outcome, number in one.decided.items() for _ in range(number)
    )

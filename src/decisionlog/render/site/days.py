"""Entries of the log as the page of a month shows them: day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from decisionlog.domain.answers.chronicle import Entry


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

"""Totals over the records of many decisions: by decision-maker and year, and by field."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from decisionlog.domain.answers.completeness import FieldTotal, RecordJudged, YearTotal

_MOST: Final = 3
"""How many of the fields that are missing most often are named."""


def by_year(items: Iterable[RecordJudged]) -> tuple[YearTotal, ...]:
    """Each decision-maker's decisions of each year; a joint decision counts for each of those who made it."""
    groups: dict[tuple[str, str], list[RecordJudged]] = defaultdict(list)
    for item in items:
        for maker in item.makers or ("",):
            groups[maker, item.on[: len("2026")]].append(item)
    return tuple(_total(maker, year, groups[maker, year]) for maker, year in sorted(groups))


def by_field(items: Iterable[RecordJudged]) -> tuple[FieldTotal, ...]:
    """Each field that is asked for of any of these decisions, those that are missing most often first."""
    titles: dict[str, str] = {}
    stands: dict[str, Counter[str]] = defaultdict(Counter)
    for item in items:
        for name, (title, status) in _asked(item).items():
            titles[name] = title
            stands[name][status] += 1
    totals = (
        FieldTotal(
            name=name,
            title=titles[name],
            asked=count.total(),
            recorded=count["recorded"],
            as_none=count["recorded-as-none"],
            missing=count["not-recorded"],
        )
        for name, count in stands.items()
    )
    return tuple(sorted(totals, key=lambda total: -total.missing))


def _asked(item: RecordJudged) -> dict[str, tuple[str, str]]:
    """The fields that some profile asks for of a decision, each once, with how it stands."""
    fields = (field for judged in item.judged for field in judged.fields if field.applies)
    return {field.name: (field.title, field.status) for field in fields}


def _total(maker: str, year: str, items: Sequence[RecordJudged]) -> YearTotal:
    missed = Counter(field.title for item in items for field in item.missing)
    return YearTotal(
        maker=maker,
        year=year,
        decisions=len(items),
        complete=sum(not item.missing for item in items),
        recorded=sum(item.recorded for item in items),
        asked=sum(item.asked for item in items),
        most_missed=tuple(missed.most_common(_MOST)),
    )

"""Holds: what is recorded that nothing sealed in a stream may be erased for now. Placed by one fact, lifted by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any

from decisionlog.domain.days import OPEN_END, span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Known, happened_at, read

PLACED = "record.hold_placed"
LIFTED = "record.hold_lifted"
BEARING = (PLACED, LIFTED, "record.corrected", "record.retracted")
"""The types of fact of a stream that say whether a hold stands."""


def standing(facts: Iterable[Fact], zone: tzinfo, now: int = OPEN_END, known: Known | None = None) -> list[Fact]:
    """The holds of one stream that bar erasing at a moment, of its facts of the types of `BEARING`, as they were known.

    A hold bars from the day that it is for, or from the moment that it is recorded, whichever comes first; one that is to
    be lifted later still bars.
    """
    reading = read(facts, known or Known(), zone)
    lifted = {fact.of.n for fact in reading.facts if fact.type == LIFTED and fact.of and happened_at(fact, zone) <= now}
    placed = [fact for fact in reading.facts if fact.type == PLACED and _bars_from(fact, zone) <= now]
    return [fact for fact in placed if fact.n not in lifted]


def _bars_from(hold: Fact, zone: tzinfo) -> int:
    return min(happened_at(hold, zone), span(hold.recorded_at, zone).earliest)


def named_in(value: Any) -> Iterator[str]:
    """The people whom a part of a fact names."""
    if isinstance(value, str):
        if value.startswith("person:"):
            yield value
        return
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    for one in inner:
        yield from named_in(one)


def people_around(data: Any, pointer: str) -> set[str]:
    """Whom a value in a fact is about: the people whom the nearest part around it names; in none, nobody.

    Of what was said of one of many who were at a meeting it is that one; of the text of a decision all whom it names.
    """
    parts = [data]
    for step in pointer.split("/")[1:-1]:
        inner = parts[-1]
        if isinstance(inner, dict):
            parts.append(inner.get(step.replace("~1", "/").replace("~0", "~")))
        elif isinstance(inner, list) and step.isdecimal() and int(step) < len(inner):
            parts.append(inner[int(step)])
    return next((people for part in reversed(parts) if (people := set(named_in(part)))), set())

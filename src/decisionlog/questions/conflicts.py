"""Interests declared for a decision or an item of a meeting, and how each conflict was managed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decisionlog.domain.days import by_the_day_of
from decisionlog.questions.viewing import Seen, Stated

_UNSAID = frozenset({"items"})


def interests_of(meeting: Seen, item: str | None) -> Iterator[dict[str, Any]]:
    """The interests declared at a meeting that bear on an item (on any, where none is given), each with how it was managed."""
    held = meeting.last("meeting.held")
    for one in held.data.get("interests", ()) if held else ():
        yield {**one, "position": held.position if held else 0}
    for declared in meeting.stated("meeting.interest_declared"):
        items = declared.data.get("items")
        if items and item is not None and item not in items:
            continue
        managed = [_managed(one) for one in meeting.stated("meeting.conflict_managed") if _answers(one, declared, item)]
        yield {**declared.data, **({"managed": managed} if managed else {}), "position": declared.position}


def _answers(one: Stated, declared: Stated, item: str | None) -> bool:
    items = one.data.get("items")
    if items and item is not None and item not in items:
        return False
    return one.fact.of is not None and one.fact.of.n == declared.fact.n


def _managed(one: Stated) -> dict[str, Any]:
    return {**{name: value for name, value in one.data.items() if name not in _UNSAID}, "position": one.position}


def asked_for(meeting: Seen, on: str | None = None) -> bool:
    """Whether it is recorded that interests were asked for: it says so, or one was declared there, by the day of an act."""
    declared = meeting.stated("meeting.interest_declared")
    return any("interests" in one.data for one in meeting.stated("meeting.held")) or any(
        by_the_day_of(one.fact.on, on) for one in declared
    )

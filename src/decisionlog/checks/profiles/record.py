"""The record of one decision, as rules look at it: its facts in plain data, and what the table's paths find in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from decisionlog.domain.days import is_partial

DAY: Final = "@day"
"""In a path: the whole day on which the act happened."""
ON: Final = "@on"
"""In a path: when the act happened, as far as that is recorded."""


@dataclass(frozen=True)
class Noted:
    """One fact: its type, when it happened, and its data in plain values, what is sealed opened where it can be."""

    type: str
    data: Mapping[str, Any]
    position: int
    on: str = ""
    """Empty: not recorded."""
    stream: str = ""
    """Of what it is a fact, where a reason may have to name it."""


@dataclass(frozen=True)
class Declared:
    """One interest that was declared, with the facts that declare it and that manage it.

    What a list of another fact holds (`interests` of a decision) is that fact with this one entry.
    """

    by: str
    facts: tuple[Noted, ...]


@dataclass(frozen=True)
class DecisionRecord:
    """Everything recorded that bears on one decision, at one point of both times.

    `facts` are those of its own stream, of the proposals that it disposes of, of its meeting (what was declared for other
    items left out), the terms of reference of its deciders, and the delegations that it relied on.
    """

    facts: tuple[Noted, ...]
    interests: tuple[Declared, ...] = ()

    def of(self, *types: str) -> Iterator[Noted]:
        """The facts of these types."""
        return (fact for fact in self.facts if fact.type in types)

    def values(self, *paths: str) -> Iterator[tuple[Any, int]]:
        """What is recorded at these paths of the table, and by which fact."""
        return found(self.facts, paths)


def found(facts: Iterable[Noted], paths: Iterable[str]) -> Iterator[tuple[Any, int]]:
    """What is recorded at paths such as `meeting.held quorum.quorate`: each value, and the position of its fact.

    A path that names no field finds the fact itself. A list is looked into; an empty one is found as it is.
    """
    facts = list(facts)
    for path in paths:
        type_, _, field = path.partition(" ")
        for fact in facts:
            if fact.type == type_:
                yield from ((value, fact.position) for value in _at(fact, field))


def says_none(value: Any) -> bool:
    """Whether a value says that there was none: an empty list, or the word."""
    if isinstance(value, str):
        return value.strip().rstrip(".").casefold() == "none"
    return isinstance(value, (list, tuple)) and not value


def _at(fact: Noted, field: str) -> Iterator[Any]:
    if not field:
        yield fact.type
    elif field == ON:
        yield from [fact.on] * bool(fact.on)
    elif field == DAY:
        yield from [fact.on] * (bool(fact.on) and not is_partial(fact.on))
    else:
        yield from _within(fact.data, field.split("."))


def _within(value: Any, names: list[str]) -> Iterator[Any]:
    if isinstance(value, (list, tuple)) and value:
        for one in value:
            yield from _within(one, names)
    elif not names:
        yield from [value] * (value is not None)
    elif isinstance(value, Mapping) and names[0] in value:
        yield from _within(value[names[0]], names[1:])

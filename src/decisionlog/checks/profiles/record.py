"""The record of one decision, as rules look at it: its facts in plain data, and what the table's paths find in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.days import is_partial

DAY: Final = "@day"
"""In a path: the whole day on which the act happened."""
ON: Final = "@on"
"""In a path: when the act happened, as far as that is recorded."""


class Noted(Struct, frozen=True):
    """One fact: its type, when it happened, and its data in plain values, what is sealed opened where it can be."""

    type: str
    data: Mapping[str, Any]
    position: int
    on: str = ""
    """Empty: not recorded."""
    stream: str = ""
    """Of what it is a fact, where a reason may have to name it."""


class Facts(Struct, frozen=True, dict=True):
    """Facts that are looked into by type, again and again."""

    every: tuple[Noted, ...] = ()

    @cached_property
    def by_type(self) -> Mapping[str, list[Noted]]:
        """The facts of each type, in their order."""
        by_type: dict[str, list[Noted]] = {}
        for fact in self.every:
            by_type.setdefault(fact.type, []).append(fact)
        return by_type

    def values(self, paths: Iterable[str]) -> Iterator[tuple[Any, int]]:
        """What is recorded at paths such as `meeting.held quorum.quorate`: each value, and the position of its fact.

        A path that names no field finds the fact itself. A list is looked into; an empty one is found as it is.
        """
        for path in paths:
            type_, field, names = _parsed(path)
            for fact in self.by_type.get(type_, ()):
                yield from ((value, fact.position) for value in _at(fact, field, names))


class Declared(Struct, frozen=True):
    """One interest that was declared, with the facts that declare it and that manage it.

    What a list of another fact holds (`interests` of a decision) is that fact with this one entry.
    """

    by: str
    facts: Facts


class DecisionRecord(Struct, frozen=True):
    """Everything recorded that bears on one decision, at one point of both times.

    `facts` are those of its own stream, of the proposals that it disposes of, of its meeting (what was declared for other
    items left out), the terms of reference of its deciders, and the delegations that it relied on.
    """

    facts: Facts
    interests: tuple[Declared, ...] = ()

    def of(self, *types: str) -> Iterator[Noted]:
        """The facts of these types."""
        return (fact for type_ in types for fact in self.facts.by_type.get(type_, ()))

    def values(self, *paths: str) -> Iterator[tuple[Any, int]]:
        """What is recorded at these paths of the table, and by which fact."""
        return self.facts.values(paths)


def says_none(value: Any) -> bool:
    """Whether a value says that there was none: an empty list, or the word."""
    if isinstance(value, str):
        return value.strip().rstrip(".").casefold() == "none"
    return isinstance(value, (list, tuple)) and not value


@lru_cache(maxsize=1024)
def _parsed(path: str) -> tuple[str, str, tuple[str, ...]]:
    type_, _, field = path.partition(" ")
    return type_, field, tuple(field.split("."))


def _at(fact: Noted, field: str, names: tuple[str, ...]) -> Iterable[Any]:
    if not field:
        return (fact.type,)
    if field == ON:
        return (fact.on,) if fact.on else ()
    if field == DAY:
        return (fact.on,) if fact.on and not is_partial(fact.on) else ()
    return _within(fact.data, names) if names[0] in fact.data else ()


def _within(value: Any, names: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, (list, tuple)) and value:
        for one in value:
            yield from _within(one, names)
    elif not names:
        if value is not None:
            yield value
    elif isinstance(value, Mapping) and names[0] in value:
        yield from _within(value[names[0]], names[1:])

"""The course of a function: from when until when it stood so who had its duty, and to whom it was given."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from decisionlog.checks.record import Record
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.days import OPEN_END

_FIRST = -OPEN_END

T = TypeVar("T", bound=Hashable)


class Stretch(Struct, Generic[T], frozen=True):
    """What was seen of all the ways from one moment to another."""

    since: int
    until: int
    seen: T


def stretches(
    record: Record,
    what: Callable[[Walk], T],
    functions: tuple[str, ...],
    places: tuple[str, ...] = (),
    matters: tuple[str, ...] = (),
) -> Iterator[Stretch[T]]:
    """What a look at the ways sees, over all of time: looked at anew whenever anything changes of what it rests on."""
    world = record.apart()
    moment: int | None = _FIRST
    begun, before = _FIRST, None
    while moment is not None:
        question = Question(functions, places, matters, (), moment, record.zone)
        seen = what(Walk(world.at(moment), question, record.table))
        if seen != before:
            if before is not None:
                yield Stretch(begun, moment, before)
            begun, before = moment, seen
        moment = world.next_change(moment)
    if before is not None:
        yield Stretch(begun, OPEN_END, before)


def intervals(seen: Iterable[Stretch[tuple[T, ...]]]) -> Iterator[Stretch[T]]:
    """Each thing that was seen, from when until when it was seen without a break."""
    open_: dict[T, int] = {}
    for stretch in seen:
        for gone in [one for one in open_ if one not in stretch.seen]:
            yield Stretch(open_.pop(gone), stretch.since, gone)
        for one in stretch.seen:
            open_.setdefault(one, stretch.since)
    yield from (Stretch(since, OPEN_END, one) for one, since in open_.items())

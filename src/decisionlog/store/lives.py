"""The life of one thing, as its facts tell it: begun, changed, ended, perhaps begun again; and when that was only possible.

A fact counts from its effect: `from`, else when the act happened, else when it was first said. Of a partial date a
beginning or a change counts from its first moment, an ending from its last; in between, what holds is only possible.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Any, Final

from msgspec import Struct, field

from decisionlog.domain.days import OPEN_END, Span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import moment_of, when

NEVER: Final = Span(OPEN_END, OPEN_END)
"""The end of what has no end."""
ALWAYS: Final = -OPEN_END
"""The beginning of what has none."""


def effect(fact: Fact, zone: tzinfo) -> Span:
    """From when a fact counts."""
    return moment_of(getattr(fact.data, "from_", None), zone) or when(fact, zone)


def own_end(fact: Fact, zone: tzinfo) -> Span:
    """The `until` of a fact."""
    return moment_of(getattr(fact.data, "until", None), zone) or NEVER


def effect_said(fact: Fact) -> str:
    """The day of its effect as recorded; empty where none is."""
    return getattr(fact.data, "from_", None) or fact.on or ""


def by_effect(facts: Iterable[Fact], zone: tzinfo) -> list[tuple[Span, Fact]]:
    """Facts in the order of their effect; of one moment, in the order of the acts."""
    return sorted(((effect(fact, zone), fact) for fact in facts), key=lambda one: one[0].earliest)


def soonest(ends: Iterable[Span]) -> Span:
    """When the first of several ends may have come, and when one certainly had."""
    every = [*ends, NEVER]
    return Span(min(end.earliest for end in every), min(end.certain for end in every))


def begun_by(fact: Fact, begins: Collection[str], ends: Collection[str]) -> int:
    """The version of the fact that began the part of a stream to which one belongs; 0, where it names none."""
    if fact.type in begins:
        return fact.n
    return fact.of.n if fact.type in ends and fact.of and fact.of.stream == fact.stream else 0


def first_end(fact: Fact, endings: Iterable[Fact], zone: tzinfo) -> tuple[Span, Fact | None]:
    """The first end of what a fact began, by its own `until` or by one of these; and the one that ended it."""
    endings = list(endings)
    ends = soonest([own_end(fact, zone), *(effect(ending, zone) for ending in endings)])
    return ends, next((one for one in endings if effect(one, zone).certain == ends.certain), None)


def lasting(begins: Span, ends: Span, values: Any) -> Iterator[Holding]:
    """What holds from a beginning to an end, the part apart within which it may have ended."""
    if ends.earliest == ends.certain:
        yield Holding(begins.earliest, begins.certain, ends.certain, values)
        return
    yield Holding(begins.earliest, begins.certain, ends.earliest, values)
    yield Holding(max(begins.earliest, ends.earliest), ends.certain, ends.certain, values)


def pieces(moments: Iterable[int], at: Callable[[int], tuple[Any, bool] | None]) -> Iterator[Holding]:
    """What holds between moments, by what `at` says of each and whether that is only possible; like neighbours are one."""
    begun, before = ALWAYS, at(ALWAYS)
    for moment in sorted({one for one in moments if one < OPEN_END}):
        found = at(moment)
        if found != before:
            yield from _piece(begun, moment, before)
            begun, before = moment, found
    yield from _piece(begun, OPEN_END, before)


def _piece(begun: int, end: int, found: tuple[Any, bool] | None) -> Iterator[Holding]:
    if found is not None:
        values, possible = found
        yield Holding(begun, end if possible else begun, end, values)


def proof(reading: Reading, facts: Iterable[Fact | None]) -> list[int]:
    """The positions of facts, each with those of its corrections."""
    found: dict[int, None] = {}
    for fact in facts:
        if fact is not None:
            found[fact.position] = None
            found |= dict.fromkeys(change.position for change in reading.corrections.get(fact.position, ()))
    return list(found)


class Life(Struct):
    """How something stands at one moment."""

    there: bool = False
    """It has begun and has not ended."""
    over: bool = False
    """It has ended."""
    possible: bool = False
    since: str = ""
    until: str = ""
    """The first day on which it no longer is, as recorded, where it has ended or that is known already."""
    ended: str = ""
    """The type of the fact that ended it or is to end it; `until`, where its own time does."""
    said: dict[str, Any] = field(default_factory=dict)
    """The fields that were asked for, as they stand."""
    facts: dict[int, Fact] = field(default_factory=dict)
    """Those that say so, by position."""

    @property
    def state(self) -> str:
        """`there`, `over` or `to come`."""
        return "there" if self.there else "over" if self.over else "to come"


class Course(Struct, frozen=True):
    """What begins, changes and ends a kind of thing, and which of its fields matter."""

    begins: frozenset[str]
    ends: Callable[[Fact], bool]
    fields: Sequence[str]
    changes: frozenset[str] = frozenset()
    again: bool = False
    """Whether it can begin again after its end."""
    also: Callable[[Fact, dict[str, Any]], None] | None = None
    """What a fact changes besides the fields that it gives."""

    def life(self, reading: Reading, zone: tzinfo, row: Callable[[Life], Any]) -> Iterator[Holding]:
        """All the time there is in pieces, with how the thing stood in each; nothing where nothing ever began it."""
        told = _Told(self, reading, zone)
        if told.first is not None:
            yield from pieces(told.moments(), lambda moment: _seen(told.at(moment), row))


def _seen(life: Life, row: Callable[[Life], Any]) -> tuple[Any, bool]:
    return row(life), life.possible


class _Told:
    """The facts of one life, in the order of their effect."""

    def __init__(self, course: Course, reading: Reading, zone: tzinfo) -> None:
        self._course = course
        self._events = by_effect((fact for fact in reading.facts if self._counts(fact)), zone)
        self._own_ends = {fact.position: own_end(fact, zone) for _, fact in self._events}
        self.first = next((fact for _, fact in self._events if fact.type in course.begins), None)

    def _counts(self, fact: Fact) -> bool:
        return fact.type in self._course.begins or fact.type in self._course.changes or self._course.ends(fact)

    def moments(self) -> Iterator[int]:
        """When anything may change."""
        for span in (*(span for span, _ in self._events), *self._own_ends.values()):
            yield from (span.earliest, span.certain)

    def at(self, moment: int) -> Life:
        """How it stands at a moment."""
        life, over, own = Life(), NEVER, ""
        ending: Fact | None = None
        for span, fact in self._events:
            if self._course.ends(fact):
                if span.certain <= moment:
                    life.there, ending = False, fact
                else:
                    life.possible |= life.there and span.earliest <= moment
                continue
            if span.earliest > moment:
                continue
            if fact.type in self._course.begins:
                anew = not life.facts or (self._course.again and (not life.there or over.certain <= span.earliest))
                if anew:
                    life.since, over, own = effect_said(fact), NEVER, ""
                    life.there = ending is None or self._course.again
                    ending = ending if not life.there else None
            life.possible |= moment < span.certain
            if self._own_ends[fact.position] != NEVER:
                over, own = self._own_ends[fact.position], getattr(fact.data, "until", "")
            self._take(fact, life)
        return self._closed(life, moment, over, own, ending)

    def _take(self, fact: Fact, life: Life) -> None:
        life.facts[fact.position] = fact
        for name in self._course.fields:
            if (value := getattr(fact.data, name, None)) is not None:
                life.said[name] = value
        if self._course.also:
            self._course.also(fact, life.said)

    def _closed(self, life: Life, moment: int, over: Span, own: str, ending: Fact | None) -> Life:
        """The life with its end, where it has come or is known."""
        if not life.facts and self.first is not None:
            self._take(self.first, life)
            life.since = effect_said(self.first)
            own, over = getattr(self.first.data, "until", None) or "", self._own_ends[self.first.position]
        life.over = ending is not None or over.certain <= moment
        if life.over:
            life.there = False
        elif over.earliest <= moment:
            life.possible |= life.there
        to_come = [one for one in self._events if self._course.ends(one[1]) and one[0].certain > moment]
        soonest_to_come = min(to_come, key=lambda one: one[0].certain, default=None)
        if ending is None and soonest_to_come and soonest_to_come[0].certain < over.certain and over.certain > moment:
            ending = soonest_to_come[1]
        if ending is not None:
            life.until, life.ended = effect_said(ending), ending.type
            life.facts[ending.position] = ending
        elif own:
            life.until, life.ended = own, "until"
        return life


def is_recorded(reading: Reading, course: Course) -> bool:
    """Whether more is recorded than a reference: an opening that holds anything else, or an end."""
    return any(course.ends(fact) or (fact.type in course.begins and not _is_stub(fact)) for fact in reading.facts)


def _is_stub(fact: Fact) -> bool:
    data = fact.data
    more = (name for name in data.__struct_fields__ if name not in {"ref", "issuer"})
    return not fact.withheld and all(getattr(data, name) is None for name in more)

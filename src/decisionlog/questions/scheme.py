"""`scheme export`, and one side of `scheme plan`: the scheme as the log has it, as at a day, as known at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from decisionlog.domain.answers.scheme import Scheme
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.envelope import Fact, Unread
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.known import happened_at, read
from decisionlog.domain.references import fold, split
from decisionlog.domain.scheme import BY_KIND, SECTIONS, TYPES, Entry, Item, Later, Section, Standing
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.store.log import Log

_EVERY_NAME = 2**31


def scheme(log: Log, asked: Asked, now: datetime) -> Scheme:
    """The scheme of a log; without a day, with everything in it, also what begins later. Raises `BadInput` as `settle`."""
    return scheme_at(log, settle(log, asked, now), everything=asked.on is None)


def scheme_at(log: Log, point: Point, *, everything: bool) -> Scheme:
    """The same at a settled point; with `everything`, whatever the day."""
    upto = OPEN_END if everything else point.as_of.on
    names: dict[str, set[str]] = {}
    entries: dict[str, Entry] = {}
    unread = 0
    said_on: set[str] = set()
    streams = _streams(log, names)
    for section in SECTIONS:
        found = [(stream, log.stream(stream)) for stream in streams.get(section.kind, ())]
        for stream, all_facts in sorted(found, key=lambda one: one[1][0].position):
            facts = _as_known(log, all_facts, point, upto)
            unread += sum(isinstance(fact.data, Unread) for fact in facts)
            standing = [fact for fact in _standing(log, facts, all_facts) if fact.type in TYPES]
            if standing:
                entries[stream] = _entry(stream, section, standing, len(all_facts))
                said_on |= {fact.said_on for fact in standing}
    called = {key: frozenset(named) for key, named in names.items()}
    said = frozenset() if "" in said_on else frozenset(said_on)
    return Scheme(point.basis, entries, called, everything, unread, said)


def facts_of(log: Log, stream: str, point: Point) -> list[Standing]:
    """Every fact of any stream, as known, whatever its day."""
    everything = log.stream(stream)
    return list(_standing(log, _as_known(log, everything, point, OPEN_END), everything))


def _streams(log: Log, names: dict[str, set[str]]) -> dict[str, list[str]]:
    """The streams of every section by their kind; `names` is filled with what each is called."""
    found: dict[str, dict[str, None]] = {}
    for kind in BY_KIND:
        for row in log.recorder.names_of_kind(kind, _EVERY_NAME):
            found.setdefault(kind, {})[row.stream] = None
            names.setdefault(row.name, set()).add(row.stream)
    return {kind: list(streams) for kind, streams in found.items()}


def _as_known(log: Log, everything: list[Fact], point: Point, upto: int) -> list[Fact]:
    reading = read(everything, point.known, log.zone)
    return [fact for fact in reading.facts if happened_at(fact, log.zone) <= upto]


def _standing(log: Log, facts: list[Fact], everything: list[Fact]) -> Iterator[Standing]:
    openings = log.openings(everything)  # what a correction says now lies behind the correction
    for fact in facts:
        if not isinstance(fact.data, Unread):
            of = (fact.of.stream, fact.of.n) if fact.of else None
            data = opened(untyped(fact.data), openings)
            said_on = (fact.source and fact.source.recorded_at) or ""
            yield Standing(fact.type, fact.stream, fact.n, fact.position, fact.on, of, data, said_on)


def _entry(stream: str, section: Section, facts: list[Standing], length: int) -> Entry:
    """The facts of a stream, each under the key that says it."""
    waiting = {fact.n: fact for fact in facts}
    opening = next((fact for fact in facts if fact.type == section.opens), None)
    if opening is None:  # on the day asked about it was not there yet, or it is not known how it came about
        return Entry(stream, section, None, (), tuple(facts), length)
    waiting.pop(opening.n)
    opening = replace(opening, data=without_own_ref(stream, opening.data))
    items = tuple(_items(section.later, list(waiting.values()), waiting, opening))
    loose = tuple(waiting.values())
    return Entry(stream, section, Item(opening, None), items, loose, length)


def _items(
    parts: tuple[Later, ...], facts: Iterable[Standing], waiting: dict[int, Standing], parent: Standing
) -> Iterator[Item]:
    """The facts that stand under these keys, taken out of those that wait."""
    by_type = {part.type: part for part in parts}
    for fact in facts:
        part = by_type.get(fact.type)
        if part and fact.n in waiting and _belongs(fact, parent):
            waiting.pop(fact.n)
            inner = [other for other in waiting.values() if other.of == (fact.stream, fact.n)]
            yield Item(fact, part, tuple(_items(part.then, inner, waiting, fact)))


def _belongs(fact: Standing, parent: Standing) -> bool:
    """Whether a fact names what it stands in, if it names anything."""
    return not fact.of or fact.of == (parent.stream, parent.n)


def without_own_ref(stream: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Data without a reference that only says the key again."""
    own = isinstance(data.get("ref"), str) and fold(data["ref"]) == fold(split(stream)[1])
    return {name: value for name, value in data.items() if name != "ref" or not own}

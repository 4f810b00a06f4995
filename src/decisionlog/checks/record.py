"""What rules look at: the streams as they were known, who names whom, and who had which power. Nothing is decided here.

A rule asks a `Record` and nothing else, so that the same record gives the same findings. The record notes what was looked
at: a subject is judged again only when something of it has changed. Of the facts that name a thing it is noted that they
were asked for, by type, and not each fact: whatever changes one of them touches what it names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import tzinfo
from functools import lru_cache, partial
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct
from sqlalchemy import Connection

from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.world import Grant, World
from decisionlog.domain.days import OPEN_END, NotADate, Span, instant_asked, span
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.envelope import Data, Fact
from decisionlog.domain.known import AsOf, Known, Reading, read
from decisionlog.projections import citations, register
from decisionlog.store.histories import when
from decisionlog.store.log import Log

_STREAMS_KEPT: Final = 20_000
_NAMINGS_KEPT: Final = 20_000
_DAYS_KEPT: Final = 20_000
_AUTHORITY: Final = frozenset("organisation place function post body instrument delegation fund".split())
"""Kinds of streams on which it depends who had which power."""
AUTHORITY: Final = "authority"
"""What is noted where it was asked who had which power."""
_EVER: Final = -OPEN_END
"""Before every moment."""

_NAMES: Final[Mapping[type[Data], str]] = {kind: name for name, kind in TYPES.items()}

Look = tuple[str, int]
"""What was looked at, in a word; and the moment before which what is new of it would have mattered (`OPEN_END`: always)."""

D = TypeVar("D", bound=Data)
T = TypeVar("T")


class Act(Struct, Generic[D], frozen=True):
    """A fact with its data as its type, and when it happened."""

    fact: Fact
    data: D
    at: Span
    """When the act happened; where that is not recorded, when it was first said."""

    @property
    def position(self) -> int:
        """Where the fact stands in the log."""
        return self.fact.position

    @property
    def on(self) -> str:
        """The day of the act as it is recorded; empty where it is not."""
        return self.fact.on or ""


class Told:
    """One stream as known: corrected, without what was retracted, in the order of the acts."""

    def __init__(self, stream: str, reading: Reading, zone: tzinfo, *, ever_corrected: bool) -> None:
        self.stream = stream
        self.ever_corrected = ever_corrected
        """Some fact of it was, be it later than is known here: it need not name what it is found by."""
        self.reading = reading
        self._zone = zone
        self._of_type: dict[type[Data], list[Act[Any]]] = {}

    def all(self, kind: type[D]) -> list[Act[D]]:
        """Every fact of a type."""
        if kind not in self._of_type:
            self._of_type[kind] = [
                Act(fact, fact.data, when(fact, self._zone))
                for fact in self.reading.facts
                if isinstance(fact.data, kind)
            ]
        return self._of_type[kind]

    def first(self, kind: type[D]) -> Act[D] | None:
        """The first fact of a type."""
        return next(iter(self.all(kind)), None)

    def last(self, kind: type[D]) -> Act[D] | None:
        """The last fact of a type."""
        found = self.all(kind)
        return found[-1] if found else None

    def answers(self, act: Act[Any], kind: type[D]) -> list[Act[D]]:
        """The facts of a type that name this one by `of`."""
        return [
            one
            for one in self.all(kind)
            if one.fact.of and (one.fact.of.stream, one.fact.of.n) == (self.stream, act.fact.n)
        ]

    @property
    def exists(self) -> bool:
        """Whether anything is known of it."""
        return bool(self.reading.facts)


class Record:
    """All that is known at a point, read as it is asked for."""

    def __init__(self, log: Log, rows: Connection, known: Known, position: int, table: Table) -> None:
        """`position` is the last that may be known; with the sources' clocks (`known`), of what has no source."""
        self.zone: tzinfo = log.zone
        self.table = table
        """The legal bases."""
        self.position = position
        """The last position that may be known."""
        self._log = log
        self._rows = rows
        self._known = known
        self._last = position if known.said_by is None else log.size()
        self._point = AsOf(0, position, known.said_by)
        self._world = RowsWorld(rows, self._point)
        self._looked_at: set[Look] = set()
        self._made: dict[tuple[Any, ...], tuple[Any, frozenset[Look]]] = {}
        self._read = lru_cache(maxsize=_STREAMS_KEPT)(self._told)
        self._named = lru_cache(maxsize=_NAMINGS_KEPT)(self._naming)
        self._days = lru_cache(maxsize=_DAYS_KEPT)(partial(_days, zone=self.zone))

    # Streams

    def of(self, stream: str) -> Told:
        """One stream; empty where nothing of it is known."""
        self._note(stream)
        return self._read(stream)

    def naming(self, thing: str, kind: type[D], *fields: str) -> list[Act[D]]:
        """The facts of a type, of other streams, that name a thing (in one of these fields), in the order of the acts.

        Fields are written as in `citations`: `proposals.proposal`, `authority.delegation`, `of` for the envelope's.
        """
        self._note(naming(thing, _NAMES[kind]))
        return list(self._named(thing, kind, fields))

    def first_naming(self, thing: str, kind: type[D], fields: str, wanted: Callable[[Act[D]], bool]) -> Act[D] | None:
        """The first of them that is wanted: what is recorded of later days changes nothing of that."""
        found = next(filter(wanted, self._named(thing, kind, (fields,))), None)
        self._note(naming(thing, _NAMES[kind]), before=found.at.earliest if found else OPEN_END)
        return found

    def every(self, kind: str) -> list[str]:
        """Every stream of a kind of which something is known, in the order in which they were first recorded."""
        self._note(every(kind))
        return register.streams(self._rows, kind, self._last)

    def how_many(self, kinds: Collection[str]) -> int:
        """How many streams of these kinds there are: nothing of them is looked at."""
        return register.how_many(self._rows, kinds, self._last)

    # Power

    def at(self, moment: int) -> World:
        """Who had which power at a moment."""
        self._note(AUTHORITY)
        return self._world.at(moment)

    def grant(self, delegation: str, moment: int) -> Grant | None:
        """A delegation with its terms at a moment, in force or not; none, where it had not been granted by then."""
        self._note(AUTHORITY)
        world = self._world.at(moment)
        assert isinstance(world, RowsWorld)
        return world.grant(delegation)

    def apart(self) -> RowsWorld:
        """Who had which power, with a memory of its own: its `next_change` knows of nothing else than is asked of it."""
        self._note(AUTHORITY)
        return RowsWorld(self._rows, self._point)

    # Days

    def moment(self, when: str | None) -> int | None:
        """The first moment of a day, a time or a partial date; none, where it is not recorded or is no date."""
        return found.earliest if (found := self.span(when)) else None

    def end(self, when: str | None) -> int | None:
        """The last moment of a day or a partial date, or the time itself; none, where it is not recorded or is no date."""
        return self._days(when)[1] if when else None

    def span(self, when: str | None) -> Span | None:
        """Between which moments a day, a time or a partial date began; none, where it is not recorded or is no date."""
        return self._days(when)[0] if when else None

    def effect(self, act: Act[Any]) -> int:
        """The first moment at which a fact has effect: its `from`, else its act."""
        begins = self.moment(getattr(act.data, "from_", None))
        return act.at.earliest if begins is None else begins

    # What was looked at

    @contextmanager
    def noting(self) -> Iterator[set[Look]]:
        """What is looked at meanwhile."""
        before, self._looked_at = self._looked_at, set()
        try:
            yield self._looked_at
        finally:
            before |= self._looked_at  # into the very set that those who note around this one hold
            self._looked_at = before

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What is made of the record, once for each key; what was looked at for it is noted each time."""
        if key not in self._made:
            with self.noting() as looked_at:
                value = make()
            self._made[key] = value, frozenset(looked_at)
        value, seen = self._made[key]
        self._looked_at |= seen
        found: T = value
        return found

    def close(self) -> None:
        """Let go of what was read at once: it holds on to itself, and would stay until somebody looks for that."""
        self._read.cache_clear()
        self._named.cache_clear()
        self._made.clear()

    def _note(self, word: str, before: int = OPEN_END) -> None:
        self._looked_at.add((word, before))

    def _naming(self, thing: str, kind: type[D], fields: tuple[str, ...]) -> Sequence[Act[D]]:
        found: dict[int, Act[D]] = {}
        for citation in citations.every(self._rows, thing, _NAMES[kind], fields, self._last):
            told = self._read(citation.citing)
            for one in told.all(kind):
                named = one.position == citation.position
                if named and (not told.ever_corrected or citation in citations.cited_by(one.fact)):
                    found[one.position] = one
        return sorted(found.values(), key=lambda one: (one.at.earliest, one.position))

    def _told(self, stream: str) -> Told:
        facts = self._log.stream(stream)
        corrected = any(fact.type == "record.corrected" for fact in facts)
        return Told(stream, read(facts, self._known, self.zone), self.zone, ever_corrected=corrected)


def _days(when: str, zone: tzinfo) -> tuple[Span | None, int | None]:
    """Between which moments a date began, and its last; none, where it is no date."""
    try:
        return span(when, zone), instant_asked(when, zone)
    except NotADate:
        return None, None


def naming(thing: str, type_name: str) -> str:
    """What is noted where it was asked which facts of a type name a thing."""
    return f"naming {thing} {type_name}"


def every(kind: str) -> str:
    """What is noted where every thing of a kind was looked at."""
    return f"every {kind}"


def touched(facts: Iterable[Fact], whole: Callable[[str], Sequence[Fact]], zone: tzinfo) -> dict[str, int]:
    """What may have changed by these facts, in the words of what is noted, each with the first moment of what is new of it.

    `whole` gives the facts of a stream.
    """
    changed: dict[str, int] = {}
    for word, at in _new(facts, whole, zone):
        changed[word] = min(at, changed.get(word, at))
    return changed


def _new(facts: Iterable[Fact], whole: Callable[[str], Sequence[Fact]], zone: tzinfo) -> Iterator[Look]:
    corrected: set[str] = set()
    for fact in facts:
        yield fact.stream, _EVER
        yield from _naming_by(fact, zone)
        if fact.n == 1:
            yield every(fact.kind), _EVER
        if fact.kind in _AUTHORITY:
            yield AUTHORITY, _EVER
        if fact.type.startswith("record."):
            corrected.add(fact.stream)
    for stream in corrected:
        yield from _ever_named(whole(stream), zone)


def _ever_named(stream: Sequence[Fact], zone: tzinfo) -> Iterator[Look]:
    """What the facts of a stream name, as they were recorded and as each correction left them.

    Of two acts of one moment the one that was recorded first comes first, and it may be the one that is corrected: hence
    the moment before.
    """
    readings = [read(stream, Known(fact.position), zone).facts for fact in stream if fact.type.startswith("record.")]
    for facts in (stream, *readings):
        yield from ((word, at - 1) for fact in facts for word, at in _naming_by(fact, zone))


def _naming_by(fact: Fact, zone: tzinfo) -> Iterator[Look]:
    cited = citations.cited_by(fact)
    at = when(fact, zone).earliest if cited else _EVER
    return ((naming(one.cited, one.type), at) for one in cited)

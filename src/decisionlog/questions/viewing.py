"""What can be seen at one point on both axes of time: each stream as known, corrected, up to the day asked about."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from sqlalchemy import Connection

from decisionlog.checks.profiles.looking import Seated
from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.days import NotADate, is_over, span
from decisionlog.domain.facts.envelope import Fact, Unread
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.known import Reading, happened_at, read
from decisionlog.domain.references import split
from decisionlog.projections import citations, concerns, register, seats
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.point import Point
from decisionlog.store.log import Log

if TYPE_CHECKING:
    from decisionlog.checks.record import Record

T = TypeVar("T")

MOST: Final = 12
"""How many lines of a section are shown; `history` has more."""
_LOOKED_AT: Final = 5_000
"""How many facts are looked at to find those that had happened by the day asked about: the newest may all be later."""
_AT_ONCE: Final = 500


class Stated(NamedTuple):
    """A fact, and what it says: plain, opened where it can be."""

    fact: Fact
    data: dict[str, Any]

    @property
    def position(self) -> int:
        """Where the fact stands in the log."""
        return self.fact.position


class Seen:
    """One stream at the point."""

    def __init__(self, log: Log, stream: str, point: Point) -> None:
        self.stream = stream
        self.everything = log.stream(stream)
        self.reading: Reading = read(self.everything, point.known, log.zone)
        on = point.as_of.on
        self.facts = [fact for fact in self.reading.facts if happened_at(fact, log.zone) <= on]
        self.openings = log.openings(self.everything)
        self._zone = log.zone
        self._stated = list(self._opened(self.facts))

    def _opened(self, facts: Iterable[Fact]) -> Iterator[Stated]:
        for fact in facts:
            if not isinstance(fact.data, Unread):
                yield Stated(fact, opened(untyped(fact.data), self.openings))

    def happened_at(self, fact: Fact) -> int:
        """The first moment at which a fact of it may have happened."""
        return happened_at(fact, self._zone)

    def known(self) -> list[Stated]:
        """All its facts, also those that happened after the day asked about."""
        return self._stated if len(self.facts) == len(self.reading.facts) else list(self._opened(self.reading.facts))

    def stated(self, *types: str) -> list[Stated]:
        """Its facts of these types, in the order of the acts; all of them, where no type is named."""
        return [one for one in self._stated if not types or one.fact.type in types]

    def first(self, *types: str) -> Stated | None:
        """Its first fact of these types."""
        return next(iter(self.stated(*types)), None)

    def last(self, *types: str) -> Stated | None:
        """Its last fact of these types."""
        found = self.stated(*types)
        return found[-1] if found else None

    def saying(self, name: str, *types: str) -> Stated | None:
        """The last of its facts of these types in which a field is recorded."""
        found = [one for one in self.stated(*types) if name in one.data]
        return found[-1] if found else None

    def answers(self, one: Stated, *types: str, known: bool = False) -> Stated | None:
        """The last fact of these types that names this one by `of`; also of a later act, where any that is `known` will do."""
        found = [
            other
            for other in (self.known() if known else self.stated())
            if other.fact.type in types
            and other.fact.of
            and (other.fact.of.stream, other.fact.of.n) == (self.stream, one.fact.n)
        ]
        return found[-1] if found else None

    def now(self, opening: Sequence[str], changing: Sequence[str] = ()) -> dict[str, Any]:
        """What the opening facts say, with what later ones put in its place."""
        fields: dict[str, Any] = {}
        for one in self.stated(*opening, *changing):
            fields |= one.data
        return fields


class Viewing:
    """One question at one point of both times; each stream is read once."""

    def __init__(self, log: Log, rows: Connection, point: Point, *, judges: bool = True) -> None:
        self.log = log
        self.rows = rows
        self.point = point
        self.judges = judges
        """Whether what does not add up is asked, too; where it is not to be shown, nothing is judged for it."""
        self._seen: dict[str, Seen] = {}

    @cached_property
    def world(self) -> RowsWorld:
        """What is known of authority at the point; other moments are had from it."""
        return self.once("world", self.rows, lambda: RowsWorld.at_point(self.rows, self.point.as_of))

    @cached_property
    def record(self) -> Record:
        """What rules ask at the point, whatever day is asked about: one for all that is judged."""
        from decisionlog.checks.record import Record  # noqa: PLC0415 - for what is judged alone; not every page judges

        def made() -> Record:
            table = table_in(self.point.rules)
            return Record(self.log, self.rows, self.point.known, self.point.as_of.position, table)

        return self.once("record", self.rows, made)

    def of(self, stream: str) -> Seen:
        """One stream."""
        if stream not in self._seen:
            self._seen[stream] = self.once("seen", stream, lambda: Seen(self.log, stream, self.point))
        return self._seen[stream]

    def once(self, what: str, about: Hashable, make: Callable[[], T]) -> T:
        """What is made of something at this point; of a log that stands still, made once for everything that asks for it."""
        point = self.point
        return self.log.once((what, about, point.as_of, point.known, point.rules, self.judges), make)

    def state(self, stream: str) -> str:
        """The state that the register gives a thing; empty where it was not there."""
        known = register.thing(self.rows, stream, self.point.as_of)
        return known.thing.state if known else ""

    def concerned(self, kind: str, things: Iterable[str], *fields: str) -> list[str]:
        """The streams of a kind that name one of these things in one of these fields, by the day and as known."""
        found = concerns.concerning(self.rows, things, kind, fields, self.point.as_of)
        return list(dict.fromkeys(stream for stream, _ in found))

    def dispensations_of(self, person: str) -> list[str]:
        """The dispensations of a person."""
        return self.concerned("dispensation", [person], "person")

    def seats_of(self, members: Iterable[str], moment: int) -> Iterator[Seated]:
        """On which bodies these people and posts sit at a moment."""
        for held in seats.of(self.rows, members, self.point.as_of._replace(on=moment)):
            seat = held.values
            if split(held.stream)[0] == "body":
                voting = seat.voting == "yes" if seat.voting else None
                yield Seated(held.stream, seat.role, voting, seat.position)

    def concerning(
        self, stream: str, types: Iterable[str] = (), fields: Iterable[str] = (), most: int = MOST
    ) -> tuple[list[Stated], int]:
        """The latest facts of other things that name this one, in the order of the acts; and how many earlier there are."""
        chosen = (list(types), list(fields))
        before, looked, at_once = self.point.basis.position, 0, most
        found: dict[int, Stated] = {}
        while len(found) < most and looked < _LOOKED_AT:
            named = citations.newest(self.rows, stream, *chosen, before, at_once)
            found |= {one.position: one for each in named if (one := self._naming(each))}
            before = named[-1].position - 1 if len(named) == at_once else 0
            if not before:
                break
            looked, at_once = looked + at_once, min(4 * at_once, _AT_ONCE)
        more = citations.how_many(self.rows, stream, *chosen, before) if before else 0
        newest = sorted(found)[-most:]
        return sorted((found[position] for position in newest), key=self._order), more + len(found) - len(newest)

    def _naming(self, citation: citations.Citation) -> Stated | None:
        """The fact of a citation, where it names the thing also as it was known: corrected, and not retracted."""
        stated = (one for one in self.of(citation.citing).stated() if one.position == citation.position)
        return next((one for one in stated if citation in citations.cited_by(one.fact)), None)

    def _order(self, one: Stated) -> tuple[int, int]:
        return happened_at(one.fact, self.log.zone), one.position

    def has_begun(self, one: Stated) -> bool:
        """Whether what a fact says has effect by the day asked about."""
        return self.moment(one.data.get("from"), happened_at(one.fact, self.log.zone)) <= self.point.as_of.on

    def is_over(self, one: Stated, ending: Stated | None = None) -> bool:
        """Whether what a fact says holds no longer: it was ended, or its own time is up."""
        if ending is not None and self.has_begun(ending):
            return True
        until = one.data.get("until")
        return isinstance(until, str) and self.moment(until, self.point.as_of.on + 1) <= self.point.as_of.on

    def is_past(self, when: Any) -> bool:
        """Whether a day was over at the point asked about; what is no date never is."""
        return isinstance(when, str) and is_over(when, self.log.zone, self.point.as_of.on)

    def moment(self, when: Any, otherwise: int) -> int:
        """The first moment of a day or a time; another, where there is none."""
        try:
            return span(when, self.log.zone).earliest if isinstance(when, str) else otherwise
        except NotADate:
            return otherwise


def texts(value: Any) -> Iterator[str]:
    """The texts of a field that holds one or several."""
    for one in value if isinstance(value, list) else (value,):
        if isinstance(one, str):
            yield one

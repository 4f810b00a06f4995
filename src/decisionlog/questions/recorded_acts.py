"""What is recorded already of the acts in a file of a meeting, and of the things that it names, for whoever records it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from copy import deepcopy
from datetime import tzinfo
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Connection

from decisionlog.domain.acts import correction_of
from decisionlog.domain.facts import KINDS
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.known import Correction, Known, Reading, apply, read
from decisionlog.domain.references import split
from decisionlog.projections import acts, register
from decisionlog.projections.acts import Act
from decisionlog.store.directory import name_of
from decisionlog.store.log import Log

_NAMING = ("body.constituted", "body.renamed", "record.corrected", "record.retracted")
_MEETING = ("meeting.called", "meeting.held", "record.corrected", "record.retracted")


class Stands(Struct, frozen=True):
    """A fact as it stands now: corrected, its words opened."""

    type: str
    on: str | None
    data: Mapping[str, Any]
    retracted: bool
    retracted_in: int = 0
    """The position of the retraction that stands; 0 where there is none."""
    first: First | None = None
    """What its file said, where it was corrected since, and not by that file."""


class First(Struct, frozen=True):
    """What the file of an act said of it last: at first, and by its own corrections since."""

    on: str | None
    data: Mapping[str, Any]
    by_hand: Mapping[str, int] = field(default_factory=dict)
    """The fields that were corrected otherwise since, each with the position of that correction."""


class Gathering(Struct, frozen=True):
    """A meeting that is recorded: its stream, its day and the bodies that met."""

    stream: str
    on: str | None
    bodies: tuple[str, ...]


class Foreseen(Struct, frozen=True):
    """A thing that is about to be recorded: of a proposal, its versions; of a meeting, its day and the bodies that met."""

    stream: str
    versions: frozenset[str] = frozenset()
    on: str | None = None
    bodies: tuple[str, ...] = ()

    def and_then(self, later: Foreseen) -> Foreseen:
        """The same thing, after something more of it."""
        return Foreseen(self.stream, self.versions | later.versions, later.on or self.on, later.bodies or self.bodies)


class RecordedActs:
    """The log as it stands, asked by whoever is about to add to it; what was answered once is answered so again.

    `size` is how far the rows were read: what is recorded behind it is not known here.
    """

    def __init__(self, log: Log, rows: Connection, size: int | None = None) -> None:
        self._log = log
        self._rows = rows
        self._readings: dict[str, tuple[Reading, list[Fact]]] = {}
        self._called: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self._foreseen: dict[str, Foreseen] = {}
        self.size = log.head().size if size is None else size

    @property
    def zone(self) -> tzinfo:
        """In which the log's days are read."""
        return self._log.zone

    @cached_property
    def currency(self) -> str:
        """In which amounts are that do not say."""
        return self._log.identity.currency or "GBP"

    def within(self, gathering: str) -> dict[str, Act]:
        """The acts recorded of a gathering, by their places; of two at one place, the later."""
        return {act.place: act for act in acts.acts_within(self._rows, gathering)}

    def stands(self, act: Act) -> Stands | None:
        """What was recorded of an act, as it stands now; none, where its fact cannot be read any more."""
        reading, everything = self._reading(act.stream)
        fact = next((fact for fact in (*reading.facts, *reading.retracted) if fact.n == act.n), None)
        if fact is None:
            return None
        openings = self._log.openings(everything)
        data = opened(untyped(fact.data), openings)
        first = next((one for one in everything if one.n == act.n), fact)
        its_own = {one.position for one in everything if one.source and one.source.place == correction_of(act.place)}
        said = _said_by_its_file(first, reading.corrections.get(fact.position, ()), its_own, openings)
        retractions = (one.position for one in reading.facts if one.type == "record.retracted" and _names(one, act.n))
        retracted_in = max(retractions, default=0)
        return Stands(
            fact.type, fact.on, data, retracted=fact in reading.retracted, retracted_in=retracted_in, first=said
        )

    def called(self, name: str, kinds: Iterable[str] = ()) -> tuple[str, ...]:
        """The things that a name means: `kind:ref`, or a ref of any of these kinds."""
        asked = (name, tuple(kinds))
        if asked not in self._called:
            kind, key = split(name)
            meant = [name_of(kind, key)] if kind in KINDS else [name_of(each, name) for each in asked[1] or KINDS]
            streams = dict.fromkeys(standing.named.stream for standing in self._log.recorder.named(meant))
            streams |= {self._foreseen[one].stream: None for one in meant if one in self._foreseen}
            self._called[asked] = (name,) if name in streams else tuple(streams)
        return self._called[asked]

    def foresee(self, thing: Foreseen) -> None:
        """Count a thing as recorded that is about to be: by a file that is recorded before the one that asks."""
        name = name_of(*split(thing.stream))
        before = self._foreseen.get(name)
        self._foreseen[name] = thing if before is None else before.and_then(thing)
        self._called.clear()

    def last_n(self, stream: str) -> int:
        """How many facts a stream has."""
        found = self._log.recorder.named([name_of(*split(stream))])
        return next((standing.last_n for standing in found if standing.named.stream == stream), 0)

    def refs(self, kind: str, begins: str) -> list[str]:
        """The references of a kind that begin so."""
        return register.refs_beginning(self._rows, kind, begins)

    def short_name(self, body: str) -> str:
        """The short name of a body; empty, where none is recorded."""
        reading = self._reading_of(body, _NAMING)
        names = (getattr(fact.data, "short_name", None) for fact in reversed(reading.facts))
        return next((name for name in names if name), "")

    def meeting(self, name: str) -> Gathering | None:
        """The meeting of that name; none, where it is not recorded, or two are called so."""
        streams = self.called(name, ("meeting",))
        if len(streams) != 1:
            return None
        ahead = self._foreseen.get(name_of(*split(streams[0])))
        if ahead and ahead.bodies:
            return Gathering(streams[0], ahead.on, ahead.bodies)
        facts = self._reading_of(streams[0], _MEETING).facts
        days = (fact.on or getattr(fact.data, "for_when", None) for fact in reversed(facts))
        met = (getattr(fact.data, "bodies", None) for fact in reversed(facts))
        return Gathering(
            streams[0], next((day for day in days if day), None), next((bodies for bodies in met if bodies), ())
        )

    def versions(self, proposal: str) -> set[str]:
        """The versions in which a proposal was put forward."""
        facts = self._reading(proposal)[0].facts
        known = {
            version for fact in facts if fact.type in PUT_FORWARD and (version := getattr(fact.data, "version", None))
        }
        ahead = self._foreseen.get(name_of(*split(proposal)))
        return known | ahead.versions if ahead else known

    def _reading(self, stream: str) -> tuple[Reading, list[Fact]]:
        if stream not in self._readings:
            facts = self._log.stream(stream)
            self._readings[stream] = (read(facts, Known(), self._log.zone), facts)
        return self._readings[stream]

    def _reading_of(self, name: str, types: tuple[str, ...]) -> Reading:
        streams = self.called(name)
        return read(self._log.stream(streams[0], types), Known(), self._log.zone) if len(streams) == 1 else Reading()


def _names(fact: Fact, n: int) -> bool:
    return fact.of is not None and (fact.of.stream, fact.of.n) == (fact.stream, n)


def _said_by_its_file(
    first: Fact, corrections: Iterable[Correction], its_own: Container[int], openings: Mapping[str, Any]
) -> First | None:
    """What the file said last; none, where nothing stands otherwise by a correction that is not its own."""
    on, data = {"on": first.on}, deepcopy(untyped(first.data))
    by_hand: dict[str, int] = {}
    for one in corrections:
        if one.position in its_own:
            apply(on if one.path == "/on" else data, one.path, one.now, strike=one.now is None)
            by_hand.pop(one.path, None)
        else:
            by_hand[one.path] = one.position
    return First(on.get("on"), opened(data, openings), by_hand) if by_hand else None


PUT_FORWARD = frozenset({"proposal.submitted", "proposal.revised"})

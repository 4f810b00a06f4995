"""Where the map looks: the functions that are catalogued on a day, and the places at which each is worth a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection

from decisionlog.domain.authority.world import World
from decisionlog.domain.known import AsOf
from decisionlog.projections import register
from decisionlog.projections.authority.functions import Functions
from decisionlog.projections.authority.places import Places
from decisionlog.store.histories import Histories
from decisionlog.store.pieces import Piece, pieces_at

EVERYWHERE = ""
"""The place of a row for which no place is recorded."""


class Place(Struct, frozen=True):
    """A place as it was on the day."""

    reference: str
    level: str
    within: str


class Ground:
    """The functions and the places at one point of both times."""

    def __init__(self, rows: Connection, point: AsOf, world: World) -> None:
        self._world = world
        self.functions = tuple(_families(_there(rows, Functions, "function", point), world))
        """A function before those that are parts of it."""
        pieces = _pieces(rows, Places, "place", point)
        self.places = {one.stream: Place(one.stream, one.values.level, one.values.within) for one in pieces}
        widest = [one.reference for one in self.places.values() if one.within not in self.places]
        self._whole = widest[0] if len(widest) == 1 else EVERYWHERE
        """The place in which all others lie, where there is one: what names no place is shown there."""

    def above(self, function: str) -> tuple[str, ...]:
        """The functions of which one is a part, nearest first."""
        return tuple(self._world.function(function).chain[1:])

    def below(self, function: str) -> list[str]:
        """The functions that are parts of one, at any depth."""
        return [other for other in self.functions if function in self.above(other)]

    def level(self, place: str) -> str:
        """The level of a place; empty where it is not recorded."""
        return self.places[place].level if place in self.places else ""

    def candidates(self, function: str, at: str) -> list[str]:
        """Where a function is worth a row: where something of it is said to be, and the places that lie beside those.

        Beside them, since a function that is placed on some of several places may have been forgotten in the others.
        Only `at` and what lies within it, where that is asked about. Wider places come before those within them.
        """
        named = self._named(function)
        found = {one for one in named if one in self.places} | set(self._beside(named))
        if at:
            found = {at, *(one for one in found if one in self._world.places_in(at))}
        elif EVERYWHERE in named or not found:
            found.add(self._whole)
        order = list(self.places)
        return sorted(found, key=lambda one: (self._depth(one), order.index(one) if one in order else -1))

    def around(self, place: str) -> tuple[str, ...]:
        """What a place lies within, nearest first; everywhere last."""
        if place == EVERYWHERE:
            return ()
        return (*self._world.place(place).chain[1:], EVERYWHERE)

    def _depth(self, place: str) -> int:
        return len(self.around(place))

    def _named(self, function: str) -> set[str]:
        """The places that duties, delegations and bodies of a function, and of those above it, name."""
        chain = tuple(self._world.function(function).chain)
        duties = self._world.duties(chain)
        found = {place for duty in duties for place in duty.places or (EVERYWHERE,)}
        for grant in self._world.grants_of(chain, ()):  # one that names no place goes wherever its giver has the power
            found.update(grant.places or (() if duties else (EVERYWHERE,)))
        for body in self._world.bodies_for(chain):
            found.update(self._world.party(body).places)
        return found

    def _beside(self, named: Iterable[str]) -> Iterator[str]:
        kept = {(self.places[one].level, self.places[one].within) for one in named if one in self.places}
        return (one.reference for one in self.places.values() if (one.level, one.within) in kept)


def _there(rows: Connection, model: type[Histories], kind: str, point: AsOf) -> list[str]:
    return [one.stream for one in _pieces(rows, model, kind, point)]


def _pieces(rows: Connection, model: type[Histories], kind: str, point: AsOf) -> list[Piece]:
    known = [one.stream for one in register.things(rows, kind, point)]
    return pieces_at(rows, model, known, {"state": "there"}, point)


def _families(functions: Sequence[str], world: World) -> Iterator[str]:
    """Functions in the order of the catalogue, each followed by those that are parts of it."""
    parents = {one: next(iter(world.function(one).chain[1:]), "") for one in functions}
    told: set[str] = set()

    def family(one: str) -> Iterator[str]:
        if one not in told:
            told.add(one)
            yield one
            for child in functions:
                if parents[child] == one:
                    yield from family(child)

    for one in functions:
        if parents[one] not in parents:
            yield from family(one)
    for one in functions:  # those of a circle
        yield from family(one)

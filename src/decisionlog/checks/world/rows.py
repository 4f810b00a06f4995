"""What is known of authority at a point, read from the rows: the `World` of `domain.authority`, a few small queries each.

The rows of a thing are read once for all the time there is, so that another moment costs nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from decisionlog.checks.world import from_rows
from decisionlog.domain.authority.world import (
    Catalogue,
    Disputed,
    Duty,
    Fund,
    Grant,
    Holder,
    Instrument,
    Party,
    Promise,
    Relation,
    Seat,
    Succession,
    Terms,
    World,
)
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.known import AsOf
from decisionlog.projections.actions import Actions
from decisionlog.projections.authority.bodies import Bodies
from decisionlog.projections.authority.consents import Consents
from decisionlog.projections.authority.continuations import Continuations
from decisionlog.projections.authority.delegations import Delegations
from decisionlog.projections.authority.disputes import Disputes
from decisionlog.projections.authority.duties import Duties
from decisionlog.projections.authority.functions import Functions
from decisionlog.projections.authority.funds import Funds
from decisionlog.projections.authority.instruments import Instruments
from decisionlog.projections.authority.lookups import Lookups
from decisionlog.projections.authority.organisations import Organisations
from decisionlog.projections.authority.parents import Parents
from decisionlog.projections.authority.places import Places
from decisionlog.projections.authority.posts import Posts
from decisionlog.projections.authority.relations import Relations
from decisionlog.projections.authority.successions import Successions
from decisionlog.projections.authority.terms import TermsInForce
from decisionlog.projections.concerns import Concerns
from decisionlog.projections.seats import Seats
from decisionlog.store.histories import Histories
from decisionlog.store.pieces import Piece, is_known, pieces_at, pieces_of, streams_not_over

_PARTIES: dict[str, type[Histories]] = {"organisation": Organisations, "body": Bodies, "post": Posts}

T = TypeVar("T")


class Kept:
    """The rows that were read at one point of knowledge, over all of time, and what was made of them."""

    def __init__(self, rows: Connection, point: AsOf) -> None:
        self.rows = rows
        self.point = point
        self._pieces: dict[tuple[str, str], dict[str, list[Piece]]] = {}
        self._first: dict[str, int] = {}
        self._made: dict[tuple[Any, int, bool], Any] = {}

    def pieces(self, model: type[Histories], things: Iterable[str], column: str = "stream") -> list[Piece]:
        """Every piece of these streams, or of those that have one of these values in a column."""
        read = self._pieces.setdefault((model.name, column), {})
        if isinstance(things, list) and len(things) == 1 and things[0] in read:
            return read[things[0]]  # most of what is asked for was read before
        wanted = list(dict.fromkeys(things))
        if missing := [thing for thing in wanted if thing not in read]:
            read |= {thing: [] for thing in missing}
            place = 0 if column == "stream" else model.row._fields.index(column)
            for piece in pieces_of(self.rows, model, missing, self.point, column):
                read[piece.stream if column == "stream" else piece.values[place]].append(piece)
        if len(wanted) == 1:
            return read[wanted[0]]
        return [piece for thing in wanted for piece in read[thing]]

    def made(self, maker: Callable[[Piece, int], T], piece: Piece, moment: int) -> T:
        """What a maker makes of a piece: the same at every moment, but for whether it is only possible."""
        asked = (maker, id(piece), piece.possible(moment))  # the pieces are kept as long as this is
        if asked not in self._made:
            self._made[asked] = maker(piece, moment)
        found: T = self._made[asked]
        return found

    def next_change(self, moment: int) -> int | None:
        """The first moment after one at which a piece that was read begins, certainly began, or ends."""
        every = (piece for read in self._pieces.values() for pieces in read.values() for piece in pieces)
        bounds = (one for piece in every for one in piece[3:] if moment < one < OPEN_END)
        return min(bounds, default=None)

    def first_position(self, stream: str) -> int:
        """Of a stream of which something is known; 0, where nothing is."""
        if stream not in self._first:
            self._first[stream] = is_known(self.rows, "register", stream, self.point)
        return self._first[stream]


class RowsWorld:
    """What is known at one point of both times."""

    def __init__(self, rows: Connection, point: AsOf, kept: Kept | None = None) -> None:
        self._moment = point.on
        self._point = point
        self._kept = kept or Kept(rows, point)
        self._answers: dict[tuple[Any, ...], Any] = {}
        self._worlds: dict[int, RowsWorld] = {point.on: self}

    def at(self, moment: int) -> World:
        """What held at another moment, as known at the same point."""
        if moment not in self._worlds:
            other = RowsWorld(self._kept.rows, self._point._replace(on=moment), self._kept)
            other._worlds = self._worlds
            self._worlds[moment] = other
        return self._worlds[moment]

    def next_change(self, moment: int) -> int | None:
        """The first moment after one at which anything changes of what was asked for so far, at any moment."""
        return self._kept.next_change(moment)

    # The catalogue and the map

    def function(self, function: str) -> Catalogue:
        """A function and those above it; a cycle ends where it closes."""
        return self._once(("function", function), lambda: self._chain(Functions, function, "parent"))

    def place(self, place: str) -> Catalogue:
        """A place and those that it lies within."""
        return self._once(("place", place), lambda: self._chain(Places, place, "within"))

    def places_in(self, place: str) -> frozenset[str]:
        """The places that lie within a place, at any depth."""

        def found() -> frozenset[str]:
            inside: dict[str, None] = {}
            waiting = [place]
            while waiting:
                within = self._holding(Places, waiting, "within")
                waiting = [one.stream for one in within if one.values.state == "there" and one.stream not in inside]
                inside |= dict.fromkeys(waiting)
            return frozenset(inside)

        return self._once(("places_in", place), found)

    # Duties and organisations

    def duties(self, functions: Sequence[str]) -> Sequence[Duty]:
        """The duties in force of these functions."""
        return self._once(("duties", *functions), lambda: self._all(Duties, functions, from_rows.duty))

    def successions(self, organisation: str) -> Sequence[Succession]:
        """In what an organisation was succeeded by the point, in the order of effect."""
        return self._once(
            ("successions", organisation),
            lambda: from_rows.successions(self._holding(Successions, [organisation]), self._moment),
        )

    def relations(self, organisation: str) -> Sequence[Relation]:
        """The relations in force of an organisation."""
        return self._once(("relations", organisation), lambda: self._all(Relations, [organisation], from_rows.relation))

    # Parties

    def party(self, reference: str) -> Party:
        """An organisation, a body, a post or a person."""
        return self._once(("party", reference), lambda: self._party(reference))

    def bodies_of(self, parent: str) -> Sequence[Seat]:
        """The bodies of a parent: those that have not ended, and their entries of it that hold."""

        def found() -> list[Seat]:
            holding = self._holding(Parents, [parent], "parent")
            seats = [self._kept.made(from_rows.seat, one, self._moment) for one in holding]
            self._kept.pieces(Bodies, [seat.body for seat in seats])  # at once, since each is looked at
            return [seat for seat in seats if not self.party(seat.body).ended]

        return self._once(("bodies_of", parent), found)

    def parents_of(self, body: str) -> Sequence[Seat]:
        """The parents of a body, whether or not it has ended."""
        return self._once(("parents_of", body), lambda: self._all(Parents, [body], from_rows.seat))

    def bodies_at(self, places: Sequence[str]) -> Sequence[str]:
        """The bodies for these places that have not ended."""

        def found() -> list[str]:
            bodies = self._led_to("body", "place", places)
            return [body for body in bodies if self._is_at(body, places)]

        return self._once(("bodies_at", *places), found)

    def bodies_for(self, functions: Sequence[str]) -> Sequence[str]:
        """The bodies that have not ended of which an entry that holds names one of these functions."""

        def found() -> list[str]:
            bodies, asked = self._led_to("body", "function", functions), set(functions)
            entries = self._holding(Parents, bodies)
            named = {one.stream for one in entries if not asked.isdisjoint(from_rows.listed(one.values.functions))}
            self._kept.pieces(Bodies, named)
            return [body for body in bodies if body in named and not self.party(body).ended]

        return self._once(("bodies_for", *functions), found)

    def terms(self, body: str) -> Terms | None:
        """The terms in force; None: not recorded."""
        return self._once(("terms", body), lambda: self._one(TermsInForce, body, from_rows.terms))

    def host(self, body: str) -> str:
        """Who hosts a body; empty where it is not recorded."""
        pieces = self._holding(Bodies, [body])
        return pieces[0].values.host if pieces else ""

    def holders(self, reference: str) -> Sequence[Holder]:
        """Who holds a post, or sits on a body."""
        return self._once(
            ("holders", reference),
            lambda: [from_rows.holder(one, self._moment) for one in self._holding(Seats, [reference])],
        )

    # What gives power

    def instrument(self, reference: str) -> Instrument:
        """An instrument; one that is not on the log is not recorded."""

        def found() -> Instrument:
            known = self._one(Instruments, reference, from_rows.instrument)
            return known or from_rows.unrecorded_instrument(reference)

        return self._once(("instrument", reference), found)

    def grant(self, delegation: str) -> Grant | None:
        """One delegation, in force or not; none, where it had not been granted by the moment."""
        return next(iter(self._grants([delegation])), None)

    def grants_of(self, functions: Sequence[str], matters: Sequence[str]) -> Sequence[Grant]:
        """The delegations of these functions or matters, but those that are wholly over."""

        def found() -> list[Grant]:
            by_function = self._led_to("delegation", "function", functions)
            by_matter = self._led_to("delegation", "matter", matters)
            wanted_functions, wanted_matters = set(functions), set(matters)
            return [
                one
                for one in self._grants(dict.fromkeys([*by_function, *by_matter]))
                if wanted_functions.intersection(one.functions) or wanted_matters.intersection(one.matters)
            ]

        return self._once(("grants_of", tuple(functions), tuple(matters)), found)

    def grants(self, delegations: Iterable[str]) -> Sequence[Grant]:
        """These delegations, as far as they are known; begun or not, stopped or not."""
        return self._grants(delegations)

    def funds(self, functions: Sequence[str]) -> Sequence[Fund]:
        """The open funds of these functions."""

        def found() -> list[Fund]:
            funds = self._holding(Funds, self._led_to("fund", "function", functions))
            every = [from_rows.fund(one, self._moment) for one in funds if one.values.state == "there"]
            return [one for one in every if not set(functions).isdisjoint(one.functions)]

        return self._once(("funds", *functions), found)

    def fund(self, reference: str) -> Fund | None:
        """A fund, where it is open."""
        found = self._holding(Funds, [reference])
        return next((from_rows.fund(one, self._moment) for one in found if one.values.state == "there"), None)

    def agreements(self, functions: Sequence[str]) -> Sequence[Instrument]:
        """The instruments in force of these functions."""

        def found() -> list[Instrument]:
            every = [self.instrument(one) for one in self._led_to("instrument", "function", functions)]
            return [one for one in every if one.in_force and not set(functions).isdisjoint(one.functions)]

        return self._once(("agreements", *functions), found)

    def promises(self, functions: Sequence[str]) -> Sequence[Promise]:
        """The open actions of these functions."""
        return self._once(("promises", *functions), lambda: list(self._promises(functions)))

    def disputes(self, streams: Sequence[str]) -> Sequence[Disputed]:
        """The placings of duties in these streams of functions about which facts contradict each other."""
        return self._once(("disputes", *streams), lambda: self._all(Disputes, streams, from_rows.disputed))

    # How it is read

    def _once(self, asked: tuple[Any, ...], found: Callable[[], T]) -> T:
        if asked not in self._answers:
            self._answers[asked] = found()
        answer: T = self._answers[asked]
        return answer

    def _holding(self, model: type[Histories], things: Iterable[str], column: str = "stream") -> list[Piece]:
        return [piece for piece in self._kept.pieces(model, things, column) if piece.holds(self._moment)]

    def _all(self, model: type[Histories], things: Iterable[str], made: Callable[[Piece, int], T]) -> list[T]:
        return [self._kept.made(made, piece, self._moment) for piece in self._holding(model, things)]

    def _one(self, model: type[Histories], thing: str, made: Callable[[Piece, int], T]) -> T | None:
        return next(iter(self._all(model, [thing], made)), None)

    def _led_to(self, kind: str, word: str, things: Sequence[str]) -> list[str]:
        if not things:
            return []
        narrowed = {"kind": kind, "word": word}
        return streams_not_over(self._kept.rows, Lookups, things, narrowed, self._point)

    def _chain(self, model: type[Histories], reference: str, above: str) -> Catalogue:
        chain: list[str] = []
        evidence: list[int] = []
        recorded, next_one = bool(self._kept.pieces(model, [reference])), reference
        while next_one and next_one not in chain:
            chain.append(next_one)
            piece = next(iter(self._holding(model, [next_one])), None)
            there = piece is not None and piece.values.state == "there"
            next_one = getattr(piece.values, above) if piece and there else ""
            evidence += from_rows.positions(piece.values.evidence) if piece and there else ()
        return Catalogue(tuple(chain), recorded, tuple(evidence))

    def _party(self, reference: str) -> Party:
        kind = reference.partition(":")[0]
        if kind in _PARTIES:
            piece = next(iter(self._holding(_PARTIES[kind], [reference])), None)
            return self._kept.made(from_rows.party, piece, self._moment) if piece else from_rows.unrecorded(reference)
        first = self._kept.first_position(reference)
        return from_rows.person(reference, first) if first else from_rows.unrecorded(reference)

    def _is_at(self, body: str, places: Sequence[str]) -> bool:
        party = self.party(body)
        return not party.ended and not set(places).isdisjoint(party.places)

    def _grants(self, references: Iterable[str]) -> list[Grant]:
        wanted = list(references)
        self._kept.pieces(Consents, wanted)
        self._kept.pieces(Continuations, wanted)
        return [
            self._once(("grant", one.stream), partial(self._grant, one)) for one in self._holding(Delegations, wanted)
        ]

    def _grant(self, piece: Piece) -> Grant:
        return from_rows.grant(
            piece,
            self._moment,
            tuple(self._all(Consents, [piece.stream], from_rows.consent)),
            tuple(
                from_rows.continuation(one, self._moment)
                for one in sorted(
                    self._holding(Continuations, [piece.stream]), key=lambda one: (one.values.at, one.first_position)
                )
            ),
        )

    def _promises(self, functions: Sequence[str]) -> Iterable[Promise]:
        narrowed = {"kind": "action", "field": "functions"}
        named = streams_not_over(self._kept.rows, Concerns, functions, narrowed, self._point)
        found = pieces_at(self._kept.rows, Actions, named, {"state": "assigned"}, self._point)
        concerns = self._holding(Concerns, [piece.stream for piece in found])
        for piece in found:
            yield from_rows.promise(piece, self._moment, [one for one in concerns if one.stream == piece.stream])

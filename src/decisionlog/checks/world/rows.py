"""What is known of authority at a point, as the rows say it: the `World` of `domain.authority`.

The rows of a thing are read once for all the time there is, so that another moment costs nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection

from decisionlog.checks.world import from_rows
from decisionlog.checks.world.ahead import read_ahead
from decisionlog.checks.world.kept import Kept
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
)
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
from decisionlog.store.pieces import Piece

_PARTIES: dict[str, type[Histories]] = {"organisation": Organisations, "body": Bodies, "post": Posts}

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class _Once(dict[K, T]):
    """What is found out of each thing when it is first asked for."""

    def __init__(self, find: Callable[[K], T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, asked: K) -> T:
        self[asked] = found = self._find(asked)
        return found


class RowsWorld:
    """What is known at one point of both times."""

    def __init__(self, rows: Connection, point: AsOf, kept: Kept | None = None) -> None:
        """Without `kept` nothing is taken over of what was read before, and `next_change` knows of nothing else."""
        self._moment = point.on
        self._kept = kept or Kept(rows, point)
        self._kept.worlds.setdefault(point.on, self)
        self._functions = _Once[str, Catalogue](lambda one: self._chain(Functions, one, "parent"))
        self._places = _Once[str, Catalogue](lambda one: self._chain(Places, one, "within"))
        self._places_in = _Once(self._inside)
        self._parties = _Once(self._party)
        self._duties = _Once(self._placed)
        self._successions = _Once(self._succeeded)
        self._relations = _Once[str, list[Relation]](lambda one: self._all(Relations, one, from_rows.relation))
        self._bodies_of = _Once(self._under)
        self._parents_of = _Once(self._above)
        self._bodies_for = _Once(self._dealing_with)
        self._terms = _Once[str, "Terms | None"](lambda one: self._one(TermsInForce, one, from_rows.terms))
        self._holders = _Once(self._holding_it)
        self._instruments = _Once(self._instrument)
        self._funds = _Once(self._open_funds)
        self._agreements = _Once(self._agreed)
        self._promises = _Once(self._promised)
        self._grants = _Once(self._grant)
        self._grants_of = _Once(self._giving)
        self._found_out: tuple[_Once[Any, Any], ...] = (
            self._functions, self._places, self._places_in, self._parties, self._duties, self._successions, self._relations,
            self._bodies_of, self._parents_of, self._bodies_for, self._terms, self._holders, self._instruments, self._funds,
            self._agreements, self._promises, self._grants, self._grants_of,
        )  # fmt: skip

    @classmethod
    def at_point(cls, rows: Connection, point: AsOf) -> RowsWorld:
        """The world of a question, with what earlier ones found, where nothing was written since."""
        kept = Kept.at(rows, point)
        if point.on not in kept.worlds:
            earlier: RowsWorld | None = kept.unchanged_until(point.on)
            found = cls(rows, point, kept)
            if earlier:
                found._take_over(earlier)
        kept.asked_about(point.on)
        known: RowsWorld = kept.worlds[point.on]
        return known

    def _take_over(self, earlier: RowsWorld) -> None:
        """What was found out at an earlier moment, since when nothing has changed of what that rests on."""
        for mine, known in zip(self._found_out, earlier._found_out, strict=True):
            mine.update(known)

    def at(self, moment: int) -> RowsWorld:
        """What held at another moment, as known at the same point."""
        kept = self._kept
        found: RowsWorld = kept.worlds.get(moment) or RowsWorld(kept.rows, kept.point._replace(on=moment), kept)
        return found

    def next_change(self, moment: int) -> int | None:
        """The first moment after one at which anything changes of what was asked for so far, at any moment."""
        return self._kept.next_change(moment)

    # The catalogue and the map

    def function(self, function: str) -> Catalogue:
        """A function and those above it; a cycle ends where it closes."""
        return self._functions[function]

    def place(self, place: str) -> Catalogue:
        """A place and those that it lies within."""
        return self._places[place]

    def places_in(self, place: str) -> frozenset[str]:
        """The places that lie within a place, at any depth."""
        return self._places_in[place]

    # Duties and organisations

    def duties(self, functions: Sequence[str]) -> Sequence[Duty]:
        """The duties in force of these functions."""
        return self._duties[tuple(functions)]

    def successions(self, organisation: str) -> Sequence[Succession]:
        """In what an organisation was succeeded by the point, in the order of effect."""
        return self._successions[organisation]

    def relations(self, organisation: str) -> Sequence[Relation]:
        """The relations in force of an organisation."""
        return self._relations[organisation]

    # Parties

    def party(self, reference: str) -> Party:
        """An organisation, a body, a post or a person."""
        return self._parties[reference]

    def bodies_of(self, parent: str) -> Sequence[Seat]:
        """The bodies of a parent: those that have not ended, and their entries of it that hold."""
        return self._bodies_of[parent]

    def parents_of(self, body: str) -> Sequence[Seat]:
        """The parents of a body, whether or not it has ended."""
        return self._parents_of[body]

    def bodies_at(self, places: Sequence[str]) -> Sequence[str]:
        """The bodies for these places that have not ended."""
        return [body for body in self._led_to("body", "place", places, Bodies) if self._is_at(body, places)]

    def bodies_for(self, functions: Sequence[str]) -> Sequence[str]:
        """The bodies that have not ended of which an entry that holds names one of these functions."""
        return self._bodies_for[tuple(functions)]

    def terms(self, body: str) -> Terms | None:
        """The terms in force; None: not recorded."""
        return self._terms[body]

    def host(self, body: str) -> str:
        """Who hosts a body; empty where it is not recorded."""
        pieces = self._holding(Bodies, body)
        return pieces[0].values.host if pieces else ""

    def holders(self, reference: str) -> Sequence[Holder]:
        """Who holds a post, or sits on a body."""
        return self._holders[reference]

    # What gives power

    def instrument(self, reference: str) -> Instrument:
        """An instrument; one that is not on the log is not recorded."""
        return self._instruments[reference]

    def grant(self, delegation: str) -> Grant | None:
        """One delegation, in force or not; none, where it had not been granted by the moment."""
        return self._grants[delegation]

    def grants_of(self, functions: Sequence[str], matters: Sequence[str]) -> Sequence[Grant]:
        """The delegations of these functions or matters, but those that are wholly over."""
        return self._grants_of[tuple(functions), tuple(matters)]

    def grants(self, delegations: Iterable[str]) -> Sequence[Grant]:
        """These delegations, as far as they are known; begun or not, stopped or not."""
        wanted = list(dict.fromkeys(delegations))
        self._read_at_once(wanted, Delegations, Consents, Continuations)
        return [grant for one in wanted if (grant := self._grants[one])]

    def funds(self, functions: Sequence[str]) -> Sequence[Fund]:
        """The open funds of these functions."""
        return self._funds[tuple(functions)]

    def fund(self, reference: str) -> Fund | None:
        """A fund, where it is open."""
        found = (one for one in self._holding(Funds, reference) if one.values.state == "there")
        return next((self._kept.made(from_rows.fund, one, self._moment) for one in found), None)

    def agreements(self, functions: Sequence[str]) -> Sequence[Instrument]:
        """The instruments in force of these functions."""
        return self._agreements[tuple(functions)]

    def promises(self, functions: Sequence[str]) -> Sequence[Promise]:
        """The open actions of these functions."""
        return self._promises[tuple(functions)]

    def disputes(self, streams: Sequence[str]) -> Sequence[Disputed]:
        """The placings of duties in these streams of functions about which facts contradict each other."""
        return self._all_of(Disputes, streams, from_rows.disputed)

    # How it is read

    def _holding(self, model: type[Histories], thing: str, column: str = "stream") -> list[Piece]:
        return [piece for piece in self._kept.pieces_of(model, thing, column) if piece.holds(self._moment)]

    def _all(
        self, model: type[Histories], thing: str, made: Callable[[Piece, int], T], column: str = "stream"
    ) -> list[T]:
        return [self._kept.made(made, piece, self._moment) for piece in self._holding(model, thing, column)]

    def _all_of(self, model: type[Histories], things: Sequence[str], made: Callable[[Piece, int], T]) -> list[T]:
        self._read_at_once(things, model)
        return [one for thing in dict.fromkeys(things) for one in self._all(model, thing, made)]

    def _one(self, model: type[Histories], thing: str, made: Callable[[Piece, int], T]) -> T | None:
        return next(iter(self._all(model, thing, made)), None)

    def _read_at_once(self, things: Sequence[str], *models: type[Histories]) -> None:
        """Read these things in one query for each model, since each of them is looked at."""
        for model in models:
            self._kept.read(model, things)

    def _led_to(self, kind: str, word: str, things: Sequence[str], *models: type[Histories]) -> list[str]:
        """The things of a kind that are found by others, read at once."""
        found = self._kept.leads(Lookups, things, self._moment, kind=kind, word=word) if things else []
        self._read_at_once(found, *models)
        return found

    def _chain(self, model: type[Histories], reference: str, above: str) -> Catalogue:
        chain: list[str] = []
        evidence: list[int] = []
        recorded, next_one = bool(self._kept.pieces_of(model, reference)), reference
        while next_one and next_one not in chain:
            chain.append(next_one)
            piece = next(iter(self._holding(model, next_one)), None)
            there = piece is not None and piece.values.state == "there"
            next_one = getattr(piece.values, above) if piece and there else ""
            evidence += from_rows.positions(piece.values.evidence) if piece and there else ()
        return Catalogue(tuple(chain), recorded, tuple(evidence))

    def _inside(self, place: str) -> frozenset[str]:
        inside: dict[str, None] = {}
        waiting = [place]
        while waiting:
            within = [one for one in self._kept.pieces(Places, waiting, "within") if one.holds(self._moment)]
            waiting = [one.stream for one in within if one.values.state == "there" and one.stream not in inside]
            inside |= dict.fromkeys(waiting)
        return frozenset(inside)

    def _party(self, reference: str) -> Party:
        kind = reference.partition(":")[0]
        if kind in _PARTIES:
            return self._one(_PARTIES[kind], reference, from_rows.party) or from_rows.unrecorded(reference)
        first = self._kept.first_position(reference)
        return from_rows.person(reference, first) if first else from_rows.unrecorded(reference)

    def _placed(self, functions: tuple[str, ...]) -> list[Duty]:
        found = self._all_of(Duties, functions, from_rows.duty)
        read_ahead(self._kept, [named for duty in found for named in (duty.holder, duty.instrument)])
        return found

    def _succeeded(self, organisation: str) -> list[Succession]:
        return from_rows.successions(self._holding(Successions, organisation), self._moment)

    def _above(self, body: str) -> list[Seat]:
        return self._all(Parents, body, from_rows.seat) if body.startswith("body:") else []

    def _under(self, parent: str) -> list[Seat]:
        seats = self._all(Parents, parent, from_rows.seat, "parent")
        self._read_at_once([seat.body for seat in seats], Bodies)
        read_ahead(self._kept, [named for seat in seats for named in (seat.body, seat.instrument)])
        return [seat for seat in seats if not self.party(seat.body).ended]

    def _holding_it(self, reference: str) -> list[Holder]:
        return [from_rows.holder(one, self._moment) for one in self._holding(Seats, reference)]

    def _dealing_with(self, functions: tuple[str, ...]) -> list[str]:
        bodies, asked = self._led_to("body", "function", functions, Parents), set(functions)
        entries = [one for body in bodies for one in self._holding(Parents, body)]
        named = {one.stream for one in entries if not asked.isdisjoint(from_rows.listed(one.values.functions))}
        self._read_at_once(list(named), Bodies)
        return [body for body in bodies if body in named and not self.party(body).ended]

    def _is_at(self, body: str, places: Sequence[str]) -> bool:
        party = self.party(body)
        return not party.ended and not set(places).isdisjoint(party.places)

    def _instrument(self, reference: str) -> Instrument:
        return self._one(Instruments, reference, from_rows.instrument) or from_rows.unrecorded_instrument(reference)

    def _open_funds(self, functions: tuple[str, ...]) -> list[Fund]:
        every = [self.fund(one) for one in self._led_to("fund", "function", functions, Funds)]
        return [one for one in every if one and not set(functions).isdisjoint(one.functions)]

    def _agreed(self, functions: tuple[str, ...]) -> list[Instrument]:
        every = [self.instrument(one) for one in self._led_to("instrument", "function", functions, Instruments)]
        return [one for one in every if one.in_force and not set(functions).isdisjoint(one.functions)]

    def _promised(self, functions: tuple[str, ...]) -> list[Promise]:
        named = (
            self._kept.leads(Concerns, functions, self._moment, kind="action", field="functions") if functions else []
        )
        self._read_at_once(named, Actions, Concerns)
        return [
            from_rows.promise(piece, self._moment, self._holding(Concerns, one))
            for one in named
            for piece in self._holding(Actions, one)
            if piece.values.state == "assigned"
        ]

    def _giving(self, asked: tuple[tuple[str, ...], tuple[str, ...]]) -> list[Grant]:
        functions, matters = asked
        by_function = self._led_to("delegation", "function", functions)
        by_matter = self._led_to("delegation", "matter", matters)
        found = [
            one
            for one in self.grants([*by_function, *by_matter])
            if not (set(functions).isdisjoint(one.functions) and set(matters).isdisjoint(one.matters))
        ]
        read_ahead(self._kept, [named for grant in found for named in _named(grant)])
        return found

    def _grant(self, delegation: str) -> Grant | None:
        piece = next(iter(self._holding(Delegations, delegation)), None)
        if piece is None:
            return None
        consents, continued = (
            self._all(Consents, delegation, from_rows.consent),
            self._holding(Continuations, delegation),
        )
        if not (consents or continued):
            return self._kept.made(from_rows.grant, piece, self._moment)
        continued.sort(key=lambda one: (one.values.at, one.first_position))
        continuations = tuple(from_rows.continuation(one, self._moment) for one in continued)
        return from_rows.grant(piece, self._moment, tuple(consents), continuations)


def _named(grant: Grant) -> tuple[str, ...]:
    return (grant.delegator, *grant.on_behalf_of, *grant.delegates, grant.instrument)

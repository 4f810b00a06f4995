"""What is known of authority at one point of both times: duties, organisations, bodies, posts, instruments, grants.

Everything here holds at the point, by `docs/authority.md`; who asks for another moment asks for another `World`.
References are `kind:key`; `evidence` are positions of facts; an empty text is *not recorded*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from msgspec import Struct, field


class Held(Struct, frozen=True):
    """What is common to all that holds for a time."""

    evidence: tuple[int, ...]
    since: str
    """The day of its beginning as recorded: a day, a time or a partial date."""
    until: str
    """The first day on which it no longer holds, as recorded, where that is known already."""
    possible: bool
    """The moment asked about lies inside a partial date of its beginning or of its end."""


class Duty(Held, frozen=True):
    """A function was placed on a holder."""

    function: str
    n: int
    """The number of the placing in the stream of its function."""
    holder: str
    places: tuple[str, ...]
    legal_basis: str
    instrument: str
    clause: str
    must_consult: tuple[str, ...]
    placed_at: int
    """The moment of its effect."""


class Share(Struct, frozen=True):
    """What one successor took."""

    organisation: str
    whole: bool
    places: tuple[str, ...]
    functions: tuple[str, ...]


class Succession(Held, frozen=True):
    """An organisation was taken over."""

    organisation: str
    shares: tuple[Share, ...]
    ends: bool
    legal_basis: str
    instrument: str
    clause: str
    continuity: str
    liabilities: str
    at: int
    """The moment of its effect."""


class Party(Held, frozen=True):
    """An organisation, a body, a post or a person, and whether it is there.

    Of what is not on the log at all, or is a stub, nothing is recorded: `recorded` is false, and it may well exist.
    """

    reference: str
    recorded: bool
    exists: bool
    """It has begun and has not ended. What is not recorded is taken to exist."""
    kind: str = ""
    """`icb`, `upper-tier-la` ... of an organisation; `board`, `advisory-forum` ... of a body."""
    organisations: tuple[str, ...] = ()
    """Of a post: the organisation, and those that share it."""
    places: tuple[str, ...] = ()
    """Of a body: the places that it is for."""
    ended: bool = False
    """It has ended. What does not exist and has not ended is yet to begin."""
    legal_person: bool | None = None


class Seat(Held, frozen=True):
    """A parent of a body: for which functions, by which decision and power. Each is one seat at its making."""

    body: str
    parent: str
    functions: tuple[str, ...] | None
    """None: not recorded."""
    legal_basis: str
    instrument: str
    clause: str
    by_decision: str


class Terms(Held, frozen=True):
    """The terms of reference in force of a body."""

    version: str
    instrument: str
    can: str
    must_consult: tuple[str, ...]
    reports_to: tuple[str, ...]
    sign_off: tuple[dict[str, Any], ...]
    reserved: int | None = None
    """How many matters are kept from the body, in words; None: not recorded."""


class Holder(Held, frozen=True):
    """Somebody holds a post, or sits on a body."""

    member: str
    role: str
    """Of a post how it is held (`substantive`, `acting` ...); of a body, the role."""
    on_behalf_of: tuple[str, ...] = ()
    voting: bool | None = None
    deputy_for: str = ""
    by_decision: str = ""


class Instrument(Held, frozen=True):
    """An instrument, and whether it is in force."""

    reference: str
    recorded: bool
    in_force: bool
    why: str
    """Where it is not in force: `not yet adopted`, `ended` or `replaced`."""
    kind: str
    version: str
    parties: tuple[str, ...]
    functions: tuple[str, ...]
    places: tuple[str, ...]
    review_by: str


class Stop(Struct, frozen=True):
    """A suspension, a revocation or a lapse that touches a grant at the point."""

    how: str
    """`suspended`, `revoked`, `lapsed`, `ended` (its time was up) or `carried into` others."""
    on: str
    evidence: tuple[int, ...]
    on_behalf_of: tuple[str, ...] = ()
    """Those who stopped it; empty: for all who gave it."""
    functions: tuple[str, ...] = ()
    """What is stopped; empty: all of it."""


class Consent(Struct, frozen=True):
    """Somebody who must agree that a power is passed on agreed."""

    who: str
    delegates: tuple[str, ...]
    delegation: str
    evidence: tuple[int, ...]


class Continuation(Held, frozen=True):
    """A grant outlived a succession. Several stand in the order of their effect."""

    delegator: str
    delegates: tuple[str, ...]
    parties: tuple[str, ...]
    legal_basis: str = ""
    instrument: str = ""
    clause: str = ""


class ConditionOf(Struct, frozen=True):
    """A condition of a grant, and how it stands."""

    id: str
    kind: str
    state: str
    """`stated`, `accepted`, `refused`, `discharged`, `failed` or `waived`."""
    evidence: tuple[int, ...]


class Grant(Held, frozen=True):
    """A delegation with its terms as they stand at the point, and what stops it."""

    reference: str
    begun: bool
    """Its effect has come."""
    granted_at: int
    """The moment at which the grant took effect."""
    delegator: str
    on_behalf_of: tuple[str, ...]
    delegates: tuple[str, ...]
    jointly: bool
    kind: str
    functions: tuple[str, ...]
    scope: tuple[dict[str, Any], ...]
    """The functions with their includes and excludes, as recorded."""
    matters: tuple[str, ...]
    places: tuple[str, ...]
    legal_basis: str
    instrument: str
    clause: str
    by_decision: str
    parent: str
    continues: tuple[str, ...]
    exclusivity: str
    limits: tuple[dict[str, Any], ...] | None
    """As recorded, money in pence; None: not recorded; empty: stated to be without limit."""
    conditions: tuple[ConditionOf, ...]
    must_consult: tuple[str, ...]
    reserved: int | None
    """How many matters are reserved, in words; None: not recorded."""
    onward: str
    """`prohibited`, `permitted`, `with-consent`, or empty."""
    consent_of: tuple[str, ...]
    holders: str
    """`substantive-only`, `any-holder`, or empty."""
    reporting: tuple[dict[str, Any], ...]
    review_by: str
    stops: tuple[Stop, ...] = ()
    consents: tuple[Consent, ...] = ()
    continuations: tuple[Continuation, ...] = ()
    continued: str = ""
    """Of a step: the day from which the giver stands in it by a continuation; empty, where none bears on it."""


class Fund(Held, frozen=True):
    """A fund that is open."""

    reference: str
    kind: str
    host: str
    manager: str
    parties: tuple[str, ...]
    functions: tuple[str, ...]
    places: tuple[str, ...]
    reporting: tuple[dict[str, Any], ...]


class Relation(Held, frozen=True):
    """An organisation is answerable to another, part of it, hosted by it, in its area."""

    organisation: str
    relation: str
    to: str
    functions: tuple[str, ...]
    places: tuple[str, ...]
    legal_basis: str


class Promise(Held, frozen=True):
    """An action that is open."""

    reference: str
    organisation: str
    owner: str
    to: str
    functions: tuple[str, ...]
    places: tuple[str, ...]
    due: str


class Disputed(Struct, frozen=True):
    """Facts about the placing of a duty that contradict each other; its effect has come."""

    about: str
    """The function."""
    places: tuple[str, ...]
    """Those of the placing."""
    evidence: tuple[int, ...]


class Catalogue(Struct, frozen=True):
    """A function or a place with those above it, nearest first; itself the first."""

    chain: tuple[str, ...]
    recorded: bool
    evidence: tuple[int, ...] = field(default=())


class World(Protocol):
    """What is known at one point of both times. Each method is a few indexed reads; answers may be kept."""

    def function(self, function: str) -> Catalogue:
        """A function and those above it; a cycle ends where it closes."""

    def place(self, place: str) -> Catalogue:
        """A place and those that it lies within."""

    def places_in(self, place: str) -> frozenset[str]:
        """The places that lie within a place, at any depth."""

    def duties(self, functions: Sequence[str]) -> Sequence[Duty]:
        """The duties in force of these functions."""

    def successions(self, organisation: str) -> Sequence[Succession]:
        """In what an organisation was succeeded by the point, in the order of effect."""

    def party(self, reference: str) -> Party:
        """An organisation, a body, a post or a person."""

    def bodies_of(self, parent: str) -> Sequence[Seat]:
        """The bodies of a parent: those that have not ended, and their entries of it that hold."""

    def parents_of(self, body: str) -> Sequence[Seat]:
        """The parents of a body."""

    def bodies_at(self, places: Sequence[str]) -> Sequence[str]:
        """The bodies for these places that have not ended."""

    def bodies_for(self, functions: Sequence[str]) -> Sequence[str]:
        """The bodies that have not ended of which an entry that holds names one of these functions."""

    def terms(self, body: str) -> Terms | None:
        """The terms in force; None: not recorded."""

    def host(self, body: str) -> str:
        """Who hosts a body."""

    def holders(self, reference: str) -> Sequence[Holder]:
        """Who holds a post, or sits on a body."""

    def instrument(self, reference: str) -> Instrument:
        """An instrument."""

    def grants_of(self, functions: Sequence[str], matters: Sequence[str]) -> Sequence[Grant]:
        """The delegations of these functions or matters; begun or not, stopped or not."""

    def grants(self, delegations: Iterable[str]) -> Sequence[Grant]:
        """These delegations, as far as they are known; begun or not, stopped or not."""

    def funds(self, functions: Sequence[str]) -> Sequence[Fund]:
        """The open funds of these functions."""

    def fund(self, reference: str) -> Fund | None:
        """A fund, where it is open."""

    def relations(self, organisation: str) -> Sequence[Relation]:
        """The relations in force of an organisation."""

    def agreements(self, functions: Sequence[str]) -> Sequence[Instrument]:
        """The instruments in force of these functions."""

    def promises(self, functions: Sequence[str]) -> Sequence[Promise]:
        """The open actions of these functions."""

    def disputes(self, streams: Sequence[str]) -> Sequence[Disputed]:
        """The placings of duties in these streams of functions about which facts contradict each other."""

    def at(self, moment: int) -> World:
        """What held at another moment, as known at the same point."""

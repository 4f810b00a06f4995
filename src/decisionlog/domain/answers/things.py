"""What `list`, `show` and `history` answer."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.deciding import Decided
from decisionlog.domain.answers.telling import FactShown, Section
from decisionlog.domain.saying import Said


class Particulars(Struct, frozen=True):
    """What a list says of a thing beyond its name and its state, by what kind of thing it is."""

    title: str = ""
    """For what has no title of its own."""
    state: str = ""
    """The state that takes the place of the register's: of a proposal, that it was decided."""
    state_on: str = ""
    states: tuple[str, ...] = ()
    """Further words by which it is found: `open`, `overdue`, `minutes unconfirmed`."""
    due: str = ""
    """When it falls due or is to be looked at again, while that is still to come or overdue."""
    more: dict[str, Any] = field(default_factory=dict)
    """For programs, under the names of the facts' fields."""
    said: tuple[Said, ...] = ()
    """For people."""
    evidence: tuple[int, ...] = ()


class Listed(Struct, frozen=True):
    """One thing in a list."""

    stream: str
    ref: str
    issuer: str
    title: str
    """Its open name or its title; empty where it has none, `withheld` where it was sealed and is not opened here."""
    state: str
    status: str
    """The label that the source itself uses; it decides nothing."""
    opened_on: str
    state_on: str
    from_: str
    until: str
    possible: str
    """Why the state is only possible on the day asked about; empty where it is certain."""
    level: str
    """Of a place: system, place or neighbourhood."""
    evidence: tuple[int, ...]
    more: dict[str, Any] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    """What more is to be said of a thing of its kind."""


class Listing(Struct, frozen=True):
    """What `list` answers."""

    basis: Basis
    kind: str
    items: tuple[Listed, ...]
    left_out: int = 0
    """How many more there are, beyond the limit that was asked for."""
    notes: tuple[str, ...] = ()
    """What a reader must know of what is not in the list."""
    names: dict[str, str] = field(default_factory=dict)


class Person(Struct, frozen=True):
    """Who sits or holds on a day, by which fact."""

    who: str
    name: str
    role: str
    on_behalf_of: tuple[str, ...]
    since: str
    until: str
    possible: str
    evidence: tuple[int, ...]


class Shown(Struct, frozen=True):
    """What `show` answers: one thing as it stood, as it was known."""

    basis: Basis
    thing: Listed
    facts: tuple[FactShown, ...]
    """Its facts up to the day asked about, in the order of the acts."""
    fields: dict[str, Any]
    """What its opening fact says, as corrected, opened where it can be."""
    people: tuple[Person, ...]
    """Of a body, its members; of a post, its holders; on the day asked about."""
    cited_by: tuple[FactShown, ...]
    """Facts of other things that name it."""
    names: dict[str, str]
    """What the references in the answer are called."""
    notes: tuple[str, ...]
    evidence: tuple[int, ...]
    opening: tuple[Said, ...] = ()
    """What a reader should see first, in sentences."""
    sections: tuple[Section, ...] = ()
    told: frozenset[str] = frozenset()
    """The fields of the opening fact that the sections tell already."""
    decided: Decided | None = None
    """Of a decision: who decided it, for whom, under what authority."""
    findings: tuple[FindingTold, ...] = ()
    """What does not add up about it."""


class History(Struct, frozen=True):
    """What `history` answers: every fact that concerns a thing, also those corrected or retracted, in the order of the acts."""

    basis: Basis
    stream: str
    items: tuple[FactShown, ...]
    names: dict[str, str]
    left_out: int = 0
    """How many earlier facts of other things there are."""

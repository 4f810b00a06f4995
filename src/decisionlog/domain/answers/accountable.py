"""What `who accountable` and `who could` answer: roles, chains from the duty down, and what is possibly irregular."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.authority.outcomes import RoleEntry, Test
from decisionlog.domain.saying import Said

THE_LAW: Final = "the law"
"""From whom a duty comes."""


class AskedAbout(Struct, frozen=True):
    """What the question was about."""

    stream: str
    functions: tuple[str, ...]
    places: tuple[str, ...]
    """Empty: everywhere."""
    matters: tuple[str, ...]
    value: tuple[dict[str, Any], ...]
    """Sums; empty: no amount was asked about."""


class ChainHop(Struct, frozen=True):
    """One step of a chain, from the law or a giver to whoever has it by it, with every test and the facts."""

    kind: str
    """`duty`, `succession`, `acts` or `delegation`."""
    from_: str
    to: tuple[str, ...]
    """Several act jointly; empty: not recorded."""
    reference: str
    """The function, the body or the delegation; of a succession the organisation that was succeeded."""
    legal_basis: str
    instrument: str
    clause: str
    limits: tuple[Any, ...] | None
    """None: not recorded; empty: stated to be without limit."""
    valid: str
    """`in force`, or `possible`, with why."""
    since: str
    continued: str
    """Since when it rests on what continued it after a succession; empty, where nothing did."""
    until: str
    """The first day on which it no longer holds, where that is known already."""
    places: tuple[str, ...]
    """Those that the step names; empty: everywhere."""
    reach: tuple[str, ...]
    """Where the chain goes as far as this step; empty: everywhere."""
    people: tuple[str, ...]
    """Of a post, who held it."""
    tests: tuple[Test, ...]
    has_power: bool
    """Whoever stands here could decide: neither this step nor one above it fails, and it was not given away."""
    verified: bool
    """What the table of legal bases says of the legal basis was verified; also where it says nothing of it."""
    evidence: tuple[int, ...]
    includes: tuple[str, ...] = ()
    """What of the function alone is given, in words that a person must read; empty: nothing is said."""
    excludes: tuple[str, ...] = ()
    """What of it is not given, in words."""
    reserved: tuple[str, ...] = ()
    """What whoever gave it kept back, in words."""
    kept_from: tuple[str, ...] = ()
    """What the terms of the body that has it keep from it, in words."""


class LimitOf(Struct, frozen=True):
    """A limit on a chain, and the delegation that sets it."""

    limit: Any
    delegation: str


class FundShown(Struct, frozen=True):
    """A fund from which an amount comes that is asked about."""

    fund: str
    open: bool
    """It was open at the point."""
    kind: str
    host: str
    manager: str
    parties: tuple[str, ...]
    since: str
    evidence: tuple[int, ...]


Chain = tuple[ChainHop, ...]


class Irregular(Struct, frozen=True):
    """Something that is possibly irregular; whether it is so is for people to say."""

    rule: str
    subject: str
    test: str
    said: Said
    evidence: tuple[int, ...]


class LegalNote(Struct, frozen=True):
    """What the table of legal bases says of a basis that an answer uses."""

    code: str
    name: str
    uri: str
    accountability: str
    liability: str
    source: str
    verified: bool


class Accountable(Struct, frozen=True):
    """What `who accountable` answers."""

    basis: Basis
    asked: AskedAbout
    classification: str
    roles: dict[str, tuple[RoleEntry, ...]]
    chains: tuple[Chain, ...]
    findings: tuple[Irregular, ...]
    forums: tuple[str, ...]
    """Forums that deal with it; they discuss and do not decide."""
    legal: tuple[LegalNote, ...]
    notes: tuple[Said, ...]
    names: dict[str, str]
    evidence: tuple[int, ...]
    to_come: bool = False
    """The day asked about is still to come: it is answered by what is known."""
    is_now: bool = False
    """No day was asked about: it is answered as things stand now."""
    funds: tuple[FundShown, ...] = ()
    """From which the amount comes."""


class Empowered(Struct, frozen=True):
    """Somebody who could decide."""

    party: tuple[str, ...]
    """Several only jointly."""
    people: tuple[str, ...]
    """Of a post, who holds it."""
    on_behalf_of: tuple[str, ...]
    """Whose duty it is, by the chains."""
    places: tuple[str, ...]
    """Where, by the chains; empty: everywhere."""
    references: tuple[str, ...]
    """The delegations, bodies or functions by which it is so, the last steps of the chains."""
    limits: tuple[Any, ...]
    """The limits on the way, down to this one."""
    to_be_read: tuple[str, ...]
    """Tests on the way that a person must read, or that are not recorded."""
    possible: bool
    until: str
    """The first day on which it no longer holds, where that is known already."""
    chains: tuple[int, ...]
    """Which of the chains, from 0."""
    evidence: tuple[int, ...]


class WhoCould(Struct, frozen=True):
    """What `who could` answers."""

    basis: Basis
    asked: AskedAbout
    classification: str
    items: tuple[Empowered, ...]
    chains: tuple[Chain, ...]
    findings: tuple[Irregular, ...]
    changes: tuple[Said, ...]
    """Of a day to come: what is known to begin or to end between today and then."""
    forums: tuple[str, ...]
    legal: tuple[LegalNote, ...]
    notes: tuple[Said, ...]
    names: dict[str, str]
    evidence: tuple[int, ...]
    to_come: bool = False
    is_now: bool = False
    funds: tuple[FundShown, ...] = ()
    lowest_limits: tuple[tuple[LimitOf, ...], ...] = ()
    """Of each chain the lowest of its limits, of each currency, fund and kind."""

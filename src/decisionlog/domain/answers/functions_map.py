"""What `map` answers: which function is decided by which part of the system, place by place, a row each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.accountable import Irregular
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.saying import Said

GAPS: Final = ("gap", "contested", "dormant")
"""The words for rows of which it is not clear who may decide."""


class Narrowed(Struct, frozen=True):
    """What the map was narrowed to; empty: not at all."""

    place: str = ""
    level: str = ""
    of: str = ""
    """Only the functions of this organisation that somebody else exercises."""
    gaps: bool = False


class DutyHolder(Struct, frozen=True):
    """On whom the law places the function."""

    party: str
    legal_basis: str
    since: str
    possible: bool
    places: tuple[str, ...]
    """Where it has it in a part only of the row's place."""
    evidence: tuple[int, ...]


class Decider(Struct, frozen=True):
    """Somebody who can decide."""

    party: tuple[str, ...]
    """Several only jointly."""
    people: tuple[str, ...]
    """Of a post, who holds it."""
    on_behalf_of: tuple[str, ...]
    """Whose duty it is, by the chains."""
    acts_for: tuple[str, ...]
    """The organisations of which the party is, or is a part."""
    kind: str
    """How it has the power: `duty`, `acts` or `delegation`."""
    reference: str
    """By what: the function, the body or the delegation."""
    legal_basis: str
    limits: tuple[Any, ...] | None
    """Those on the way, of alike ones the lowest; None: not recorded; empty: none, or stated to be without."""
    includes: tuple[str, ...]
    """What of the function is given only, in words, `withheld` where they cannot be opened; empty: nothing is said."""
    excludes: tuple[str, ...]
    """What of it is left out."""
    until: str
    """The first day on which it no longer holds, where that is known already."""
    possible: bool
    places: tuple[str, ...]
    """Where it can decide in a part only of the row's place."""
    rests_on: tuple[str, ...]
    """All that its chains pass: functions, organisations, bodies, posts, delegations, instruments."""
    evidence: tuple[int, ...]


class Review(Struct, frozen=True):
    """The first day by which something on the way is to be looked at again."""

    by: str
    of: str
    """The delegation, the instrument, or the body whose terms they are."""
    is_over: bool
    """The day has passed by the day asked about."""
    evidence: tuple[int, ...]


class MapRow(Struct, frozen=True):
    """One function at one place."""

    function: str
    above: tuple[str, ...]
    """The functions of which it is a part, nearest first."""
    place: str
    """Empty: everywhere."""
    level: str
    """`system`, `place`, `neighbourhood`, or empty where it is not recorded."""
    classification: str
    duty_holders: tuple[DutyHolder, ...]
    deciders: tuple[Decider, ...]
    """Who stands last on a chain."""
    besides: tuple[Decider, ...]
    """Who passed the power on and keeps it."""
    forums: tuple[str, ...]
    review: Review | None
    findings: tuple[Irregular, ...]
    remarks: tuple[Said, ...]
    evidence: tuple[int, ...]
    on_the_way: Mapping[str, frozenset[str]]
    """By duty-holder, all that stands on the chains from its duty: functions, bodies, delegations."""


class FunctionsMap(Struct, frozen=True):
    """The functions and decisions map."""

    basis: Basis
    narrowed: Narrowed
    items: tuple[MapRow, ...]
    counted: dict[str, int]
    """How many rows there are of each classification."""
    names: dict[str, str]
    notes: tuple[Said, ...]
    is_now: bool = False

    @property
    def evidence(self) -> tuple[int, ...]:
        """Every fact that the answer rests on."""
        return tuple(sorted({at for row in self.items for at in row.evidence}))

"""What was given to a body or an organisation and what it gave to others: each delegation, and how it stands."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.saying import Said


class ActsFor(Struct, frozen=True):
    """That a body is a part of another or of an organisation, and for which functions it acts for it."""

    parent: str
    functions: tuple[str, ...] | None
    """None: not recorded."""
    legal_basis: str
    instrument: str
    by_decision: str
    since: str
    until: str
    evidence: tuple[int, ...]


class Power(Struct, frozen=True):
    """One delegation with its terms as they stand."""

    delegation: str
    delegator: str
    """Empty: not recorded; so it is with every text here."""
    delegates: tuple[str, ...]
    jointly: bool
    """Several have it only together."""
    on_behalf_of: tuple[str, ...]
    """Whose functions these are: as it says, or else those for whom its giver acts."""
    exercised_for: tuple[str, ...]
    """The organisations that its receivers are, or act for."""
    kind: str
    functions: tuple[str, ...]
    matters: tuple[str, ...]
    """The one proposal or decision that is given, where it is no standing function."""
    places: tuple[str, ...]
    words: str
    """The grant as written, where it is opened."""
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    reserved: tuple[str, ...]
    """What whoever gave it kept back, in words."""
    limits: tuple[Any, ...] | None
    """None: not recorded; empty: stated to be without limit."""
    legal_basis: str
    instrument: str
    clause: str
    reporting: tuple[dict[str, Any], ...]
    since: str
    until: str
    """The first day on which it no longer holds, where that is known."""
    review_by: str
    review_is_over: bool
    """The day of its review passed by the day asked about, and it is in force."""
    state: str
    """`in force`, `not yet in force`, `suspended`, `revoked`, `ended` ..."""
    state_on: str
    possible: bool
    """A date of it is recorded only in part."""
    remarks: tuple[Said, ...]
    """That it was continued, or stopped in part."""
    evidence: tuple[int, ...]
    givers: tuple[str, ...] = ()
    """All who gave it: the delegator, and on whose behalf it gave without acting for them anyway."""

    @property
    def in_force(self) -> bool:
        """Whether it is in force at the point, if only in part."""
        return self.state == "in force"


class Powers(Struct, frozen=True):
    """What was given to somebody, and what somebody gave."""

    basis: Basis
    asked: str
    """The body or the organisation."""
    acts_for: tuple[ActsFor, ...]
    """Of a body: whose part it is."""
    given_to_it: tuple[Power, ...]
    """Of an organisation: what its bodies, its posts and itself have of others."""
    given_by_it: tuple[Power, ...]
    """Of an organisation: what others have of it."""
    names: dict[str, str]
    within_it: tuple[Power, ...] = ()
    """Of an organisation: what its own bodies and posts have of itself."""

    @property
    def evidence(self) -> tuple[int, ...]:
        """Every fact that the answer rests on."""
        given = (*self.given_to_it, *self.given_by_it, *self.within_it)
        found = {at for one in self.acts_for for at in one.evidence}
        return tuple(sorted(found.union(*(one.evidence for one in given))))

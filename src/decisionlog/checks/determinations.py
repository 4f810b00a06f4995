"""A determination as rules look at it: who took it, when, for whom, and on what authority it relied."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.world import Grant
from decisionlog.domain.course import BINDING
from decisionlog.domain.days import Span
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.parts import Authority

NOTHING_EXERCISED: Final = frozenset({"no-decision", "deferred", "withdrawn"})
"""Outcomes by which no power was used, whatever was cited."""
_ADVICE: Final = frozenset({"noted", "received", "endorsed", "recommended", "advised"})


class Relied(Struct, frozen=True):
    """One authority that a determination relied on, for one or several of the organisations bound."""

    authority: Authority
    bound: tuple[str, ...]
    """For whom: as the authority says, else everybody whom the determination binds."""
    delegation: str
    """Empty where no delegation is cited."""
    grant: Grant | None
    """The delegation with its terms at that moment; none, where none is cited or it had not been granted by then."""


class Determination(Struct, frozen=True):
    """One decision, and the moments at which it may have been taken."""

    stream: str
    taken: Act[DecisionTaken]
    first: int
    """The first moment of its day."""
    last: int
    """The last moment of its day; of a decision with a time, that time."""
    dated: bool
    """The day is recorded."""
    relied: tuple[Relied, ...]

    @property
    def data(self) -> DecisionTaken:
        """What was recorded of it."""
        return self.taken.data

    @property
    def position(self) -> int:
        """Where it stands in the log."""
        return self.taken.position

    @property
    def at(self) -> Span:
        """When it was taken."""
        return self.taken.at

    @property
    def makers(self) -> tuple[str, ...]:
        """Who took it."""
        return self.data.decision_makers or ()

    @property
    def bound(self) -> tuple[str, ...]:
        """Whom it binds, as recorded."""
        return self.data.on_behalf_of or ()

    @property
    def binds(self) -> bool:
        """Something is to be done or holds by it: an approving outcome of somebody who had been asked to decide."""
        return self.data.outcome in BINDING and self.data.asked_to in {None, "decide"}

    @property
    def exercises(self) -> bool:
        """A power was used: it decided something, be it to reject."""
        asked = self.data.asked_to in {None, "decide"}
        return asked and bool(self.data.outcome) and self.data.outcome not in NOTHING_EXERCISED | _ADVICE


def determination(record: Record, decision: str) -> Determination | None:
    """A determination as known; none, where only its reference is recorded, or it was retracted."""
    return record.once(("determination", decision), lambda: _determination(record, decision))


def _determination(record: Record, decision: str) -> Determination | None:
    taken = record.of(decision).first(DecisionTaken)
    return as_determination(record, decision, taken) if taken else None


def as_determination(record: Record, decision: str, taken: Act[DecisionTaken]) -> Determination:
    """An act by which somebody decides as a determination: with the moments of its day, and with what it relied on."""
    last = record.end(taken.fact.on)
    last = taken.at.certain if last is None else last
    relied = tuple(_relied(record, taken.data, one, last) for one in taken.data.authority or ())
    return Determination(decision, taken, taken.at.earliest, last, bool(record.span(taken.fact.on)), relied)


def _relied(record: Record, data: DecisionTaken, authority: Authority, moment: int) -> Relied:
    delegation = authority.delegation or ""
    return Relied(
        authority=authority,
        bound=authority.on_behalf_of or data.on_behalf_of or (),
        delegation=delegation,
        grant=record.grant(delegation, moment) if delegation.startswith("delegation:") else None,
    )

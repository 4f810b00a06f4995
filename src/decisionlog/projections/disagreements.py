"""Disagreements: who disagrees with what, on which rung it is, and whose move it is. Row, fold, queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.days import Span
from decisionlog.domain.facts.disagreement import DisagreementRaised
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf, Reading
from decisionlog.domain.references import split
from decisionlog.domain.states import SETTLED
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Held, Histories, among, packed, succession, unpacked, when

_STATES = {
    "disagreement.raised": "raised",
    "disagreement.escalated": "escalated",
    "disagreement.parked": "parked",
    "disagreement.reconciled": "reconciled",
    "disagreement.upheld": "upheld",
    "disagreement.overruled": "overruled",
    "disagreement.withdrawn": "withdrawn",
    "disagreement.dissent_recorded": "dissent recorded",
}
_DISSENT = "disagreement.dissent_recorded"
_HIGHEST = 2**53
OPEN = frozenset({"raised", "escalated", "parked"})
"""States in which a disagreement is not settled."""


class Disagreement(NamedTuple):
    """One disagreement as it stood."""

    ref: str
    state: str
    state_on: str
    on_behalf_of: str
    """Packed: the partners that still disagree."""
    by: str
    about: str
    version: str
    rung: int
    """0: not recorded."""
    to: str
    """Packed: whose move it is, where that is recorded: to whom it was escalated, or the other side."""
    respond_by: str
    review_by: str
    meeting: str
    dissent: str
    """`yes`, where a dissent was recorded."""
    bars_decision: str
    on: str
    position: int
    state_position: int


class Disagreements(Histories):
    """Every disagreement with its state."""

    name = "disagreements"
    version = 2
    kinds = frozenset({"disagreement"})
    marks = frozenset({*_STATES, "record.renumbered"})
    row = Disagreement

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """The states of a disagreement, from when it was raised."""
        return succession(_steps(reading, zone))


def disagreements(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """These disagreements as they stood."""
    return among(rows, Disagreements, streams, point)


def _steps(reading: Reading, zone: tzinfo) -> Iterator[tuple[Span, Disagreement]]:
    current: Disagreement | None = None
    for fact in reading.facts:
        current = _after(current, fact)
        if current is not None:
            yield when(fact, zone), current


def _after(current: Disagreement | None, fact: Fact) -> Disagreement | None:
    data: Any = fact.data
    if isinstance(data, DisagreementRaised) and current is None:
        return _raised(fact, data)
    if current is None:
        return None
    if fact.type == _DISSENT and current.state in SETTLED[_DISSENT]:
        return current._replace(dissent="yes")
    if fact.type == "record.renumbered":
        return current._replace(ref=getattr(data, "ref", current.ref))
    if fact.type == "disagreement.withdrawn" and (left := _left(current, data)):
        return current._replace(on_behalf_of=packed(left))
    if fact.type not in _STATES or fact.type == "disagreement.raised":
        return current
    current = current._replace(state=_STATES[fact.type], state_on=fact.on or "", state_position=fact.position)
    if fact.type == _DISSENT:
        return current._replace(dissent="yes", to="", respond_by="")
    if fact.type == "disagreement.escalated":
        return current._replace(
            rung=_rung(data),
            to=packed([to]) if (to := getattr(data, "to", None)) else "",
            respond_by=getattr(data, "respond_by", None) or "",
        )
    if fact.type == "disagreement.parked":
        return current._replace(to="", respond_by="", review_by=getattr(data, "review_by", None) or "")
    return current


def _rung(data: Any) -> int:
    """The rung, as far as a column holds it."""
    return min(getattr(data, "rung", None) or 0, _HIGHEST)


def _left(current: Disagreement, data: Any) -> list[str]:
    """Those who still disagree, where only some no longer do."""
    gone = getattr(data, "on_behalf_of", None)
    return [partner for partner in unpacked(current.on_behalf_of) if partner not in gone] if gone else []


def _raised(fact: Fact, data: DisagreementRaised) -> Disagreement:
    return Disagreement(
        ref=data.ref or split(fact.stream)[1],
        state="raised",
        state_on=fact.on or "",
        on_behalf_of=packed(data.on_behalf_of),
        by=data.by or "",
        about=packed(data.about),
        version=data.version or "",
        rung=_rung(data),
        to=packed(data.other_side),
        respond_by=data.respond_by or "",
        review_by="",
        meeting=data.meeting or "",
        dissent="",
        bars_decision="" if data.bars_decision is None else "yes" if data.bars_decision else "no",
        on=fact.on or "",
        position=fact.position,
        state_position=fact.position,
    )

"""Duties: on whom which function was placed, where, by which law, from when to when. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.function import FunctionDutyPlaced
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import begun_by, effect, effect_said, first_end, lasting, proof

_ENDS = "function.duty_ended"


class Duty(NamedTuple):
    """One placing; the stream is the function."""

    n: int
    """The version of the placing in the function's stream."""
    holder: str
    places: str
    legal_basis: str
    instrument: str
    clause: str
    by_decision: str
    must_consult: str
    since: str
    until: str
    placed_at: int
    evidence: str


class Duties(Histories):
    """Every duty."""

    name = "duties"
    version = 1
    kinds = frozenset({"function"})
    marks = frozenset({"function.duty_placed", _ENDS})
    row = Duty
    indexes = (("holder",),)

    @classmethod
    def root(cls, fact: Fact) -> int:
        """Each placing is a part of its own, with what ended it."""
        return begun_by(fact, ("function.duty_placed",), (_ENDS,))

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From the first day of its effect to the first of its ends."""
        endings = [fact for fact in reading.facts if fact.type == _ENDS]
        for fact in reading.facts:
            if isinstance(fact.data, FunctionDutyPlaced):
                ends, ended = first_end(fact, endings, zone)
                yield from lasting(effect(fact, zone), ends, _duty(fact, fact.data, ended, reading, zone))


def _duty(fact: Fact, data: FunctionDutyPlaced, ended: Fact | None, reading: Reading, zone: tzinfo) -> Duty:
    return Duty(
        n=fact.n,
        holder=data.holder,
        places=packed(data.places),
        legal_basis=data.legal_basis or "",
        instrument=data.instrument or "",
        clause=data.clause or "",
        by_decision=data.by_decision or "",
        must_consult=packed(data.must_consult),
        since=effect_said(fact),
        until=effect_said(ended) if ended else data.until or "",
        placed_at=effect(fact, zone).earliest,
        evidence=packed(proof(reading, [fact, ended])),
    )

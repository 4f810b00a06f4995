"""Continuations: by what a delegation outlived a succession, and for whom. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.facts.delegation import DelegationContinued
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import effect, effect_said, lasting, own_end, proof


class Continuation(NamedTuple):
    """One continuation; the stream is the delegation. What was carried into others stops it instead."""

    n: int
    at: int
    delegator: str
    delegates: str
    parties: str
    continuity: str
    legal_basis: str
    instrument: str
    clause: str
    since: str
    until: str
    evidence: str


class Continuations(Histories):
    """Every continuation, while it holds."""

    name = "continuations"
    version = 1
    kinds = frozenset({"delegation"})
    marks = frozenset({"delegation.continued"})
    row = Continuation

    @classmethod
    def root(cls, fact: Fact) -> int:
        """Each continuation is a part of its own."""
        return fact.n if fact.type == "delegation.continued" else 0

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From its effect to its end."""
        for fact in reading.facts:
            if isinstance(fact.data, DelegationContinued) and not fact.data.continued_into:
                continuation = _continuation(fact, fact.data, reading, zone)
                yield from lasting(effect(fact, zone), own_end(fact, zone), continuation)


def _continuation(fact: Fact, data: DelegationContinued, reading: Reading, zone: tzinfo) -> Continuation:
    return Continuation(
        n=fact.n,
        at=effect(fact, zone).earliest,
        delegator=data.delegator or "",
        delegates=packed(data.delegates),
        parties=packed(data.parties),
        continuity=data.continuity or "",
        legal_basis=data.legal_basis or "",
        instrument=data.instrument or "",
        clause=data.clause or "",
        since=effect_said(fact),
        until=data.until or "",
        evidence=packed(proof(reading, [fact])),
    )

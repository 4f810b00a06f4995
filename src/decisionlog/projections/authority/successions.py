"""Successions: who took over an organisation, each the whole or some places and functions. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.organisation import OrganisationSucceeded
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import NEVER, effect, effect_said, lasting, proof


class Share(NamedTuple):
    """What one successor took in one succession; the stream is the organisation that was taken over."""

    n: int
    """The version of the succession in the organisation's stream."""
    share: int
    """Its place among the shares, from 0."""
    successor: str
    whole: int
    """1, where it says that it took the whole, or names neither places nor functions."""
    places: str
    functions: str
    ends: int
    """1, where the organisation ended with it."""
    legal_basis: str
    instrument: str
    clause: str
    continuity: str
    liabilities: str
    since: str
    at: int
    evidence: str


class Successions(Histories):
    """Every share of every succession, from its effect on."""

    name = "successions"
    version = 1
    kinds = frozenset({"organisation"})
    marks = frozenset({"organisation.succeeded"})
    row = Share

    @classmethod
    def root(cls, fact: Fact) -> int:
        """Each succession is a part of its own."""
        return fact.n if fact.type == "organisation.succeeded" else 0

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From its effect, for ever."""
        for fact in reading.facts:
            if isinstance(fact.data, OrganisationSucceeded):
                for share in _shares(fact, fact.data, reading, zone):
                    yield from lasting(effect(fact, zone), NEVER, share)


def _shares(fact: Fact, data: OrganisationSucceeded, reading: Reading, zone: tzinfo) -> Iterable[Share]:
    for number, one in enumerate(data.successors):
        yield Share(
            n=fact.n,
            share=number,
            successor=one.organisation,
            whole=int(one.takes == "whole" or not (one.places or one.functions)),
            places=packed(one.places),
            functions=packed(one.functions),
            ends=int(data.ends is True),
            legal_basis=data.legal_basis or "",
            instrument=data.instrument or "",
            clause=data.clause or "",
            continuity=data.continuity or "",
            liabilities=data.liabilities or "",
            since=effect_said(fact),
            at=effect(fact, zone).earliest,
            evidence=packed(proof(reading, [fact])),
        )

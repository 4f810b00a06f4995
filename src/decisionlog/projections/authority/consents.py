"""Consents: who agreed that a delegated power is passed on, to whom, by which onward grant. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.facts.delegation import DelegationConsented
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import effect, effect_said, lasting, own_end, proof


class Consent(NamedTuple):
    """One consent of one party; the stream is the delegation whose power is passed on."""

    n: int
    who: str
    delegates: str
    delegation: str
    since: str
    until: str
    evidence: str


class Consents(Histories):
    """Every consent, while it holds."""

    name = "consents"
    version = 1
    kinds = frozenset({"delegation"})
    marks = frozenset({"delegation.consented"})
    row = Consent

    @classmethod
    def root(cls, fact: Fact) -> int:
        """Each consent is a part of its own."""
        return fact.n if fact.type == "delegation.consented" else 0

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From its effect to its end, for each who gave it: `who`, else those on whose behalf it was given."""
        for fact in reading.facts:
            if isinstance(fact.data, DelegationConsented):
                data = fact.data
                for who in dict.fromkeys([data.who] if data.who else data.on_behalf_of or [""]):
                    consent = Consent(
                        n=fact.n,
                        who=who,
                        delegates=packed(data.delegates),
                        delegation=data.delegation or "",
                        since=effect_said(fact),
                        until=data.until or "",
                        evidence=packed(proof(reading, [fact])),
                    )
                    yield from lasting(effect(fact, zone), own_end(fact, zone), consent)

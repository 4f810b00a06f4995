"""Disputes: placings of duties about which facts contradict each other. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo
from typing import Final, NamedTuple

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.function import FunctionDutyPlaced
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import NEVER, effect, lasting, proof

_ENDED: Final = "function.duty_ended"
_CONTRADICTED: Final = "record.contradicted"


class Dispute(NamedTuple):
    """One contradiction about one placing; the stream is the function."""

    n: int
    """The version of the placing in the function's stream."""
    places: str
    evidence: str


class Disputes(Histories):
    """What is contested about duties: by another source, or by two endings that differ."""

    name = "disputes"
    version = 1
    kinds = frozenset({"function"})
    marks = frozenset({"function.catalogued", "function.duty_placed", _ENDED, _CONTRADICTED})
    row = Dispute

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """Every contradiction, from the effect of its placing on."""
        by_n = {fact.n: fact for fact in reading.facts}
        for fact, facts in _contradictions(reading, by_n):
            placing = _placing(fact, by_n)
            if placing is not None and isinstance(placing.data, FunctionDutyPlaced):
                evidence = packed(proof(reading, [placing, *facts]))
                dispute = Dispute(placing.n, packed(placing.data.places), evidence)
                yield from lasting(effect(placing, zone), NEVER, dispute)


def _contradictions(reading: Reading, by_n: Mapping[int, Fact]) -> Iterator[tuple[Fact, list[Fact]]]:
    """Each fact that is in dispute, with those that disagree."""
    for fact in reading.facts:
        if fact.type == _CONTRADICTED and fact.of and fact.of.n in by_n:
            yield by_n[fact.of.n], [by_n[fact.of.n], fact]
    for facts in reading.contested:
        if facts[0].type == _ENDED:
            yield facts[0], list(facts)


def _placing(fact: Fact, by_n: Mapping[int, Fact]) -> Fact | None:
    """The placing that a fact makes or ends."""
    if fact.type == _ENDED:
        return by_n.get(fact.of.n) if fact.of else None
    return fact

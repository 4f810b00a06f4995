"""Which positions on a proposal still hold: neither withdrawn nor replaced by a later one.

What took the place of a position that was retracted since takes the place of whatever that one had replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.proposal import ProposalPositionTaken


def no_longer_held(facts: Iterable[Fact], retracted: Iterable[Fact]) -> set[int]:
    """The versions of the positions that were withdrawn or replaced, among the facts of a proposal that stand."""
    facts, struck = list(facts), replacing(retracted)
    over = {fact.of.n for fact in facts if fact.type == "proposal.position_withdrawn" and fact.of}
    return over.union(*(replaced_by(fact, struck) for fact in facts))


def replacing(retracted: Iterable[Fact]) -> dict[int, int]:
    """Of the positions that were retracted, by version: which version each had replaced."""
    return {fact.n: named for fact in retracted if (named := _named(fact))}


def replaced_by(fact: Fact, struck: Mapping[int, int]) -> Iterator[int]:
    """The versions whose place a position took: the one that it names, and what a retracted one had replaced before."""
    seen: set[int] = set()
    n = _named(fact)
    while n and n not in seen:
        seen.add(n)
        yield n
        n = struck.get(n, 0)


def _named(fact: Fact) -> int:
    data = fact.data
    if not isinstance(data, ProposalPositionTaken) or data.replaces is None or data.replaces.stream != fact.stream:
        return 0
    return data.replaces.n

"""Which positions on a proposal still hold: neither withdrawn nor replaced by a later one."""

from __future__ import annotations

from collections.abc import Iterable

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.proposal import ProposalPositionTaken


def no_longer_held(facts: Iterable[Fact], retracted: Iterable[Fact]) -> set[int]:
    """The versions of the positions that were withdrawn or replaced, among the facts of a proposal that stand.

    What took the place of a position that was retracted since takes the place of whatever that one had replaced.
    """
    facts, struck = list(facts), {fact.n: _replaced(fact) for fact in retracted}
    over = {fact.of.n for fact in facts if fact.type == "proposal.position_withdrawn" and fact.of}
    for fact in facts:
        n = _replaced(fact)
        while n and n not in over:
            over.add(n)
            n = struck.get(n, 0)
    return over


def _replaced(fact: Fact) -> int:
    data = fact.data
    return data.replaces.n if isinstance(data, ProposalPositionTaken) and data.replaces else 0

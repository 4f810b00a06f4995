"""How a vote went, as far as it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.voting import Vote

TOOK_PART: Final = frozenset({"in-favour", "against"})
"""Votes by which somebody had a hand in what came of it; who abstains has none."""


def named_votes(decision: DecisionTaken) -> tuple[Vote, ...]:
    """The votes that are recorded by name."""
    return (decision.votes.named if decision.votes else None) or ()


def voted(decision: DecisionTaken, person: str) -> bool:
    """Whether a person is recorded as having voted for or against."""
    return any(one.by == person and one.vote in TOOK_PART for one in named_votes(decision))


def tally(votes: Iterable[Vote]) -> tuple[int, int]:
    """How many votes were in favour and how many against, each by its weight."""
    counted = {"in-favour": 0, "against": 0}
    for one in votes:
        if one.vote in counted:
            counted[one.vote] += 1 if one.weight is None else one.weight
    return counted["in-favour"], counted["against"]

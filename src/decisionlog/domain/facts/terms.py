"""The parts of a body's terms: who must sit, how many make a quorum, how it decides and settles disagreement."""

from __future__ import annotations

from decisionlog.domain.values import Bound, Count, Label, Party, Sealed, Stored
from decisionlog.domain.vocabulary import Tie, VotingBase, VotingRule


class Composition(Stored):
    """Who must or may sit, by role, kind or organisation, and how many of them."""

    members: Label
    at_least: Count | None = None
    at_most: Count | None = None


class QuorumRule(Stored):
    """How many, of whom, and whether the recused and deputies count."""

    at_least: Count | None = None
    fraction: Label | None = None
    composition: tuple[Composition, ...] | None = None
    recused_count: bool | None = None
    deputies_count: bool | None = None
    words: Sealed | None = None


class DecisionRule(Stored):
    """How the body decides one kind of matter (absent: every matter), and what a tie means."""

    rule: VotingRule
    applies_to: Sealed | None = None
    base: VotingBase | None = None
    tie: Tie | None = None
    casting_vote: Party | None = None
    words: Sealed | None = None


class Deputies(Stored):
    """Whether members may send deputies, and whether these vote."""

    allowed: bool
    named_only: bool | None = None
    may_vote: bool | None = None
    words: Sealed | None = None


class SignOff(Stored):
    """A partner whose final position is needed before the body decides."""

    partner: Bound
    applies_to: Sealed | None = None
    unanimous: bool | None = None


class Rung(Stored):
    """One rung of the ladder for disagreement: to whom, and within how many days."""

    rung: Count
    to: Party | None = None
    within_days: Count | None = None
    words: Sealed | None = None

"""The parts that say how a vote went: motions, counts, named votes and ballots."""

from __future__ import annotations

from decisionlog.domain.values import Bound, Count, Exact, Label, Party, PersonRef, Sealed, SealedLine, Stored, Whole
from decisionlog.domain.vocabulary import MotionKind, VoteCast, VoteResult


class Motion(Stored):
    """What was moved: its kind, its order within the item, the part or reading, mover and seconder."""

    kind: MotionKind | None = None
    order: Count | None = None
    part: Label | None = None
    stage: Label | None = None
    moved_by: tuple[Party, ...] | None = None
    seconded_by: tuple[Party, ...] | None = None


class Counts(Stored):
    """Votes as counted, where they are not named."""

    in_favour: Count | None = None
    against: Count | None = None
    abstained: Count | None = None
    recused: Count | None = None
    absent: Count | None = None
    did_not_vote: Count | None = None


class Vote(Stored):
    """One named vote. A councillor may require it immediately after the vote is taken (SI 1993/202 Sch 2)."""

    vote: VoteCast
    by: PersonRef | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    casting: bool | None = None
    proxy_for: PersonRef | None = None
    weight: Count | None = None


class Paper(Stored):
    """One voting paper of a ballot: picks in order of preference, or scores, by the places of the choices."""

    by: PersonRef | None = None
    picks: tuple[Whole, ...] | None = None
    scores: tuple[Exact, ...] | None = None
    vote: VoteCast | None = None


class Round(Stored):
    """One round of a ballot: a total for each choice, in the order of the choices."""

    totals: tuple[Exact, ...] | None = None
    cast: Count | None = None
    named: tuple[Paper, ...] | None = None
    words: Sealed | None = None


class Ballot(Stored):
    """A choice between several: the system, the choices, the rounds, and the places of those chosen."""

    choices: tuple[SealedLine, ...]
    system: Label | None = None
    seats: Count | None = None
    rounds: tuple[Round, ...] | None = None
    chosen: tuple[Whole, ...] | None = None


class Votes(Stored):
    """How a vote went: whatever is known, from the result alone to named votes or a ballot with its rounds."""

    result: VoteResult | None = None
    counts: Counts | None = None
    named: tuple[Vote, ...] | None = None
    eligible: Count | None = None
    cast: Count | None = None
    ballot: Ballot | None = None

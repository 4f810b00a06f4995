"""Whether a tied vote was broken by a rule."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.quorum import when_met_properly
from decisionlog.checks.meetings.terms import terms_of
from decisionlog.checks.meetings.votes import named_votes, tally
from decisionlog.checks.record import Record
from decisionlog.domain.saying import Named


def tie_without_rule(record: Record, decision: str) -> Iterator[Tripped]:
    """GL49: as many voted against as in favour, and it was approved without a casting vote or a rule that breaks a tie."""
    taken = determination(record, decision)
    if taken is None or not taken.binds or not _is_tied(taken) or any(one.casting for one in named_votes(taken.data)):
        return
    for body in taken.makers:
        if body.startswith("body:"):
            for found in _of_body(record, taken, body):
                yield replace(found, until=when_met_properly(record, taken, tie_without_rule))


def _is_tied(taken: Determination) -> bool:
    """Whether a vote was tied before any casting vote: by its names, else by its numbers, else by its result."""
    votes = taken.data.votes
    if votes is None:
        return False
    named, counts = tally(votes.named or ()), votes.counts
    if any(named):
        return named[0] == named[1]
    if counts and counts.in_favour is not None and counts.against is not None:
        return counts.in_favour == counts.against > 0
    return votes.result == "tied"


def _of_body(record: Record, taken: Determination, body: str) -> Iterator[Tripped]:
    terms = terms_of(record, body, taken.last)
    ties = {one.tie for one in (terms.data.decision_rules if terms else None) or ()}
    evidence = (taken.position, *((terms.position,) if terms else ()))
    if "lot" in ties:
        return
    if terms is None or terms.data.decision_rules is None:
        said = ("the vote was tied, and how a tie is broken on ", Named(body), " is not recorded")
        yield Tripped(said, evidence, taken.first, evidenced=False)
    elif "casting-vote" not in ties:
        said = ("the vote was tied, and the terms of ", Named(body), " give no casting vote")
        yield Tripped(said, evidence, taken.first)
    else:
        evidenced = bool(named_votes(taken.data))
        yield Tripped(
            ("the vote was tied, and no casting vote is recorded",), evidence, taken.first, evidenced=evidenced
        )

from __future__ import annotations

import pytest

from decisionlog.checks.meetings.votes import named_votes, tally, voted
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.voting import Vote, Votes


def vote(how, person="a", **more):
    return Vote(vote=how, by=f"person:{person}", **more)


def decision(*votes):
    return DecisionTaken(votes=Votes(named=votes or None))


def test_votes_count_by_their_weight():
    assert tally([]) == (0, 0)
    assert tally([vote("in-favour"), vote("in-favour", weight=3), vote("against", weight=0), vote("against")]) == (4, 1)
    assert tally([vote("abstained"), vote("recused"), vote("absent"), vote("did-not-vote")]) == (0, 0)


@pytest.mark.parametrize(
    ("how", "expected"), [("in-favour", True), ("against", True), ("abstained", False), ("recused", False)]
)
def test_only_who_votes_for_or_against_has_voted(how, expected):
    assert voted(decision(vote(how)), "person:a") is expected
    assert voted(decision(vote(how)), "person:b") is False


def test_one_vote_among_others_is_enough():
    assert voted(decision(vote("abstained", "b"), vote("against"), vote("abstained")), "person:a")


def test_votes_that_are_not_recorded_by_name_are_none():
    assert named_votes(DecisionTaken()) == ()
    assert named_votes(decision()) == ()
    assert named_votes(decision(vote("against"))) == (vote("against"),)

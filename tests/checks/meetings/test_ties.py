from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

TIED = {"counts": {"in_favour": 2, "against": 2}}


def vote(person, how, **more):
    return {"by": f"person:{person}", "vote": how, **more}


def tied(votes=None, **terms):
    place = clean().but("D1", method="vote-show", votes=votes or TIED)
    return place.but("terms", **terms) if terms else place


def test_a_tie_that_was_approved_without_a_rule_is_told():
    found = tied().trips("GL49", "D1", "terms")
    assert sentence(found) == "the vote was tied, and the terms of body:committee give no casting vote"
    assert found.severity == "error"
    tied(decision_rules=[]).trips("GL49", "D1", "terms")
    tied(decision_rules=[{"rule": "majority"}]).trips("GL49", "D1", "terms")


@pytest.mark.parametrize(
    "votes",
    [
        {"result": "tied"},
        {"named": [vote("p1", "in-favour"), vote("p2", "against"), vote("p3", "abstained")]},
        {"named": [vote("p1", "in-favour", weight=2), vote("p2", "against"), vote("p3", "against")]},
    ],
)
def test_a_vote_is_tied_by_its_names_its_numbers_or_its_result(votes):
    tied(votes).trips("GL49", "D1", "terms")


@pytest.mark.parametrize(
    "votes",
    [
        {"counts": {"in_favour": 3, "against": 2}},
        {"counts": {"in_favour": 0, "against": 0}},
        {"counts": {"in_favour": 2}},
        {"counts": {"against": 2}},
        {"result": "majority"},
        {"named": [vote("p1", "in-favour"), vote("p2", "against"), vote("p3", "in-favour")]},
        {"named": [vote("p1", "in-favour"), vote("p2", "against", weight=0)]},
        {"named": [vote("p1", "in-favour")], "result": "tied"},
        {"named": [vote("p1", "abstained")]},
    ],
)
def test_what_was_not_tied_is_fine(votes):
    tied(votes).is_clean()


def test_names_go_before_numbers_and_numbers_before_the_result():
    named = [vote("p1", "in-favour"), vote("p2", "against")]
    tied({"named": named, "counts": {"in_favour": 3, "against": 1}}).trips("GL49", "D1", "terms")
    tied({"counts": {"in_favour": 3, "against": 1}, "result": "tied"}).is_clean()
    tied({"named": [vote("p1", "abstained")], "result": "tied"}).trips("GL49", "D1", "terms")


def test_a_casting_vote_breaks_a_tie():
    votes = [vote("p1", "in-favour"), vote("p2", "against"), vote("p1", "in-favour", casting=True)]
    tied({"named": votes, "result": "tied"}, decision_rules=[{"rule": "majority", "tie": "casting-vote"}]).is_clean()
    tied({"named": votes, "result": "tied"}).is_clean()


def test_where_the_terms_give_a_casting_vote_and_none_is_among_the_names_it_is_told():
    rules = [{"rule": "majority", "tie": "casting-vote"}]
    found = tied({"named": [vote("p1", "in-favour"), vote("p2", "against")]}, decision_rules=rules)
    assert sentence(found.trips("GL49", "D1", "terms")) == "the vote was tied, and no casting vote is recorded"
    place = tied(decision_rules=rules)
    assert place._named(place.is_not_evidenced("GL49").evidence) == ["D1", "terms"]


def test_a_tie_that_is_broken_by_lot_is_fine():
    tied(decision_rules=[{"rule": "majority", "tie": "lot"}]).is_clean()


def test_where_the_rules_are_not_recorded_it_cannot_be_shown():
    place = tied().but("terms", decision_rules=None)
    found = place.is_not_evidenced("GL49")
    assert sentence(found) == "the vote was tied, and how a tie is broken on body:committee is not recorded"
    assert place._named(found.evidence) == ["D1", "terms"]
    without = tied().without("terms")
    assert without._named(without.is_not_evidenced("GL49").evidence) == ["D1"]


def test_a_tie_that_carried_nothing_is_fine():
    for outcome in ("rejected", "no-decision", "deferred"):
        tied().but("D1", outcome=outcome).is_clean()
    clean().is_clean()


def test_who_is_no_body_has_no_rule_for_a_tie():
    tied().but("D1", decision_makers=["organisation:icb"]).says_nothing("GL49")


def test_the_terms_of_that_day_count():
    lot = fact(
        "body.terms_adopted", "body:committee", "2026-03-01", decision_rules=[{"rule": "majority", "tie": "lot"}]
    )
    tied().also(lot=lot).says_nothing("GL49")
    tied().also(lot=lot).but("lot", from_="2026-03-13").says_something("GL49")

"""Fields of a decision in the words of the register."""

from __future__ import annotations

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.telling import Telling


def told(**data):
    """Each label with its lines, without markup."""
    page = RegisterPage(
        "decision", "decision:D1", "", Basis("", "", "", "", 0, "", ""), {}, {"person:p-1": "Ann", "person:p-2": "Bob"}
    )
    return {label: [one.striptags() for one in lines] for label, lines in Telling(page, Served()).fields(data)}


def test_a_show_of_hands_is_told_as_numbers_in_one_line_with_the_method():
    counts = {"in_favour": 5, "against": 1, "abstained": 0}

    assert told(method="vote-show", votes={"counts": counts, "result": "majority"}) == {
        "How it was decided": ["Show of hands: 5 for, 1 against, 0 abstained, by a majority"]
    }


def test_a_count_that_is_missing_is_not_taken_to_be_nought():
    assert told(votes={"counts": {"in_favour": 5}}) == {
        "How it was decided": ["Vote: 5 for, against: not recorded, abstained: not recorded"]
    }


def test_who_voted_how_is_listed_with_casting_votes_and_for_whom():
    named = [
        {"vote": "in-favour", "by": "person:p-1", "casting": True},
        {"vote": "in-favour", "on_behalf_of": ["organisation:icb"]},
        {"vote": "did-not-vote", "by": "person:p-2", "on_behalf_of": ["organisation:icb"], "weight": 2},
    ]

    assert told(method="vote-recorded", votes={"named": named})["How it was decided"] == [
        "Recorded vote: 2 for, 1 did not vote",
        "For: Ann (with the casting vote), organisation icb",
        "Did not vote: Bob (for organisation icb, weight: 2)",
    ]


def test_votes_of_which_nothing_is_known_say_so_and_what_else_is_recorded_stays():
    assert told(votes={"result": "tied", "eligible": 12}) == {
        "How it was decided": ["Vote: the votes were equal", "Eligible: 12"]
    }
    assert told(votes={}) == {"How it was decided": ["Vote: not recorded"]}


def test_yes_and_no_methods_money_and_urgency_are_words_a_councillor_knows():
    found = told(
        key=True,
        method="consensus",
        value=[{"money": {"amount": 100, "currency": "GBP"}, "recurrence": "one-off", "kind": "capital"}],
        urgent={"ground": "The heat will not wait.", "exempt_from_call_in": True},
        asked_to="note",
    )

    assert found == {
        "Key decision": ["Yes"],
        "How it was decided": ["Agreed without a vote"],
        "Amount": ["£1, once, capital (to buy or build something)"],
        "Urgent": ["because: \u2018The heat will not wait.\u2019, it cannot be called in"],
        "Asked": ["to note it"],
    }


def test_markup_that_somebody_typed_is_shown_as_text():
    (line,) = Telling(
        RegisterPage("decision", "decision:D1", "", Basis("", "", "", "", 0, "", ""), {}, {}), Served()
    ).fields({"urgent": {"ground": "<script>"}})[0][1]

    assert "&lt;script&gt;" in line
    assert "<script>" not in line

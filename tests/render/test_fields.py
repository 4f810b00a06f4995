from __future__ import annotations

import pytest

from decisionlog.render.fields import fields

NAMES = {
    "body:board": "Board of the ICB",
    "post:chief": "Chief Executive",
    "person:p-1": "Ann Lee",
    "person:p-2": "Bo Hart",
    "person:p-3": "Cy Mott",
    "organisation:icb": "The ICB",
    "fund:pool": "Pooled fund",
    "function:beds": "Beds",
    "decision:D1": "Ten beds",
}


def told(**data):
    return dict(fields(data, NAMES))


@pytest.mark.parametrize(
    ("name", "value", "lines"),
    [
        ("functions", ["function:beds"], ["Beds"]),
        ("from", "2025-11-01", ["1 November 2025"]),
        ("until", "2026-04-01", ["31 March 2026"]),
        ("method", "vote-show", ["show of hands"]),
        ("asked_to", "decide", ["decide"]),
        ("key", True, ["yes"]),
        ("options_rejected", [], ["none"]),
        ("text", "To buy 10 beds.", ["To buy 10 beds."]),
        ("next", [{"to": "body:board", "asked_to": "decide", "due": "2025-09-25"}],
         ["Board of the ICB, to decide, by 25 September 2025"]),
        ("report_to", [{"due": "2025-09-25"}], ["whom is not recorded, by 25 September 2025"]),
        ("consulted", [{"who": "post:chief", "on": "2025-08", "view": "Agreed."}],
         ["Chief Executive, in August 2025: 'Agreed.'"]),
        ("urgent", {"ground": "Snow.", "agreed_by": ["post:chief"], "exempt_from_call_in": True},
         ["'Snow.'; agreed by Chief Executive, exempt from call in: yes"]),
        ("motion", {"moved_by": ["person:p-1"], "seconded_by": ["person:p-2"]},
         ["moved by Ann Lee, seconded by Bo Hart"]),
        ("links", [{"link": "joint-with", "decision": "decision:D1"}], ["joint with D1 (Ten beds)"]),
        ("value", [{"money": {"amount": 500, "currency": "GBP"}, "recurrence": "one-off", "kind": "revenue", "fund": "fund:pool"}],
         ["£5, one-off, revenue, from Pooled fund"]),
        ("motion", {"$private": "x" * 43}, ["withheld"]),
        ("votes", {"$private": "x" * 43}, ["withheld"]),
    ],
)  # fmt: skip
def test_a_field_reads_as_one_would_say_it(name, value, lines):
    assert list(told(**{name: value}).values()) == [lines]


def test_the_item_stands_beside_its_meeting_and_alone_where_there_was_none():
    assert told(meeting="meeting:M1", item="4") == {"Meeting": ["M1, item 4"]}
    assert told(item="4") == {"Item": ["4"]}


@pytest.mark.parametrize(
    ("votes", "lines"),
    [
        ({"result": "majority", "counts": {"in_favour": 5, "against": 1}}, ["5 in favour, 1 against, by a majority"]),
        ({"result": "unanimous"}, ["Nobody voted otherwise"]),
        (
            {"named": [{"vote": "in-favour", "by": "person:p-1"}, {"vote": "did-not-vote", "by": "person:p-2"},
                       {"vote": "in-favour", "by": "person:p-3", "on_behalf_of": ["organisation:icb"], "weight": 2}]},
            ["In favour: Ann Lee and Cy Mott (for The ICB, weight: 2)", "Did not vote: Bo Hart"],
        ),
        (
            {"result": "tied", "named": [{"vote": "in-favour", "by": "person:p-1"}, {"vote": "against", "by": "person:p-2"},
                                         {"vote": "in-favour", "by": "person:p-1", "casting": True}]},
            ["The votes were equal", "In favour: Ann Lee", "Against: Bo Hart", "Casting vote in favour: Ann Lee"],
        ),
        ({"named": [{"vote": "against"}], "eligible": 9}, ["Against: somebody who is not recorded", "eligible: 9"]),
    ],
)  # fmt: skip
def test_a_vote_says_how_many_and_who(votes, lines):
    assert told(votes=votes) == {"Votes": lines}

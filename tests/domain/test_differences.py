"""What differs, in words: the field that a pointer means, amounts as money, and of a list only what differs."""

from __future__ import annotations

import pytest

from decisionlog.domain.differences import differences, field_and_value, in_short
from decisionlog.domain.saying import plain
from decisionlog.render.words import in_words

POUNDS = {"amount": 90_000_000, "currency": "GBP"}
EUROS = {"amount": 100_000, "currency": "EUR"}
DATA = {
    "value": [{"money": POUNDS}],
    "values": [{"money": POUNDS}, {"money": EUROS}],
    "limit": {"money": POUNDS},
    "conditions": [{"id": "C1", "words": "Report."}, {"id": "C2", "words": "Fund."}],
    "attendance": [{"by": "person:p-003", "presence": "present"}],
    "parties": ["organisation:trust", "organisation:council"],
}


def told(pointer, was, now, data=DATA, names=None):
    return in_words(differences(pointer, was, now, data), names or {}, begins=False)


@pytest.mark.parametrize(
    ("pointer", "was", "now", "said"),
    [
        ("/value/0/money/amount", 120_000_000, 90_000_000, "value was £1,200,000, now £900,000"),
        ("/value/0/money", {**POUNDS, "amount": 1}, POUNDS, "value was £0.01, now £900,000"),
        ("/value", [{"money": EUROS}], [{"money": POUNDS}], "value was €1,000, now £900,000"),
        ("/value", None, [{"money": POUNDS}], "value was not recorded, now £900,000"),
        ("/value/0/kind", "capital", None, "value, kind was capital, now not recorded"),
        ("/values/1/money/amount", 1, 100_000, "value 2 was €0.01, now €1,000"),
        ("/limit/money/amount", 100, 90_000_000, "limit was £1, now £900,000"),
        ("/nowhere/3/money/amount", 100, 200, "nowhere 4 was 1, now 2"),
        ("/conditions/1/due", "2026-03-01", "2026-04-01", "condition C2, due date was 1 March 2026, now 1 April 2026"),
        ("/on", "2026-03-12", "2026-03-11", "date was 12 March 2026, now 11 March 2026"),
        ("/until", "2026-04-01", "2027-04-01", "last day was 31 March 2026, now 31 March 2027"),
        (
            "/on_behalf_of/0",
            "organisation:x",
            "organisation:y",
            "on behalf of 1 was organisation x, now organisation y",
        ),
        (
            "/parties/1",
            "organisation:x",
            "organisation:council",
            "party 2 was organisation x, now organisation council",
        ),
        ("/outcome", "approved-in-part", "approved", "outcome was approved in part, now approved"),
        ("/urgent", True, False, "urgent was yes, now no"),
        ("/title", "Beds", {"$private": "x"}, "title was 'Beds', now withheld"),
        ("/version", "1", "2", "version was '1', now '2'"),
        ("/a~1b", "1", "2", "a/b was '1', now '2'"),
        ("/authority/0/clause", "7.1", "7.2", "authority 1, clause was '7.1', now '7.2'"),
        (
            "/limit",
            {"money": POUNDS, "operator": "<="},
            {"money": EUROS, "operator": "<="},
            "limit was up to £900,000, now up to €1,000",
        ),
        ("/scope", {"to": "person:a"}, {"to": "post:a"}, "scope was to: person:a, now to: post:a"),
        ("/urgent", {"ground": "Ice."}, {"ground": "Snow."}, "urgent, ground was 'Ice.', now 'Snow.'"),
    ],
)
def test_a_field_is_named_and_its_values_are_told_as_people_say_them(pointer, was, now, said):
    assert told(pointer, was, now) == said


P3, P4 = ({"by": f"person:p-00{n}", "presence": "present"} for n in (3, 4))


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ([P3], [P3, {**P4, "presence": "absent"}], "attendance: person p-004 added, absent"),
        ([P3, P4], [P3], "attendance: person p-004 struck, present"),
        ([P3, P4], [P3, {**P4, "presence": "absent"}], "attendance: person p-004, presence was present, now absent"),
        ([{"by": "person:p-003"}], [{"by": "person:p-004"}], "attendance: person p-003 struck; person p-004 added"),
        (["organisation:x"], ["organisation:x", "organisation:y"], "attendance: organisation y added"),
        (["organisation:x"], ["organisation:y"], "attendance was organisation x, now organisation y"),
        (["a", "b"], ["b", "c"], "attendance: 'c' added; 'a' struck"),
        (["a", "b"], ["b", "a"], "attendance was a and b, now b and a"),
        ([{"words": "a"}, {"words": "b"}], [{"words": "a"}, {"words": "c"}], "attendance 2, words was 'b', now 'c'"),
        ([P3, P3], [P3], "attendance was person:p-003, present; person:p-003, present, now person:p-003, present"),
    ],
)
def test_of_a_list_only_the_entries_that_differ_are_told(was, now, said):
    assert told("/attendance", was, now) == said


def test_an_entry_that_was_added_or_struck_by_its_number_is_told_as_that():
    absent = {"by": "person:p-004", "presence": "absent"}
    assert told("/attendance/1", None, absent) == "attendance: person p-004 added, absent"
    assert told("/parties/2", "organisation:x", None) == "parties: organisation x struck"


def test_things_are_named_where_they_have_a_name():
    names = {"person:p-004": "Ann"}
    assert told("/attendance", [P3], [P3, P4], names=names) == "attendance: Ann added, present"


def test_of_long_texts_the_first_difference_is_told():
    same = "word " * 100
    said = told("/text", f"{same}before", f"{same}after {same}")
    assert said.startswith("text was '... word word")
    assert "before', now '... word" in said
    assert said.endswith(" ...'")
    assert len(said) < 300
    assert told("/text", same, "other").startswith("text was 'word word")


def test_programs_read_the_same_in_plain_words():
    assert plain(differences("/value/0/money/amount", 1, 2, DATA)) == "value was 0.01 GBP, now 0.02 GBP"
    assert plain(differences("/on_behalf_of", ["a:x"], [], {})) == "on behalf of: 'a:x' struck"


def test_a_refusal_says_amounts_as_people_do():
    field, value = field_and_value("/value", [{"money": POUNDS}], DATA)
    assert (in_short(field), in_short(value)) == ("value", "£900,000")
    field, value = field_and_value("/value/0/money/amount", 150, DATA)
    assert (in_short(field), in_short(value)) == ("value", "£1.50")
    assert in_short(field_and_value("/value", None, DATA)[1]) == "not recorded"
    assert in_short(field_and_value("/value", {"words": {"$private": "x"}}, DATA)[1]) == "withheld"

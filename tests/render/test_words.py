from __future__ import annotations

import pytest

from decisionlog.domain.saying import Day, LastDay, Named, Words, said
from decisionlog.render import words

NAMES = {"body:cabinet": "Northmoor Cabinet", "person:p-1": "withheld", "body:one": "Board", "body:two": "Board"}


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        (45_000_000, "GBP", "£450,000"),
        (45_000_050, "GBP", "£450,000.50"),
        (5, "GBP", "£0.05"),
        (-250, "GBP", "-£2.50"),
        (100, "EUR", "€1"),
        (123_456, "SEK", "1,234.56 SEK"),
        (0, "GBP", "£0"),
    ],
)
def test_money_is_in_its_own_currency_to_the_penny(amount, currency, shown):
    assert words.money(amount, currency) == shown
    assert words.value_in_words({"amount": amount, "currency": currency}, {}) == shown


@pytest.mark.parametrize(
    ("until", "shown"),
    [
        ("2026-04-01", "2026-03-31"),
        ("2024-03-01", "2024-02-29"),
        ("2026-04", "until 2026-04"),
        ("2026-04-01T12:00:00Z", "until 2026-04-01 12:00 UTC"),
        ("soon", "until soon"),
        ("0001-01-01", "until 0001-01-01"),
    ],
)
def test_an_end_is_shown_as_the_last_day(until, shown):
    assert words.last_day(until) == shown
    assert words.value_in_words(until, {}, "until") == shown


@pytest.mark.parametrize(
    ("reference", "shown"),
    [
        ("body:cabinet", "Northmoor Cabinet"),
        ("body:unknown", "body unknown"),
        ("person:p-1", "person p-1 (name withheld)"),
        ("body:one", "Board (body:one)"),
        ("council", "council"),
    ],
)
def test_a_thing_goes_by_its_name_where_that_is_known_and_its_own(reference, shown):
    assert words.called(reference, NAMES) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "yes"),
        (False, "no"),
        (1_234, "1,234"),
        ([], "none"),
        (["a", "b"], "a, b"),
        ({"$private": "x" * 43}, "withheld"),
        ("body:cabinet", "Northmoor Cabinet (body:cabinet)"),
        ("person:p-1", "person p-1 (name withheld)"),
        ({"scheme": "ODS", "code": "QK1"}, "scheme: ODS, code: QK1"),
        ({"money": {"amount": 100, "currency": "GBP"}, "recurrence": "one-off"}, "£1, one-off"),
        ({"money": {"amount": 100, "currency": "GBP"}, "operator": "<="}, "up to £1"),
        ([{"id": "C1", "words": "If funded."}, {"id": "C2"}], "C1, If funded.; C2"),
        ("2026-03-12T14:30:00Z", "2026-03-12 14:30 UTC"),
        ("\x1b[2J", "\\x1b[2J"),
        (None, "None"),
    ],
)
def test_any_value_can_be_said_in_one_line(value, shown):
    assert words.value_in_words(value, NAMES) == shown


def test_lists_of_things_are_lines():
    data = {"ref": "X", "partners": ["body:cabinet", "body:one"], "item": "4", "legal_basis": "lga1972-s101"}
    assert list(words.entries(data, NAMES, without=("ref",))) == [
        ("Partners", ["Northmoor Cabinet (body:cabinet)", "Board (body:one)"]),
        ("Item", ["4"]),
        ("Legal basis", ["Local Government Act 1972 s101"]),
    ]


@pytest.mark.parametrize(
    ("texts", "shown"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_several_are_listed_as_one_speaks(texts, shown):
    assert words.listed_in_words(texts) == shown


def test_positions_are_given_once_each():
    assert words.positions([3, 1, 3]) == "[3, 1]"
    assert words.positions([]) == ""


def test_one_and_several_are_counted():
    assert [words.counted(n, "body", "bodies") for n in (0, 1, 2_000)] == ["0 bodies", "1 body", "2,000 bodies"]
    assert words.counted(2, "fact") == "2 facts"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2025-03-13", "13 March 2025"),
        ("2025-03", "March 2025"),
        ("2025", "2025"),
        ("2025-03-13T10:11:12Z", "13 March 2025, 10:11 UTC"),
        ("2025-03-13T10:11:12.123456Z", "13 March 2025, 10:11 UTC"),
        ("not a day", "not a day"),
    ],
)
def test_a_day_is_written_as_one_says_it(written, told):
    assert words.in_prose(written) == told


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("proposal:P1", "P1 (Winter plan)"),
        ("proposal:P2", "P2"),
        ("proposal:P3", "P3"),
        ("function:winter", "Winter plan"),
        ("body:a", "Board (body:a)"),
        ("organisation:x", "organisation x"),
    ],
)
def test_a_sentence_names_things_as_people_know_them(reference, told):
    names = {
        "proposal:P1": "Winter plan",
        "function:winter": "Winter plan",
        "proposal:P3": "withheld",
        "body:a": "Board",
        "body:b": "Board",
    }
    assert words.mentioned(reference, names) == told


def test_a_sentence_is_put_into_words():
    names = {"organisation:council": "eHealth Council"}
    told = (
        Named("organisation:council"),
        " said ",
        Words("Go on."),
        " on ",
        Day("2025-03-13"),
        ", last day ",
        LastDay("2026-04-01"),
    )
    assert words.in_words(told, names) == "eHealth Council said 'Go on.' on 13 March 2025, last day 31 March 2026"
    assert words.in_words((Named("organisation:x"), " did."), {}) == "Organisation x did."
    assert words.in_words((Words("quiet"), "."), {}) == "'quiet'."
    assert words.in_words((), {}) == ""
    validity = said("{valid}", {"valid": "not in force: revoked on 2025-03-13"})
    assert words.in_words(("It is ", *validity), {}) == "It is not in force: revoked on 13 March 2025"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2025-03-13", "on 13 March 2025"),
        ("2025-03-13T10:11:12Z", "on 13 March 2025, 10:11 UTC"),
        ("2025-03", "in March 2025"),
        ("2025", "in 2025"),
    ],
)
def test_what_happens_on_a_day_happens_in_a_month(day, told):
    assert words.happening(day) == told
    assert words.in_words(("It met on ", Day(day), "."), {}) == f"It met {told}."
    assert words.in_words(("It has met, since ", Day(day), "."), {}) == f"It has met, since {told[3:]}."


def test_a_reference_is_written_as_it_is_where_a_sentence_begins_with_it():
    assert words.in_words((Named("meeting:psc-2019"), " was held."), {}) == "psc-2019 was held."


def test_days_and_times_in_a_sentence_of_ours_are_written_as_one_says_them():
    written = "revoked on 2024-11-28T16:57:06Z (granted from 2024-10-01) at meeting:NLB-2024-10-01."
    told = "revoked on 28 November 2024, 16:57 UTC (granted from 1 October 2024) at meeting:NLB-2024-10-01."
    assert words.dated(written) == told


def test_a_quotation_that_ends_a_sentence_ends_the_sentence_around_it():
    for typed, told in (
        ("A pilot.", "It says: 'A pilot.'"),
        ("Why?", "It says: 'Why?'"),
        ("a pilot", "It says: 'a pilot'."),
    ):
        assert words.in_words(said("It says: {words}.", {"words": typed}), {}) == told

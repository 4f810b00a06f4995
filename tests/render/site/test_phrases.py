"""Sentences of ours in the words of a page: no word in them stands as a machine writes it."""

from __future__ import annotations

import pytest

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.saying import Words, Worth
from decisionlog.questions.sentences import sentence
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.phrases import curled, plainly
from decisionlog.render.site.telling import Telling

NAMES = {"organisation:icb": "The ICB", "decision:D2": "One team", "fund:bcf": "Better Care Fund"}
TELLING = Telling(RegisterPage("decision", "decision:D1", "", Basis("", "", "", "", 0, "", ""), {}, NAMES), Served())


def told(type_, **data):
    return TELLING.said(sentence(type_, data)).striptags()


@pytest.mark.parametrize(
    ("type_", "data", "said"),
    [
        ("decision.published", {"channel": "website"}, "It was made public, on a website."),
        ("decision.published", {"channel": "letter"}, "It was made public, through letter."),
        ("decision.call_in_concluded", {"call_in_result": "no-action"}, "The call-in ended without action."),
        (
            "decision.call_in_concluded",
            {"call_in_result": "referred-back"},
            "The call-in ended: sent back to whoever decided.",
        ),
        ("decision.call_in_concluded", {"call_in_result": "withdrawn"}, "The call-in ended: withdrawn."),
        (
            "meeting.minutes_drafted",
            {"record_status": "unconfirmed-final"},
            "Minutes exist; they are final, and were not confirmed.",
        ),
        ("meeting.minutes_drafted", {"record_status": "notes"}, "Minutes exist, as notes."),
        (
            "proposal.position_taken",
            {"on_behalf_of": ["organisation:icb"], "position": "support", "version": "1", "stage": "final"},
            "The ICB supported version 1, as its final answer.",
        ),
        (
            "proposal.position_taken",
            {"on_behalf_of": ["organisation:icb"], "position": "support", "stage": "finals"},
            "The ICB supported it, for the stage finals.",
        ),
        (
            "proposal.status_noted",
            {"status": "chair's 'draft'"},
            "Its source noted the status \u2018chair's 'draft'\u2019, which decides nothing.",
        ),
        (
            "delegation.reported",
            {"period": "2025-26 H2"},
            "What was done under it was reported, for October 2025 to March 2026.",
        ),
    ],
)
def test_a_sentence_says_it_as_people_do(type_, data, said):
    assert told(type_, **data) == said


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2025-26 H1", "April to September 2025"),
        ("1999-00 H2", "October 1999 to March 2000"),
        ("2025-26 Q3", "October to December 2025"),
        ("2025-26 Q4", "January to March 2026"),
        ("2025-27 H2", "2025-27 H2"),
        ("2025-26 H3", "2025-26 H3"),
        ("2025 H2", "2025 H2"),
    ],
)
def test_a_part_of_a_financial_year_is_told_by_its_months_where_it_is_written_as_one(period, months):
    assert plainly(f"reported, for {period}.") == f"reported, for {months}."


def test_what_somebody_typed_is_never_put_otherwise():
    assert TELLING.said((Words("made public, through website"),)).striptags() == (
        "\u2018made public, through website\u2019"
    )


def test_how_minutes_stand_is_told_in_words():
    assert [plainly(f"minutes {word}") for word in ("unconfirmed final", "notes", "notes only", "confirmed")] == [
        "minutes final, not confirmed",
        "notes exist",
        "only notes were taken",
        "minutes confirmed",
    ]


def test_quotation_marks_of_a_terminal_become_those_of_a_page_and_apostrophes_stay():
    assert curled("'St Mary's' is not an amount; it's '450k'.") == (
        "\u2018St Mary's\u2019 is not an amount; it's \u2018450k\u2019."
    )


def test_money_in_a_sentence_is_told_as_everywhere_on_a_page():
    money = {"money": {"amount": 9600000, "currency": "GBP"}, "recurrence": "recurrent", "fund": "fund:bcf"}

    assert TELLING.said(("asking for ", Worth(money, "value"), ".")).striptags() == (
        "Asking for \u00a396,000, recurring, fund: Better Care Fund."
    )


def test_by_what_a_decision_belongs_to_another_is_said_before_it():
    links = [{"decision": "decision:D2", "link": "joint-with"}, {"decision": "decision:D2", "link": "reconsiders"}]

    assert TELLING.value(links, "links").striptags() == "made jointly with D2 (One team); reconsiders D2 (One team)"


def test_a_reason_says_plainly_that_it_is_so_of_a_kind_of_organisation():
    assert plainly("for A, by the table for its kind, not verified [2]") == (
        "for A, as for every organisation of its kind, not checked against the law [2]"
    )

"""The diary: when bodies meet, and what falls due, by what is recorded."""

from __future__ import annotations

import pytest

from decisionlog.domain.saying import plain
from decisionlog.questions.feeds.diary import diary
from tests.questions.asking import given, put
from tests.scenario import about, body, decision, fact, organisation

PC = "body:pc"
PLACE = (organisation("icb", name="The ICB"), body("pc", name="The Committee"))


def ask(told, **at):
    return put(lambda log, models, _, asked, now: diary(log, models, asked, now), told.log, "", **at)


def only(told, **at):
    (one,) = ask(told, **at).items
    return one


def called(key="M1", on="2026-05-01", **data):
    return fact("meeting.called", f"meeting:{key}", on, bodies=[PC], **data)


def test_a_meeting_that_is_called_is_in_the_diary():
    one = only(given(*PLACE, called(for_when="2026-07-12", venue="The Town Hall", public="public")))

    assert (one.what, one.ref, one.when, one.venue, one.changes) == ("meeting", "M1", "2026-07-12", "The Town Hall", 0)
    assert [plain(said) for said in one.said] == [PC, "In public."]
    assert not one.is_cancelled


def test_a_meeting_that_was_moved_is_at_its_new_day_and_has_changed_once():
    moved = {**called(on="2026-05-10", for_when="2026-07-19T14:00+01:00"), "of": {"stream": "meeting:M1", "n": 1}}

    one = only(given(*PLACE, called(for_when="2026-07-12"), moved))

    assert one.when.startswith("2026-07-19T14:00")
    assert one.changes == 1


def test_a_meeting_that_was_cancelled_stays_in_the_diary_as_cancelled():
    one = only(given(*PLACE, called(for_when="2026-07-12"), about("meeting:M1", "meeting.cancelled", "2026-05-20")))

    assert one.is_cancelled
    assert one.when == "2026-07-12"


def test_a_meeting_that_was_held_is_at_the_day_on_which_it_was():
    held = fact("meeting.held", "meeting:M1", "2026-05-13T10:00+01:00", bodies=[PC], ended="2026-05-13T12:30+01:00")

    one = only(given(*PLACE, called(for_when="2026-05-12"), held))

    assert one.when.startswith("2026-05-13T10:00")
    assert one.ended.startswith("2026-05-13T12:30")


def test_a_meeting_that_was_adjourned_is_at_the_day_for_which_it_was():
    adjourned = about("meeting:M1", "meeting.adjourned", "2026-05-12", of=None, for_when="2026-06-20")

    assert only(given(*PLACE, called(for_when="2026-05-12"), adjourned)).when == "2026-06-20"


@pytest.mark.parametrize(("day", "there"), [("2026-03-05", True), ("2026-03-03", False)])
def test_a_meeting_leaves_the_diary_ninety_days_after_its_day(day, there):
    told = given(*PLACE, fact("meeting.held", "meeting:M1", day, bodies=[PC]))

    assert bool(ask(told, on="2026-06-02").items) is there


def test_what_has_no_day_is_counted_and_not_guessed():
    answer = ask(given(*PLACE, called("M1"), called("M2", for_when="2026-07"), called("M3", for_when="2026-07-01")))

    assert [one.ref for one in answer.items] == ["M3"]
    assert answer.without_a_day == 2


def test_a_decision_brings_its_review_its_report_and_its_conditions():
    told = given(
        *PLACE,
        decision(
            "D1",
            decision_makers=[PC],
            outcome="approved-with-conditions",
            review_by="2026-12-31",
            report_to=[{"to": PC, "due": "2026-09-30"}],
            conditions=[
                {"id": "C1", "words": "It is advertised.", "due": "2026-08-31", "falls_to": ["organisation:icb"]}
            ],
        ),
    )

    found = [(one.what, one.part, one.when) for one in ask(told).items]

    assert found == [
        ("condition", "C1", "2026-08-31"),
        ("report", PC, "2026-09-30"),
        ("review", "", "2026-12-31"),
    ]
    assert [plain(said) for said in ask(told).items[0].said] == ["'It is advertised.'", "It falls to organisation:icb."]


def test_what_was_done_falls_due_no_more():
    told = given(
        *PLACE,
        decision(
            "D1",
            decision_makers=[PC],
            outcome="approved",
            report_to=[{"to": PC, "due": "2026-09-30"}],
            conditions=[{"id": "C1", "words": "It is advertised.", "due": "2026-08-31"}],
        ),
        fact("action.assigned", "action:A1", "2026-03-20", what="Write it", due="2026-06-30"),
        fact("decision.reported_back", "decision:D1", "2026-04-01", to=PC),
        fact("condition.discharged", "decision:D1", "2026-04-02", condition="C1"),
        fact("action.completed", "action:A1", "2026-04-01"),
    )

    assert ask(told).items == ()


def test_of_a_rescinded_decision_nothing_falls_due():
    told = given(
        *PLACE,
        decision(
            "D1",
            decision_makers=[PC],
            outcome="approved",
            review_by="2026-12-31",
            report_to=[{"to": PC, "due": "2026-09-30"}],
        ),
        about("decision:D1", "decision.rescinded", "2026-04-01"),
    )

    assert ask(told).items == ()


def test_an_action_is_called_by_its_task():
    one = only(given(*PLACE, fact("action.assigned", "action:A1", "2026-03-20", what="Write it", due="2026-06-30")))

    assert (one.what, one.title, one.when) == ("action", "Write it", "2026-06-30")


def delegation(**data):
    return fact(
        "delegation.granted", "delegation:S1", "2026-01-01", delegator="organisation:icb", delegates=[PC], **data
    )


def test_a_delegation_brings_its_review_and_its_next_report():
    told = given(
        *PLACE,
        delegation(
            review_by="2027-01-01",
            reporting=[{"to": "organisation:icb", "every": "quarterly", "next_due": "2026-06-30"}],
        ),
    )

    assert [(one.what, one.when) for one in ask(told).items] == [("report", "2026-06-30"), ("review", "2027-01-01")]


def test_after_a_report_the_next_is_due_when_it_says_so():
    told = given(
        *PLACE,
        delegation(reporting=[{"to": "organisation:icb", "next_due": "2026-03-31"}]),
        fact("delegation.reported", "delegation:S1", "2026-03-30", to="organisation:icb", next_due="2026-09-30"),
    )

    assert [(one.what, one.when) for one in ask(told).items] == [("report", "2026-09-30")]


def test_terms_agreements_disagreements_and_funds_fall_due():
    told = given(
        *PLACE,
        fact("body.terms_adopted", PC, "2026-01-01", version="1", review_by="2026-10-01"),
        fact("instrument.adopted", "instrument:I1", "2026-01-01", name="Agreement", review_by="2026-10-02"),
        fact("disagreement.raised", "disagreement:X1", "2026-01-02", about=[PC], respond_by="2026-10-03"),
        fact("fund.established", "fund:F1", "2026-01-01", reporting=[{"to": PC, "next_due": "2026-10-04"}]),
    )

    assert [(one.stream.partition(":")[0], one.what) for one in ask(told).items] == [
        ("body", "review"),
        ("instrument", "review"),
        ("disagreement", "disagreement"),
        ("fund", "report"),
    ]


def test_a_disagreement_that_was_set_aside_is_to_be_looked_at_again_and_awaits_no_answer():
    told = given(
        *PLACE,
        fact("disagreement.raised", "disagreement:X1", "2026-01-02", about=[PC], respond_by="2026-10-03"),
        about("disagreement:X1", "disagreement.parked", "2026-02-01", review_by="2026-10-05"),
    )

    assert [(one.what, one.when) for one in ask(told).items] == [("review", "2026-10-05")]

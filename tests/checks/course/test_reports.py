from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

D1 = {"stream": "decision:D1", "n": 1}
TO_THE_BOARD = {"to": "body:board", "due": "2026-05-10"}
LATE = "2026-05-11"


def owing(*reports):
    return clean().but("D1", report_to=list(reports))


def reporting(*reports):
    return clean().but("grant", reporting=list(reports))


def reported(on="2026-05-10", **data):
    return fact("decision.reported_back", "decision:D1", on, of=D1, **data)


def told(on="2026-05-10", **data):
    return fact("delegation.reported", "delegation:S1", on, **data)


def test_a_report_that_did_not_come_trips_it_from_the_day_after():
    history = owing(TO_THE_BOARD)
    found = history.trips("GL29", "D1", on=LATE)
    assert sentence(found) == "a report to body:board was due by 2026-05-10, and none is recorded by then"
    assert (found.subject, found.severity) == ("decision:D1", "warning")
    history.is_clean(on="2026-05-10")


def test_a_report_on_its_last_day_is_in_time():
    owing(TO_THE_BOARD).also(reported=reported()).is_clean()


def test_a_late_report_ends_it():
    history = owing(TO_THE_BOARD).also(reported=reported("2026-05-15"))
    history.trips("GL29", "D1", on="2026-05-14")
    history.is_clean(on="2026-05-15")


def test_a_report_of_which_it_is_not_recorded_to_whom_counts():
    owing(TO_THE_BOARD).also(reported=reported(to="body:board")).is_clean()
    owing(TO_THE_BOARD).also(reported=reported()).is_clean()
    owing({"due": "2026-05-10"}).also(reported=reported(to="body:committee")).is_clean()


def test_a_report_to_somebody_else_is_none():
    owing(TO_THE_BOARD).also(reported=reported(to="body:committee")).trips("GL29", "D1")


def test_of_two_reports_each_is_owed():
    both = owing(TO_THE_BOARD, {"to": "body:committee", "due": "2026-05-10"})
    found = both.also(reported=reported(to="body:committee")).trips("GL29", "D1")
    assert "body:board" in sentence(found)


def test_one_report_does_not_answer_the_second_of_two_that_are_owed_one_after_the_other():
    again = {"to": "body:board", "due": "2026-05-20"}
    for both in (owing(TO_THE_BOARD, again), owing(again, TO_THE_BOARD)):
        found = both.also(reported=reported()).trips("GL29", "D1")
        assert sentence(found) == "a report to body:board was due by 2026-05-20, and none is recorded by then"
        both.also(reported=reported()).is_clean(on="2026-05-20")
        both.also(reported=reported(), second=reported("2026-05-20")).is_clean()
        both.also(reported=reported(), second=reported()).is_clean()
    elsewhere = owing(TO_THE_BOARD, {"to": "body:committee", "due": "2026-05-20"})
    elsewhere.also(reported=reported()).is_clean()
    same_day = owing(TO_THE_BOARD, TO_THE_BOARD)
    same_day.also(reported=reported()).is_clean()


def test_a_report_that_comes_late_answers_the_next_that_is_owed_as_well():
    both = owing(TO_THE_BOARD, {"to": "body:board", "due": "2026-05-20"})
    late = both.also(reported=reported(LATE))
    late.is_clean()
    third = owing(TO_THE_BOARD, {"to": "body:board", "due": "2026-05-20"}, {"to": "body:board", "due": "2026-05-25"})
    found = third.also(reported=reported(LATE)).trips("GL29", "D1")
    assert sentence(found) == "a report to body:board was due by 2026-05-25, and none is recorded by then"


def test_of_a_delegation_each_report_that_is_promised_is_owed():
    both = reporting({"to": "body:board", "next_due": "2026-05-10"}, {"to": "body:board", "next_due": "2026-05-20"})
    assert (
        sentence(both.also(told=told()).trips("GL29", "grant"))
        == "a report to body:board was due by 2026-05-20, and none is recorded by then"
    )
    both.also(told=told(), second=told("2026-05-20")).is_clean()


def test_to_whom_is_said_where_it_is_recorded():
    assert (
        sentence(owing({"due": "2026-05-10"}).trips("GL29", "D1"))
        == "a report was due by 2026-05-10, and none is recorded by then"
    )


def test_a_report_whose_day_is_not_recorded_may_have_been_in_time():
    owing(TO_THE_BOARD).also(reported=reported(None)).is_clean()


def test_a_retracted_report_is_none():
    retracted = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 3})
    owing(TO_THE_BOARD).also(reported=reported(), retracted=retracted).trips("GL29", "D1")


def test_a_report_that_is_owed_without_a_day_is_not_evidenced():
    found = owing({"to": "body:board"}).is_not_evidenced("GL29")
    assert sentence(found) == "a report to body:board is due, and neither by when nor any report is recorded"
    owing({"to": "body:board"}).also(reported=reported()).is_clean(on="2026-04-01")
    rescinded = fact("decision.rescinded", "decision:D1", "2026-05-01", of=D1)
    owing({"to": "body:board"}).also(rescinded=rescinded).is_not_evidenced("GL29", on="2026-04-30")
    owing({"to": "body:board"}).also(rescinded=rescinded).is_clean(on="2026-05-01")
    owing({"to": "body:board"}, {"to": "body:committee"}).is_not_evidenced("GL29")


def test_a_report_for_a_meeting_is_due_on_its_day():
    held = owing({"to": "body:committee", "meeting": "meeting:M2"})
    held.trips("GL29", "D1", on="2026-04-10")
    held.is_clean(on="2026-04-09")
    called = fact("meeting.called", "meeting:M3", "2026-04-20", ref="M3", bodies=["body:board"], for_when="2026-05-10")
    ahead = owing({"to": "body:board", "meeting": "meeting:M3"}).also(called=called)
    ahead.trips("GL29", "D1", on=LATE)
    ahead.is_clean(on="2026-05-10")
    both = owing({"to": "body:committee", "meeting": "meeting:M2", "due": "2026-05-10"})
    both.trips("GL29", "D1", on=LATE)
    both.is_clean(on="2026-05-10")


def test_a_meeting_that_was_called_again_is_due_on_the_later_day():
    first = fact("meeting.called", "meeting:M3", "2026-04-20", ref="M3", bodies=["body:board"], for_when="2026-05-01")
    of = {"stream": "meeting:M3", "n": 1}
    moved = fact("meeting.called", "meeting:M3", "2026-04-25", of=of, bodies=["body:board"], for_when="2026-05-10")
    history = owing({"to": "body:board", "meeting": "meeting:M3"}).also(first=first, moved=moved)
    history.is_clean(on="2026-05-10")
    history.trips("GL29", "D1", on=LATE)


def test_a_meeting_of_which_no_day_is_recorded_is_not_evidenced():
    stub = fact("meeting.called", "meeting:M3", None, ref="M3", bodies=["body:board"])
    owing({"to": "body:board", "meeting": "meeting:M3"}).also(stub=stub).is_not_evidenced("GL29")


def test_a_variation_changes_what_is_owed():
    struck = fact("decision.varied", "decision:D1", "2026-05-01", struck=["report_to"])
    owing(TO_THE_BOARD).also(varied=struck).is_clean()
    other = fact("decision.varied", "decision:D1", "2026-05-01", text="another text")
    owing(TO_THE_BOARD).also(varied=other).trips("GL29", "D1")
    later = fact("decision.varied", "decision:D1", "2026-05-01", report_to=[{"to": "body:board", "due": "2026-05-20"}])
    history = owing(TO_THE_BOARD).also(varied=later)
    history.is_clean(on="2026-05-20")
    history.trips("GL29", "varied", on="2026-05-21")
    late = fact("decision.varied", "decision:D1", "2026-05-12", report_to=[])
    history = owing(TO_THE_BOARD).also(varied=late)
    history.trips("GL29", "D1", on=LATE)
    history.is_clean(on="2026-05-12")


def test_a_report_made_before_a_new_promise_does_not_keep_it():
    varied = fact("decision.varied", "decision:D1", "2026-05-01", report_to=[TO_THE_BOARD])
    clean().also(early=reported("2026-04-30"), varied=varied).trips("GL29", "varied")
    clean().also(varied=varied, same=reported("2026-05-01")).is_clean()


def test_what_was_ended_by_an_act_need_not_be_reported():
    rescinded = fact("decision.rescinded", "decision:D1", "2026-05-01", of=D1)
    owing(TO_THE_BOARD).also(rescinded=rescinded).is_clean()


def test_what_ran_out_by_itself_is_still_to_be_reported():
    owing(TO_THE_BOARD).but("D1", until="2026-04-01").trips("GL29", "D1")


@pytest.mark.parametrize("outcome", ["approved", "noted"])
def test_of_an_urgent_decision_that_binds_another_rule_speaks(outcome):
    urgent = owing(TO_THE_BOARD).but("D1", outcome=outcome, asked_to="decide", urgent={"ground": "the price"})
    assert bool(urgent.findings("GL29")) == (outcome == "noted")


def test_a_report_under_a_delegation_is_owed_by_the_day_that_its_terms_set():
    history = reporting({"to": "body:board", "every": "quarterly", "next_due": "2026-05-10"})
    found = history.trips("GL29", "grant", on=LATE)
    assert (found.subject, sentence(found)) == (
        "delegation:S1",
        "a report to body:board was due by 2026-05-10, and none is recorded by then",
    )
    history.is_clean(on="2026-05-10")
    history.also(told=told()).is_clean()
    history.also(told=told(to="body:board")).is_clean()
    history.also(told=told(to="body:committee")).trips("GL29", "grant")


def test_each_report_says_when_the_next_is_due():
    history = reporting({"to": "body:board", "every": "quarterly", "next_due": "2026-04-10"}).also(
        told=told("2026-04-10", to="body:board", next_due="2026-05-10")
    )
    history.trips("GL29", "told", on=LATE)
    history.is_clean(on="2026-05-10")
    history.also(again=told("2026-05-10", to="body:board")).is_clean()
    history.also(again=told("2026-05-10", to="body:committee")).trips("GL29", "told", on=LATE)
    nobody_named = reporting({"next_due": "2026-04-10"}).also(told=told("2026-04-10", next_due="2026-05-10"))
    assert (
        sentence(nobody_named.trips("GL29", "told", on=LATE))
        == "a report was due by 2026-05-10, and none is recorded by then"
    )


def test_a_report_to_nobody_in_particular_is_owed_too():
    assert (
        sentence(reporting({"next_due": "2026-05-10"}).trips("GL29", "grant"))
        == "a report was due by 2026-05-10, and none is recorded by then"
    )


def test_a_delegation_that_ended_owes_no_more_reports():
    history = reporting({"to": "body:board", "next_due": "2026-05-10"})
    history.but("grant", until="2026-05-01").says_nothing("GL29")
    told_first = history.but("grant", until="2026-05-01").also(told=told("2026-04-20", next_due="2026-05-15"))
    told_first.says_nothing("GL29")


def test_reports_that_are_owed_regularly_and_never_came_are_not_evidenced_where_no_day_is_set():
    history = reporting({"to": "body:board", "every": "quarterly"})
    found = history.is_not_evidenced("GL29")
    assert sentence(found) == "a report to body:board is due quarterly, and neither by when nor any report is recorded"
    history.also(told=told()).is_clean()


def test_of_two_to_whom_reports_are_owed_alike_both_are_named():
    history = reporting({"to": "body:board", "every": "quarterly"}, {"to": "body:committee", "every": "quarterly"})
    found = history.is_not_evidenced("GL29")
    assert sentence(found) == (
        "a report to body:board and to body:committee is due quarterly, and neither by when nor any report is recorded"
    )
    to_one = history.also(told=told(to="body:board")).is_not_evidenced("GL29")
    assert sentence(to_one).startswith("a report to body:committee is due quarterly")
    yearly = reporting({"to": "body:board", "every": "quarterly"}, {"to": "body:committee", "every": "yearly"})
    assert sentence(yearly.is_not_evidenced("GL29")).startswith("a report to body:board is due quarterly")


def test_whoever_is_told_without_any_day_or_rhythm_is_not_waiting():
    reporting({"to": "body:board"}).is_clean()


def test_a_variation_of_the_terms_changes_what_is_owed():
    history = reporting({"to": "body:board", "next_due": "2026-05-10"})
    struck = fact("delegation.varied", "delegation:S1", "2026-05-01", struck=["reporting"])
    history.also(varied=struck).is_clean()
    later = fact("delegation.varied", "delegation:S1", "2026-05-01", reporting=[{"next_due": "2026-05-20"}])
    history.also(varied=later).is_clean(on="2026-05-20")
    history.also(varied=later).trips("GL29", "varied", on="2026-05-21")

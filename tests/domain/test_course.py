"""The course of a decision, fact by fact: what it is called, and what it waits for."""

from __future__ import annotations

import pytest

from decisionlog.domain.course import Course
from tests.scenario import decision, fact, given

D1 = "decision:D1"


def course_of(*facts, begins=0, now=0):
    """The course of a decision after these facts of it."""
    course = Course(begins=begins, now=now)
    for one in given(*facts).log.stream(D1):
        course.take_in(one, over=False)
    return course


def later(kind, **data):
    return fact(f"decision.{kind}", D1, "2026-04-01", **data)


TAKEN = decision("D1", outcome="approved")
URGENT = decision("D1", outcome="approved", urgent={})


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([decision("D1", outcome="noted")], "taken"),
        ([decision("D1", outcome="approved", asked_to="advise")], "taken"),
        ([TAKEN], "in force"),
        ([URGENT], "awaiting ratification"),
        ([URGENT, later("ratified")], "in force"),
        ([URGENT, later("not_ratified")], "not ratified"),
        ([URGENT, later("not_ratified", stands=True)], "in force"),
        ([TAKEN, later("called_in")], "called in"),
        ([TAKEN, later("called_in"), later("call_in_concluded", call_in_result="referred-back")], "referred back"),
        ([TAKEN, later("stayed")], "stayed"),
        ([TAKEN, later("implemented", wholly=False)], "in force"),
        ([TAKEN, later("implemented")], "implemented"),
        ([TAKEN, later("superseded", wholly=False)], "superseded in part"),
        ([URGENT, later("rescinded"), later("ratified")], "rescinded"),
        ([TAKEN, later("taken_over")], "taken over"),
    ],
)
def test_each_fact_leads_to_the_state_that_it_says(facts, state):
    assert course_of(*facts).state == state


def test_before_it_has_effect_it_is_only_taken():
    assert course_of(TAKEN, begins=10, now=9).state == "taken"
    assert course_of(TAKEN, begins=10, now=10).state == "in force"


def test_what_is_said_of_it_before_it_was_taken_is_no_part_of_its_course():
    taken, published = given(TAKEN, later("called_in")).log.stream(D1)
    course = Course()
    course.take_in(published, over=False)
    assert course.opening is None
    course.take_in(taken, over=False)
    assert (course.opening, course.state) == (taken, "in force")


def test_when_its_time_is_up_it_has_ended_and_waits_to_be_ratified_still():
    (taken,) = given(decision("D1", outcome="approved", urgent={}, until="2026-05-01")).log.stream(D1)
    course = Course()
    course.take_in(taken, over=False)
    course.take_in(taken, over=True)
    assert (course.state, course.unratified) == ("ended", True)


def test_a_variation_takes_the_place_of_what_was_promised():
    varied = later("varied", report_to=[{"to": "organisation:icb"}], struck=["review_by"])
    course = course_of(
        fact("organisation.registered", "organisation:icb", "2022-07-01", ref="icb"),
        decision("D1", outcome="approved", review_by="2027-01-01", report_to=[{"due": "2026-06-01"}]),
        varied,
    )
    assert [(owed.report.to, owed.reported) for owed in course.reports] == [("organisation:icb", False)]
    assert course.review_by == ""

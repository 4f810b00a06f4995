"""What people said to a finding: to which it goes, and from when until when it holds."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from decisionlog.checks.finding import Status
from decisionlog.domain.days import instant_asked
from tests.checks.clean import CLEAN, fact
from tests.checks.histories import clean

ZONE = ZoneInfo("Europe/London")
REVOKED = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
"""What makes D1 of 12 March rely on a delegation that had ended; the last fact of the place."""
ANSWER = sum(one["stream"] == "decision:D1" for one in CLEAN.values()) + 1
"""The version of the first answer within the stream of D1."""
REVOCATION = sum(one["stream"] == "delegation:S1" for one in CLEAN.values()) + 1


def answered(type_name, on="2026-04-01", of=None, **data):
    return fact(f"finding.{type_name}", "decision:D1", on, of=of, **{"rule": "GL04", **data})


def history(**answers):
    return clean().also(revoked=REVOKED, **answers)


def status(told, on="2026-06-01", known=None):
    (found,) = told.findings("GL04", on=on, known=known)
    return found.status(instant_asked(on, ZONE))


@pytest.mark.parametrize(
    ("type_name", "now"),
    [("explained", Status.EXPLAINED), ("accepted", Status.ACCEPTED), ("waived", Status.WAIVED)],
)
def test_an_answer_holds_from_its_day_on(type_name, now):
    told = history(said=answered(type_name))
    assert status(told, "2026-03-31") is Status.OPEN
    assert status(told, "2026-04-01") is now


def test_an_answer_to_another_rule_says_nothing():
    assert status(history(said=answered("waived", rule="GL05"))) is Status.OPEN


@pytest.mark.parametrize("type_name", ["accepted", "waived"])
def test_an_answer_with_a_first_and_a_last_day_holds_between_them(type_name):
    told = history(said=answered(type_name, from_="2026-04-10", until="2026-05-01"))
    days = ("2026-04-09", "2026-04-10", "2026-04-30", "2026-05-01")
    assert [status(told, day) is Status.OPEN for day in days] == [True, False, False, True]


def test_a_waiver_that_is_ended_leaves_the_finding_open_again():
    waiver = answered("waived")
    ended = answered("waiver_ended", "2026-05-01", of={"stream": "decision:D1", "n": ANSWER})
    told = history(said=waiver, ended=ended)
    days = ("2026-04-30", "2026-05-01")
    assert [status(told, day) for day in days] == [Status.WAIVED, Status.OPEN]
    later = history(said=waiver, ended={**ended, "data": {"rule": "GL04", "from": "2026-05-10"}})
    assert [status(later, day) for day in ("2026-05-09", "2026-05-10")] == [Status.WAIVED, Status.OPEN]


def test_the_first_end_counts_its_own_or_one_that_was_recorded():
    ended = answered("waiver_ended", "2026-05-01", of={"stream": "decision:D1", "n": ANSWER})
    told = history(said=answered("waived", until="2026-04-20"), ended=ended)
    assert status(told, "2026-04-25") is Status.OPEN
    told = history(said=answered("waived", until="2026-05-20"), ended=ended)
    assert status(told, "2026-05-10") is Status.OPEN


def test_the_end_of_one_waiver_does_not_end_another():
    ended = answered("waiver_ended", "2026-05-01", of={"stream": "decision:D1", "n": ANSWER})
    told = history(one=answered("waived"), other=answered("waived", "2026-04-02"), ended=ended)
    assert status(told) is Status.WAIVED


def test_when_a_waiver_ends_what_was_explained_before_holds_still():
    told = history(why=answered("explained", "2026-03-20"), said=answered("waived", until="2026-05-01"))
    assert [status(told, day) for day in ("2026-04-10", "2026-05-10")] == [Status.WAIVED, Status.EXPLAINED]


def test_the_last_act_counts_whatever_was_recorded_first():
    told = history(waived=answered("waived", "2026-04-10"), why=answered("explained", "2026-04-01"))
    assert status(told) is Status.WAIVED


def test_an_answer_that_was_retracted_was_never_given():
    retracted = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": ANSWER})
    assert status(history(said=answered("waived"), struck=retracted)) is Status.OPEN


def test_an_answer_to_one_fact_goes_to_what_rests_on_it():
    for cited, now in (
        ({"stream": "delegation:S1", "n": REVOCATION}, Status.WAIVED),
        ({"stream": "delegation:S1", "n": 1}, Status.OPEN),
    ):
        assert status(history(said=answered("waived", evidence=[cited]))) is now


def test_who_answered_is_the_person_else_the_organisation():
    said = {"by": "person:p1", "on_behalf_of": ["organisation:icb"]}
    for data, by in ((said, "person:p1"), ({"on_behalf_of": ["organisation:icb"]}, "organisation:icb"), ({}, "")):
        (found,) = history(said=answered("accepted", review_by="2026-10-31", **data)).findings("GL04")
        (answer,) = found.answers
        assert (answer.by, answer.on, answer.review_by) == (by, "2026-04-01", "2026-10-31")


def test_who_answered_is_else_the_decision_by_which():
    (found,) = history(said=answered("waived", by_decision="decision:D1")).findings("GL04")
    assert found.answers[0].by == "decision:D1"


def test_a_waiver_keeps_what_ended_it_first():
    of = {"stream": "decision:D1", "n": ANSWER}
    ends = {
        "late": answered("waiver_ended", "2026-05-10", of=of),
        "first": answered("waiver_ended", "2026-05-01", of=of, by="person:p1"),
    }
    (found,) = history(said=answered("waived"), **ends).findings("GL04")
    (ended,) = (one.ended for one in found.answers)
    assert (ended.by, ended.on) == ("person:p1", "2026-05-01")
    (found,) = history(said=answered("waived", until="2026-05-01"), **ends).findings("GL04")
    assert found.answers[0].ended is None


def test_an_explanation_that_is_recorded_later_was_not_known_before():
    told = history(said=answered("explained"))
    size = len(told.facts) + 1
    assert status(told, known=size) is Status.EXPLAINED
    assert status(told, known=size - 1) is Status.OPEN

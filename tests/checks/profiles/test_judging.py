"""How one record stands by a profile: recorded, recorded as none, not recorded, not applicable, each by its facts."""

from __future__ import annotations

import pytest

from decisionlog.checks.profiles.judging import beyond, fields_of
from decisionlog.checks.profiles.table import built_in
from tests.checks.profiles.records import declared, noted, record

TABLE = built_in()


def field(name, of, profile="la-exec-meeting"):
    (found,) = [one for one in fields_of(of, TABLE.profiles[profile]) if one.name == name]
    return found


def stands(name, of, profile="la-exec-meeting"):
    found = field(name, of, profile)
    return found.status, found.evidence


def test_what_is_recorded_is_told_with_its_fact_and_with_who_asks_for_it():
    found = field("reasons", record(reasons="It is needed."))
    assert (found.status, found.evidence, found.title) == ("recorded", (20,), "reasons")
    assert (found.asked_by, found.verified) == ("SI 2012/2089 reg 12(2)(b)", True)
    assert found.satisfied_by == ("decision.taken reasons",)


def test_none_must_be_said_and_what_is_left_out_is_not_recorded():
    assert stands("options_rejected", record(options_rejected=[])) == ("recorded-as-none", (20,))
    assert stands("options_rejected", record()) == ("not-recorded", ())


@pytest.mark.parametrize("written", ["none", "None", " NONE. "])
def test_the_word_none_is_recorded_as_none_too(written):
    assert stands("reasons", record(reasons=written)) == ("recorded-as-none", (20,))


def test_what_cannot_be_opened_here_is_recorded_all_the_same():
    assert stands("reasons", record(reasons={"$private": "q" * 43})) == ("recorded", (20,))


def test_what_was_answered_with_no_is_recorded():
    of = record(noted("meeting.held", 11, quorum={"quorate": False}), meeting="meeting:M1")
    assert stands("quorum", of, "nhs-committee") == ("recorded", (11,))
    assert stands("key", record(key=False)) == ("recorded", (20,))


def test_something_recorded_anywhere_outweighs_that_there_was_none():
    of = record(noted("meeting.interest_declared", 12, by="person:p-1"), interests=[declared()])
    assert stands("interests", of) == ("recorded", (12,))
    assert stands("interests", record(noted("meeting.held", 11, interests=[]))) == ("recorded-as-none", (11,))


@pytest.mark.parametrize(
    ("on", "status"), [("2026-03-12", "recorded"), ("2026-03-12T09:00:00Z", "recorded"), ("", "not-recorded")]
)
def test_the_day_of_a_decision_is_that_of_its_fact(on, status):
    assert field("decided_on", record(on=on)).status == status


def test_a_month_is_not_the_day_and_is_named_as_near_to_it():
    found = field("decided_on", record(on="2026-03"))
    assert (found.status, found.evidence) == ("not-recorded", (20,))
    assert found.why == "only the month or the year is recorded"


def test_options_of_the_paper_do_not_say_which_were_rejected():
    paper = noted(
        "proposal.submitted", 15, options=[{"words": "Do nothing"}, {"words": "Two teams", "preferred": True}]
    )
    found = field("options_rejected", record(paper))
    assert (found.status, found.evidence) == ("not-recorded", (15,))
    assert found.why == "the options of the paper are recorded, but not which were rejected"
    assert field("options_rejected", record(paper, options_rejected=["Do nothing"])).why == ""


@pytest.mark.parametrize(
    ("data", "status", "why"),
    [
        ({"key": True}, "not-recorded", ""),
        ({"key": True, "notice": "FP/25/19"}, "recorded", ""),
        ({"key": False}, "not-applicable", "it was not a key decision"),
        ({}, "not-applicable", "it is not recorded whether it was a key decision"),
    ],
)
def test_notice_is_asked_for_of_a_key_decision_only(data, status, why):
    found = field("notice", record(**data))
    assert (found.status, found.why) == (status, why)


def test_a_notice_of_the_proposal_says_that_it_was_a_key_decision():
    of = record(noted("proposal.noticed", 8, key=True, notice="FP/25/19"))
    assert stands("notice", of) == ("recorded", (8,))


def test_what_the_decision_says_of_being_key_goes_before_what_its_proposal_said():
    of = record(noted("proposal.submitted", 7, key=True), key=False)
    assert stands("notice", of) == ("not-applicable", (20,))


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, "not-applicable"),
        ({"urgent": {"ground": "Flood."}}, "not-recorded"),
        ({"urgent": {"agreed_by": ["post:chair"]}}, "recorded"),
    ],
)
def test_consent_is_asked_for_of_an_urgent_decision_only(data, status):
    assert field("urgent_consent", record(**data)).status == status


def test_a_dispensation_is_asked_for_where_an_interest_was_declared():
    assert stands("dispensation", record(interests=[declared()])) == ("not-recorded", ())
    granted = noted("dispensation.granted", 9, person="person:p-1")
    assert stands("dispensation", record(interests=[declared("person:p-1", granted)])) == ("recorded", (9,))
    assert stands("dispensation", record(interests=[declared(dispensation="none")])) == ("recorded-as-none", (12,))


def test_no_dispensation_is_asked_for_where_none_was_declared_nor_where_that_is_unknown():
    of = record(noted("meeting.held", 11, interests=[]))
    assert (field("dispensation", of).status, field("dispensation", of).why) == (
        "not-applicable",
        "no interest was declared",
    )
    assert field("dispensation", of).evidence == (11,)
    unknown = field("dispensation", record())
    assert (unknown.status, unknown.why) == ("not-applicable", "it is not recorded whether an interest was declared")


def test_every_interest_must_have_been_managed():
    managed = noted("meeting.conflict_managed", 13, management="leaves-for-item")
    one, other = declared("person:p-1", managed), declared("person:p-2")
    assert stands("interest_management", record(interests=[one]), "nhs-committee") == ("recorded", (13,))
    found = field("interest_management", record(interests=[one, other]), "nhs-committee")
    assert (found.status, found.evidence, found.why) == ("not-recorded", (13,), "1 of 2 interests lack it")


def test_the_kind_of_an_interest_is_not_yet_its_nature():
    found = field("interest_nature", record(interests=[declared(kind="financial")]), "nhs-committee")
    assert (found.status, found.evidence, found.why) == ("not-recorded", (12,), "only its kind is recorded")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"consulted": [{"who": "post:member"}]}, "not-recorded"),
        ({"consulted": []}, "not-applicable"),
        ({}, "not-applicable"),
    ],
)
def test_an_individual_records_conflicts_of_whoever_was_consulted(data, status):
    assert field("interests", record(**data), "la-exec-individual").status == status


@pytest.mark.parametrize(
    ("grant", "status"),
    [
        ({"matters": ["proposal:P1"]}, "not-recorded"),
        ({"scope": [{"function": "function:f"}]}, "not-applicable"),
        ({}, "not-applicable"),
    ],
)
def test_an_officer_names_members_with_a_conflict_where_the_matter_was_expressly_given(grant, status):
    of = record(noted("delegation.granted", 5, **grant))
    assert field("interests", of, "la-officer").status == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"authority": [{"delegation": "delegation:X"}]}, "not-recorded"),
        ({"authority": [{"delegation": "delegation:X"}], "report_to": [{"to": "body:board"}]}, "recorded"),
        ({"authority": [{"legal_basis": "original-power"}]}, "not-applicable"),
        ({}, "not-applicable"),
    ],
)
def test_a_report_is_owed_where_the_power_was_given(data, status):
    assert field("report", record(**data), "nhs-committee").status == status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"meeting": "meeting:M1"}, "not-recorded"),
        ({"method": "written-procedure"}, "not-applicable"),
        ({}, "not-applicable"),
    ],
)
def test_who_was_present_is_asked_of_what_was_decided_at_a_meeting(data, status):
    assert field("attendance", record(**data), "nhs-committee").status == status


def test_background_papers_are_asked_of_what_disposed_of_a_paper():
    assert field("background", record()).why == "no paper is recorded that it disposed of"
    assert stands("background", record(noted("proposal.submitted", 15))) == ("not-recorded", ())
    assert stands("background", record(noted("proposal.submitted", 15, background=[]))) == ("recorded-as-none", (15,))


@pytest.mark.parametrize(("outcome", "status"), [("recommended", "not-recorded"), ("noted", "not-applicable")])
def test_advice_goes_on_to_somebody_and_what_was_noted_does_not(outcome, status):
    assert field("passed_on", record(outcome=outcome), "advisory").status == status


def test_the_reason_of_an_exemption_is_asked_for_unless_it_is_open():
    def reason(*facts, **data):
        (found,) = [one for one in beyond(record(*facts, **data), TABLE, []) if one.name == "access_reason"]
        return found

    assert reason(access={"level": "open"}).status == "not-applicable"
    assert reason(noted("record.access_changed", 30, access={"level": "exempt", "paragraphs": ["3"]})).evidence == (30,)
    assert reason(access={"level": "exempt", "reason": "Prices."}).status == "recorded"


def test_beyond_the_profiles_stands_what_none_of_them_asks_for():
    names = {
        one.name for one in beyond(record(), TABLE, [TABLE.profiles["la-exec-meeting"], TABLE.profiles["psr-award"]])
    }
    assert {"title", "places", "value", "review_by"} <= names
    assert names.isdisjoint({"reasons", "method", "award_document", "passed_on"})
    assert all(one.asked_by == "" for one in beyond(record(), TABLE, []))


def test_an_award_is_told_by_its_document_and_by_the_individuals():
    of = record(noted("meeting.held", 11, attendance=[{"by": "person:p-1"}]), documents=[{"title": "Award"}])
    assert stands("individuals", of, "psr-award") == ("recorded", (11,))
    assert stands("award_document", of, "psr-award") == ("recorded", (20,))
    found = field("award_document", record(text="To A Ltd."), "psr-award")
    assert (found.status, found.evidence) == ("not-recorded", (20,))

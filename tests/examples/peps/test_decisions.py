"""Which changes of label are decisions, and where they were published."""

from __future__ import annotations

import pytest

from tests.examples.peps.records import by_delegate, decided, delegation, of_type, only, opened, resolution, status


def test_a_delegate_decides_under_the_grant_of_his_header(facts):
    written = facts(
        opened(),
        delegation(["Bo Baker"]),
        *decided("approved", "Accepted", **by_delegate("Bo Baker"), evidence=["https://lists.example/1", "TBD"]),
    )
    taken = only(written, "decision.taken")
    assert taken["stream"] == "decision:PEP 9#2"
    assert taken["data"] == {
        "ref": "PEP 9#2",
        "title": "A title",
        "text": "a note",
        "proposals": [{"proposal": "proposal:PEP 9"}],
        "decision_makers": ["person:p-002"],
        "outcome": "approved",
        "outcome_words": "Accepted",
        "authority": [{"delegation": "delegation:PEP 9 delegate#1", "words": "BDFL-Delegate"}],
        "documents": [{"uri": "https://lists.example/1"}],
    }


def test_a_decider_who_is_not_named_is_not_guessed(facts):
    written = facts(opened(), *decided("rejected", "Rejected"))
    assert only(written, "decision.taken")["data"].keys().isdisjoint({"decision_makers", "authority"})


def test_nobody_decides_as_nobody(facts):
    written = facts(opened(), delegation(["TBD"]), *decided("approved", "Accepted", **by_delegate("TBD")))
    assert "decision_makers" not in only(written, "decision.taken")["data"]
    assert of_type(written, "delegation.granted", "person.registered")[1:] == []


@pytest.mark.parametrize(
    ("outcome", "label"), [("completed", "Final"), ("approved-in-force", "Active"), ("superseded", "Superseded")]
)
def test_another_label_after_the_decision_is_nobodys_decision(facts, outcome, label):
    later = decided(outcome, label, "Accepted", "2004-01-01T10:00:00Z", 3, **by_delegate("Bo Baker"))
    written = facts(opened(), delegation(["Bo Baker"]), *decided("approved", "Accepted"), *later)
    assert [fact["data"]["ref"] for fact in of_type(written, "decision.taken")] == ["PEP 9#2"]
    row = only(written, "row.imported")
    assert {"column": "id", "verbatim": "PEP 9#3"} in row["data"]["cells"]


@pytest.mark.parametrize(
    ("named_by", "becomes"),
    [
        ({}, "row.imported"),
        ({"evidence": ["TBD"]}, "row.imported"),
        ({"evidence": ["https://lists.example/1"]}, "decision.taken"),
        (by_delegate("Bo Baker"), "decision.taken"),
        (by_delegate("n/a"), "row.imported"),
    ],
)
def test_a_draft_that_is_final_at_once_was_decided_if_somebody_or_a_resolution_is_named(facts, named_by, becomes):
    written = facts(opened(), *decided("completed", "Final", **named_by))
    assert only(written, becomes)
    assert len(of_type(written, "row.imported", "decision.taken")) == 1


def test_a_provisional_label_on_an_accepted_proposal_is_no_second_decision(facts):
    later = decided("approved-conditionally", "Provisional", "Accepted", "2004-01-01T10:00:00Z", 3)
    written = facts(opened(), *decided("approved", "Accepted"), *later)
    assert only(written, "decision.taken")["data"]["outcome"] == "approved"


def test_a_provisional_acceptance_is_superseded_by_the_acceptance(facts):
    written = facts(
        opened(),
        *decided("approved-conditionally", "Provisional"),
        *decided("approved", "Accepted", "Provisional", "2004-01-01T10:00:00Z", 3),
    )
    outcomes = [fact["data"]["outcome"] for fact in of_type(written, "decision.taken")]
    assert outcomes == ["approved-with-conditions", "approved"]
    superseded = only(written, "decision.superseded")
    assert superseded["of"] == {"stream": "decision:PEP 9#2", "n": 1}
    assert superseded["data"] == {"by_decisions": ["decision:PEP 9#3"]}


@pytest.mark.parametrize(
    ("note", "becomes"),
    [
        ('Revert "Set PEP 9 status to Accepted"', "record.retracted"),
        ("Sorry, PEP 9 is not yet accepted.", "record.retracted"),
        ("Back to draft until the authors are happy", "decision.rescinded"),
    ],
)
def test_an_acceptance_taken_back_never_was_only_if_the_source_says_so(facts, note, becomes):
    back = status("Draft", "Accepted", "2001-02-02T10:00:00Z", reversal=True, note=note)
    undone = only(facts(opened(), *decided("approved", "Accepted"), back), becomes)
    assert undone["of"] == {"stream": "decision:PEP 9#2", "n": 1}
    assert undone["on"] == "2001-02-02T10:00:00Z"


def test_a_final_proposal_that_is_active_again_is_still_accepted(facts):
    back = status("Active", "Final", "2001-02-02T10:00:00Z", reversal=True)
    assert of_type(facts(opened(), *decided("approved", "Accepted"), back), "decision.rescinded") == []


def test_a_withdrawn_proposal_that_is_a_draft_again_is_brought_back(facts):
    back = status("Draft", "Withdrawn", "2001-02-02T10:00:00Z", reversal=True)
    written = facts(opened(), *decided("withdrawn", "Withdrawn"), back)
    assert only(written, "proposal.withdrawn")["data"] == {"reason": "a note"}
    assert only(written, "proposal.revised")["of"] == {"stream": "proposal:PEP 9", "n": 3}


def test_a_deferral_is_a_decision_only_where_a_decider_is_named(facts):
    assert only(facts(opened(), *decided("deferred", "Deferred")), "proposal.deferred")
    written = facts(opened(), *decided("deferred", "Deferred", **by_delegate("Bo Baker")))
    assert only(written, "decision.taken")["data"]["outcome"] == "deferred"


def test_a_respelt_deferral_is_nobodys_decision(facts):
    respelt = decided("deferred", "Deferred", "Postponed", "2001-02-02T10:00:00Z", 3, **by_delegate("Bo Baker"))
    written = facts(opened(), status("Postponed"), *respelt)
    assert only(written, "proposal.deferred")["on"] == "2001-02-01T10:00:00Z"


def test_a_rejection_that_is_called_a_withdrawal_later_is_contradicted(facts):
    later = decided("withdrawn", "Withdrawn", "Rejected", "2004-01-01T10:00:00Z", 3)
    contradicted = only(facts(opened(), *decided("rejected", "Rejected"), *later), "record.contradicted")
    assert contradicted["stream"] == "decision:PEP 9#2"
    assert contradicted["data"] == {"path": "/outcome", "says": "withdrawn", "words": "a note"}


def test_a_resolution_is_where_the_decision_was_published(facts):
    written = facts(opened(), *decided("approved", "Accepted"), resolution(url="https://lists.example/1", at="2001-02"))
    published = only(written, "decision.published")
    assert (published["on"], published["of"]) == ("2001-02", {"stream": "decision:PEP 9#2", "n": 1})
    assert published["data"] == {"channel": "Resolution", "documents": [{"uri": "https://lists.example/1"}]}


def test_a_resolution_that_is_no_address_or_announces_no_decision_is_kept(facts):
    early = resolution(time="2001-01-03T10:00:00Z", url="https://lists.example/1")
    written = facts(opened(), early, *decided("approved", "Accepted"), resolution(url="TBD"))
    assert len(of_type(written, "row.imported")) == 2


def test_a_better_day_of_the_resolution_corrects_the_day_of_the_decision(facts):
    address = "https://lists.example/1"
    dated = resolution("correction", "2001-09-01T10:00:00Z", previous=address, url=address, at="2001-01-28")
    taken = decided("approved", "Accepted", evidence=[address])
    corrected = of_type(facts(opened(), *taken, resolution(url=address), dated), "record.corrected")
    assert [fact["data"]["changes"] for fact in corrected] == [
        [{"path": "/on", "now": "2001-01-28"}],
        [{"path": "/on", "was": "2001-02-01T10:00:00Z", "now": "2001-01-28"}],
    ]


def test_a_vaguer_day_of_the_resolution_corrects_nothing(facts):
    written = facts(opened(), *decided("approved", "Accepted"), resolution(url="https://lists.example/1", at="2001-02"))
    assert of_type(written, "record.corrected") == []


def test_another_address_is_put_right_wherever_it_was_told(facts):
    old, new = "http://lists.example/1", "https://lists.example/1"
    moved = resolution("correction", "2001-09-01T10:00:00Z", previous=old, url=new)
    written = facts(opened(), *decided("approved", "Accepted", evidence=[old]), resolution(url=old), moved)
    change = [{"path": "/documents/0/uri", "was": old, "now": new}]
    corrected = of_type(written, "record.corrected")
    assert [(fact["of"]["n"], fact["data"]["changes"]) for fact in corrected] == [(2, change), (1, change)]


def test_a_resolution_that_is_gone_is_retracted(facts):
    address = "https://lists.example/1"
    gone = resolution("correction", "2001-09-01T10:00:00Z", previous=address)
    written = facts(opened(), *decided("approved", "Accepted"), resolution(url=address), gone)
    assert only(written, "record.retracted")["of"] == {"stream": "decision:PEP 9#2", "n": 2}

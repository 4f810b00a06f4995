"""Who was given the power to decide."""

from __future__ import annotations

import pytest

from tests.examples.peps.records import COUNCIL, decided, delegation, of_type, only, opened, said


def test_a_header_is_a_grant_for_one_proposal_by_whom_it_names(facts):
    written = facts(opened(), delegation(["C API Working Group"], giver="Steering Council"))
    granted = only(written, "delegation.granted")
    assert (granted["stream"], granted["on"]) == ("delegation:PEP 9 delegate#1", "2001-01-05T10:00:00Z")
    assert granted["data"] == {
        "ref": "PEP 9 delegate#1",
        "delegator": f"body:{COUNCIL}",
        "delegates": ["body:C API Working Group"],
        "matters": ["proposal:PEP 9"],
        "words": "PEP-Delegate: C API Working Group",
    }
    assert {fact["stream"] for fact in of_type(written, "body.constituted")} == {
        f"body:{COUNCIL}",
        "body:C API Working Group",
    }


def test_another_delegate_is_an_ending_and_a_new_grant(facts):
    time = "2001-01-06T10:00:00Z"
    change = delegation(["Cy Cooper"], "delegation_changed", time, previous=["Bo Baker"])
    written = facts(opened(), delegation(["Bo Baker"]), change)
    first, second = of_type(written, "delegation.granted")
    revoked = only(written, "delegation.revoked")
    assert revoked["of"] == {"stream": first["stream"], "n": 1}
    assert first["on"] < revoked["on"] == second["on"] == time


def test_a_delegation_that_is_gone_is_revoked_and_may_be_granted_again(facts):
    written = facts(
        opened(),
        delegation(["Bo Baker"]),
        delegation([], "delegation_ended", "2001-01-06T10:00:00Z", previous=["Bo Baker"]),
        delegation(["Bo Baker"], time="2001-01-07T10:00:00Z"),
    )
    refs = [fact["data"]["ref"] for fact in of_type(written, "delegation.granted")]
    assert refs == ["PEP 9 delegate#1", "PEP 9 delegate#2"]
    assert len(of_type(written, "delegation.revoked")) == 1


def test_a_delegation_to_nobody_begins_and_ends_as_rows(facts):
    written = facts(
        opened(),
        delegation(["XXXX"]),
        delegation([], "delegation_ended", "2001-01-06T10:00:00Z", previous=["XXXX"]),
    )
    assert len(of_type(written, "row.imported")) == 2


def test_another_header_for_the_same_delegate_corrects_who_gave_the_power(facts):
    behalf = "Bo Baker on behalf of the steering council"
    change = delegation(["Bo Baker"], "delegation_changed", "2022-01-06T10:00:00Z", giver="Steering Council")
    written = facts(opened(), delegation([behalf]), {**change, "previous": [behalf]})
    granted = only(written, "delegation.granted")["data"]
    assert (granted["delegates"], granted["on_behalf_of"]) == (["person:p-002"], [f"body:{COUNCIL}"])
    change = {"path": "/delegator", "was": "post:BDFL", "now": f"body:{COUNCIL}"}
    assert only(written, "record.corrected")["data"]["changes"] == [change]


def test_a_delegate_first_named_after_the_decision_is_who_took_it(facts):
    late = delegation(["Bo Baker"], time="2001-09-01T10:00:00Z")
    written = facts(opened(), *decided("approved", "Accepted"), late)
    assert "on" not in only(written, "delegation.granted"), "the header came after the fact"
    corrected = only(written, "record.corrected")
    assert corrected["of"] == {"stream": "decision:PEP 9#2", "n": 1}
    assert corrected["source"]["recorded_at"] == "2001-09-01T10:00:00Z"
    assert corrected["data"]["changes"] == [
        {"path": "/decision_makers", "now": ["person:p-002"]},
        {"path": "/authority", "now": [{"delegation": "delegation:PEP 9 delegate#1", "words": "BDFL-Delegate"}]},
    ]


@pytest.mark.parametrize(
    ("scope", "given"),
    [("Group: Index PEPs", [{"function": "function:Index PEPs"}]), ("Typing Council: *", None)],
)
def test_a_standing_grant_has_the_field_that_it_names_and_no_other(facts, scope, given):
    record = said("delegation", "2019-05-14T22:31:48Z", scope=scope, to=["Bo Baker"], standing=True, at="2019-05-14")
    granted = only(facts({**record, "from": "Steering Council"}), "delegation.granted")["data"]
    assert (granted.get("scope"), granted["words"]) == (given, scope)

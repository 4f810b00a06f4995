"""The year visits every state of a decision's life, and every turn between two."""

from __future__ import annotations

import pytest

from tests.examples.northmoor.life_cycle import LIFE_CYCLE
from tests.examples.northmoor.year import sign

ROWS = [(part, state, signs) for part, states in LIFE_CYCLE.items() for state, signs in states.items()]


@pytest.mark.parametrize(("part", "state", "signs"), ROWS, ids=[f"{part}: {state}" for part, state, _ in ROWS])
def test_the_year_visits(year, part, state, signs):
    assert year.goes_through(*signs), f"no {part} of the year: {state}"


def test_what_never_happened_is_not_found(year):
    assert year.goes_through(sign("decision.taken"), sign("decision.implemented"))
    assert not year.goes_through(sign("decision.implemented"), sign("decision.taken"))
    assert not year.goes_through(sign("decision.taken", outcome="elected"))
    assert not year.goes_through(sign("decision.taken", {"conditions.kind": "each-use"}))


def test_a_decision_that_was_sent_back_is_reaffirmed_by_another(year):
    assert "decision:CAB/25/052" in year.goes_through(
        sign("decision.called_in"), sign("decision.call_in_concluded", call_in_result="referred-back")
    )
    again = year.one("decision.taken", "decision:CAB/25/058")["data"]
    assert again["links"] == [{"decision": "decision:CAB/25/052", "link": "confirms"}]


def test_one_paper_is_decided_by_two_partners_each_for_itself(year):
    deciders = {
        tuple(fact["data"]["on_behalf_of"])
        for fact in year.find(sign("decision.taken", {"proposals.proposal": "proposal:NLB/25-26/P05"}))
    }
    assert deciders == {("organisation:northmoor-icb",), ("organisation:northmoor-council",)}


def test_two_partners_come_to_opposite_decisions_on_one_paper(year):
    on_the_ward = year.find(sign("decision.taken", {"proposals.proposal": "proposal:NLB/25-26/P08"}))
    outcomes = {fact["data"]["on_behalf_of"][0]: fact["data"]["outcome"] for fact in on_the_ward}
    assert outcomes == {"organisation:northmoor-icb": "approved", "organisation:northmoor-council": "rejected"}


def test_one_half_is_carried_out_while_the_other_is_called_in(year):
    live = year.one("decision.implemented", "decision:PC/25-26/018")
    called_in = year.one("decision.called_in", "decision:CAB/25/041")
    concluded = year.one("decision.call_in_concluded", "decision:CAB/25/041")
    assert live["on"] <= called_in["on"] < concluded["on"]


def test_a_chair_whose_term_had_ended_presides_before_it_is_extended(year):
    terms = year.find(sign("body.member_appointed", member="person:p-022"), "body:northmoor-icb-board")
    first, second = (fact["data"] for fact in terms)
    assert (first["until"], second["from"]) == ("2025-07-01", "2025-07-01")
    extended = year.one("decision.taken", second["by_decision"])
    presided = year.one("meeting.held", extended["data"]["meeting"])["data"]["presiding"][0]
    assert first["until"] < extended["on"]
    assert presided["by"] == first["member"]
    assert "1" in presided["items"]


def test_one_request_to_sign_is_never_answered(year):
    asked = year.one("proposal.sign_off_requested", "proposal:NLB/25-26/P08")["data"]["asked"]
    assert not year.find(sign("proposal.position_taken", on_behalf_of=asked), "proposal:NLB/25-26/P08")


def test_a_post_is_vacant_for_five_days_and_held_by_two_on_one(ask):
    holders = {
        day: [
            line
            for line in ask("show", "trust-chief-operating-officer", "--on", day).stdout.splitlines()
            if " hold" in line
        ]
        for day in ("2025-10-31", "2025-11-01", "2025-11-05", "2025-11-06", "2026-02-02", "2026-02-03")
    }
    assert holders["2025-10-31"] == ["Fiona Baird holds it, substantive."]
    assert holders["2025-11-01"] == holders["2025-11-05"] == ["Nobody is recorded as holding it on this day."]
    assert holders["2025-11-06"] == ["Person p-020 holds it, interim."]
    assert " ".join(holders["2026-02-02"]).count("p-020") == 1
    assert " ".join(holders["2026-02-02"]).count("p-021") == 1
    assert holders["2026-02-03"] == ["Person p-021 holds it, substantive."]

"""Concerns: what concerns a thing, and as what, on any day, as it was known."""

from __future__ import annotations

from tests.scenario import body, corrected, decision, fact, organisation, person, proposal


def test_a_decision_is_found_by_who_took_it_and_for_whom(asked):
    asked.record(body("b"), organisation("icb"))
    asked.record(decision("D1", "2026-03-20", decision_makers=["body:b"], on_behalf_of=["organisation:icb"]))
    assert asked.concerning("body:b", "decision", "decision_makers") == ["decision:D1"]
    assert asked.concerning("organisation:icb", "decision", "on_behalf_of") == ["decision:D1"]
    assert asked.concerning("organisation:icb", "decision", "decision_makers") == []
    assert asked.concerning("body:b", "decision", "decision_makers", on="2026-03-19") == []


def test_a_reference_that_was_corrected_is_found_under_what_it_should_say(asked):
    asked.record(body("a"), body("b"), decision("D1", decision_makers=["body:a"]))
    asked.record(corrected("decision:D1", "/decision_makers", ["body:a"], ["body:b"]))
    assert asked.concerning("body:b", "decision", "decision_makers") == ["decision:D1"]
    assert asked.concerning("body:a", "decision", "decision_makers") == []
    assert asked.concerning("body:a", "decision", "decision_makers", known="@4") == ["decision:D1"]


def test_a_new_sponsor_takes_the_place_of_the_old_from_that_day(asked):
    asked.record(organisation("a"), organisation("b"), proposal("P1", "2026-03-01", sponsor="organisation:a"))
    asked.record(fact("proposal.sponsor_changed", "proposal:P1", "2026-04-01", sponsor="organisation:b"))
    assert asked.concerning("organisation:a", "proposal", "sponsor", on="2026-03-31") == ["proposal:P1"]
    assert asked.concerning("organisation:a", "proposal", "sponsor", on="2026-04-01") == []
    assert asked.concerning("organisation:b", "proposal", "sponsor", on="2026-04-01") == ["proposal:P1"]


def test_a_second_listing_stands_beside_the_first(asked):
    asked.record(body("a"), body("b"), proposal("P1"))
    asked.record(fact("proposal.listed", "proposal:P1", "2026-04-01", body="body:a"))
    asked.record(fact("proposal.listed", "proposal:P1", "2026-04-02", body="body:b"))
    assert (
        asked.concerning("body:a", "proposal", "body")
        == asked.concerning("body:b", "proposal", "body")
        == ["proposal:P1"]
    )


def test_whoever_was_at_a_meeting_is_found_in_its_parts(asked):
    asked.record(body("b"), person("p"), organisation("icb"))
    attendance = [{"by": "person:p", "on_behalf_of": ["organisation:icb"]}]
    asked.record(fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:b"], attendance=attendance))
    assert asked.concerning("person:p", "meeting", "attendance.by") == ["meeting:M1"]
    assert asked.concerning("organisation:icb", "meeting", "attendance.on_behalf_of") == ["meeting:M1"]


def test_a_list_that_says_none_takes_away_what_was_there(asked):
    asked.record(organisation("a"), person("p"))
    asked.record(fact("person.affiliated", "person:p", "2026-03-01", employers=["organisation:a"]))
    asked.record(fact("person.affiliated", "person:p", "2026-04-01", employers=[]))
    assert asked.concerning("organisation:a", "person", "employers", on="2026-03-31") == ["person:p"]
    assert asked.concerning("organisation:a", "person", "employers", on="2026-04-01") == []

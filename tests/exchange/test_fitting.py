"""What a person wrote, fitted to the fields of a fact, and what is left to be refused."""

from __future__ import annotations

from decisionlog.exchange.fitting import fitted


def test_a_number_is_text_where_text_is_meant():
    assert fitted("decision.taken", {"item": 4, "notice": 12}) == {"item": "4", "notice": "12"}


def test_one_thing_stands_for_a_list_of_one_and_none_for_an_empty_one():
    assert fitted("decision.taken", {"decision_makers": "cabinet", "value": "450k", "interests": "none"}) == {
        "decision_makers": ["cabinet"],
        "value": [{"money": {"amount": 45_000_000, "currency": "GBP"}}],
        "interests": [],
    }


def test_parts_are_fitted_too_and_what_is_unknown_is_left():
    data = {"limits": [{"money": "£500,000", "operator": "<=", "per": 1}], "zzz": 1, "conditions": "none"}
    assert fitted("delegation.granted", data) == {
        "limits": [{"money": {"amount": 50_000_000, "currency": "GBP"}, "operator": "<=", "per": "1"}],
        "zzz": 1,
        "conditions": [],
    }


def test_yes_and_no_are_said_as_people_say_them():
    assert fitted("decision.taken", {"key": "no"}) == {"key": False}


def test_a_reference_stands_for_a_part_that_needs_nothing_else():
    assert fitted("decision.taken", {"proposals": "P-9", "consulted": ["residents", {"who": "body:a"}]}) == {
        "proposals": [{"proposal": "P-9"}],
        "consulted": [{"who": "residents"}, {"who": "body:a"}],
    }
    assert fitted("decision.taken", {"links": ["D1"]}) == {"links": ["D1"]}, "a link says what it is as well"

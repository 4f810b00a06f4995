"""What lists can be narrowed to: what is there, however it was typed."""

from __future__ import annotations

import pytest

from tests.questions.register.pages import page, written
from tests.scenario import body, decision, fact, given, organisation, proposal


@pytest.fixture(scope="module")
def log():
    of_cabinet = {"decision_makers": ["body:cab"], "on_behalf_of": ["organisation:police"]}
    return given(
        organisation("police", name="Northmoor Police"),
        organisation("icb", name="Northmoor ICB"),
        fact("place.defined", "place:north", "2022-07-01", name="North Moor", level="place"),
        body("cab", name="Cabinet"),
        decision("D1", outcome="approved-as-amended", places=["place:north"], **of_cabinet),
        decision("D2", outcome="noted"),
        proposal("P1"),
    ).log


def found(log, name="list-decision", **given_):
    return [one.ref for one in page(log, name, **given_).answers["list"].items]


def test_what_is_there_can_be_chosen_in_the_words_of_the_page(log):
    told = written(page(log, "list-decision"))
    assert '<option value="approved-as-amended">Approved as amended</option>' in told
    assert '<option value="organisation:police">Northmoor Police</option>' in told
    assert '<option value="rejected">' not in told
    assert page(log, "list-proposal").answers["choices"].fields["state"] == ("submitted",)


@pytest.mark.parametrize(
    "asked",
    [
        {"outcome": "APPROVED as Amended"},
        {"partner": "northmoor police"},
        {"partner": "POLICE"},
        {"place": "North moor"},
        {"body": "Body:CAB"},
    ],
)
def test_whatever_case_is_typed_one_that_is_there_is_meant_and_stands_in_the_form(log, asked):
    assert found(log, **asked) == ["D1"]
    assert " selected>" in written(page(log, "list-decision", **asked))


def test_the_state_of_a_proposal_may_be_written_with_a_capital(log):
    assert found(log, "list-proposal", state="Submitted") == ["P1"]


def test_what_is_not_there_is_told_above_the_whole_list_and_ends_once(log):
    told = page(log, "list-decision", partner="Northmoor Polise")
    assert told.problem.endswith("?")
    assert len(told.answers["list"].items) == 2


def test_where_nothing_is_there_nothing_is_offered_but_days():
    told = written(page(given().log, "list-decision"))
    assert "<select" not in told
    assert 'type="date"' in told

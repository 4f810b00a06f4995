"""From what people call a thing to the thing: what is offered where nothing has that reference."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.agenda import agenda
from tests.questions.asking import given, put, shown, story, who
from tests.scenario import body, decision, fact, organisation

ICB = organisation("icb", name="NHS Northmoor Integrated Care Board")


def log_of(*more):
    return given(ICB, body("cab", name="The Cabinet"), decision("D1", title="Beds"), *more).log


@pytest.mark.parametrize("ask", [shown, story, who])
@pytest.mark.parametrize("typed", ["NHS Northmoor Integrated Care Board", "nhs northmoor  integrated care board"])
def test_a_name_that_is_no_reference_offers_the_thing_that_has_it(ask, typed):
    with pytest.raises(NotFound) as raised:
        ask(log_of(), typed)
    assert str(raised.value) == (
        f"Nothing here is called '{typed}'. Did you mean organisation:icb (NHS Northmoor Integrated Care Board)?"
    )


def test_a_name_that_is_nearly_right_offers_it_too_of_the_kind_that_is_meant():
    with pytest.raises(NotFound, match=r"Did you mean body:cab \(The Cabinet\)\?"):
        shown(log_of(), "The Cabinett")
    with pytest.raises(NotFound, match=r"Did you mean body:cab \(The Cabinet\)\?"):
        shown(log_of(), "body:The Cabinet")
    with pytest.raises(NotFound, match="`decisionlog list KIND` shows what there is"):
        shown(log_of(), "organisation:The Cabinet")


def test_a_thing_is_offered_once_though_its_reference_is_as_near_as_its_name():
    near = given(body("northmoor-cabinet", name="Northmoor Cabinet")).log
    with pytest.raises(NotFound, match=r"Did you mean body:northmoor-cabinet \(Northmoor Cabinet\)\?"):
        shown(near, "northmoor-cabinett")


def test_words_that_are_no_name_are_to_be_searched_for():
    with pytest.raises(NotFound) as raised:
        who(log_of(), "One front door")
    assert str(raised.value) == (
        "Nothing here is called 'One front door'. `decisionlog search 'One front door'` looks for words."
    )


def test_a_name_that_a_thing_had_once_offers_it_still():
    renamed = fact("organisation.renamed", "organisation:icb", "2026-01-01", name="Northmoor Health Board")
    with pytest.raises(NotFound, match=r"organisation:icb \(NHS Northmoor Integrated Care Board\)\?"):
        shown(log_of(renamed), "NHS Northmoor Integrated Care Board")


def test_a_sealed_title_is_never_offered():
    with pytest.raises(NotFound, match="`decisionlog list KIND` shows what there is"):
        shown(log_of(), "Beds")


def test_one_word_that_nothing_is_called_may_be_searched_for_too():
    with pytest.raises(NotFound) as raised:
        who(log_of(), "Elms")
    assert str(raised.value) == (
        "Nothing here is called 'Elms'. `decisionlog list KIND` shows what there is; `decisionlog search Elms` looks for words."
    )
    with pytest.raises(NotFound, match=r"shows what there is\.$"):
        who(log_of(), "%%")


JOINT = body("northmoor-joint-committee", name="Northmoor Joint Committee", short_name="JC")


@pytest.mark.parametrize("typed", ["JC", "jc", "body:JC"])
def test_a_body_is_found_by_its_short_name(typed):
    log = log_of(JOINT)
    assert shown(log, typed).thing.stream == "body:northmoor-joint-committee"
    assert put(agenda, log, typed).body == "body:northmoor-joint-committee"


def test_the_short_name_that_it_was_given_last_counts():
    renamed = fact("body.renamed", "body:northmoor-joint-committee", "2026-01-01", name="Joint Board", short_name="JB")
    log = log_of(JOINT, renamed)
    assert shown(log, "JB").thing.stream == "body:northmoor-joint-committee"
    with pytest.raises(NotFound, match="Nothing here is called 'JC'"):
        shown(log, "JC")


def test_a_reference_goes_before_a_short_name_and_two_of_one_short_name_are_told():
    other = body("north-joint-committee", name="North Joint Committee", short_name="JC")
    assert shown(log_of(JOINT, body("jc", name="Judges")), "JC").thing.stream == "body:jc"
    with pytest.raises(
        BadInput, match="'JC' is the short name of several: body:northmoor-joint-committee, body:north-joint"
    ):
        shown(log_of(JOINT, other), "JC")
    with pytest.raises(NotFound):
        shown(log_of(JOINT), "organisation:JC")

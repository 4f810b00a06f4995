"""Positions as a picture: a row a partner, under what they come to, in words and forms."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from decisionlog.domain.answers.deciding import ConditionShown
from decisionlog.domain.vocabulary import Position
from decisionlog.render.site.pictures.stances import draw, stances_of, tell
from tests.render.answers import NAMES, POSITION
from tests.render.site.pictures.reading import forbidden, names_itself, outside, texts, words

ICB = ("organisation:icb",)
POSITIONS = sorted(get_args(Position))
SUPPORT = replace(POSITION, position="support", words="", conditions=())


def shown(*positions, names=NAMES, **more):
    return stances_of(positions, names, **more)


def test_partners_stand_under_what_their_positions_come_to():
    found = shown(replace(SUPPORT, on_behalf_of=ICB, position="object"), POSITION)

    assert [(one.heading, one.partner) for one in found] == [
        ("Agreed", "Northmoor Council"),
        ("Did not agree", "NHS Northmoor ICB"),
    ]
    assert words(draw(found, "P1", "p")).startswith("Agreed 1 Northmoor Council Supports it with conditions")


@pytest.mark.parametrize("position", POSITIONS)
def test_every_position_of_the_list_is_said_in_words_of_its_own(position):
    (found,) = shown(replace(SUPPORT, position=position))

    assert found.said in words(draw([found], "P1", "p"))
    assert found.said not in {"", position}


def test_a_position_that_is_not_recorded_says_so():
    (found,) = shown(replace(SUPPORT, position=""))

    assert (found.heading, found.said) == ("Neither", "Position not recorded")


def test_no_two_outcomes_have_the_same_mark_and_the_same_words():
    every = [shown(replace(SUPPORT, position=one))[0] for one in POSITIONS]

    assert len({one.said for one in every}) == len(every)
    assert {one.sign for one in every if one.heading == "Agreed"}.isdisjoint(
        one.sign for one in every if one.heading != "Agreed"
    )


def test_a_condition_stands_with_how_it_is():
    state = ConditionShown("c1", "funding confirmed", "", (), "", "discharged", "", ())
    (found,) = shown(replace(POSITION, condition_states=(state,)))

    assert "Condition c1: funding confirmed (met)" in words(draw([found], "P1", "p"))


def test_support_of_which_a_condition_was_refused_or_not_met_says_so():
    refused, open_, met = (
        ConditionShown(name, "funding", "", (), "", state, "", ())
        for name, state in (("c1", "refused"), ("c2", "stated"), ("c3", "discharged"))
    )
    broken, kept = (
        shown(replace(POSITION, condition_states=states))[0] for states in ((refused, open_, met), (open_, met))
    )
    assert broken.said == "Agreed on conditions: 1 refused, 1 not met yet, 1 met"
    assert kept.said == "Supports it with conditions"


def test_what_was_withdrawn_or_replaced_is_left_out():
    assert shown(replace(SUPPORT, current=False), replace(SUPPORT, given_up_before=True)) == ()


def test_a_position_on_another_version_gives_way_to_one_on_this():
    old, new = replace(SUPPORT, stale=True, position="object", version="1"), SUPPORT

    assert [one.said for one in shown(old, new)] == ["Supports it"]
    assert shown(old)[0].remarks == ("On version 1, not on the one that was decided",)


def test_a_position_taken_after_the_decision_says_so():
    assert shown(replace(SUPPORT, after=True))[0].remarks == ("Said after the decision, on 12 March 2026",)


def test_who_was_asked_and_did_not_answer_is_shown_unless_they_did():
    found = shown(SUPPORT, silent=("organisation:council", "organisation:icb"))

    assert [(one.partner, one.heading) for one in found][1:] == [("NHS Northmoor ICB", "No position recorded")]


def test_where_nobody_took_a_position_the_picture_says_so():
    assert words(draw((), "P1", "p")) == "No position is recorded"
    assert tell((), "P1")[0].rows == ()


def test_the_words_beside_it_have_a_row_for_each_partner_with_what_they_said():
    (told,) = tell(shown(POSITION), "P1")

    assert told.rows == (("Northmoor Council", "Supports it with conditions", "c1: funding confirmed", "If funded."),)


@given(texts, texts, texts, st.sampled_from(POSITIONS))
def test_whatever_is_written_the_picture_is_sound_and_the_words_are_whole(name, condition, version, position):
    one = replace(POSITION, position=position, conditions=(condition,), version=version, stale=True)
    found = shown(one, names={"organisation:council": name}, silent=ICB)
    drawn = draw(found, name, "p1")

    assert names_itself(drawn, "p1")
    assert forbidden(drawn) == outside(drawn) == []
    assert found[0].partner in {row[0] for row in tell(found, name)[0].rows}

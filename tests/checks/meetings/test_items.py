from __future__ import annotations

import pytest

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.items import concerns, items_of
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.parts import EnBloc


def en_bloc(item=None, covers=(), excepted=()):
    return DecisionTaken(item=item, en_bloc=EnBloc(excepted=excepted, covers=covers or None))


def test_a_decision_carries_its_item_and_those_en_bloc_but_for_what_was_taken_out():
    assert items_of(DecisionTaken()) == set()
    assert items_of(DecisionTaken(item="4 A")) == {"4 a"}
    assert items_of(en_bloc("3", covers=("4", "5", "6"), excepted=("5",))) == {"3", "4", "6"}
    assert items_of(en_bloc("3", excepted=("3",))) == set()
    assert items_of(en_bloc(covers=("4-a",), excepted=("4 A",))) == set()


@pytest.mark.parametrize(
    ("items", "decided", "expected"),
    [
        (("4",), "4", Sure.YES),
        (("4 A", "5"), "4-a", Sure.YES),
        (("5",), "4", Sure.NO),
        ((), "4", Sure.PERHAPS),
        (None, "4", Sure.PERHAPS),
        (("4",), None, Sure.PERHAPS),
    ],
)
def test_something_is_about_a_decision_as_far_as_both_name_the_item(items, decided, expected):
    assert concerns(items, DecisionTaken(item=decided)) is expected

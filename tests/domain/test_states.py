"""The states in which facts leave things: every word of them is about a type that exists."""

from __future__ import annotations

import pytest

from decisionlog.domain.facts import KINDS, OPENING, TYPES
from decisionlog.domain.states import REVERTS, STATES


def test_only_types_that_exist_change_a_state():
    assert STATES.keys() <= TYPES.keys()
    assert REVERTS.keys() <= TYPES.keys()
    assert set(REVERTS.values()) <= STATES.keys()
    assert not STATES.keys() & REVERTS.keys()


def test_every_opening_leaves_a_state():
    assert STATES.keys() >= OPENING


@pytest.mark.parametrize("kind", KINDS)
def test_the_states_of_a_kind_are_words_that_can_be_shown(kind):
    states = [state for name, state in STATES.items() if name.partition(".")[0] == kind]
    assert states
    assert all(state == state.strip().lower() and state.isascii() for state in states)

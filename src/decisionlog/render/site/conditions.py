"""Conditions on which a partner agreed or a decision was made: one word for each state on every page of the register."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from decisionlog.domain.answers.deciding import ConditionShown
from decisionlog.render.words import spoken

_WORDS: Final[Mapping[str, str]] = {
    "refused": "refused",
    "failed": "not met",
    "stated": "not met yet",
    "accepted": "accepted",
    "discharged": "met",
    "waived": "waived",
}
"""The word for each state, what weighs most first."""
_BROKEN: Final = frozenset({"refused", "failed"})


def state_of(state: str) -> str:
    """How a condition stands, in a word or two."""
    return _WORDS.get(state, spoken(state))


def is_broken(conditions: Iterable[ConditionShown]) -> bool:
    """Whether one of them was refused or not met: then it is open whether the partner still agrees."""
    return any(one.state in _BROKEN for one in conditions)


def agreed_on(conditions: Iterable[ConditionShown]) -> str:
    """`Agreed on conditions: 1 refused, 1 not met yet`."""
    number = Counter(one.state for one in conditions)
    order = [*(state for state in _WORDS if number[state]), *(state for state in number if state not in _WORDS)]
    return f"Agreed on conditions: {', '.join(f'{number[state]} {state_of(state)}' for state in order)}"

"""Conditions: what something is subject to, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.deciding import ConditionShown
from decisionlog.questions.telling import NOT_RECORDED, text_of
from decisionlog.questions.viewing import Seen, Stated

_STATES = {
    "condition.accepted": "accepted",
    "condition.refused": "refused",
    "condition.discharged": "discharged",
    "condition.failed": "failed",
    "condition.waived": "waived",
}
_IN_WORDS = {"stated": "open"}
"""Of a condition of which nothing further is recorded."""


def still(state: str) -> str:
    """How a condition stands, in a word: `discharged`, `open`."""
    return _IN_WORDS.get(state, state)


def conditions_of(seen: Seen, stating: Stated) -> Iterator[ConditionShown]:
    """The conditions that one fact states, each with how it stands."""
    for one in stating.data.get("conditions", ()):
        if not isinstance(one, dict) or "id" not in one:
            continue
        marks = [mark for mark in seen.stated(*_STATES) if _is_of(mark, stating, one["id"])]
        last = marks[-1] if marks else None
        yield ConditionShown(
            id=one["id"],
            words=text_of(one.get("words")),
            kind=one.get("kind", ""),
            falls_to=tuple(one.get("falls_to", ())),
            due=one.get("due", ""),
            state=_STATES[last.fact.type] if last else "stated",
            state_on=(last.fact.on or NOT_RECORDED) if last else "",
            evidence=(stating.position, *(mark.position for mark in marks)),
        )


def _is_of(mark: Stated, stating: Stated, condition: str) -> bool:
    """Whether a fact about a condition is about this one; one that names no fact is about whichever states its id."""
    of = mark.fact.of
    return mark.data.get("condition") == condition and (of is None or of.n == stating.fact.n)

"""Which items of a meeting a decision disposed of, and whether something that was said at the meeting is about them."""

from __future__ import annotations

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.references import fold


def items_of(decision: DecisionTaken) -> frozenset[str]:
    """The items that a decision carried, alone or en bloc, folded; none, where no item is recorded."""
    together = decision.en_bloc
    carried = (decision.item, *((together.covers or ()) if together else ()))
    taken_out = {fold(item) for item in together.excepted} if together else set()
    return frozenset(fold(item) for item in carried if item) - taken_out


def concerns(items: tuple[str, ...] | None, decision: DecisionTaken) -> Sure:
    """Whether what was said of these items was said of a decision; perhaps, where either names no item."""
    decided = items_of(decision)
    if not items or not decided:
        return Sure.PERHAPS
    return Sure.YES if decided & {fold(item) for item in items} else Sure.NO

"""What becomes of a condition, in the stream of the decision, delegation or position that it is part of.

The envelope's `of` names the fact that stated the condition, and `condition` its id within that fact.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.values import Bound, DecisionRef, Label, MeetingRef, Party, PersonRef, Sealed, When


class ConditionAccepted(Data):
    """Whoever the condition falls to, or whoever decides, took it on."""

    condition: Label
    who: Party | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    by_decision: DecisionRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None


class ConditionRefused(Data):
    """Whoever the condition falls to, or whoever decides, would not take it on."""

    condition: Label
    who: Party | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    by_decision: DecisionRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ConditionDischarged(Data):
    """The condition was met; `documents` and `by_decision` are the evidence."""

    condition: Label
    who: Party | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ConditionFailed(Data):
    """The condition was not met, or a discharge fell away."""

    condition: Label
    who: Party | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    from_: When | None = field(default=None, name="from")
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ConditionWaived(Data):
    """Whoever set the condition let it go, unmet."""

    condition: Label
    who: Party | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


TYPES: Mapping[str, type[Data]] = {
    "condition.accepted": ConditionAccepted,
    "condition.refused": ConditionRefused,
    "condition.discharged": ConditionDischarged,
    "condition.failed": ConditionFailed,
    "condition.waived": ConditionWaived,
}

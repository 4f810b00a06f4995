"""Answers to findings, in the stream of what the finding is about. A finding is computed; it is never deleted."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Cited, Data
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.values import Bound, DecisionRef, Label, MeetingRef, PersonRef, Sealed, When


class FindingExplained(Data):
    """Somebody explained a finding. It stays, with the explanation beside it."""

    rule: Label
    rules: Label | None = None
    evidence: tuple[Cited, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    reason: Sealed | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class FindingAccepted(Data):
    """Somebody answerable accepted that the finding is right, and bears it until `until`; by `review_by` it is looked at again."""

    rule: Label
    rules: Label | None = None
    evidence: tuple[Cited, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    by_decision: DecisionRef | None = None
    reason: Sealed | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    review_by: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class FindingWaived(Data):
    """Somebody with the power to do so set the rule aside for this case, for good or until `until`."""

    rule: Label
    rules: Label | None = None
    evidence: tuple[Cited, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    by_decision: DecisionRef | None = None
    reason: Sealed | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    review_by: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class FindingWaiverEnded(Data):
    """A waiver, which `of` names, holds no longer: the finding is open again."""

    rule: Label
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    by_decision: DecisionRef | None = None
    reason: Sealed | None = None
    from_: When | None = field(default=None, name="from")
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "finding.explained": FindingExplained,
    "finding.accepted": FindingAccepted,
    "finding.waived": FindingWaived,
    "finding.waiver_ended": FindingWaiverEnded,
}

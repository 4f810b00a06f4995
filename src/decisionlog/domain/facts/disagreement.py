"""Disagreements: who disagrees with what, up which ladder it goes, and how it ends, if it does."""

from __future__ import annotations

from collections.abc import Mapping

from decisionlog.domain.facts.envelope import Cited, Data
from decisionlog.domain.facts.parts import Condition, Document
from decisionlog.domain.values import (
    AnyRef,
    Bound,
    Count,
    DecisionRef,
    Label,
    MeetingRef,
    Party,
    PersonRef,
    Sealed,
    When,
)


class DisagreementRaised(Data):
    """Partners disagreed with a proposal, a decision, a delegation or a minute, and it was put on record."""

    about: tuple[AnyRef, ...]
    ref: Label | None = None
    issuer: Bound | None = None
    version: Label | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    grounds: Sealed | None = None
    wants: Sealed | None = None
    other_side: tuple[Party, ...] | None = None
    ladder: AnyRef | None = None
    rung: Count | None = None
    respond_by: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    expressed_in: Cited | None = None
    bars_decision: bool | None = None


class DisagreementEscalated(Data):
    """The disagreement went up the ladder: to which rung, to whom, with an answer due by when."""

    rung: Count | None = None
    to: Party | None = None
    respond_by: When | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DisagreementReconciled(Data):
    """The sides came to terms."""

    terms: Sealed | None = None
    agreed_by: tuple[Party, ...] | None = None
    mediator: Party | None = None
    conditions: tuple[Condition, ...] | None = None
    version: Label | None = None
    by_decision: DecisionRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class DisagreementParked(Data):
    """The sides agreed to differ for now."""

    agreed_by: tuple[Party, ...] | None = None
    review_by: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class DisagreementUpheld(Data):
    """Somebody competent to settle it found for those who disagreed."""

    who: Party | None = None
    by_decision: DecisionRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reasons: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DisagreementOverruled(Data):
    """Somebody competent to settle it decided against those who disagreed."""

    who: Party | None = None
    by_decision: DecisionRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reasons: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DisagreementWithdrawn(Data):
    """Those who disagreed no longer do, or some of them: `on_behalf_of` says which."""

    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None


class DisagreementDissentRecorded(Data):
    """A dissent was minuted, in the dissenter's own words."""

    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    words: Sealed | None = None
    decision: DecisionRef | None = None
    version: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "disagreement.raised": DisagreementRaised,
    "disagreement.escalated": DisagreementEscalated,
    "disagreement.reconciled": DisagreementReconciled,
    "disagreement.parked": DisagreementParked,
    "disagreement.upheld": DisagreementUpheld,
    "disagreement.overruled": DisagreementOverruled,
    "disagreement.withdrawn": DisagreementWithdrawn,
    "disagreement.dissent_recorded": DisagreementDissentRecorded,
}

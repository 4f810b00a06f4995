"""Actions and commitments: who promised to do what, by when, and whether it was done."""

from __future__ import annotations

from collections.abc import Mapping

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.values import (
    Bound,
    DecisionRef,
    FunctionRef,
    Label,
    MeetingRef,
    Member,
    OrganisationRef,
    Party,
    PersonRef,
    PlaceRef,
    Sealed,
    SealedLine,
    When,
)
from decisionlog.domain.vocabulary import Progress


class ActionAssigned(Data):
    """Somebody is to do something; `to` is the partner it was promised to, where it is a promise."""

    ref: Label | None = None
    issuer: Bound | None = None
    title: SealedLine | None = None
    what: Sealed | None = None
    organisation: OrganisationRef | None = None
    owner: Member | None = None
    to: Party | None = None
    due: When | None = None
    decision: DecisionRef | None = None
    condition: Label | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class ActionUpdated(Data):
    """Word of how the action goes, or a new owner or day. A field given takes the place of the earlier one."""

    progress: Progress | None = None
    progress_words: Sealed | None = None
    what: Sealed | None = None
    organisation: OrganisationRef | None = None
    owner: Member | None = None
    due: When | None = None
    by: PersonRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ActionCompleted(Data):
    """The action was done."""

    by: PersonRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ActionCancelled(Data):
    """The action need no longer be done."""

    by: PersonRef | None = None
    by_decision: DecisionRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "action.assigned": ActionAssigned,
    "action.updated": ActionUpdated,
    "action.completed": ActionCompleted,
    "action.cancelled": ActionCancelled,
}

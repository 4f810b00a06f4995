"""Meetings: who met, who was there for what, what was declared, and what became of the minutes.

Who meets is not who decides: a determination is a `decision.taken` of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import (
    Access,
    Attendee,
    Document,
    Interest,
    OnProposal,
    Presiding,
    Quorum,
)
from decisionlog.domain.values import (
    BodyRef,
    Bound,
    Count,
    DecisionRef,
    InterestRef,
    Label,
    MeetingRef,
    Party,
    PersonRef,
    Sealed,
    SealedLine,
    Stored,
    When,
)
from decisionlog.domain.vocabulary import (
    AskedTo,
    ConflictManagement,
    ConflictStatus,
    InterestKind,
    MeetingKind,
    MeetingMode,
    MinutesKept,
    MinutesStatus,
    Openness,
)


class AgendaItem(Stored):
    """One item of an agenda, with or without a paper."""

    item: Label
    title: SealedLine | None = None
    proposals: tuple[OnProposal, ...] | None = None
    asked_to: AskedTo | None = None
    by: PersonRef | None = None
    access: Access | None = None
    documents: tuple[Document, ...] | None = None
    words: Sealed | None = None


class MeetingCalled(Data):
    """A meeting was summoned. Called again, `of` the earlier call, when it was moved or its agenda changed."""

    ref: Label | None = None
    issuer: Bound | None = None
    bodies: tuple[BodyRef, ...] | None = None
    title: SealedLine | None = None
    kind: MeetingKind | None = None
    for_when: When | None = None
    venue: Sealed | None = None
    mode: MeetingMode | None = None
    public: Openness | None = None
    agenda: tuple[AgendaItem, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    notice: Label | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None
    words: Sealed | None = None


class MeetingHeld(Data):
    """Bodies met: separately in common, or jointly. `on` is when it opened."""

    bodies: tuple[BodyRef, ...]
    ref: Label | None = None
    issuer: Bound | None = None
    title: SealedLine | None = None
    kind: MeetingKind | None = None
    ended: When | None = None
    venue: Sealed | None = None
    mode: MeetingMode | None = None
    public: Openness | None = None
    presiding: tuple[Presiding, ...] | None = None
    attendance: tuple[Attendee, ...] | None = None
    attendance_count: Count | None = None
    quorum: Quorum | None = None
    interests: tuple[Interest, ...] | None = None
    minutes: MinutesKept | None = None
    documents: tuple[Document, ...] | None = None
    words: Sealed | None = None


class MeetingItemConsidered(Data):
    """An item was discussed and nothing was decided on it."""

    item: Label | None = None
    title: SealedLine | None = None
    bodies: tuple[BodyRef, ...] | None = None
    proposals: tuple[OnProposal, ...] | None = None
    asked_to: AskedTo | None = None
    by: PersonRef | None = None
    ended: When | None = None
    access: Access | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class MeetingInterestDeclared(Data):
    """A person declared an interest at the meeting (Localism Act 2011 s31; NHS Act 2006 s14Z30)."""

    by: PersonRef
    on_behalf_of: tuple[Bound, ...] | None = None
    capacity: Label | None = None
    items: tuple[Label, ...] | None = None
    nature: Sealed | None = None
    kind: InterestKind | None = None
    kind_words: Sealed | None = None
    conflict: ConflictStatus | None = None
    conflict_words: Sealed | None = None
    interest: InterestRef | None = None
    action: Sealed | None = None
    dispensation: Sealed | None = None
    words: Sealed | None = None


class MeetingConflictManaged(Data):
    """What was done about a declared interest (named by `of`), with the times at which the person left and returned."""

    management: ConflictManagement | None = None
    management_words: Sealed | None = None
    items: tuple[Label, ...] | None = None
    agreed_by: tuple[Party, ...] | None = None
    left: When | None = None
    returned: When | None = None
    as_intended: bool | None = None
    dispensation: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class MeetingQuorumNoted(Data):
    """The chair or the clerk noted whether the meeting was quorate: from when, for which items, of which body."""

    quorate: bool | None = None
    bodies: tuple[BodyRef, ...] | None = None
    items: tuple[Label, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    counted: Count | None = None
    by: PersonRef | None = None
    words: Sealed | None = None


class MeetingAdjourned(Data):
    """The meeting broke off, to resume or to leave items for another."""

    for_when: When | None = None
    meeting: MeetingRef | None = None
    items: tuple[Label, ...] | None = None
    quorate: bool | None = None
    by: PersonRef | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class MeetingResumed(Data):
    """The meeting went on after an adjournment (named by `of`)."""

    venue: Sealed | None = None
    mode: MeetingMode | None = None
    public: Openness | None = None
    presiding: tuple[Presiding, ...] | None = None
    attendance: tuple[Attendee, ...] | None = None
    words: Sealed | None = None


class MeetingCancelled(Data):
    """A meeting that had been called did not take place; `meeting` is the one that takes its business."""

    meeting: MeetingRef | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    notice: Label | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class MeetingMinutesDrafted(Data):
    """Notes or draft minutes exist, checked by the chair or not. They are subject to confirmation."""

    version: Label | None = None
    document: Document | None = None
    record_status: MinutesStatus | None = None
    record_status_words: Sealed | None = None
    authors: tuple[Party, ...] | None = None
    access: Access | None = None
    words: Sealed | None = None


class MeetingMinutesConfirmed(Data):
    """The minutes were confirmed as a correct record, as they stood or as amended; `meeting` is where.

    A body dissolved before it could confirm leaves them unconfirmed and final.
    """

    version: Label | None = None
    document: Document | None = None
    record_status: MinutesStatus | None = None
    record_status_words: Sealed | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    by_decision: DecisionRef | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    words: Sealed | None = None


class MeetingMinutesRefused(Data):
    """The minutes were not accepted as a correct record, and go back to a later meeting."""

    version: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    by_decision: DecisionRef | None = None
    for_when: When | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class MeetingMinutesPublished(Data):
    """The minutes were made public, in one version, known by its digest."""

    version: Label | None = None
    document: Document | None = None
    channel: Label | None = None
    access: Access | None = None
    words: Sealed | None = None


TYPES: Mapping[str, type[Data]] = {
    "meeting.called": MeetingCalled,
    "meeting.held": MeetingHeld,
    "meeting.item_considered": MeetingItemConsidered,
    "meeting.interest_declared": MeetingInterestDeclared,
    "meeting.conflict_managed": MeetingConflictManaged,
    "meeting.quorum_noted": MeetingQuorumNoted,
    "meeting.adjourned": MeetingAdjourned,
    "meeting.resumed": MeetingResumed,
    "meeting.cancelled": MeetingCancelled,
    "meeting.minutes_drafted": MeetingMinutesDrafted,
    "meeting.minutes_confirmed": MeetingMinutesConfirmed,
    "meeting.minutes_refused": MeetingMinutesRefused,
    "meeting.minutes_published": MeetingMinutesPublished,
}

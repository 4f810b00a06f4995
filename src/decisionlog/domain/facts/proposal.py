"""Proposals: one paper or matter, its versions and its way, and where each partner stands on it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Cited, Data
from decisionlog.domain.facts.parts import (
    Access,
    Binding,
    Condition,
    Consulted,
    Document,
    Identifier,
    Option,
    Related,
    Route,
    Value,
)
from decisionlog.domain.values import (
    BodyRef,
    Bound,
    Code,
    Count,
    DecisionRef,
    FunctionRef,
    InstrumentRef,
    Label,
    MeetingRef,
    Party,
    PersonRef,
    PlaceRef,
    ProposalRef,
    Sealed,
    SealedLine,
    When,
)
from decisionlog.domain.vocabulary import AskedTo, LapseCause, NoticeException, Position, Purpose


class ProposalSubmitted(Data):
    """A paper was put forward, with what it asks for and where it has been before."""

    ref: Label | None = None
    issuer: Bound | None = None
    title: SealedLine | None = None
    version: Label | None = None
    paper: Document | None = None
    background: tuple[Document, ...] | None = None
    kind: Label | None = None
    purpose: Purpose | None = None
    sponsor: Party | None = None
    authors: tuple[Party, ...] | None = None
    partners: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    recommendation: Sealed | None = None
    options: tuple[Option, ...] | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    value: tuple[Value, ...] | None = None
    key: bool | None = None
    related: tuple[Related, ...] | None = None
    route: tuple[Route, ...] | None = None
    identifiers: tuple[Identifier, ...] | None = None
    assessments: tuple[Document, ...] | None = None
    access: Access | None = None


class ProposalRevised(Data):
    """A new version was put forward; it brings back what was withdrawn, deferred or lapsed (named by `of`).

    A field given takes the place of the earlier version's. A change that is `material` makes earlier positions stale.
    """

    title: SealedLine | None = None
    version: Label | None = None
    material: bool | None = None
    paper: Document | None = None
    background: tuple[Document, ...] | None = None
    kind: Label | None = None
    purpose: Purpose | None = None
    authors: tuple[Party, ...] | None = None
    partners: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    recommendation: Sealed | None = None
    options: tuple[Option, ...] | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    value: tuple[Value, ...] | None = None
    key: bool | None = None
    related: tuple[Related, ...] | None = None
    route: tuple[Route, ...] | None = None
    assessments: tuple[Document, ...] | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ProposalReferred(Data):
    """The proposal was sent to somebody to decide, advise, comment or note. Only `decide` asks for a decision."""

    to: Party | None = None
    asked_to: AskedTo | None = None
    version: Label | None = None
    stage: Label | None = None
    due: When | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by_decision: DecisionRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ProposalListed(Data):
    """The proposal was put on an agenda or a forward plan: for a meeting, a date or, in words, an occasion."""

    body: BodyRef | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    order: Count | None = None
    for_when: When | None = None
    occasion: Sealed | None = None
    version: Label | None = None
    asked_to: AskedTo | None = None
    documents: tuple[Document, ...] | None = None


class ProposalSponsorChanged(Data):
    """Somebody else owns the proposal from now on."""

    sponsor: Party | None = None
    from_: When | None = field(default=None, name="from")
    by_decision: DecisionRef | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ProposalSignOffRequested(Data):
    """A partner or a person was asked for a position, in a capacity, for a stage, by a day."""

    asked: Party | None = None
    capacity: Label | None = None
    stage: Label | None = None
    version: Label | None = None
    due: When | None = None
    channel: Label | None = None
    by: PersonRef | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ProposalSignOffRequestWithdrawn(Data):
    """A request for a position (named by `of`) no longer waits for an answer."""

    by: PersonRef | None = None
    capacity: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ProposalConsulted(Data):
    """Somebody was consulted on the proposal: a partner, the public, a body that must be. [] = nobody was."""

    consulted: tuple[Consulted, ...] | None = None
    version: Label | None = None
    stage: Label | None = None
    channel: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ProposalPositionTaken(Data):
    """A partner or a person said where they stand on one version. Silence is never a position."""

    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    stage: Label | None = None
    version: Label | None = None
    position: Position | None = None
    position_words: Sealed | None = None
    words: Sealed | None = None
    conditions: tuple[Condition, ...] | None = None
    binding: Binding | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    replaces: Cited | None = None
    answers: Cited | None = None
    channel: Label | None = None


class ProposalPositionWithdrawn(Data):
    """A position (named by `of`) was taken back, with none in its place."""

    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    channel: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ProposalStatusNoted(Data):
    """A label that the source uses was noted. It decides nothing."""

    status: Label | None = None
    status_words: Sealed | None = None
    version: Label | None = None
    stage: Label | None = None


class ProposalNoticed(Data):
    """Notice of a key decision was published, 28 clear days ahead unless excepted (SI 2012/2089 reg 9 to 11)."""

    notice: Label | None = None
    title: SealedLine | None = None
    decision_makers: tuple[Party, ...] | None = None
    people: tuple[PersonRef, ...] | None = None
    for_when: When | None = None
    meeting: MeetingRef | None = None
    key: bool | None = None
    exception: NoticeException | None = None
    exception_words: Sealed | None = None
    agreed_by: tuple[Party, ...] | None = None
    access: Access | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ProposalCalledIn(Data):
    """The Secretary of State called the proposal in, at whatever stage it was (NHS Act 2006 Sch 10A)."""

    who: Party | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    stage: Label | None = None
    reasons: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class ProposalDeferred(Data):
    """The proposal was put off, to a meeting, a date or until something is done."""

    meeting: MeetingRef | None = None
    for_when: When | None = None
    conditions: tuple[Condition, ...] | None = None
    by_decision: DecisionRef | None = None
    by: PersonRef | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ProposalLapsed(Data):
    """The proposal ended by itself: its body was dissolved, a term ended, time ran out."""

    cause: LapseCause | None = None
    cause_words: Sealed | None = None
    words: Sealed | None = None


class ProposalSuperseded(Data):
    """Other proposals took the place of this one."""

    by_proposals: tuple[ProposalRef, ...] | None = None
    wholly: bool | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class ProposalWithdrawn(Data):
    """Whoever brought the proposal took it back. It keeps its number."""

    on_behalf_of: tuple[Bound, ...] | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


TYPES: Mapping[str, type[Data]] = {
    "proposal.submitted": ProposalSubmitted,
    "proposal.revised": ProposalRevised,
    "proposal.referred": ProposalReferred,
    "proposal.listed": ProposalListed,
    "proposal.sponsor_changed": ProposalSponsorChanged,
    "proposal.sign_off_requested": ProposalSignOffRequested,
    "proposal.sign_off_request_withdrawn": ProposalSignOffRequestWithdrawn,
    "proposal.consulted": ProposalConsulted,
    "proposal.position_taken": ProposalPositionTaken,
    "proposal.position_withdrawn": ProposalPositionWithdrawn,
    "proposal.status_noted": ProposalStatusNoted,
    "proposal.noticed": ProposalNoticed,
    "proposal.called_in": ProposalCalledIn,
    "proposal.deferred": ProposalDeferred,
    "proposal.lapsed": ProposalLapsed,
    "proposal.superseded": ProposalSuperseded,
    "proposal.withdrawn": ProposalWithdrawn,
}

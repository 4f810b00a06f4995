"""Decisions: what was decided, by whom, for whom and under what authority, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import (
    Access,
    Authority,
    Condition,
    Consulted,
    Document,
    EnBloc,
    Interest,
    Link,
    Motion,
    Next,
    OnProposal,
    Urgency,
    Value,
    Votes,
)
from decisionlog.domain.values import (
    ActionRef,
    Bound,
    Code,
    DecisionRef,
    FunctionRef,
    InstrumentRef,
    Label,
    MeetingRef,
    Party,
    PersonRef,
    PlaceRef,
    Sealed,
    SealedLine,
    When,
)
from decisionlog.domain.vocabulary import AskedTo, CallInResult, LapseCause, Method, Outcome, ReviewConclusion


class DecisionTaken(Data):
    """A legal decision-maker disposed of a matter, or of its share of one.

    The fields are those that SI 2012/2089 reg 12-13, SI 2014/2095 reg 7 and SI 2023/1348 reg 24 ask a record to hold.
    """

    ref: Label | None = None
    issuer: Bound | None = None
    title: SealedLine | None = None
    text: Sealed | None = None
    proposals: tuple[OnProposal, ...] | None = None
    decision_makers: tuple[Party, ...] | None = None
    people: tuple[PersonRef, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    asked_to: AskedTo | None = None
    outcome: Outcome | None = None
    outcome_words: Sealed | None = None
    reasons: Sealed | None = None
    options_rejected: tuple[Sealed, ...] | None = None
    authority: tuple[Authority, ...] | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    value: tuple[Value, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    motion: Motion | None = None
    method: Method | None = None
    votes: Votes | None = None
    en_bloc: EnBloc | None = None
    links: tuple[Link, ...] | None = None
    next: tuple[Next, ...] | None = None
    recommended_by: tuple[Party, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    consulted: tuple[Consulted, ...] | None = None
    interests: tuple[Interest, ...] | None = None
    urgent: Urgency | None = None
    key: bool | None = None
    notice: Label | None = None
    access: Access | None = None
    call_in_until: When | None = None
    report_to: tuple[Next, ...] | None = None
    review_by: When | None = None
    lead: Party | None = None
    documents: tuple[Document, ...] | None = None


class DecisionRatified(Data):
    """The proper body made the decision its own later, on its own date; nothing is back-dated."""

    decision_makers: tuple[Party, ...] | None = None
    people: tuple[PersonRef, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by_decision: DecisionRef | None = None
    authority: tuple[Authority, ...] | None = None
    from_: When | None = field(default=None, name="from")
    conditions: tuple[Condition, ...] | None = None
    reasons: Sealed | None = None
    words: Sealed | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class DecisionNotRatified(Data):
    """The proper body declined to make the decision its own; `stands` says whether it holds all the same."""

    decision_makers: tuple[Party, ...] | None = None
    people: tuple[PersonRef, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    by_decision: DecisionRef | None = None
    stands: bool | None = None
    from_: When | None = field(default=None, name="from")
    reasons: Sealed | None = None
    words: Sealed | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class DecisionReportedBack(Data):
    """A delegated or urgent decision was reported to whoever was owed the report."""

    to: Party | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DecisionPublished(Data):
    """The record of the decision was made public; a call-in window runs from here (SI 2012/2089 reg 14)."""

    channel: Label | None = None
    notice: Label | None = None
    version: Label | None = None
    access: Access | None = None
    call_in_until: When | None = None
    documents: tuple[Document, ...] | None = None


class DecisionCalledIn(Data):
    """Scrutiny members stopped an executive decision from being carried out until it is looked at again."""

    who: Party | None = None
    people: tuple[PersonRef, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    grounds: Sealed | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    meeting: MeetingRef | None = None
    respond_by: When | None = None
    until: When | None = None
    documents: tuple[Document, ...] | None = None


class DecisionCallInConcluded(Data):
    """What came of a call-in: no action, or back to the decision-maker or the full council."""

    call_in_result: CallInResult | None = None
    call_in_result_words: Sealed | None = None
    who: Party | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    next: tuple[Next, ...] | None = None
    reasons: Sealed | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class DecisionStayed(Data):
    """A court, a regulator or the decider held the decision up; it stands but has no effect meanwhile."""

    who: Party | None = None
    by_decision: DecisionRef | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    reasons: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DecisionTakenOver(Data):
    """Somebody with the power to do so took the decision into their own hands, as the Secretary of State may."""

    who: Party | None = None
    by_decision: DecisionRef | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reasons: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DecisionImplemented(Data):
    """The decision was carried out, wholly or in part."""

    wholly: bool | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    who: Party | None = None
    by: PersonRef | None = None
    actions: tuple[ActionRef, ...] | None = None
    value: tuple[Value, ...] | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DecisionReviewed(Data):
    """Somebody looked at the decision again and said what should become of it; that changes nothing by itself."""

    who: Party | None = None
    by: PersonRef | None = None
    conclusion: ReviewConclusion | None = None
    conclusion_words: Sealed | None = None
    words: Sealed | None = None
    review_by: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class DecisionVaried(Data):
    """A new decision changed this one from a date.

    A field given takes the place of the decision's own; `struck` names those that fall away; the rest holds.
    """

    by_decision: DecisionRef | None = None
    decision_makers: tuple[Party, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    text: Sealed | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    value: tuple[Value, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    report_to: tuple[Next, ...] | None = None
    review_by: When | None = None
    lead: Party | None = None
    struck: tuple[Label, ...] | None = None
    reasons: Sealed | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class DecisionSuperseded(Data):
    """Other decisions took the place of this one; written here once, in the stream of the older."""

    by_decisions: tuple[DecisionRef, ...] | None = None
    wholly: bool | None = None
    from_: When | None = field(default=None, name="from")
    reasons: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DecisionRescinded(Data):
    """A decider ended the decision. Standing orders often bar that within six months without notice."""

    by_decision: DecisionRef | None = None
    decision_makers: tuple[Party, ...] | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    from_: When | None = field(default=None, name="from")
    notice: Label | None = None
    reasons: Sealed | None = None
    words: Sealed | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    documents: tuple[Document, ...] | None = None


class DecisionLapsed(Data):
    """The decision ended by itself, with nobody deciding so."""

    cause: LapseCause | None = None
    cause_words: Sealed | None = None
    from_: When | None = field(default=None, name="from")
    documents: tuple[Document, ...] | None = None


class DecisionVoided(Data):
    """A court quashed the decision, or it was found to have been beyond the decider's powers."""

    who: Party | None = None
    wholly: bool | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    reasons: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "decision.taken": DecisionTaken,
    "decision.ratified": DecisionRatified,
    "decision.not_ratified": DecisionNotRatified,
    "decision.reported_back": DecisionReportedBack,
    "decision.published": DecisionPublished,
    "decision.called_in": DecisionCalledIn,
    "decision.call_in_concluded": DecisionCallInConcluded,
    "decision.stayed": DecisionStayed,
    "decision.taken_over": DecisionTakenOver,
    "decision.implemented": DecisionImplemented,
    "decision.reviewed": DecisionReviewed,
    "decision.varied": DecisionVaried,
    "decision.superseded": DecisionSuperseded,
    "decision.rescinded": DecisionRescinded,
    "decision.lapsed": DecisionLapsed,
    "decision.voided": DecisionVoided,
}

"""Delegations: who may exercise whose function, where, within what limits, and how that ended."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Condition, Document, Limit, Onward, Report, Scope
from decisionlog.domain.values import (
    Bound,
    Code,
    DecisionRef,
    DelegationRef,
    InstrumentRef,
    Label,
    Matter,
    MeetingRef,
    Party,
    PersonRef,
    PlaceRef,
    Sealed,
    When,
)
from decisionlog.domain.vocabulary import (
    Continuity,
    DelegationKind,
    Exclusivity,
    Exercise,
    Holders,
    LapseCause,
    ReviewConclusion,
)


class DelegationGranted(Data):
    """The exercise of functions, or of one matter, was given to somebody. Accountability hardly ever moves with it."""

    ref: Label | None = None
    issuer: Bound | None = None
    delegator: Party | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    delegates: tuple[Party, ...] | None = None
    exercise: Exercise | None = None
    scope: tuple[Scope, ...] | None = None
    matters: tuple[Matter, ...] | None = None
    words: Sealed | None = None
    kind: DelegationKind | None = None
    places: tuple[PlaceRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decision: DecisionRef | None = None
    parent: DelegationRef | None = None
    continues: tuple[DelegationRef, ...] | None = None
    exclusivity: Exclusivity | None = None
    limits: tuple[Limit, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    must_consult: tuple[Party, ...] | None = None
    reserved_matters: tuple[Sealed, ...] | None = None
    onward: Onward | None = None
    holders: Holders | None = None
    reporting: tuple[Report, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    review_by: When | None = None
    revocation: Sealed | None = None


class DelegationVaried(Data):
    """The terms changed from a date.

    A field given takes the place of the grant's own; `struck` names those that fall away; the rest holds.
    """

    by_decision: DecisionRef | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    delegates: tuple[Party, ...] | None = None
    exercise: Exercise | None = None
    scope: tuple[Scope, ...] | None = None
    matters: tuple[Matter, ...] | None = None
    words: Sealed | None = None
    places: tuple[PlaceRef, ...] | None = None
    exclusivity: Exclusivity | None = None
    limits: tuple[Limit, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    must_consult: tuple[Party, ...] | None = None
    reserved_matters: tuple[Sealed, ...] | None = None
    onward: Onward | None = None
    holders: Holders | None = None
    reporting: tuple[Report, ...] | None = None
    review_by: When | None = None
    revocation: Sealed | None = None
    struck: tuple[Label, ...] | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationSuspended(Data):
    """The delegation may not be used for a time, wholly or for some functions."""

    by_decision: DecisionRef | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    scope: tuple[Scope, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationResumed(Data):
    """A suspension (named by `of`) ended, and the delegation may be used again."""

    by_decision: DecisionRef | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationConsented(Data):
    """Whoever must agree before the power is passed on, agreed: to whom, and to which onward grant."""

    who: Party | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    delegates: tuple[Party, ...] | None = None
    delegation: DelegationRef | None = None
    scope: tuple[Scope, ...] | None = None
    conditions: tuple[Condition, ...] | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationRevoked(Data):
    """The delegation was taken back by whoever gave it."""

    by_decision: DecisionRef | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    notice: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationContinued(Data):
    """The delegation outlived a succession: for the parties named, or carried into other delegations."""

    delegator: Party | None = None
    delegates: tuple[Party, ...] | None = None
    parties: tuple[Bound, ...] | None = None
    continued_into: tuple[DelegationRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    continuity: Continuity | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationLapsed(Data):
    """The delegation ended by itself: its time ran out, a party was dissolved, the matter was done."""

    cause: LapseCause | None = None
    cause_words: Sealed | None = None
    from_: When | None = field(default=None, name="from")
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationReported(Data):
    """What was done under the delegation was reported to whoever is owed the report."""

    to: Party | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    period: Label | None = None
    decisions: tuple[DecisionRef, ...] | None = None
    next_due: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DelegationReviewed(Data):
    """Somebody looked at the delegation again and said what should become of it; that changes nothing by itself."""

    who: Party | None = None
    by: PersonRef | None = None
    conclusion: ReviewConclusion | None = None
    conclusion_words: Sealed | None = None
    review_by: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "delegation.granted": DelegationGranted,
    "delegation.varied": DelegationVaried,
    "delegation.suspended": DelegationSuspended,
    "delegation.resumed": DelegationResumed,
    "delegation.consented": DelegationConsented,
    "delegation.revoked": DelegationRevoked,
    "delegation.continued": DelegationContinued,
    "delegation.lapsed": DelegationLapsed,
    "delegation.reported": DelegationReported,
    "delegation.reviewed": DelegationReviewed,
}

"""Bodies: who constituted them, the terms they work under, and who sits on them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import (
    Composition,
    DatedCode,
    DecisionRule,
    Deputies,
    Document,
    QuorumRule,
    Rung,
    SignOff,
)
from decisionlog.domain.values import (
    Bound,
    Code,
    Count,
    DecisionRef,
    FunctionRef,
    InstrumentRef,
    Label,
    Member,
    OrganisationRef,
    Party,
    PlaceRef,
    Sealed,
    Stored,
    Text,
    When,
)
from decisionlog.domain.vocabulary import BodyKind, BodyPower, Departure, Role, Seat


class Parent(Stored):
    """One parent of a body: the organisation or body whose functions it exercises, by its own decision and power."""

    parent: Bound
    by_decision: DecisionRef | None = None
    functions: tuple[FunctionRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None


class BodyConstituted(Data):
    """A board, committee, joint committee or forum was set up, each parent by its own decision.

    A joint committee has no legal personality: it cannot contract, own or employ.
    """

    ref: Label | None = None
    issuer: Bound | None = None
    name: Text | None = None
    short_name: Text | None = None
    kind: BodyKind | None = None
    kind_words: Sealed | None = None
    places: tuple[PlaceRef, ...] | None = None
    parents: tuple[Parent, ...] | None = None
    host: OrganisationRef | None = None
    codes: tuple[DatedCode, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class BodyRenamed(Data):
    """The body goes by another name. It is the same body."""

    name: Text
    short_name: Text | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class BodyParentsChanged(Data):
    """Parents joined the body or left it."""

    parents_joined: tuple[Parent, ...] | None = None
    parents_left: tuple[Bound, ...] | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class BodyReconstituted(Data):
    """The same body was set up again after it had been dissolved."""

    name: Text | None = None
    short_name: Text | None = None
    kind: BodyKind | None = None
    kind_words: Sealed | None = None
    places: tuple[PlaceRef, ...] | None = None
    parents: tuple[Parent, ...] | None = None
    host: OrganisationRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class BodyTermsAdopted(Data):
    """Terms of reference were adopted; they hold whole until the next are."""

    version: Label | None = None
    document: Document | None = None
    instrument: InstrumentRef | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    from_: When | None = field(default=None, name="from")
    remit: Sealed | None = None
    can: BodyPower | None = None
    size: Count | None = None
    composition: tuple[Composition, ...] | None = None
    quorum_rule: QuorumRule | None = None
    decision_rules: tuple[DecisionRule, ...] | None = None
    deputies: Deputies | None = None
    sign_off: tuple[SignOff, ...] | None = None
    reserved_matters: tuple[Sealed, ...] | None = None
    must_consult: tuple[Party, ...] | None = None
    presiding_rule: Sealed | None = None
    escalation: tuple[Rung, ...] | None = None
    conflicts: Sealed | None = None
    reports_to: tuple[Party, ...] | None = None
    meets_in_public: bool | None = None
    term_rule: Sealed | None = None
    review_by: When | None = None


class BodyMemberAppointed(Data):
    """A person, or a post whose holder sits, took a seat: for whom, in which role, by which decision."""

    member: Member
    on_behalf_of: tuple[Bound, ...] | None = None
    role: Role | None = None
    role_words: Sealed | None = None
    voting: bool | None = None
    deputy_for: Member | None = None
    seat: Seat | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    term: Label | None = None
    weight: Count | None = None


class BodyMemberEnded(Data):
    """A seat (the appointment named by `of`) was given up, taken away or ran out."""

    departure: Departure | None = None
    departure_words: Sealed | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class BodyDissolved(Data):
    """The body ended; `to` says who takes on what it leaves."""

    by_decisions: tuple[DecisionRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    to: Party | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "body.constituted": BodyConstituted,
    "body.renamed": BodyRenamed,
    "body.parents_changed": BodyParentsChanged,
    "body.reconstituted": BodyReconstituted,
    "body.terms_adopted": BodyTermsAdopted,
    "body.member_appointed": BodyMemberAppointed,
    "body.member_ended": BodyMemberEnded,
    "body.dissolved": BodyDissolved,
}

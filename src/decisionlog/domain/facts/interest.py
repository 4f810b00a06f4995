"""The register of interests, and dispensations to take part despite one."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Access, Document
from decisionlog.domain.values import (
    BodyRef,
    Bound,
    Code,
    DecisionRef,
    InterestRef,
    Label,
    Matter,
    OrganisationRef,
    Party,
    PersonRef,
    Sealed,
    When,
)
from decisionlog.domain.vocabulary import Allowed, ConflictStatus, InterestKind


class InterestRegistered(Data):
    """A person entered an interest in a register, within 28 days of its arising.

    NHS Act 2006 s14Z30, or Localism Act 2011 s30-34: which of them goes by the body, not by the person.
    """

    ref: Label | None = None
    issuer: Bound | None = None
    by: PersonRef | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    capacity: Label | None = None
    kind: InterestKind | None = None
    kind_words: Sealed | None = None
    nature: Sealed | None = None
    held_in: tuple[OrganisationRef, ...] | None = None
    matters: tuple[Matter, ...] | None = None
    conflict: ConflictStatus | None = None
    conflict_words: Sealed | None = None
    arose: When | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    action: Sealed | None = None
    access: Access | None = None
    documents: tuple[Document, ...] | None = None


class InterestEnded(Data):
    """The interest is no longer held."""

    by: PersonRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class DispensationGranted(Data):
    """A person was allowed to speak, or to vote, despite an interest (Localism Act 2011 s33; SI 2012/2089 reg 12)."""

    ref: Label | None = None
    issuer: Bound | None = None
    person: PersonRef | None = None
    interest: InterestRef | None = None
    allows: Allowed | None = None
    allows_words: Sealed | None = None
    bodies: tuple[BodyRef, ...] | None = None
    matters: tuple[Matter, ...] | None = None
    who: Party | None = None
    by_decision: DecisionRef | None = None
    legal_basis: Code | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "interest.registered": InterestRegistered,
    "interest.ended": InterestEnded,
    "dispensation.granted": DispensationGranted,
}

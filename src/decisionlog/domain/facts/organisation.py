"""Organisations: the legal persons that hold functions, what they answer to, and who comes after them."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import DatedCode, Document, Successor
from decisionlog.domain.values import (
    Bound,
    Code,
    DecisionRef,
    FunctionRef,
    InstrumentRef,
    Label,
    Party,
    PlaceRef,
    Sealed,
    Text,
    When,
)
from decisionlog.domain.vocabulary import Continuity, Liabilities, OrganisationKind, Relation


class OrganisationRegistered(Data):
    """An organisation became known to the log. A place-based partnership is not a legal person: `legal_person` says."""

    ref: Label | None = None
    issuer: Bound | None = None
    name: Text | None = None
    short_name: Text | None = None
    kind: OrganisationKind | None = None
    kind_words: Sealed | None = None
    legal_person: bool | None = None
    codes: tuple[DatedCode, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class OrganisationRenamed(Data):
    """The organisation goes by another name. It is the same legal person."""

    name: Text
    short_name: Text | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class OrganisationCoded(Data):
    """Codes were given to the organisation, or ended. A code may pass to another legal person, so it is never a key."""

    codes: tuple[DatedCode, ...]
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class OrganisationRelated(Data):
    """The organisation answers to another, is part of it, is hosted by it, or lies in its area."""

    relation: Relation | None = None
    relation_words: Sealed | None = None
    to: Party | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class OrganisationRelationEnded(Data):
    """A relation (named by `of`) no longer holds."""

    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class OrganisationSucceeded(Data):
    """Others took over the organisation, each the whole or some places and functions, on a stated basis."""

    successors: tuple[Successor, ...]
    from_: When | None = field(default=None, name="from")
    ends: bool | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    continuity: Continuity | None = None
    liabilities: Liabilities | None = None
    words: Sealed | None = None


class OrganisationDissolved(Data):
    """The organisation ended."""

    by_decision: DecisionRef | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "organisation.registered": OrganisationRegistered,
    "organisation.renamed": OrganisationRenamed,
    "organisation.coded": OrganisationCoded,
    "organisation.related": OrganisationRelated,
    "organisation.relation_ended": OrganisationRelationEnded,
    "organisation.succeeded": OrganisationSucceeded,
    "organisation.dissolved": OrganisationDissolved,
}

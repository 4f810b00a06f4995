"""Posts: offices that outlast their holders. Power is given to a post; who held it on the day is computed."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.values import (
    Bound,
    Code,
    DecisionRef,
    InstrumentRef,
    Label,
    Member,
    OrganisationRef,
    Party,
    PersonRef,
    Sealed,
    Text,
    When,
)
from decisionlog.domain.vocabulary import Departure, HolderBasis


class PostEstablished(Data):
    """A post was set up in an organisation, or jointly in several."""

    ref: Label | None = None
    issuer: Bound | None = None
    name: Text | None = None
    organisation: OrganisationRef | None = None
    jointly_with: tuple[OrganisationRef, ...] | None = None
    reports_to: tuple[Party, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class PostRenamed(Data):
    """The post goes by another name. It is the same post."""

    name: Text
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None


class PostFilled(Data):
    """A person took the post: for good, acting, as an interim or deputising, which may bear on what they may use."""

    person: PersonRef
    basis: HolderBasis | None = None
    basis_words: Sealed | None = None
    deputy_for: Member | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class PostVacated(Data):
    """The holder (of the filling named by `of`) left the post."""

    departure: Departure | None = None
    departure_words: Sealed | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class PostAbolished(Data):
    """The post ended; `to` says who takes on its work."""

    to: Party | None = None
    by_decision: DecisionRef | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "post.established": PostEstablished,
    "post.renamed": PostRenamed,
    "post.filled": PostFilled,
    "post.vacated": PostVacated,
    "post.abolished": PostAbolished,
}

"""Instruments: orders, constitutions, schemes of delegation, agreements. A memorandum alone gives nothing."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Access, Document
from decisionlog.domain.values import (
    Bound,
    Code,
    DecisionRef,
    FunctionRef,
    InstrumentRef,
    Label,
    PlaceRef,
    Sealed,
    SealedLine,
    Stored,
    Text,
    When,
)
from decisionlog.domain.vocabulary import Continuity, InstrumentKind


class Clause(Stored):
    """One clause of an instrument, as far as it matters here."""

    clause: Label
    title: SealedLine | None = None
    functions: tuple[FunctionRef, ...] | None = None
    words: Sealed | None = None


class InstrumentAdopted(Data):
    """An instrument was made, signed or adopted, in one version, by its parties."""

    ref: Label | None = None
    issuer: Bound | None = None
    name: Text | None = None
    kind: InstrumentKind | None = None
    kind_words: Sealed | None = None
    version: Label | None = None
    document: Document | None = None
    parties: tuple[Bound, ...] | None = None
    clauses: tuple[Clause, ...] | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    legal_basis: Code | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    review_by: When | None = None
    revocation: Sealed | None = None
    access: Access | None = None
    words: Sealed | None = None


class InstrumentAmended(Data):
    """Clauses of the instrument were changed, by another instrument or by decisions."""

    amended_by: InstrumentRef | None = None
    clauses: tuple[Clause, ...] | None = None
    version: Label | None = None
    document: Document | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    review_by: When | None = None
    reason: Sealed | None = None
    words: Sealed | None = None


class InstrumentPartiesChanged(Data):
    """Parties acceded to the instrument or withdrew. A new member of a body is not bound until it accedes."""

    parties_joined: tuple[Bound, ...] | None = None
    parties_left: tuple[Bound, ...] | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class InstrumentReplaced(Data):
    """Another instrument took the place of this one; `continuity` is what it says of acts done under this one."""

    replaced_by: InstrumentRef | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    clause: Label | None = None
    continuity: Continuity | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class InstrumentEnded(Data):
    """The instrument expired, was terminated or was revoked, with nothing in its place."""

    on_behalf_of: tuple[Bound, ...] | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    legal_basis: Code | None = None
    clause: Label | None = None
    notice: Label | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "instrument.adopted": InstrumentAdopted,
    "instrument.amended": InstrumentAmended,
    "instrument.parties_changed": InstrumentPartiesChanged,
    "instrument.replaced": InstrumentReplaced,
    "instrument.ended": InstrumentEnded,
}

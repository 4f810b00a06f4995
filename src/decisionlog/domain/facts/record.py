"""Facts about the record itself, each in the stream of what it is about. They change what is read, never a decision."""

from __future__ import annotations

from collections.abc import Mapping

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Access, By, Change, Document
from decisionlog.domain.values import (
    AnyRef,
    Anything,
    Bound,
    Code,
    DecisionRef,
    InstrumentRef,
    Label,
    PersonRef,
    Pointer,
    Sealed,
    When,
)


class RecordCorrected(Data):
    """The record of a fact was wrong, and what it should say; the fact, never a correction, is named by `of`.

    A `was` that is not the value as now corrected is a conflict.
    """

    changes: tuple[Change, ...]
    reason: Sealed | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


class RecordRetracted(Data):
    """The fact named by `of` should not have been recorded: the wrong file, a duplicate, or its source dropped it."""

    reason: Sealed | None = None
    dropped_by_source: bool | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


class RecordRenumbered(Data):
    """The thing has another reference from now on; the old ones still lead to it."""

    ref: Label
    issuer: Bound | None = None
    reason: Sealed | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


class RecordMerged(Data):
    """Two keys are one thing: this stream's is given up, and `into` names the one that stands."""

    into: AnyRef
    reason: Sealed | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


class RecordContradicted(Data):
    """Another source differs on one field of the fact named by `of`. It decides nothing between them."""

    path: Pointer
    says: Anything = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class RecordAccessChanged(Data):
    """What may be shown changed, for the fact named by `of`, or for all of this stream (Sch 12A LGA 1972)."""

    access: Access
    paths: tuple[Pointer, ...] | None = None
    release_on: When | None = None
    by_decision: DecisionRef | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


class RecordValueErased(Data):
    """Sealed values of the fact named by `of` were emptied from the vault; commitments remain (UK GDPR art 17).

    `by_decision` is the disposal decision that it rests on. A path is into `data`; `/source/...` is into the envelope.
    """

    paths: tuple[Pointer, ...]
    person: PersonRef | None = None
    by_decision: DecisionRef | None = None
    legal_basis: Code | None = None
    reason: Sealed | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


class RecordHoldPlaced(Data):
    """Nothing sealed here may be erased for now, as under a public inquiry."""

    instrument: InstrumentRef | None = None
    legal_basis: Code | None = None
    review_by: When | None = None
    reason: Sealed | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


class RecordHoldLifted(Data):
    """A hold (named by `of`) no longer bars erasure."""

    reason: Sealed | None = None
    on_authority: By | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "record.corrected": RecordCorrected,
    "record.retracted": RecordRetracted,
    "record.renumbered": RecordRenumbered,
    "record.merged": RecordMerged,
    "record.contradicted": RecordContradicted,
    "record.access_changed": RecordAccessChanged,
    "record.value_erased": RecordValueErased,
    "record.hold_placed": RecordHoldPlaced,
    "record.hold_lifted": RecordHoldLifted,
}

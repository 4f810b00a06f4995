"""Functions: what somebody must or may do for people, and on whom the law or an agreement places the duty."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Document
from decisionlog.domain.values import (
    Bound,
    Code,
    DecisionRef,
    FunctionRef,
    Holder,
    InstrumentRef,
    Label,
    Party,
    PlaceRef,
    Sealed,
    Text,
    When,
)


class FunctionCatalogued(Data):
    """A function was entered in the catalogue, beneath its parent where it has one."""

    ref: Label | None = None
    issuer: Bound | None = None
    name: Text | None = None
    parent: FunctionRef | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class FunctionDutyPlaced(Data):
    """The law, an order or an agreement placed the function on a holder: the root of every chain of authority.

    One function may have several duty-holders; each is a fact of its own.
    """

    holder: Holder
    places: tuple[PlaceRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decision: DecisionRef | None = None
    must_consult: tuple[Party, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class FunctionDutyEnded(Data):
    """A duty (the placing named by `of`) no longer lies on that holder; `to` says who has it now, if that is known."""

    to: Party | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decision: DecisionRef | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "function.catalogued": FunctionCatalogued,
    "function.duty_placed": FunctionDutyPlaced,
    "function.duty_ended": FunctionDutyEnded,
}

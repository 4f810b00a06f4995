"""Funds: whose money it is, who holds it for whom, and who puts in what."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.facts.parts import Document, Money, Report
from decisionlog.domain.values import (
    Bound,
    Code,
    DecisionRef,
    FunctionRef,
    InstrumentRef,
    Label,
    MeetingRef,
    OrganisationRef,
    Party,
    PersonRef,
    PlaceRef,
    Sealed,
    Stored,
    Text,
    When,
)
from decisionlog.domain.vocabulary import FundKind, MoneyKind, Recurrence


class Contribution(Stored):
    """What one party puts into the fund."""

    partner: Bound
    money: Money | None = None
    kind: MoneyKind | None = None
    recurrence: Recurrence | None = None
    period: Label | None = None
    words: Sealed | None = None


class FundEstablished(Data):
    """A fund was set up: pooled, aligned, delegated, own, or only in view (SI 2000/617 reg 7 for a pooled fund)."""

    ref: Label | None = None
    issuer: Bound | None = None
    name: Text | None = None
    kind: FundKind | None = None
    kind_words: Sealed | None = None
    host: OrganisationRef | None = None
    manager: Party | None = None
    parties: tuple[Bound, ...] | None = None
    contributions: tuple[Contribution, ...] | None = None
    functions: tuple[FunctionRef, ...] | None = None
    places: tuple[PlaceRef, ...] | None = None
    legal_basis: Code | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    reporting: tuple[Report, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    review_by: When | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class FundContributionChanged(Data):
    """Parties put in more or less. Each contribution given takes the place of that party's own."""

    contributions: tuple[Contribution, ...]
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    from_: When | None = field(default=None, name="from")
    until: When | None = None
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class FundPartiesChanged(Data):
    """Parties joined the fund or left it."""

    parties_joined: tuple[Bound, ...] | None = None
    parties_left: tuple[Bound, ...] | None = None
    contributions: tuple[Contribution, ...] | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class FundReported(Data):
    """How the fund stands was reported: quarterly and annually for a council's NHS functions (SI 2000/617 reg 9)."""

    to: Party | None = None
    by: PersonRef | None = None
    capacity: Label | None = None
    period: Label | None = None
    spent: Money | None = None
    committed: Money | None = None
    forecast: Money | None = None
    balance: Money | None = None
    next_due: When | None = None
    meeting: MeetingRef | None = None
    item: Label | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


class FundClosed(Data):
    """The fund ended; `balance` is what was left, and `to` who has it."""

    to: Party | None = None
    balance: Money | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    by_decisions: tuple[DecisionRef, ...] | None = None
    from_: When | None = field(default=None, name="from")
    reason: Sealed | None = None
    words: Sealed | None = None
    documents: tuple[Document, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "fund.established": FundEstablished,
    "fund.contribution_changed": FundContributionChanged,
    "fund.parties_changed": FundPartiesChanged,
    "fund.reported": FundReported,
    "fund.closed": FundClosed,
}

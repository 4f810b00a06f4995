"""The parts that several types of fact share. Those of votes and of a body's terms have their own pages."""

from __future__ import annotations

from msgspec import field

from decisionlog.domain.facts.terms import Composition, DecisionRule, Deputies, QuorumRule, Rung, SignOff
from decisionlog.domain.facts.voting import Ballot, Counts, Motion, Paper, Round, Vote, Votes
from decisionlog.domain.values import (
    Anything,
    BodyRef,
    Bound,
    Code,
    Count,
    DecisionRef,
    DelegationRef,
    FunctionRef,
    FundRef,
    InstrumentRef,
    Label,
    MeetingRef,
    OrganisationRef,
    Party,
    PersonRef,
    PlaceRef,
    Pointer,
    ProposalRef,
    Sealed,
    SealedLine,
    Sha256,
    Stored,
    Uri,
    When,
    Whole,
)
from decisionlog.domain.vocabulary import (
    AccessLevel,
    AskedNext,
    AuthorityKind,
    BindingKind,
    ConditionKind,
    DecisionLink,
    InterestKind,
    MoneyKind,
    OnwardRule,
    Operator,
    Presence,
    PresenceMode,
    Recurrence,
    RelatedLink,
    Role,
    Takes,
    Vat,
)

__all__ = [
    "Access", "Attendee", "Authority", "Ballot", "Binding", "By", "Change", "Composition", "Condition", "Consulted",
    "Counts", "DatedCode", "DecisionRule", "Deputies", "Document", "EnBloc", "Identifier", "Interest", "Interval",
    "Limit", "Link", "Money", "Motion", "Next", "OnProposal", "Onward", "Option", "Paper", "Presiding", "Quorum",
    "QuorumRule", "Related", "Report", "Round", "Route", "Rung", "Scope", "SignOff", "Successor", "Urgency", "Value",
    "Vote", "Votes",
]  # fmt: skip


class Access(Stored):
    """Open or exempt, with the paragraphs of Schedule 12A LGA 1972, and when to look again: an exemption ends."""

    level: AccessLevel
    paragraphs: tuple[Label, ...] | None = None
    reason: Sealed | None = None
    review_on: When | None = None


class Identifier(Stored):
    """A number that the thing carries elsewhere."""

    scheme: Label
    code: Label


class DatedCode(Stored):
    """A code in a published scheme and when it held: one code may name another legal person later (ODS, GSS)."""

    scheme: Label
    code: Label
    from_: When | None = field(default=None, name="from")
    until: When | None = None


class Document(Stored):
    """A paper, a minute, a notice: its title, its address, its digest, and the pages meant."""

    title: SealedLine | None = None
    uri: Uri | None = None
    sha256: Sha256 | None = None
    pages: Label | None = None


class Money(Stored):
    """An amount in pence, or in the currency's own hundredth."""

    amount: Whole
    currency: Label


class Value(Stored):
    """Money committed or asked for, with its basis and its fund."""

    money: Money
    recurrence: Recurrence | None = None
    kind: MoneyKind | None = None
    fund: FundRef | None = None


class Limit(Stored):
    """A money limit: the operator says whether the amount itself is within it."""

    money: Money | None = None
    operator: Operator | None = None
    per: Label | None = None
    vat: Vat | None = None
    kind: MoneyKind | None = None
    fund: FundRef | None = None
    words: Sealed | None = None


class Scope(Stored):
    """A function given, with what it includes and what it leaves out."""

    function: FunctionRef
    includes: tuple[Sealed, ...] | None = None
    excludes: tuple[Sealed, ...] | None = None


class Onward(Stored):
    """Whether a delegated power may be passed on, and with whose consent."""

    rule: OnwardRule
    consent_of: tuple[Party, ...] | None = None
    words: Sealed | None = None


class Authority(Stored):
    """What was relied on to bind one organisation: a power, a delegation, a clause."""

    on_behalf_of: tuple[Bound, ...] | None = None
    legal_basis: Code | None = None
    delegation: DelegationRef | None = None
    instrument: InstrumentRef | None = None
    clause: Label | None = None
    words: Sealed | None = None


class Binding(Stored):
    """The authority of whoever spoke to bind the partner, or whose approval is still to come."""

    kind: BindingKind | None = None
    delegation: DelegationRef | None = None
    decision: DecisionRef | None = None
    member_of: BodyRef | None = None
    body: BodyRef | None = None
    words: Sealed | None = None


class By(Stored):
    """On whose authority the record is changed."""

    kind: AuthorityKind
    meeting: MeetingRef | None = None
    who: Party | None = None
    words: Sealed | None = None


class Change(Stored):
    """One field of a correction. `was` absent: not recorded before; `now` absent: struck from the record."""

    path: Pointer
    was: Anything = None
    now: Anything = None


class Condition(Stored):
    """What something is subject to. Its id is how it is accepted, discharged, failed or waived later."""

    id: Label
    words: Sealed
    kind: ConditionKind | None = None
    falls_to: tuple[Party, ...] | None = None
    due: When | None = None


class Consulted(Stored):
    """Somebody consulted, when, and with what view. Consultation is not co-decision."""

    who: Party
    on: When | None = None
    view: Sealed | None = None


class Report(Stored):
    """A duty to report: to whom, how often, when next."""

    to: Party | None = None
    every: Label | None = None
    next_due: When | None = None


class Next(Stored):
    """Where the matter goes next: to whom, to do what, at which meeting, by when."""

    to: Party | None = None
    asked_to: AskedNext | None = None
    meeting: MeetingRef | None = None
    due: When | None = None
    words: Sealed | None = None


class OnProposal(Stored):
    """A proposal, with the version that was before the decider."""

    proposal: ProposalRef
    version: Label | None = None


class Related(Stored):
    """Another proposal, and how this one stands to it."""

    proposal: ProposalRef
    link: RelatedLink


class Route(Stored):
    """Where a paper has been before: the approval route of an NHS cover sheet."""

    who: Party | None = None
    on: When | None = None
    purpose: Label | None = None
    words: Sealed | None = None


class Option(Stored):
    """An option put to the decider."""

    words: Sealed
    preferred: bool | None = None


class Link(Stored):
    """Another decision, and how this one stands to it."""

    decision: DecisionRef
    link: DecisionLink


class EnBloc(Stored):
    """Items carried in one decision, and those taken out of it."""

    excepted: tuple[Label, ...]
    covers: tuple[Label, ...] | None = None
    decisions: tuple[DecisionRef, ...] | None = None


class Urgency(Stored):
    """Why it could not wait, who agreed, and whether call-in was excluded."""

    ground: Sealed | None = None
    agreed_by: tuple[Party, ...] | None = None
    exempt_from_call_in: bool | None = None


class Interest(Stored):
    """An interest declared, and what was done about it (SI 2012/2089 reg 12; NHS Act 2006 s14Z30)."""

    by: PersonRef
    nature: Sealed | None = None
    kind: InterestKind | None = None
    action: Sealed | None = None
    dispensation: Sealed | None = None


class Interval(Stored):
    """From when to when somebody was there; absent: from the opening, to the close."""

    arrived: When | None = None
    left: When | None = None


class Attendee(Stored):
    """One person whom the record of a meeting names: for whom, in which role, and whether there."""

    by: PersonRef | None = None
    on_behalf_of: tuple[Bound, ...] | None = None
    role: Role | None = None
    role_words: Sealed | None = None
    voting: bool | None = None
    presence: Presence | None = None
    mode: PresenceMode | None = None
    deputy_for: PersonRef | None = None
    intervals: tuple[Interval, ...] | None = None
    words: Sealed | None = None


class Presiding(Stored):
    """Who presided, in which hat, for which items or hours."""

    by: PersonRef | None = None
    capacity: Label | None = None
    items: tuple[Label, ...] | None = None
    interval: Interval | None = None


class Quorum(Stored):
    """Quorum as minuted; the check computes its own."""

    quorate: bool | None = None
    counted: Count | None = None
    words: Sealed | None = None


class Successor(Stored):
    """Who took over, and what: the whole, or some places and functions."""

    organisation: OrganisationRef
    takes: Takes | None = None
    places: tuple[PlaceRef, ...] | None = None
    functions: tuple[FunctionRef, ...] | None = None
    words: Sealed | None = None

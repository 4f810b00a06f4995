"""Answers: plain values that say what was found, on what basis, by which facts. Printing them is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from decisionlog.domain.saying import Said


@dataclass(frozen=True)
class Basis:
    """What an answer rests on: which log, both times, how far it was read, what its root was then."""

    log: str
    """The log's origin."""
    as_at: str
    known_at: str
    clock: str
    """`log`, or `source`: the times at which the sources first said things."""
    position: int
    root: str
    """The root of the tree over the facts up to `position`, in hexadecimal."""
    rules: str


@dataclass(frozen=True)
class Listed:
    """One thing in a list."""

    stream: str
    ref: str
    issuer: str
    title: str
    """Its open name or its title; empty where it has none, `withheld` where it was sealed and is not opened here."""
    state: str
    status: str
    """The label that the source itself uses; it decides nothing."""
    opened_on: str
    state_on: str
    from_: str
    until: str
    possible: str
    """Why the state is only possible on the day asked about; empty where it is certain."""
    level: str
    """Of a place: system, place or neighbourhood."""
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Listing:
    """What `list` answers."""

    basis: Basis
    kind: str
    items: tuple[Listed, ...]
    left_out: int = 0
    """How many more there are, beyond the limit that was asked for."""
    notes: tuple[str, ...] = ()
    """What a reader must know of what is not in the list."""


@dataclass(frozen=True)
class Value:
    """One field of a fact as a reader sees it: opened where it was sealed and can be opened."""

    name: str
    value: Any
    """Plain JSON; `withheld` commitments are `{"$private": digest}`."""


@dataclass(frozen=True)
class FactShown:
    """One fact, told."""

    position: int
    type: str
    stream: str
    n: int
    on: str
    """When it happened, as recorded; `not recorded` where it is not."""
    recorded_at: str
    recorded_by: str
    said_at: str
    """When the source first said it; empty where no source says."""
    headline: str
    """One sentence in plain words: `Approved by body:northmoor-cabinet, on behalf of organisation:northmoor-council.`"""
    data: dict[str, Any]
    of: str
    source: str
    notes: tuple[Said, ...] = ()
    """Corrected, retracted, disputed, contested, same day: what a reader must know about this fact."""
    said: Said = ()
    """The headline before it is printed: with the things, days and words that it names."""


@dataclass(frozen=True)
class Line:
    """One line of a section: what it is about, what is said of it, and by which facts."""

    said: Said
    evidence: tuple[int, ...] = ()
    label: str = ""
    more: tuple[Said, ...] = ()
    """What stands below it: words, notes."""


@dataclass(frozen=True)
class Section:
    """One part of a page about a thing."""

    title: str
    lines: tuple[Line, ...]
    left_out: int = 0
    """How many more there are than are shown."""
    none: str = ""
    """What is said where there is no line; a section without it is left out then."""


@dataclass(frozen=True)
class Person:
    """Who sits or holds on a day, by which fact."""

    who: str
    name: str
    role: str
    on_behalf_of: tuple[str, ...]
    since: str
    until: str
    possible: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Shown:
    """What `show` answers: one thing as it stood, as it was known."""

    basis: Basis
    thing: Listed
    facts: tuple[FactShown, ...]
    """Its facts up to the day asked about, in the order of the acts."""
    fields: dict[str, Any]
    """What its opening fact says, as corrected, opened where it can be."""
    people: tuple[Person, ...]
    """Of a body, its members; of a post, its holders; on the day asked about."""
    cited_by: tuple[FactShown, ...]
    """Facts of other things that name it."""
    names: dict[str, str]
    """What the references in the answer are called."""
    notes: tuple[str, ...]
    evidence: tuple[int, ...]
    opening: tuple[Said, ...] = ()
    """What a reader should see first, in sentences."""
    sections: tuple[Section, ...] = ()
    told: frozenset[str] = frozenset()
    """The fields of the opening fact that the sections tell already."""
    decided: Decided | None = None
    """Of a decision: who decided it, for whom, under what authority."""


@dataclass(frozen=True)
class History:
    """What `history` answers: every fact that concerns a thing, also those corrected or retracted, in the order of the acts."""

    basis: Basis
    stream: str
    items: tuple[FactShown, ...]
    names: dict[str, str]
    left_out: int = 0
    """How many earlier facts of other things there are."""


@dataclass(frozen=True)
class DecisionMaker:
    """Who decided: the body, the post or the person, for whom, through which people."""

    body: str
    post: str
    person: str
    organisation: str
    name: str
    on_behalf_of: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True)
class Hop:
    """One link of a chain of authority, with what proves it."""

    from_: str
    to: tuple[str, ...]
    legal_basis: str
    instrument: str
    clause: str
    limits: tuple[Any, ...]
    valid: str
    """`in force`, `not in force`, `possible` or `not recorded`, on the day of the decision, as known; with why."""
    delegation: str
    words: str
    evidence: tuple[int, ...]
    step: int = 0
    """0 for the authority that was relied on; 1 for what that rests on, and so on."""
    rests: str = ""
    """Of a step above: how it is known that the one below rests on it; it begins with `possible:` where it is not recorded."""


@dataclass(frozen=True)
class ConditionShown:
    """A condition, and how it stands."""

    id: str
    words: str
    kind: str
    falls_to: tuple[str, ...]
    due: str
    state: str
    """`stated`, `accepted`, `refused`, `discharged`, `failed` or `waived`."""
    state_on: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class PositionTaken:
    """What one partner said of the proposal."""

    on_behalf_of: tuple[str, ...]
    by: str
    capacity: str
    position: str
    words: str
    conditions: tuple[str, ...]
    """What the support is subject to, each by its id and words."""
    version: str
    on: str
    current: bool
    """Neither withdrawn nor replaced."""
    evidence: tuple[int, ...]
    stale: bool = False
    """Taken on another version than the one that was decided, or that is current."""
    stage: str = ""
    binding: str = ""
    """The authority of whoever spoke to bind the partner: `own-authority`, `subject-to-body` ..."""
    condition_states: tuple[ConditionShown, ...] = ()
    after: bool = False
    """Taken after the day of the decision."""
    given_up_before: bool = False
    """Withdrawn or replaced by the day of the decision."""
    corrected_by: tuple[int, ...] = ()
    """The facts that corrected what is recorded of it."""


@dataclass(frozen=True)
class DisagreementShown:
    """A disagreement about what was decided, and how it stands."""

    stream: str
    ref: str
    on_behalf_of: tuple[str, ...]
    by: str
    grounds: str
    state: str
    dissent: str
    """The dissent in the partner's own words, where it was recorded."""
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Decided:
    """One determination: who made it, for whom, under what authority, who agreed and who did not."""

    decision: dict[str, Any]
    """`stream`, `ref`, `title`, `outcome`, `on`, `text`, `proposals`, `state` and what else was recorded of it."""
    decision_makers: tuple[DecisionMaker, ...]
    """Empty: not recorded."""
    authority: tuple[Hop, ...]
    positions: tuple[PositionTaken, ...]
    disagreements: tuple[DisagreementShown, ...]
    interests: tuple[dict[str, Any], ...]
    interests_asked: bool
    """Interests were asked for, so that an empty list means that none was declared."""
    findings: tuple[dict[str, Any], ...]
    notes: tuple[Said, ...]
    evidence: tuple[int, ...]
    conditions: tuple[ConditionShown, ...] = ()
    later: tuple[FactShown, ...] = ()
    """What happened to the decision since, without facts about the record."""
    present: Presence | None = None
    """Of a decision by a body at a meeting, who was there, where that is recorded."""


@dataclass(frozen=True)
class Presence:
    """Who was present at a meeting, as far as the people are named, and by which facts."""

    meeting: str
    people: tuple[str, ...]
    unnamed: bool
    """Somebody was present whom the record does not name."""
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class WhoDecided:
    """What `who decided` answers; several determinations for a proposal or a meeting's item, none where none was made."""

    basis: Basis
    asked: str
    of_a_decision: bool
    items: tuple[Decided, ...]
    in_place: tuple[Hop, ...]
    """Of a proposal: the delegations of it that were granted, whether or not a decision rests on them."""
    names: dict[str, str]
    notes: tuple[str, ...] = ()
    item: str = ""
    """The item of a meeting, where one was asked about."""


@dataclass(frozen=True)
class Entry:
    """One fact as the log holds it: the very bytes, and their leaf hash in hexadecimal."""

    position: int
    hash: str
    line: bytes


@dataclass(frozen=True)
class ModelStatus:
    """Where one read model stands."""

    name: str
    version: int
    position: int
    behind: int
    serving: bool
    stopped: str


@dataclass(frozen=True)
class Status:
    """What `status` answers."""

    basis: Basis
    name: str
    place: str
    size: int
    last_recorded_at: str
    kinds: dict[str, int]
    types: dict[str, int]
    unread: dict[str, int]
    """Facts that this version does not know, by type: kept, and shown raw."""
    models: tuple[ModelStatus, ...]


@dataclass(frozen=True)
class Check:
    """One line of `doctor`: `ok`, `warn` or `fail`, what was looked at, what was found, and the remedy."""

    state: str
    name: str
    found: str
    remedy: str = ""


@dataclass(frozen=True)
class Doctor:
    """What `doctor` answers."""

    place: str
    basis: Basis
    checks: tuple[Check, ...]

"""What `who decided` answers: determinations, each with its chain of authority, and who agreed and who did not."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.authority.outcomes import Test
from decisionlog.domain.saying import Said


class DecisionMaker(Struct, frozen=True):
    """Who decided: the body, the post or the person, for whom, through which people."""

    body: str
    post: str
    person: str
    organisation: str
    name: str
    on_behalf_of: tuple[str, ...]
    people: tuple[str, ...]


class Hop(Struct, frozen=True):
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
    kind: str = "delegation"
    """`delegation`; or, of a step above, `acts` (a body acts for its parent), `duty` or `succession`."""
    reference: str = ""
    """Of a duty its function; of a body that acts, the body."""
    tests: tuple[Test, ...] = ()
    """What was tested of the step on the day of the decision, where the way up to the duty is on record."""


class ConditionShown(Struct, frozen=True):
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


class PositionTaken(Struct, frozen=True):
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


class DisagreementShown(Struct, frozen=True):
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


class Decided(Struct, frozen=True):
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
    findings: tuple[FindingTold, ...]
    """What does not add up about it: of itself, of its meeting and its papers where they rest on it."""
    notes: tuple[Said, ...]
    evidence: tuple[int, ...]
    conditions: tuple[ConditionShown, ...] = ()
    later: tuple[FactShown, ...] = ()
    """What happened to the decision since, without facts about the record."""
    present: Presence | None = None
    """Of a decision by a body at a meeting, who was there, where that is recorded."""


class Presence(Struct, frozen=True):
    """Who was present at a meeting, as far as the people are named, and by which facts."""

    meeting: str
    people: tuple[str, ...]
    unnamed: bool
    """Somebody was present whom the record does not name."""
    evidence: tuple[int, ...]


class WhoDecided(Struct, frozen=True):
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

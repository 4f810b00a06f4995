"""What each type of fact asks for before one is recorded by a command of its own: the table of behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Final

from decisionlog.commands import (
    answering,
    conditions,
    correct,
    delegate,
    disagree,
    follow_up,
    holds,
    opening,
    set_access,
    sign_off,
    withdraw,
)
from decisionlog.commands import decide as deciding
from decisionlog.commands.acts import Act, Decide, Decided
from decisionlog.commands.requests import check
from decisionlog.domain.days import NotADate, span
from decisionlog.domain.facts import OPENING
from decisionlog.domain.refusals import Mistake, Mistakes
from decisionlog.store.log import Log

RULES: Final[Mapping[str, Decide]] = {
    "proposal.position_taken": sign_off.decide,
    "proposal.position_withdrawn": withdraw.decide,
    "disagreement.raised": disagree.decide,
    "decision.taken": deciding.decide,
    "delegation.granted": delegate.decide,
    "condition.accepted": conditions.decide,
    "condition.refused": conditions.decide,
    "condition.discharged": conditions.decide,
    "condition.failed": conditions.decide,
    "condition.waived": conditions.decide,
    "finding.explained": answering.decide,
    "finding.accepted": answering.decide,
    "finding.waived": answering.decide,
    "finding.waiver_ended": answering.end_waiver,
    "record.corrected": correct.correct,
    "record.retracted": correct.retract,
    "record.access_changed": set_access.change,
    "record.hold_lifted": holds.lift,
}
"""The types with rules of their own. Every other one opens a thing, or says what happened to it since."""


def decide(log: Log, act: Act) -> Decided:
    """The one fact that a request becomes. It is decided once; reading the fact back never asks again.

    Raises `Refusal`, `NotFound` and `BadInput`; whatever else is wrong is found when it is recorded.
    """
    _require_a_day(act, log.zone)
    rule = RULES.get(act.type) or (opening.decide if act.type in OPENING else follow_up.decide)
    return rule(log, act)


def wrong_day(on: str | None, zone: tzinfo) -> list[Mistake]:
    """The mistake where this is no day, no time and no partial date."""
    if on is None:
        return []
    try:
        span(on, zone)
    except NotADate as wrong:
        return [Mistake("on", str(wrong))]
    return []


def _require_a_day(act: Act, zone: tzinfo) -> None:
    """Refuse what is no day before anything is looked up for it. Raises `Mistakes`, also with what is wrong of its shape."""
    if wrong := wrong_day(act.on or None, zone):
        shape = (Mistake(*found) for found in check(act.type, act.data, zone)[1])
        raise Mistakes([*wrong, *(one for one in shape if not one.sentence.endswith("is missing."))])

"""Whether a disagreement was settled before others decided."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.meetings.business import proposals_of
from decisionlog.checks.put_right import is_theirs_to_decide, put_right
from decisionlog.checks.record import Act, Record, Told
from decisionlog.domain.days import same_day_unordered
from decisionlog.domain.facts.disagreement import (
    DisagreementDissentRecorded,
    DisagreementEscalated,
    DisagreementOverruled,
    DisagreementParked,
    DisagreementRaised,
    DisagreementReconciled,
    DisagreementUpheld,
    DisagreementWithdrawn,
)
from decisionlog.domain.saying import Named, Said, joined

_SETTLES: Final = (
    DisagreementReconciled,
    DisagreementUpheld,
    DisagreementOverruled,
    DisagreementWithdrawn,
    DisagreementDissentRecorded,
    DisagreementParked,
)
"""What ends a disagreement, or puts it to rest for a while."""
_IN_PART: Final = "approved-in-part"


def unresolved_disagreement(record: Record, decision: str) -> Iterator[Tripped]:
    """GL21: a disagreement about the proposal was open when it was decided; graver, where it bars a decision."""
    taken = determination(record, decision)
    if taken is None or not taken.binds or not taken.dated:
        return
    for proposal in proposals_of(taken):
        for raised in record.naming(proposal, DisagreementRaised, "about"):
            if raised.at.earliest <= taken.last:
                yield from _open(record, taken, proposal, raised)


def _open(record: Record, taken: Determination, proposal: str, raised: Act[DisagreementRaised]) -> Iterator[Tripped]:
    told = record.of(raised.fact.stream)
    barred = bool(raised.data.bars_decision)
    settled = settled_by(told, parked=not barred)
    if settled is not None and settled.at.earliest <= taken.last:
        return
    if not barred and (_is_to_settle_it(told, taken) or _is_their_own(taken, raised)):
        return
    said, evidenced = _said(record, taken, proposal, raised)
    until = put_right(record, taken, taken.bound, partial(_is_settled_first, record, taken, settled), reviews=True)
    severity = None if barred else Severity.WARNING
    yield Tripped(said, (taken.position, raised.position), taken.first, until, severity, evidenced)


def _said(record: Record, taken: Determination, proposal: str, raised: Act[DisagreementRaised]) -> tuple[Said, bool]:
    """What is to be said of an open disagreement, and whether the record shows it."""
    disagreed: Said = (*_who(raised), " disagreed with ", Named(proposal))
    if not raised.on or same_day_unordered(raised.on, taken.taken.on, record.zone):
        return ("whether it was decided before ", *disagreed, " is not recorded"), False
    if raised.data.bars_decision:
        return (*disagreed, ", and it had not been settled when decided, which bars a decision"), True
    if taken.data.outcome == _IN_PART:
        return (*disagreed, ", and whether the part that was approved is in dispute is for people to read"), False
    return (*disagreed, ", and it had not been settled when decided"), True


def _is_settled_first(record: Record, taken: Determination, settled: Act[Any] | None, again: Determination) -> bool:
    """Whether it had been settled when those who could looked at the decision again."""
    return settled is not None and settled.at.earliest <= again.last and is_theirs_to_decide(record, taken, again)


def _who(raised: Act[DisagreementRaised]) -> Said:
    partners = joined((Named(one),) for one in raised.data.on_behalf_of or ())
    return partners or ((Named(raised.data.by),) if raised.data.by else ("somebody",))


def settled_by(told: Told, *, parked: bool) -> Act[Any] | None:
    """What settled a disagreement first; to agree to differ for now counts, where `parked` says so."""
    acts: list[Act[Any]] = [
        one for kind in _SETTLES for one in told.all(kind) if parked or kind is not DisagreementParked
    ]
    raised = told.first(DisagreementRaised)
    everybody = set((raised.data.on_behalf_of if raised else None) or ())
    whole = [one for one in sorted(acts, key=lambda one: (one.at.earliest, one.position)) if _of_all(one, everybody)]
    return whole[0] if whole else None


def _of_all(act: Act[Any], everybody: set[str]) -> bool:
    """Whether it settles the whole of a disagreement: some may withdraw, and others go on."""
    if not isinstance(act.data, DisagreementWithdrawn):
        return True
    return not act.data.on_behalf_of or everybody <= set(act.data.on_behalf_of)


def _is_to_settle_it(told: Told, taken: Determination) -> bool:
    """Whether the decision is by somebody to whom the disagreement had gone up: then to decide is to settle it."""
    escalated = [one for one in told.all(DisagreementEscalated) if one.at.earliest <= taken.last]
    return bool(escalated) and escalated[-1].data.to in taken.makers


def _is_their_own(taken: Determination, raised: Act[DisagreementRaised]) -> bool:
    """Whether those who disagree decided for themselves alone."""
    return bool(taken.bound) and set(taken.bound) <= set(raised.data.on_behalf_of or ())

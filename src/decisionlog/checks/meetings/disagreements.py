"""Whether a disagreement was settled before others decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.meetings.business import proposals_of
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
    said = (*_who(raised), " disagreed with ", Named(proposal), ", and it was not settled")
    said = (*said, ", which bars a decision") if barred else said
    evidence = (taken.position, raised.position)
    unordered = bool(raised.on) and same_day_unordered(raised.on, taken.taken.on, record.zone)
    if unordered or not raised.on:
        said = (
            "whether it was decided before ",
            *_who(raised),
            " disagreed with ",
            Named(proposal),
            " is not recorded",
        )
    severity = None if barred else Severity.WARNING
    yield Tripped(said, evidence, taken.first, severity=severity, evidenced=not unordered and bool(raised.on))


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

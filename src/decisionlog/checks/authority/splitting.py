"""Whether several determinations, each within a limit, come to more than it together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from functools import partial
from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.authority.limits import committing
from decisionlog.checks.authority.matter import summed
from decisionlog.checks.authority.relying import Use
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.testing import comparable, over
from decisionlog.domain.days import at, day_start
from decisionlog.domain.facts.decision import (
    DecisionLapsed,
    DecisionRescinded,
    DecisionSuperseded,
    DecisionTaken,
    DecisionVoided,
)
from decisionlog.domain.facts.proposal import ProposalRevised, ProposalSubmitted
from decisionlog.domain.saying import Named, Said, Worth, joined

_ENDS: Final = (DecisionSuperseded, DecisionRescinded, DecisionLapsed, DecisionVoided)
_SAME_SCHEME: Final = frozenset({"part-of", "same-matter"})
_FINANCIAL_YEAR: Final = frozenset({"year", "financial year", "annum", "12 months"})
"""Periods of a limit that are read as the year from 1 April, by which public bodies count."""
_APRIL: Final = 4


class Spent(Struct, frozen=True):
    """What one determination committed under a delegation."""

    taken: Determination
    values: tuple[dict[str, Any], ...]
    scheme: frozenset[str]
    """Its papers, and those of which they are part or whose matter is the same."""


def split_spend(record: Record, decision: str) -> Iterator[Tripped]:
    """GL02: with earlier ones of the same decider it comes to more than a limit, though none alone does.

    For the same scheme, or, where the limit is for a period, in that period. Only sums that the decisions name themselves
    are added; one that was superseded, rescinded, voided or has lapsed, and one that this one is linked to, is not.
    """
    for use in committing(record, decision):
        every = record.once(("spent", use.relied.delegation), partial(_spent, record, use.relied.delegation))
        this = next((one for one in every if one.taken.stream == decision), None)
        if this is None:
            continue
        for limit in use.after.limits or ():
            if (total := comparable(this.values, limit)) is None or over(total, limit):
                continue
            since = _period(limit.get("per", ""), use.taken.first, record.zone)
            counted = ((one, comparable(one.values, limit)) for one in every if _counts(one, this, since))
            earlier = [(one, amount) for one, amount in counted if amount is not None]
            together = sum((amount for _, amount in earlier), total)
            if earlier and over(together, limit):
                yield _tripped(use, limit, together, [one for one, _ in earlier], since)
                break


def _spent(record: Record, delegation: str) -> list[Spent]:
    """What was committed under a delegation and still stands, in the order of the acts."""
    found = []
    for act in record.naming(delegation, DecisionTaken):
        taken, values = determination(record, act.fact.stream), summed(act.data.value)
        told = record.of(act.fact.stream)
        if taken and taken.binds and taken.dated and values and not any(told.first(end) for end in _ENDS):
            found.append(Spent(taken, values, _scheme(record, taken)))
    return found


def _scheme(record: Record, taken: Determination) -> frozenset[str]:
    found: set[str] = set()
    for one in taken.data.proposals or ():
        told = record.of(one.proposal)
        acts: list[Act[Any]] = [*told.all(ProposalSubmitted), *told.all(ProposalRevised)]
        related = (other for act in acts for other in act.data.related or ())
        found |= {one.proposal, *(other.proposal for other in related if other.link in _SAME_SCHEME)}
    return frozenset(found)


def _counts(one: Spent, this: Spent, since: int | None) -> bool:
    """Whether an earlier determination is of the same decider, and of the same period or scheme."""
    taken = one.taken
    is_earlier = (taken.first, taken.position) < (this.taken.first, this.taken.position)
    linked = {link.decision for link in this.taken.data.links or ()}
    if not is_earlier or taken.stream in linked or set(taken.makers) != set(this.taken.makers):
        return False
    return taken.first >= since if since is not None else not one.scheme.isdisjoint(this.scheme)


def _period(per: str, moment: int, zone: tzinfo) -> int | None:
    """When the period of a limit began in which a moment lies; none, where the limit is not for a period."""
    today = at(moment).astimezone(zone).date()
    match per.casefold():
        case "calendar year":
            begins = date(today.year, 1, 1)
        case "month":
            begins = today.replace(day=1)
        case "quarter":
            begins = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
        case year if year in _FINANCIAL_YEAR:
            begins = date(today.year - (today.month < _APRIL), _APRIL, 1)
        case _:
            return None
    return day_start(begins, zone)


def _tripped(use: Use, limit: dict[str, Any], together: int, earlier: list[Spent], since: int | None) -> Tripped:
    taken = use.taken
    money = {"amount": together, "currency": limit["money"]["currency"]}
    also = joined([(Named(one.taken.stream),) for one in earlier])
    within: Said = (" in the same period",) if since is not None else (" for the same matter",)
    said = ("with ", *also, *within, " it comes to ", Worth(money), ", over the limit of ", use.named, " (")
    evidence = (taken.position, *(one.taken.position for one in earlier), *use.after.evidence)
    return Tripped((*said, Worth(limit, "limits"), ")"), evidence, taken.first)

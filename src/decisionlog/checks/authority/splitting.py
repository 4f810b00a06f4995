"""Whether several determinations, each within a limit, come to more than it together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from functools import partial
from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.authority.limits import committing
from decisionlog.checks.authority.matter import summed
from decisionlog.checks.authority.relying import Use
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.put_right import until_put_right
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


_NAMED_AT_MOST: Final = 3


class Spent(Struct, frozen=True):
    """What one determination committed under a delegation."""

    taken: Determination
    values: tuple[dict[str, Any], ...]
    scheme: frozenset[str]
    """Its papers, and those of which they are part or whose matter is the same."""

    @property
    def order(self) -> tuple[int, int]:
        """Its place among the others: by day, and of one day as they were recorded."""
        return self.taken.first, self.taken.position


def split_spend(record: Record, decision: str) -> Iterator[Tripped]:
    """GL02: with earlier ones of the same decider it comes to more than a limit, though none alone does.

    For the same scheme, or, where the limit is for a period, in that period. Only sums that the decisions name themselves
    are added; one that was superseded, rescinded, voided or has lapsed, and one that this one is linked to, is not.
    """
    for use in committing(record, decision):
        found = _split(record, decision, use)
        yield from until_put_right(record, use.taken, use.relied.bound, split_spend, found, by_others=True)


def _split(record: Record, decision: str, use: Use) -> Iterator[Tripped]:
    this = _spent(record, decision, use.relied.delegation)
    for limit in use.after.limits or () if this else ():
        if this is None or (total := comparable(this.values, limit)) is None or over(total, limit):
            continue
        since = _period(limit.get("per", ""), use.taken.first, record.zone)
        counted = ((one, comparable(one.values, limit)) for one in _earlier(record, use, this, since))
        earlier = [(one, amount) for one, amount in counted if amount is not None]
        together = sum((amount for _, amount in earlier), total)
        if earlier and over(together, limit):
            yield _tripped(use, limit, together, [one for one, _ in earlier], since)
            break


def _earlier(record: Record, use: Use, this: Spent, since: int | None) -> list[Spent]:
    """The earlier ones of the same decider: of the period that began then, else of the same scheme."""
    delegation, linked = use.relied.delegation, {link.decision for link in this.taken.data.links or ()}
    if since is None:
        several = _of_scheme(record, this.scheme, delegation)
    else:
        every = record.once(("spent", delegation), partial(_under, record, delegation))
        several = every[bisect_left(every, since, key=_moment) : bisect_right(every, use.taken.first, key=_moment)]
    return [
        one
        for one in several
        if one.order < this.order and one.taken.stream not in linked and set(one.taken.makers) == set(this.taken.makers)
    ]


def _moment(one: Spent) -> int:
    return one.taken.first


def _under(record: Record, delegation: str) -> list[Spent]:
    """What was committed under a delegation, in its order."""
    acts = record.naming(delegation, DecisionTaken)
    return sorted(_each(record, (act.fact.stream for act in acts), delegation), key=lambda one: one.order)


def _of_scheme(record: Record, scheme: frozenset[str], delegation: str) -> list[Spent]:
    """What was committed under a delegation for these papers, and for what is part of them, in its order."""
    papers = dict.fromkeys(sorted(scheme))
    for one in sorted(scheme):
        for kind in (ProposalSubmitted, ProposalRevised):
            papers |= dict.fromkeys(act.fact.stream for act in record.naming(one, kind))
    streams = dict.fromkeys(act.fact.stream for paper in papers for act in record.naming(paper, DecisionTaken))
    found = (one for one in _each(record, streams, delegation) if not one.scheme.isdisjoint(scheme))
    return sorted(found, key=lambda one: one.order)


def _each(record: Record, decisions: Iterable[str], delegation: str) -> Iterator[Spent]:
    return (one for decision in decisions if (one := _spent(record, decision, delegation)))


def _spent(record: Record, decision: str, delegation: str) -> Spent | None:
    """What a determination committed under a delegation, where it still stands and names a sum itself."""
    taken = determination(record, decision)
    if taken is None or not (taken.binds and taken.dated) or all(one.delegation != delegation for one in taken.relied):
        return None
    values, told = summed(taken.data.value), record.of(decision)
    return (
        Spent(taken, values, _scheme(record, taken)) if values and not any(told.first(end) for end in _ENDS) else None
    )


def _scheme(record: Record, taken: Determination) -> frozenset[str]:
    found: set[str] = set()
    for one in taken.data.proposals or ():
        told = record.of(one.proposal)
        acts: list[Act[Any]] = [*told.all(ProposalSubmitted), *told.all(ProposalRevised)]
        related = (other for act in acts for other in act.data.related or ())
        found |= {one.proposal, *(other.proposal for other in related if other.link in _SAME_SCHEME)}
    return frozenset(found)


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
    named = joined([(Named(one.taken.stream),) for one in earlier])
    also: Said = named if len(earlier) <= _NAMED_AT_MOST else (f"{len(earlier)} earlier decisions",)
    within: Said = (" in the same period",) if since is not None else (" for the same matter",)
    said = ("with ", *also, *within, " it comes to ", Worth(money), ", over the limit of ", use.named, " (")
    evidence = (taken.position, *(one.taken.position for one in earlier), *use.after.evidence)
    return Tripped((*said, Worth(limit), ")"), evidence, taken.first)

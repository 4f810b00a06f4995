"""Whether a function always had somebody who answers for it, and never two who exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations

from msgspec.structs import replace

from decisionlog.checks.authority.stretches import Stretch, intervals, stretches
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.question import NOWHERE
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.delegation import DelegationGranted, DelegationVaried
from decisionlog.domain.facts.function import FunctionCatalogued, FunctionDutyPlaced
from decisionlog.domain.saying import Named, Said

_EXCLUSIVE = "exclusive"

Duties = tuple[tuple[int, ...], ...]
"""The facts of each duty that somebody has."""
Pair = tuple[str, str]
"""Two delegations."""


def no_accountable_holder(record: Record, function: str) -> Iterator[Tripped]:
    """GL24: nobody is recorded as having the duty, anywhere or in a place for which somebody had it.

    Who had it before the first of whom that is recorded is not evidenced.
    """
    entry = _entry(record, function)
    if entry is None or _is_only_a_heading(record, function):
        return
    everywhere = list(_gaps(record, entry, function, ()))
    yield from everywhere
    for place in _places(record, function):
        for gap in _gaps(record, entry, function, (place,)):
            yield from _apart_from(gap, everywhere)


def two_holders(record: Record, function: str) -> Iterator[Tripped]:
    """GL25: two exclusive delegations of one giver, to different delegates, for places that meet, held at one time."""
    if len(_exclusive_ones(record, function)) < 2:
        return
    for clash in intervals(stretches(record, partial(_clashing, function), (function,))):
        grants = [record.grant(one, clash.since) for one in clash.seen]
        evidence = tuple(at for grant in grants if grant for at in grant.evidence)
        one, other = clash.seen
        said: Said = (
            "by ",
            Named(one),
            " and by ",
            Named(other),
            " it was given to different delegates, to each alone",
        )
        yield Tripped(said, evidence, clash.since, clash.until)


# Nobody


def _entry(record: Record, function: str) -> Act[FunctionCatalogued] | None:
    """The entry of a function in the catalogue; none, where nothing but its reference is recorded."""
    entry = record.of(function).first(FunctionCatalogued)
    return entry if entry and (entry.data.name or entry.data.parent or entry.data.legal_basis) else None


def _is_only_a_heading(record: Record, function: str) -> bool:
    """Whether there are functions beneath it, and nobody was ever given itself."""
    placed = record.of(function).first(FunctionDutyPlaced)
    return not placed and bool(record.naming(function, FunctionCatalogued))


def _places(record: Record, function: str) -> list[str]:
    """The places for which somebody ever had its duty."""
    placed = record.of(function).all(FunctionDutyPlaced)
    return list(dict.fromkeys(place for act in placed for place in act.data.places or ()))


def _gaps(record: Record, entry: Act[FunctionCatalogued], function: str, places: tuple[str, ...]) -> Iterator[Tripped]:
    begins = record.effect(entry)
    ends = record.moment(entry.data.until) or OPEN_END
    before: Stretch[Duties] | None = None
    for stretch in stretches(record, _duties, (function,), places):
        since, until = max(stretch.since, begins), min(stretch.until, ends)
        if not stretch.seen and since < until:
            where: Said = (" in ", Named(places[0])) if places else ()
            lately = tuple(at for duty in (before.seen if before else ()) for at in duty)
            said = ("nobody is recorded as having the duty for it", *where)
            yield Tripped(said, (entry.position, *lately), since, until, evidenced=bool(lately) or until == ends)
        before = stretch


def _apart_from(gap: Tripped, everywhere: Iterable[Tripped]) -> Iterator[Tripped]:
    """What of a gap in one place is not one everywhere."""
    since, until = gap.since, gap.until
    for one in everywhere:
        if one.since <= since:
            since = max(since, one.until)
        elif one.since < until:
            until = one.since
    if since < until:
        yield replace(gap, since=since, until=until)


def _duties(walk: Walk) -> Duties:
    return tuple(dict.fromkeys(duty.evidence for duty, _ in walk.duties))


# Two


def _exclusive_ones(record: Record, function: str) -> set[str]:
    """The delegations that were ever exclusive and ever gave this function, or one above it."""
    above = record.at(OPEN_END - 1).function(function).chain
    granted = {act.fact.stream for one in above for act in record.naming(one, DelegationGranted)}
    varied = {act.fact.stream for one in above for act in record.naming(one, DelegationVaried)}
    return {stream for stream in granted | varied if _was_exclusive(record, stream)}


def _was_exclusive(record: Record, delegation: str) -> bool:
    told = record.of(delegation)
    acts: list[Act[DelegationGranted] | Act[DelegationVaried]] = [*told.all(DelegationGranted)]
    acts += told.all(DelegationVaried)
    return any(act.data.exclusivity == _EXCLUSIVE for act in acts)


def _clashing(function: str, walk: Walk) -> tuple[Pair, ...]:
    """The pairs of delegations on the ways that exclude each other; one of the two names the function itself."""
    given: dict[tuple[str, str], tuple[Grant, set[str]]] = {}
    for way in (*walk.from_duties, *walk.of_their_own):
        for step in way.steps:
            if isinstance(step.by, Grant) and step.by.exclusivity == _EXCLUSIVE:
                _, receivers = given.setdefault((step.giver, step.reference), (step.by, set()))
                receivers.update(step.receivers)
    return tuple(
        dict.fromkeys(
            (one.reference, other.reference)
            for ((giver, _), (one, to)), ((other_giver, _), (other, other_to)) in combinations(given.items(), 2)
            if giver == other_giver
            and to != other_to
            and function in {*one.functions, *other.functions}
            and walk.asked.meet(one.places or None, other.places) != NOWHERE
        )
    )

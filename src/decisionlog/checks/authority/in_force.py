"""Whether what a determination relied on was in force when it was taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from decisionlog.checks.authority.relying import Use, is_unordered, uses
from decisionlog.checks.finding import Tripped
from decisionlog.checks.put_right import until_put_right
from decisionlog.checks.record import Record
from decisionlog.domain.authority.world import Grant, Stop
from decisionlog.domain.saying import Day, LastDay, Named, Said


def expired_delegation(record: Record, decision: str) -> Iterator[Tripped]:
    """GL04: the delegation had ended, or was suspended, at every moment at which the decision may have been taken."""
    for use in uses(record, decision):
        found = _had_ended(record, use)
        yield from until_put_right(record, use.taken, use.relied.bound, expired_delegation, found)


def _had_ended(record: Record, use: Use) -> Iterator[Tripped]:
    taken = use.taken
    before, after = (_stopped(record, use, grant) for grant in (use.before, use.after))
    stop = after or before
    if stop is None:
        return
    evidence = (taken.position, *stop.evidence)
    by_an_act = stop.how != "ended" and is_unordered(record, taken, use.relied.delegation, stop.evidence)
    if before and after and not by_an_act:
        yield Tripped(("it relies on ", use.named, ", ", *_how(stop)), evidence, taken.first)
    else:
        said = ("whether it was taken before ", use.named, _SHORT[stop.how], " cannot be told", *_when(use))
        yield Tripped(said, evidence, taken.first, evidenced=False)


def not_yet_in_force(record: Record, decision: str) -> Iterator[Tripped]:
    """GL05: the delegation, or its instrument, had not yet begun when the day of the decision was over."""
    for use in uses(record, decision):
        found = _had_not_begun(record, use)
        yield from until_put_right(record, use.taken, use.relied.bound, not_yet_in_force, found)


def _had_not_begun(record: Record, use: Use) -> Iterator[Tripped]:
    taken = use.taken
    evidence = use.evidence(use.after)
    if not use.after.begun and not use.after.since:
        said: Said = ("whether ", use.named, " was in force cannot be told: from when it was is not recorded")
        yield Tripped(said, evidence, taken.first, evidenced=False)
    elif not use.after.begun:
        said = ("it relies on ", use.named, ", which was not in force before ", Day(use.after.since))
        yield Tripped(said, evidence, taken.first)
    elif not use.before.begun:
        began = (", which began on ", Day(use.after.since), ", was in force") if use.after.since else (" was in force",)
        said = ("whether ", use.named, *began, " cannot be told", *_when(use))
        yield Tripped(said, evidence, taken.first, evidenced=False)
    elif use.after.instrument:
        instrument = record.at(taken.last).instrument(use.after.instrument)
        if instrument.why == "not yet adopted":
            not_before = ", which was not in force before "
            said = (
                "it relies on ",
                use.named,
                " by ",
                Named(instrument.reference),
                not_before,
                Day(instrument.since),
            )
            yield Tripped(said, (*evidence, *instrument.evidence), taken.first)


def _stopped(record: Record, use: Use, grant: Grant) -> Stop | None:
    """What had stopped a delegation for those whom the decision binds, in what it is about; none, where nothing had."""
    return next((stop for stop in grant.stops if _touches(record, use, stop)), None)


def _touches(record: Record, use: Use, stop: Stop) -> bool:
    if _is_apart(stop.on_behalf_of, use.after.on_behalf_of) and set(stop.on_behalf_of).isdisjoint(use.relied.bound):
        return False
    world = record.at(use.taken.last)
    exercised = {above for function in use.matter.functions for above in world.function(function).chain}
    return not _is_apart(stop.functions, use.after.functions) or not exercised.isdisjoint(stop.functions)


def _is_apart(stopped: Collection[str], given: Collection[str]) -> bool:
    """Whether a stop is of a part of what was given; one that names all of it is of the whole."""
    return bool(stopped) and (not given or not set(given) <= set(stopped))


def _how(stop: Stop) -> Said:
    for_whom: Said = tuple(part for party in stop.on_behalf_of for part in (" for ", Named(party)))
    match stop.how:
        case "ended":
            return ("whose last day was ", LastDay(stop.on))
        case "lapsed":
            return ("which had lapsed", *for_whom, *_on(stop))
        case "carried into":
            return ("which had been carried into another", *for_whom, *_on(stop))
        case how:
            return (f"which had been {how}", *for_whom, *_on(stop))


_SHORT = {
    "ended": " ended",
    "lapsed": " lapsed",
    "carried into": " was carried into another",
    "revoked": " was revoked",
    "suspended": " was suspended",
}


def _on(stop: Stop) -> Said:
    return (" on ", Day(stop.on)) if stop.on else ()


def _when(use: Use) -> Said:
    """Why the order cannot be told."""
    if use.taken.dated:
        return (": the order within ", Day(use.taken.taken.on), " is not recorded")
    return (": the day of the decision is not recorded",)

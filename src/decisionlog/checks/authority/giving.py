"""Whether whoever gave a delegation had the power to give, when it was given and when it was used."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from decisionlog.checks.authority.relying import Use, are_unordered, grant_of, is_unordered
from decisionlog.checks.authority.ways import parents_of
from decisionlog.checks.course.endings import end_of
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Record
from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.standing import Use as Used
from decisionlog.domain.authority.standing import standing
from decisionlog.domain.authority.steps import Step
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant, World
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.saying import Day, LastDay, Named, Said

_OVER: Final = {
    "revoked": "had been revoked",
    "suspended": "was suspended",
    "lapsed": "had lapsed",
    "ended": "had ended",
}
"""How a delegation stands that gives nothing any more; what was carried into others goes on there."""


class Broken(Struct, frozen=True):
    """Where a way from the duty is broken."""

    said: Said
    evidence: tuple[int, ...] = ()
    evidenced: bool = True


class _Over(Struct, frozen=True):
    """A delegation that gave nothing any more."""

    reference: str
    said: Said
    evidence: tuple[int, ...]
    by_itself: bool
    """Its time was up: no act of that day."""


def given_without(record: Record, delegation: str) -> Iterator[Tripped]:
    """What is wrong with a delegation whose giver is shown not to have had the power, until it ended or was given anew."""
    granted = grant_of(record, delegation)
    if granted is None or not granted.on:
        return
    since = record.effect(granted)
    grant = record.grant(delegation, since)
    broken = _ended_when_given(record, grant, granted.on) or _not_held(record, grant, since) if grant else None
    if broken:
        anew = map(record.effect, record.naming(delegation, DelegationGranted, "continues"))
        until = min([end_of(record, delegation), *anew])
        yield Tripped(broken.said, (granted.position, *broken.evidence), since, until, evidenced=broken.evidenced)


def ended_above(record: Record, use: Use) -> Broken | None:
    """Whether a delegation under which the one used says that it was given had ended: when that was used, or when it was given."""
    chains = (record.at(use.taken.last).function(one).chain for one in use.matter.functions)
    used = Used(frozenset(above for chain in chains for above in chain), frozenset(use.relied.bound))
    first, last = (_over_above(record, use.after, used, moment) for moment in (use.taken.first, use.taken.last))
    if last:
        unordered = not last.by_itself and is_unordered(record, use.taken, last.reference, last.evidence)
        return _broken(use.after, last, certain=bool(first) and not unordered)
    return _ended_when_given(record, use.after, use.granted.on)


def _ended_when_given(record: Record, grant: Grant, on: str) -> Broken | None:
    used = Used(frozenset(grant.functions), frozenset(grant.on_behalf_of))
    over = _over_above(record, grant, used, grant.granted_at)
    if over is None:
        return None
    unordered = not over.by_itself and are_unordered(record, on, over.reference, over.evidence)
    return _broken(grant, over, certain=not unordered)


def _broken(grant: Grant, over: _Over, *, certain: bool) -> Broken:
    said = (Named(over.reference), ", under which ", Named(grant.reference), " was given, ", *over.said)
    untold = () if certain else (": whether before that cannot be told",)
    return Broken((*said, *untold), over.evidence, certain)


def _over_above(record: Record, grant: Grant, used: Used, moment: int) -> _Over | None:
    """The nearest delegation above, as each is named, that gave nothing any more at a moment; none, where the giver had others."""
    world, below = record.at(moment), grant
    for above in parents_of(record, grant, moment):
        stands = standing(world, above, used)
        if stands.state in _OVER and not _has_another(record, below, moment):
            by_itself = stands.state == "ended"
            on: Said = (" with ", LastDay(stands.on)) if by_itself else (" on ", Day(stands.on))
            evidence = tuple(at for stop in above.stops for at in stop.evidence)
            return _Over(above.reference, (_OVER[stands.state], *(on if stands.on else ())), evidence, by_itself)
        below = above
    return None


def _has_another(record: Record, grant: Grant, moment: int) -> bool:
    """Whether a delegation that is in force gave the power to whoever gave it on."""
    walk = _walk(record, grant, moment)
    steps = (step for way in (*walk.from_duties, *walk.of_their_own) for step in way.sound_steps)
    return any(step.kind == "delegation" and grant.delegator in step.receivers for step in steps)


def _walk(record: Record, grant: Grant, moment: int) -> Walk:
    question = Question(grant.functions, grant.places, grant.matters, (), moment, record.zone)
    return Walk(record.at(moment), question, record.table)


def _not_held(record: Record, grant: Grant, moment: int) -> Broken | None:
    """Whether the giver had nothing to give; what is wrong further up is told of the delegations there."""
    walk, giver = _walk(record, grant, moment), grant.delegator
    if not walk.duties or not giver or walk.world.party(giver).ended:
        return None
    steps = [step for way in walk.from_duties for step in way.steps if step.reference == grant.reference]
    if steps:
        return gave_nothing(steps[0]) if all(map(lacks_the_power, steps)) else None
    if giver in walk.reached or not has_a_recorded_source(record, walk.world, giver):
        return None
    return Broken(("nothing recorded gives ", Named(giver), " the power that it gave by ", Named(grant.reference)))


def lacks_the_power(step: Step) -> bool:
    """Whether the giver of a step did not have what was given."""
    return any(test.name == "delegator_held" and test.outcome is Outcome.FAILS for test in step.tests)


def gave_nothing(gap: Step) -> Broken:
    """A step whose giver did not have what was given, in words."""
    when: Said = (" on ", Day(gap.by.since)) if gap.by.since else ()
    said = (Named(gap.giver), " did not have the power itself when it gave ", Named(gap.reference), *when)
    return Broken(said, gap.by.evidence)


def has_a_recorded_source(record: Record, world: World, giver: str) -> bool:
    """Whether it is recorded what a giver was given, by its parents or by a delegation: it is known, and this is not in it."""
    seats = world.parents_of(giver)
    if seats and all(seat.functions is not None for seat in seats):
        return True
    return bool(record.naming(giver, DelegationGranted, "delegates"))

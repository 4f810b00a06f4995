"""Whether a power could be passed on, and whether whoever passed it on had it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from decisionlog.checks.authority.relying import Use, uses
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority import testing
from decisionlog.domain.authority.outcomes import Outcome, Test
from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.steps import Step, Way
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.delegation import DelegationConsented, DelegationGranted, DelegationVaried
from decisionlog.domain.saying import Day, Named, Said


def onward_not_permitted(record: Record, delegation: str) -> Iterator[Tripped]:
    """GL09: it passes on what the delegation above does not let be passed on, until that is put right."""
    granted = record.of(delegation).first(DelegationGranted)
    if granted is None:
        return
    since = record.effect(granted)
    above, test = _onward(record, delegation, since)
    if above is None or test is None:
        return
    until = _put_right(record, delegation, above.reference, since)
    evidence = (granted.position, *above.evidence)
    passes_on: Said = ("it passes on what ", Named(above.reference), " gave, ")
    if test.outcome is Outcome.FAILS:
        said = (*passes_on, *_why(above, test))
        yield Tripped(said, evidence, since, until)
    else:
        said = (*passes_on, "and whether that may be passed on is not recorded: silence is not a yes")
        yield Tripped(said, evidence, since, until, Severity.WARNING)


def broken_chain(record: Record, decision: str) -> Iterator[Tripped]:
    """GL10: somebody above whoever decided gave what they did not have, or no longer had on the day."""
    for use in uses(record, decision):
        if not use.taken.dated or not use.after.begun or not use.before.begun:
            continue
        key = ("chain", use.relied.delegation, use.matter.functions, use.matter.places, use.taken.last)
        broken = record.once(key, partial(_broken, record, use))
        if broken:
            evidence = (*use.evidence(use.after), *broken.evidence)
            yield Tripped(broken.said, evidence, use.taken.first, evidenced=broken.evidenced)


# Passing on


def _onward(record: Record, delegation: str, moment: int) -> tuple[Grant | None, Test | None]:
    """The delegation above, and why it does not let this one pass its power on; none, where it does or there is none.

    The one under which a delegation says that it is made counts; else the nearest on any way to its giver.
    """
    grant = record.grant(delegation, moment)
    if grant is None:
        return None, None
    parent = record.grant(grant.parent, moment) if grant.parent else None
    found: list[tuple[Grant | None, Test | None]] = [(parent, testing.onward(grant, parent))] if parent else []
    found = found or list(_above_by_any_way(record, grant, moment))
    if not found or any(test is None or test.outcome is Outcome.HOLDS for _, test in found):
        return None, None
    return next((one for one in found if one[1] and one[1].outcome is Outcome.NOT_RECORDED), found[0])


def _above_by_any_way(record: Record, grant: Grant, moment: int) -> Iterator[tuple[Grant | None, Test | None]]:
    """By each way the delegation above with its test; neither, where the giver has the power without one.

    A body that acts for its parent, and was given the same in a delegation by somebody who acts for that parent too, has
    it as that delegation says.
    """
    world = record.at(moment)
    ways = _steps_of(record, grant, moment)
    above = [(one, _test(step)) for way, step in ways if (one := _above(way, step))]
    yield from above
    gave = {party for one, _ in above for party in (one.delegator, *acts_for(world, one.delegator))}
    for way, step in ways:
        before = way.steps[: way.steps.index(step)]
        if not _above(way, step) and before and not (before[-1].giver and before[-1].giver in gave):
            yield None, None


def _steps_of(record: Record, grant: Grant, moment: int) -> list[tuple[Way, Step]]:
    """By which ways its giver came to what this delegation passes on, each with the step."""
    walk = Walk(record.at(moment), _about(record, grant, moment), record.table)
    return [
        (way, step)
        for way in (*walk.from_duties, *walk.of_their_own)
        for step in way.steps
        if step.reference == grant.reference
    ]


def _about(record: Record, grant: Grant, moment: int) -> Question:
    return Question(grant.functions, grant.places, grant.matters, (), moment, record.zone)


def _above(way: Way, step: Step) -> Grant | None:
    before = way.steps[: way.steps.index(step)]
    return next((one.by for one in reversed(before) if isinstance(one.by, Grant)), None)


def _test(step: Step) -> Test | None:
    return next((test for test in step.tests if test.name == "onward"), None)


def _why(above: Grant, test: Test) -> Said:
    if above.onward == "prohibited":
        return ("which may not be passed on",)
    return ("which may be passed on with consent only: ", *test.detail)


def _put_right(record: Record, delegation: str, above: str, since: int) -> int:
    """When a consent, or other terms, allowed it afterwards."""
    told = record.of(above)
    acts: list[Act[Any]] = [*told.all(DelegationConsented), *told.all(DelegationVaried)]
    later = sorted({moment for act in acts if (moment := record.effect(act)) > since})
    return next((moment for moment in later if _onward(record, delegation, moment)[1] is None), OPEN_END)


# The chain


class _Broken(Struct, frozen=True):
    said: Said
    evidence: tuple[int, ...]
    evidenced: bool = True


def _broken(record: Record, use: Use) -> _Broken | None:
    grant, moment = use.after, use.taken.last
    world = record.at(moment)
    covered = [one for one in use.matter.functions if not set(world.function(one).chain).isdisjoint(grant.functions)]
    question = Question(tuple(covered) or grant.functions, grant.places, grant.matters, (), moment, record.zone)
    walk = Walk(world, question, record.table)
    if not walk.duties or not grant.delegator or world.party(grant.delegator).ended:
        return None  # nobody is known to have had it to give, or what outlives a giver is another rule's matter
    ways = [_until(way, grant.reference) for way in walk.from_duties if _has(way, grant.reference)]
    gaps = [_gap(steps) for steps in ways]
    if any(gap is None for gap in gaps):
        return None
    if gap := next((one for one in gaps if one), None):
        when: Said = (" on ", Day(gap.by.since)) if gap.by.since else ()
        said = (Named(gap.giver), " did not have the power itself when it gave ", Named(gap.reference), *when)
        return _Broken(said, gap.by.evidence)
    if grant.delegator in walk.reached or _is_stopped_for_somebody(grant):
        return None
    return _without_a_giver(record, walk, grant)


def _has(way: Way, reference: str) -> bool:
    return any(step.reference == reference for step in way.steps)


def _until(way: Way, reference: str) -> tuple[Step, ...]:
    at = next(number for number, step in enumerate(way.steps) if step.reference == reference)
    return way.steps[: at + 1]


def _gap(steps: Iterable[Step]) -> Step | None:
    """The first step whose giver did not have what was given."""
    return next((step for step in steps if any(_fails_to_hold(test) for test in step.tests)), None)


def _fails_to_hold(test: Test) -> bool:
    return test.name == "delegator_held" and test.outcome is Outcome.FAILS


def _is_stopped_for_somebody(grant: Grant) -> bool:
    """What is stopped is another rule's matter."""
    return bool(grant.stops)


def _without_a_giver(record: Record, walk: Walk, grant: Grant) -> _Broken | None:
    """Of a delegation to which no way leads from the duty."""
    giver = grant.delegator
    if giver in walk.at(grant.granted_at).held:
        ended = _ended(record, giver, walk.question.moment)
        return _Broken((Named(giver), ", who gave ", Named(grant.reference), ", no longer had the power"), ended)
    if not _has_a_recorded_source(record, walk, giver):
        said: Said = (
            "how ",
            Named(giver),
            ", who gave ",
            Named(grant.reference),
            ", came to the power is not recorded",
        )
        return _Broken(said, (), evidenced=False)
    said = ("nothing recorded gives ", Named(giver), " the power that it gave by ", Named(grant.reference))
    return _Broken(said, ())


def _ended(record: Record, giver: str, moment: int) -> tuple[int, ...]:
    """The facts by which what the giver had been given ended."""
    found: list[int] = []
    for granted in record.naming(giver, DelegationGranted, "delegates"):
        grant = record.grant(granted.fact.stream, moment)
        found += [at for stop in (grant.stops if grant else ()) for at in stop.evidence]
    return tuple(found)


def _has_a_recorded_source(record: Record, walk: Walk, giver: str) -> bool:
    """Whether it is recorded what a giver was given, by its parents or by a delegation: it is known, and this is not in it."""
    seats = walk.world.parents_of(giver)
    if seats and all(seat.functions is not None for seat in seats):
        return True
    return bool(record.naming(giver, DelegationGranted, "delegates"))

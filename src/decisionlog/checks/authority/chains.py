"""Whether the power on which a determination rests came from the duty to whoever decided, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from decisionlog.checks.authority.giving import (
    Broken,
    ended_above,
    gave_nothing,
    given_without,
    has_a_recorded_source,
    lacks_the_power,
)
from decisionlog.checks.authority.relying import Use, uses
from decisionlog.checks.finding import Tripped
from decisionlog.checks.put_right import until_put_right
from decisionlog.checks.record import Record
from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.steps import Step, Way
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant, World
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said, joined


def broken_chain(record: Record, subject: str) -> Iterator[Tripped]:
    """GL10: somebody above whoever decided gave what they did not have, or no longer had; or it was given to others.

    Of a delegation: whoever gave it did not have it then. What had ended itself, and a giver that had ended, are other
    rules' matter.
    """
    if split(subject)[0] == "delegation":
        yield from given_without(record, subject)
    for use in uses(record, subject):
        if not use.taken.dated or not use.after.begun or not use.before.begun or use.after.stops:
            continue
        key = ("chain", use.relied.delegation, use.matter.functions, use.taken.last, use.taken.makers)
        broken = record.once(key, partial(_broken, record, use))
        if broken:
            evidence = (*use.evidence(use.after), *broken.evidence)
            found = Tripped(broken.said, evidence, use.taken.first, evidenced=broken.evidenced)
            yield from until_put_right(record, use.taken, use.relied.bound, broken_chain, [found])


def _broken(record: Record, use: Use) -> Broken | None:
    grant, moment = use.after, use.taken.last
    world = record.at(moment)
    covered = [one for one in use.matter.functions if not set(world.function(one).chain).isdisjoint(grant.functions)]
    question = Question(tuple(covered) or grant.functions, grant.places, grant.matters, (), moment, record.zone)
    walk = Walk(world, question, record.table)
    if elsewhere := _given_to_others(walk, grant, use.taken.makers):
        return elsewhere
    if ended := ended_above(record, use):
        return ended
    if not walk.duties or not grant.delegator or world.party(grant.delegator).ended:
        return None  # nobody is known to have had it to give
    ways = [_until(way, grant.reference) for way in walk.from_duties if _has(way, grant.reference)]
    gaps = [gap for steps in ways if (gap := _gap(steps))]
    if ways:
        return gave_nothing(gaps[0]) if len(gaps) == len(ways) else None
    return None if grant.delegator in walk.reached else _without_a_giver(record, walk, grant)


# To whom


def _given_to_others(walk: Walk, grant: Grant, makers: tuple[str, ...]) -> Broken | None:
    """Whether whoever decided is none of those to whom the delegation goes, has it from none of them, and did not give it."""
    receivers = {party for receiver in walk.granted.given(grant).receivers for party in receiver.parties}
    if not makers or not receivers or grant.delegator in makers:
        return None
    if any(_is_one_of(walk.world, maker, receivers) for maker in makers):
        return None
    onward = {
        party
        for way in (*walk.from_duties, *walk.of_their_own)
        if _has(way, grant.reference)
        for step in way.steps[len(_until(way, grant.reference)) :]
        for party in step.receivers
    }
    if not onward.isdisjoint(makers):
        return None
    to, others = (joined([(Named(one),) for one in several]) for several in (sorted(receivers), makers))
    return Broken((Named(grant.reference), " was given to ", *to, ", and ", *others, " decided"))


def _is_one_of(world: World, maker: str, receivers: set[str]) -> bool:
    """Whether somebody received, acts for whoever did, or is whom a receiver acts for, holds or seats."""
    if maker in receivers or not receivers.isdisjoint(acts_for(world, maker)):
        return True
    behind = {one for receiver in receivers for one in acts_for(world, receiver)}
    holders = {held.member for receiver in receivers for held in world.holders(receiver)}
    held_by_a_receiver = not receivers.isdisjoint(held.member for held in world.holders(maker))
    return maker in behind or maker in holders or held_by_a_receiver


# From whom


def _has(way: Way, reference: str) -> bool:
    return any(step.reference == reference for step in way.steps)


def _until(way: Way, reference: str) -> tuple[Step, ...]:
    at = next(number for number, step in enumerate(way.steps) if step.reference == reference)
    return way.steps[: at + 1]


def _gap(steps: Iterable[Step]) -> Step | None:
    """The first step whose giver did not have what was given."""
    return next((step for step in steps if lacks_the_power(step)), None)


def _without_a_giver(record: Record, walk: Walk, grant: Grant) -> Broken:
    """Of a delegation to which no way leads from the duty."""
    giver = grant.delegator
    if walk.at(grant.granted_at).held_by(giver) is not None:
        ended = _ended(record, giver, walk.question.moment)
        return Broken((Named(giver), ", who gave ", Named(grant.reference), ", no longer had the power"), ended)
    if not has_a_recorded_source(record, walk.world, giver):
        said: Said = (
            "how ",
            Named(giver),
            ", who gave ",
            Named(grant.reference),
            ", came to the power is not recorded",
        )
        return Broken(said, evidenced=False)
    return Broken(("nothing recorded gives ", Named(giver), " the power that it gave by ", Named(grant.reference)))


def _ended(record: Record, giver: str, moment: int) -> tuple[int, ...]:
    """The facts by which what the giver had been given ended."""
    found: list[int] = []
    for granted in record.naming(giver, DelegationGranted, "delegates"):
        grant = record.grant(granted.fact.stream, moment)
        found += [at for stop in (grant.stops if grant else ()) for at in stop.evidence]
    return tuple(found)

"""The one word for an answer: a gap, contested, dormant, complete with findings, complete."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from decisionlog.domain.authority.outcomes import Outcome
from decisionlog.domain.authority.parties import is_forum
from decisionlog.domain.authority.question import NOWHERE
from decisionlog.domain.authority.steps import Finding, Power, Way, is_person_or_office
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant

_MUST_BE_RECORDED = {"onward": "onward-not-recorded", "resolved": "not-resolved"}


def findings(walk: Walk, ways: Sequence[Way]) -> tuple[Finding, ...]:
    """What is possibly irregular on the ways, each once."""
    found: dict[tuple[str, str, str], Finding] = {}
    for one in (*_of_steps(ways), *_of_beginnings(ways), *walk.findings.values()):
        found.setdefault((one.code, one.subject, one.test), one)
    return tuple(found.values())


def _of_steps(ways: Iterable[Way]) -> Iterator[Finding]:
    for way in ways:
        for step in way.steps:
            for test in step.tests:
                evidence = tuple(dict.fromkeys((*step.evidence, *test.evidence)))
                if test.outcome is Outcome.FAILS:
                    yield Finding("fails", step.reference, evidence, test.name)
                elif test.outcome is Outcome.NOT_RECORDED and test.name in _MUST_BE_RECORDED:
                    yield Finding(_MUST_BE_RECORDED[test.name], step.reference, evidence, test.name)


def _of_beginnings(ways: Iterable[Way]) -> Iterator[Finding]:
    for way in ways:
        if way.own:
            step = way.steps[0]
            yield Finding("own-chain", step.reference, step.evidence, party=step.giver)


def contested(walk: Walk, ways: Iterable[Way]) -> tuple[int, ...]:
    """The facts of two exclusive delegations of one giver to different delegates for places that meet; or of disputes.

    Empty where nothing is contested.
    """
    exclusive: dict[tuple[str, str], tuple[Grant, set[str]]] = {}
    for way in ways:
        for step in way.steps:
            if isinstance(step.by, Grant) and step.by.exclusivity == "exclusive":
                _, receivers = exclusive.setdefault((step.giver, step.reference), (step.by, set()))
                receivers.update(step.receivers)
    for ((giver, _), (one, to)), ((other_giver, _), (other, other_to)) in combinations(exclusive.items(), 2):
        if giver == other_giver and to != other_to and _overlap(walk, one, other):
            return (*one.evidence, *other.evidence)
    functions = walk.asked.functions
    for dispute in walk.world.disputes(functions) if functions else ():
        if walk.asked.meet(walk.asked.places, dispute.places) != NOWHERE:
            return dispute.evidence
    return ()


def _overlap(walk: Walk, one: Grant, other: Grant) -> bool:
    return walk.asked.meet(one.places or None, other.places) != NOWHERE


def forums(walk: Walk, ways: Iterable[Way]) -> tuple[str, ...]:
    """The forums that deal with what is asked about."""
    world, asked = walk.world, walk.asked
    by_function = world.bodies_for(asked.functions) if asked.functions else ()
    by_place = world.bodies_at(asked.places) if asked.places else ()
    received = [party for way in ways for step in way.steps if step.kind == "delegation" for party in step.receivers]
    return tuple(
        body
        for body in dict.fromkeys((*by_function, *by_place, *received))
        if world.party(body).exists
        and asked.meet(asked.places, world.party(body).places) != NOWHERE
        and is_forum(world, body)
    )


def classification(
    walk: Walk, powers: Iterable[Power], found: Sequence[Finding], disputed: Sequence[int], talking: Sequence[str]
) -> str:
    """The first of these that is so."""
    if not walk.duties:
        return "gap"
    if disputed:
        return "contested"
    if talking and not any(is_person_or_office(party) for power in powers for party in power.receivers):
        return "dormant"
    return "complete-with-findings" if found else "complete"

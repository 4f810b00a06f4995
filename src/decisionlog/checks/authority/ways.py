"""By which ways whoever gave a delegation came to what they gave: the delegations above it, and whether these allow it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct

from decisionlog.checks.record import Record
from decisionlog.domain.authority import testing
from decisionlog.domain.authority.outcomes import Test
from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.steps import Step
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant


class Above(Struct, frozen=True):
    """One way by which a giver came to a power."""

    grants: tuple[Grant, ...]
    """The delegations above, the nearest first; none, where the giver had it without one."""
    onward: Test | None
    """Whether the nearest lets it be passed on."""


def ways_above(record: Record, grant: Grant, moment: int) -> list[Above]:
    """Every way by which a giver had a power at a moment.

    The delegation under which one says that it is made counts; where it names none, whatever leads to its giver.
    """
    return record.once(("above", grant.reference, moment), partial(_ways_above, record, grant, moment))


def _ways_above(record: Record, grant: Grant, moment: int) -> list[Above]:
    parents = tuple(parents_of(record, grant, moment))
    if parents:
        return [Above(parents, testing.onward(record.at(moment), record.table, grant, parents[0]))]
    return list(_by_any_way(record, grant, moment))


def parents_of(record: Record, grant: Grant, moment: int) -> Iterator[Grant]:
    """The delegations above, as each names the one under which it is made, the nearest first."""
    seen = {grant.reference}
    parent = record.grant(grant.parent, moment) if grant.parent else None
    while parent and parent.reference not in seen:
        seen.add(parent.reference)
        yield parent
        parent = record.grant(parent.parent, moment) if parent.parent else None


def _by_any_way(record: Record, grant: Grant, moment: int) -> Iterator[Above]:
    """By each way of the walk.

    A body that acts for its parent, and was given the same in a delegation by somebody who acts for that parent too, has
    it as that delegation says.
    """
    world = record.at(moment)
    question = Question(grant.functions, grant.places, grant.matters, (), moment, record.zone)
    walk = Walk(world, question, record.table)
    ways = [
        (way.steps[:at], step)
        for way in (*walk.from_duties, *walk.of_their_own)
        for at, step in enumerate(way.steps)
        if step.reference == grant.reference
    ]
    given = [Above(grants, _onward(step)) for before, step in ways if (grants := _grants(before))]
    yield from given
    gave = {party for one in given for party in _giving(record, one.grants[0], moment)}
    yield from (
        Above((), None) for before, _ in ways if before and not _grants(before) and before[-1].giver not in gave
    )


def _giving(record: Record, grant: Grant, moment: int) -> tuple[str, ...]:
    """Whoever gave a delegation, and those for whom they acted."""
    return (grant.delegator, *acts_for(record.at(moment), grant.delegator)) if grant.delegator else ()


def _grants(before: tuple[Step, ...]) -> tuple[Grant, ...]:
    return tuple(step.by for step in reversed(before) if isinstance(step.by, Grant))


def _onward(step: Step) -> Test | None:
    return next((test for test in step.tests if test.name == "onward"), None)

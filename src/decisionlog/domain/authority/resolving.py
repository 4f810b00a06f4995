"""The answer for one question at one point: all ways, the power, the roles, the findings, the one word."""

from __future__ import annotations

from decisionlog.domain.authority.classifying import classification, contested, findings, forums
from decisionlog.domain.authority.power import gave_it_away, powers
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.roles import roles
from decisionlog.domain.authority.steps import Resolution
from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import World


def resolve(world: World, question: Question, table: Table) -> Resolution:
    """Who was accountable and who could decide, by the rules of `docs/authority.md`."""
    return resolved(Walk(world, question, table))


def resolved(walk: Walk) -> Resolution:
    """The same of a walk that is at hand."""
    ways = (*walk.from_duties, *walk.of_their_own)
    without = gave_it_away(ways)
    power = powers(walk.world, ways, without)
    found = findings(walk, ways)
    disputed = contested(walk, ways)
    talking = forums(walk, ways)
    return Resolution(
        classification=classification(walk, power, found, disputed, talking),
        chains=ways,
        roles=roles(walk, ways, without),
        powers=power,
        findings=found,
        disputes=disputed,
        forums=talking,
        left_out=walk.left_out,
    )

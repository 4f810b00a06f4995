"""Which function judges by which rule of authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.checks.authority import (
    chains,
    circles,
    citing,
    consulting,
    deciders,
    holding,
    in_force,
    limits,
    passing_on,
    routes,
    scope,
    splitting,
    succession,
)
from decisionlog.checks.rule import Judge

JUDGES: Final[Mapping[str, Judge]] = {
    "GL01": limits.over_limit,
    "GL02": splitting.split_spend,
    "GL03": limits.no_value,
    "GL04": in_force.expired_delegation,
    "GL05": in_force.not_yet_in_force,
    "GL06": citing.no_authority_cited,
    "GL07": scope.out_of_scope,
    "GL08": scope.reserved_matter,
    "GL09": passing_on.onward_not_permitted,
    "GL10": chains.broken_chain,
    "GL24": holding.no_accountable_holder,
    "GL25": holding.two_holders,
    "GL32": consulting.consultees_skipped,
    "GL34": citing.instrument_superseded,
    "GL35": deciders.post_vacant,
    "GL36": deciders.dissolved_party,
    "GL37": succession.lapsed_on_succession,
    "GL45": routes.unlawful_route,
    "GL51": circles.circular_delegation,
}

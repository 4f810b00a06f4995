"""Funds: whether each was open, who hosts and manages it, whose it is and for what. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any, NamedTuple

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed, parts
from decisionlog.store.lives import Course, Life, proof


class Fund(NamedTuple):
    """One fund as it stood."""

    state: str
    """`there`, `to come`, or `over`."""
    kind: str
    host: str
    manager: str
    parties: str
    functions: str
    places: str
    reporting: str
    since: str
    until: str
    evidence: str


def _parties(fact: Fact, said: dict[str, Any]) -> None:
    if fact.type == "fund.parties_changed":
        left = getattr(fact.data, "parties_left", None) or ()
        stay = [one for one in said.get("parties", ()) if one not in left]
        said["parties"] = tuple(dict.fromkeys([*stay, *(getattr(fact.data, "parties_joined", None) or ())]))


_COURSE = Course(
    frozenset({"fund.established"}),
    lambda fact: fact.type == "fund.closed",
    ("kind", "host", "manager", "parties", "functions", "places", "reporting"),
    changes=frozenset({"fund.parties_changed"}),
    also=_parties,
)


class Funds(Histories):
    """Every fund, over all of time."""

    name = "funds"
    version = 1
    kinds = frozenset({"fund"})
    marks = frozenset({"fund.established", "fund.parties_changed", "fund.closed"})
    row = Fund

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time: before it was set up, while it was open, and after."""

        def row(life: Life) -> Fund:
            return Fund(
                state=life.state,
                kind=life.said.get("kind", ""),
                host=life.said.get("host", ""),
                manager=life.said.get("manager", ""),
                parties=packed(life.said.get("parties")),
                functions=packed(life.said.get("functions")),
                places=packed(life.said.get("places")),
                reporting=packed(parts(life.said.get("reporting"), "to", "every", "next_due")),
                since=life.since,
                until=life.until,
                evidence=packed(proof(reading, life.facts.values())),
            )

        return _COURSE.life(reading, zone, row)

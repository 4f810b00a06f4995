"""Functions: what lies above each in the catalogue. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import Course, Life, proof


class Function(NamedTuple):
    """One function as it was catalogued."""

    state: str
    """`there`, `to come`, or `over`."""
    parent: str
    since: str
    until: str
    evidence: str


_COURSE = Course(
    frozenset({"function.catalogued"}),
    lambda _: False,
    ("parent",),
)


class Functions(Histories):
    """Every function, over all of time."""

    name = "functions"
    version = 1
    kinds = frozenset({"function"})
    marks = frozenset({"function.catalogued"})
    row = Function
    indexes = (("parent",),)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time: before it begins, while it stands, and after."""

        def row(life: Life) -> Function:
            return Function(
                state=life.state,
                parent=life.said.get("parent", ""),
                since=life.since,
                until=life.until,
                evidence=packed(proof(reading, life.facts.values())),
            )

        return _COURSE.life(reading, zone, row)

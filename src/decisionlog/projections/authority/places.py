"""Places: what each lies within. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import Course, Life, proof


class Place(NamedTuple):
    """One place as it was defined or redrawn."""

    state: str
    """`there`, `to come`, or `over`."""
    within: str
    level: str
    since: str
    until: str
    evidence: str


_COURSE = Course(
    frozenset({"place.defined"}),
    lambda _: False,
    ("within", "level"),
    changes=frozenset({"place.redrawn"}),
)


class Places(Histories):
    """Every place, over all of time."""

    name = "places"
    version = 1
    kinds = frozenset({"place"})
    marks = frozenset({"place.defined", "place.redrawn"})
    row = Place
    indexes = (("within",),)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time: before it begins, while it stands, and after."""

        def row(life: Life) -> Place:
            return Place(
                state=life.state,
                within=life.said.get("within", ""),
                level=life.said.get("level", ""),
                since=life.since,
                until=life.until,
                evidence=packed(proof(reading, life.facts.values())),
            )

        return _COURSE.life(reading, zone, row)

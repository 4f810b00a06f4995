"""Bodies: whether each was there, of what kind, for which places, hosted by whom. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import Course, Life, is_recorded, proof


class Body(NamedTuple):
    """One body as it stood."""

    state: str
    """`there`, `to come`, or `over`."""
    recorded: int
    """0, where nothing but its reference is recorded."""
    kind: str
    places: str
    host: str
    since: str
    until: str
    ended: str
    evidence: str


_OPENING = frozenset({"body.constituted", "body.reconstituted"})
_COURSE = Course(_OPENING, lambda fact: fact.type == "body.dissolved", ("kind", "places", "host"), again=True)


class Bodies(Histories):
    """Every body, over all of time."""

    name = "bodies"
    version = 1
    kinds = frozenset({"body"})
    marks = frozenset({*_OPENING, "body.dissolved"})
    row = Body

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time: before it was set up, while it was there, and after."""
        recorded = is_recorded(reading, _COURSE)

        def row(life: Life) -> Body:
            return Body(
                state=life.state,
                recorded=int(recorded),
                kind=life.said.get("kind", ""),
                places=packed(life.said.get("places")),
                host=life.said.get("host", ""),
                since=life.since,
                until=life.until,
                ended=life.ended,
                evidence=packed(proof(reading, life.facts.values())),
            )

        return _COURSE.life(reading, zone, row)

"""Organisations: whether each was there, and as what kind of legal person. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import NamedTuple

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Histories, packed
from decisionlog.store.lives import Course, Life, is_recorded, proof


class Organisation(NamedTuple):
    """One organisation as it stood."""

    state: str
    """`there`, `to come`, or `over`."""
    recorded: int
    """0, where nothing but its reference is recorded."""
    kind: str
    legal_person: str
    """`yes`, `no`, or empty where it is not recorded."""
    since: str
    until: str
    ended: str
    """The type of the fact that ended it or is to end it; `until`, where its own time does."""
    evidence: str


def _ends(fact: Fact) -> bool:
    succeeded = fact.type == "organisation.succeeded" and getattr(fact.data, "ends", None) is True
    return succeeded or fact.type == "organisation.dissolved"


_COURSE = Course(frozenset({"organisation.registered"}), _ends, ("kind", "legal_person"))


class Organisations(Histories):
    """Every organisation, over all of time."""

    name = "organisations"
    version = 1
    kinds = frozenset({"organisation"})
    marks = frozenset({"organisation.registered", "organisation.succeeded", "organisation.dissolved"})
    row = Organisation

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time: before it began, while it was there, and after."""
        recorded = is_recorded(reading, _COURSE)

        def row(life: Life) -> Organisation:
            person = life.said.get("legal_person")
            return Organisation(
                state=life.state,
                recorded=int(recorded),
                kind=life.said.get("kind", ""),
                legal_person="" if person is None else "yes" if person else "no",
                since=life.since,
                until=life.until,
                ended=life.ended,
                evidence=packed(proof(reading, life.facts.values())),
            )

        return _COURSE.life(reading, zone, row)

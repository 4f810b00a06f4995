"""Instruments: orders, schemes, agreements, and whether each was in force. Row and fold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf, Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Held, Histories, among, packed
from decisionlog.store.lives import Course, Life, is_recorded, proof

_ENDS = frozenset({"instrument.replaced", "instrument.ended"})
_CHANGES = frozenset({"instrument.amended", "instrument.parties_changed"})


class Instrument(NamedTuple):
    """One instrument as it stood."""

    state: str
    """`there`, `to come`, or `over`."""
    recorded: int
    """0, where nothing but its reference is recorded."""
    kind: str
    version: str
    parties: str
    functions: str
    places: str
    legal_basis: str
    review_by: str
    since: str
    until: str
    ended: str
    """`ended` or `replaced`, where it is known how it ended or is to end."""
    evidence: str


def _parties(fact: Fact, said: dict[str, Any]) -> None:
    if fact.type == "instrument.parties_changed":
        left = getattr(fact.data, "parties_left", None) or ()
        stay = [one for one in said.get("parties", ()) if one not in left]
        said["parties"] = tuple(dict.fromkeys([*stay, *(getattr(fact.data, "parties_joined", None) or ())]))


_COURSE = Course(
    frozenset({"instrument.adopted"}),
    lambda fact: fact.type in _ENDS,
    ("kind", "version", "parties", "functions", "places", "legal_basis", "review_by"),
    changes=_CHANGES,
    also=_parties,
)


class Instruments(Histories):
    """Every instrument, over all of time."""

    name = "instruments"
    version = 1
    kinds = frozenset({"instrument"})
    marks = frozenset({"instrument.adopted", *_CHANGES, *_ENDS})
    row = Instrument

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """All of time: before it was adopted, while it was in force, and after."""
        recorded = is_recorded(reading, _COURSE)

        def row(life: Life) -> Instrument:
            return Instrument(
                state=life.state,
                recorded=int(recorded),
                kind=life.said.get("kind", ""),
                version=life.said.get("version", ""),
                parties=packed(life.said.get("parties")),
                functions=packed(life.said.get("functions")),
                places=packed(life.said.get("places")),
                legal_basis=life.said.get("legal_basis", ""),
                review_by=life.said.get("review_by", ""),
                since=life.since,
                until=life.until,
                ended=life.ended and ("replaced" if life.ended == "instrument.replaced" else "ended"),
                evidence=packed(proof(reading, life.facts.values())),
            )

        return _COURSE.life(reading, zone, row)


def instruments(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """These instruments as they stood."""
    return among(rows, Instruments, streams, point)

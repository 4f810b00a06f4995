"""Rows as no program of ours writes them, put into a store from beside."""

from __future__ import annotations

from typing import Any

from eventsourcing.persistence import StoredEvent

from decisionlog.store.codec import Line, canonical
from decisionlog.store.log import Log


def fact(stream: str = "proposal:P1", n: int = 1, **changes: Any) -> dict[str, Any]:
    """A stored fact in plain JSON, with some of its fields changed."""
    return {
        "type": "proposal.submitted",
        "v": 1,
        "stream": stream,
        "n": n,
        "recorded_at": "2026-06-01T09:30:00.000000Z",
        "recorded_by": "secretariat-1",
        "batch": "01KDVDNA00BM43JVBPA2VSZJM9",
        "salt": "Zc2MHeq9Wxez78UWDDRX3A",
        "data": {},
        **changes,
    }


def insert(log: Log, plain: dict[str, Any], state: bytes | None = None) -> None:
    """Append a row as the library would, around everything that the log does."""
    written = canonical(plain) if state is None else state
    log.recorder.insert_events([StoredEvent(plain["stream"], plain["n"], plain["type"], written)])


def insert_at(log: Log, position: int, plain: dict[str, Any]) -> None:
    """The same at a position of one's choice, in a file."""
    with log.recorder.datastore.transaction(commit=True) as cursor:
        cursor.execute(
            "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state) VALUES (?,?,?,?,?)",
            (position, plain["stream"], plain["n"], plain["type"], canonical(plain)),
        )


def line(plain: dict[str, Any], position: int = 2) -> Line:
    """The row of such a fact, without a store."""
    return Line(position, plain["stream"], plain["n"], plain["type"], canonical(plain))

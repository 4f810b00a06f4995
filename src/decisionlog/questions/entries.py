"""`log`: the facts themselves, in the order of the log, each with its leaf hash."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.standing import Entry
from decisionlog.questions.point import Asked, settle
from decisionlog.store.log import Log
from decisionlog.store.tree import leaf_hash


def entries(log: Log, after: int = 0, until: int | None = None) -> Iterator[Entry]:
    """The facts after a position, up to another, as the very bytes that are stored and proved."""
    return (Entry(line.position, leaf_hash(line.state).hex(), line.state) for line in log.lines(after, until))


def basis_of(log: Log, now: datetime, known: str | None = None) -> Basis:
    """The basis of an answer that covers the whole log as it is now, or as it was at a time. Raises `BadInput`."""
    return settle(log, Asked(known=known), now).basis

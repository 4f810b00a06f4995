"""When the log learnt of a thing, and how often it learnt more: what tells those who subscribed that something is new."""

from __future__ import annotations

from typing import NamedTuple

from decisionlog.questions.viewing import Viewing


class Learnt(NamedTuple):
    """What the log learnt of one thing, by what was known."""

    first: str
    """When the first was recorded."""
    last: str
    more: int
    """How many facts came after the first."""


def learnt(viewing: Viewing, stream: str) -> Learnt:
    """When the facts of a thing were recorded, also those that correct or retract others."""
    upto = viewing.point.basis.position
    recorded = [fact.recorded_at for fact in viewing.of(stream).everything if fact.position <= upto]
    return Learnt(recorded[0], recorded[-1], len(recorded) - 1)

"""Holds: what is recorded that nothing sealed in a stream may be erased for now. Placed by one fact, lifted by another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Known, happened_at, read

PLACED = "record.hold_placed"
LIFTED = "record.hold_lifted"
BEARING = (PLACED, LIFTED, "record.corrected", "record.retracted")
"""The types of fact of a stream that say whether a hold stands."""


def standing(facts: Iterable[Fact], zone: tzinfo, now: int = OPEN_END) -> list[Fact]:
    """The holds of one stream that bar erasing now, of its facts of the types of `BEARING`.

    A hold bars from the moment that it is recorded, whatever day it is for; one that is to be lifted later still bars.
    """
    reading = read(facts, Known(), zone)
    lifted = {fact.of.n for fact in reading.facts if fact.type == LIFTED and fact.of and happened_at(fact, zone) <= now}
    return [fact for fact in reading.facts if fact.type == PLACED and fact.n not in lifted]

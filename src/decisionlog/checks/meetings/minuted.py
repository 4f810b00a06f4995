"""What the minutes themselves say of the quorum."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.checks.determinations import Determination
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.items import concerns
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.meeting import MeetingHeld, MeetingQuorumNoted


class Minuted(Struct, frozen=True):
    """Whether a body was quorate when it decided, by the minutes, and where they say so."""

    quorate: Sure
    evidence: tuple[int, ...]


def minuted(record: Record, held: Act[MeetingHeld], body: str, taken: Determination) -> Minuted:
    """What was noted of the quorum for a decision; perhaps, where nothing was, or where it is open which note counts."""
    met, noted = held.data.bodies, record.of(held.fact.stream).all(MeetingQuorumNoted)
    notes = [(one, _bears(record, one, taken)) for one in noted if body in (one.data.bodies or met)]
    denied = [one.position for one, bears in notes if one.data.quorate is False and bears is Sure.YES]
    if denied:
        return Minuted(Sure.NO, tuple(denied))
    confirmed = [one.position for one, bears in notes if one.data.quorate and bears is Sure.YES]
    said = held.data.quorum.quorate if held.data.quorum and body in met else None
    if said is False and not confirmed:
        return Minuted(Sure.NO, (held.position,))
    doubted = any(one.data.quorate is False and bears is Sure.PERHAPS for one, bears in notes)
    return Minuted(Sure.YES if (said or confirmed) and not doubted else Sure.PERHAPS, tuple(confirmed))


def _bears(record: Record, noted: Act[MeetingQuorumNoted], taken: Determination) -> Sure:
    """Whether a note was made of the item and of the time of a decision."""
    data = noted.data
    items = concerns(data.items, taken.data) if data.items else Sure.YES
    begins, ends = record.moment(data.from_), record.moment(data.until)
    begins, ends = -OPEN_END if begins is None else begins, OPEN_END if ends is None else ends
    within = Sure.YES if begins <= taken.first and taken.last < ends else Sure.PERHAPS
    return min(items, Sure.NO if taken.last < begins or ends <= taken.first else within)

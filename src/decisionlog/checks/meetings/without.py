"""When a matter was looked at again without somebody who should have had no part in it."""

from __future__ import annotations

from decisionlog.checks.determinations import Determination
from decisionlog.checks.meetings.business import decided_themselves
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.declared import stood_aside
from decisionlog.checks.meetings.presence import in_the_room
from decisionlog.checks.meetings.votes import voted
from decisionlog.checks.put_right import is_theirs_to_decide, put_right
from decisionlog.checks.record import Record


def looked_at_without(record: Record, taken: Determination, person: str) -> int:
    """When those who could had reviewed, ratified or decided it again, and nothing shows that this person took part."""

    def proper(again: Determination) -> bool:
        return not _took_part(record, again, person) and is_theirs_to_decide(record, taken, again)

    return put_right(record, taken, taken.bound, proper, reviews=True)


def _took_part(record: Record, again: Determination, person: str) -> bool:
    """Whether somebody decided, voted, or was in the room and is not recorded as standing aside."""
    if voted(again.data, person) or person in decided_themselves(record, again):
        return True
    meeting = again.data.meeting
    there = (in_the_room(record, meeting, again.first, again.last) if meeting else None) or ()
    if not meeting or all(one.person != person or one.presence is Sure.NO for one in there):
        return False
    return stood_aside(record, meeting, again.data).get(person) is not Sure.YES

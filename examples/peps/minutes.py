"""What the minutes of the Steering Council say. A keyword in a minute is not a decision.

Where a sentence says on whose recommendation something was accepted, and that it was decided is recorded elsewhere, it
tells of that decision what its own record leaves open.
"""

from __future__ import annotations

import re

from desk import Desk
from plain import Fact, Record

_RECOMMENDED = re.compile(r"\b(?:per|on|based on) the ([A-Z][A-Za-z ]*)['\u2019]s recommendation")


def held(desk: Desk, record: Record) -> None:
    """The council met. Some minutes tell of a month or a quarter and of no day."""
    told = {"ref": record["id"], "bodies": desk.people.parties([record["body"]])}
    desk.book.open(f"meeting:{record['id']}", told, record.get("at"))


def considered(desk: Desk, record: Record) -> None:
    """A sentence of the minutes in which a word such as "accepted" stands, with the proposals that it names."""
    proposals = [{"proposal": desk.proposal(key)} for key in record["proposals"]]
    told = {"proposals": proposals or None, "words": record["text"]}
    desk.book.add("meeting.item_considered", desk.meeting(record["meeting"]), told, record.get("at"))
    if (recommended := _RECOMMENDED.search(record["text"])) and record.get("verb") == "accepted":
        by = {"/recommended_by": desk.people.parties([recommended[1]])}
        for decision in _approved(desk, record):
            desk.book.correct(decision, by, record["text"])


def _approved(desk: Desk, record: Record) -> list[Fact]:
    """The approvals that are recorded by then of the proposals that a sentence names, with nobody's recommendation yet."""
    return [
        decision
        for key in record["proposals"]
        if (decision := desk.matters[key].decision) is not None
        and decision.data["outcome"] == "approved"
        and decision.source.get("recorded_at", "") <= (record.said_at or "")
        and decision.now("/recommended_by") is None
    ]


def attended(desk: Desk, record: Record) -> None:
    """How many were there: a field of the meeting that its own record leaves open."""
    meeting = desk.book.opening(f"meeting:{record['meeting']}")
    desk.book.correct(meeting, {"/attendance_count": record["count"]}, record.get("text"))
    desk.book.keep_unless_told()

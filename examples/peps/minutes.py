"""What the minutes of the Steering Council say. A keyword in a minute is not a decision."""

from __future__ import annotations

from desk import Desk
from plain import Record


def held(desk: Desk, record: Record) -> None:
    """The council met. Some minutes tell of a month or a quarter and of no day."""
    told = {"ref": record["id"], "bodies": desk.people.parties([record["body"]])}
    desk.book.open(f"meeting:{record['id']}", told, record.get("at"))


def considered(desk: Desk, record: Record) -> None:
    """A sentence of the minutes in which a word such as "accepted" stands, with the proposals that it names."""
    proposals = [{"proposal": desk.proposal(key)} for key in record["proposals"]]
    told = {"proposals": proposals or None, "words": record["text"]}
    desk.book.add("meeting.item_considered", desk.meeting(record["meeting"]), told, record.get("at"))


def attended(desk: Desk, record: Record) -> None:
    """How many were there: a field of the meeting that its own record leaves open."""
    meeting = desk.book.opening(f"meeting:{record['meeting']}")
    desk.book.correct(meeting, {"/attendance_count": record["count"]}, record.get("text"))
    desk.book.keep_unless_told()

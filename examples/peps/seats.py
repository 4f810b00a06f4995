"""Who sat on the Steering Council, in truth and as its own record (PEP 13) came to say.

An appointment or an ending has two dates. The source showed it when PEP 13 was changed (`source.recorded_at`); it
happened when voting ended in the election that explains it (`on`), weeks or months before. Where no election explains
it, the day is the commit's, as for every other header.
"""

from __future__ import annotations

from desk import Desk
from elections import Election
from plain import Record
from regimes import council_elected


def appointed(desk: Desk, record: Record) -> None:
    """Somebody is shown among the members."""
    body, member = desk.party(record["body"]), desk.party(record["actor"])
    if body is None or member is None:
        desk.book.keep()
        return
    latest, named = _latest_election(desk, record), _election_named(desk, record)
    by = latest if latest and _won(desk, latest, member) else None
    told = {
        "member": member,
        "role": record["role"],
        "seat": "elected" if by else None,
        "by_decision": (one := by or named) and one.stream,
        "term": record.get("term"),
    }
    seat = desk.book.add("body.member_appointed", body, told, by.ended if by else record.get("at"))
    desk.seats[body, member] = seat
    if by:
        council_elected(desk, by.stream, by.ended)
    if by and named and by is not named:
        differs = {"path": "/by_decision", "says": named.stream}
        desk.book.add("record.contradicted", body, differs, of=seat)


def seat_ended(desk: Desk, record: Record) -> None:
    """Somebody is no longer shown among the members."""
    body, member = desk.party(record["body"]), desk.party(record["actor"])
    seat = desk.seats.pop((body or "", member or ""), None)
    if body is None or member is None or seat is None:
        desk.book.keep()
        return
    latest = _latest_election(desk, record)
    voted_out = latest and latest.ended > (seat.on or "") and not _won(desk, latest, member)
    on = latest.ended if latest and voted_out else record.get("at")
    told = {"by_decision": latest.stream} if latest and voted_out else {}
    desk.book.add("body.member_ended", body, told, on, of=seat)


def _latest_election(desk: Desk, record: Record) -> Election | None:
    """The last election in which voting had ended when the source said this."""
    day = (record.said_at or "")[:10]
    return next((one for one in reversed(desk.elections) if one.ended <= day), None)


def _election_named(desk: Desk, record: Record) -> Election | None:
    return next((one for one in desk.elections if one.proposal == f"proposal:{record.get('authority')}"), None)


def _won(desk: Desk, election: Election, member: str) -> bool:
    return any(desk.people.same([member], [winner]) for winner in election.elected)

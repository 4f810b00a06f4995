"""Meetings: which bodies met, who was there for whom, and what became of the minutes. Row, fold, queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.days import Span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.meeting import MeetingCalled, MeetingHeld
from decisionlog.domain.known import AsOf, Reading
from decisionlog.domain.references import split
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Held, Histories, among, packed, parts, succession, when

_STATES = {"meeting.adjourned": "adjourned", "meeting.resumed": "held", "meeting.cancelled": "cancelled"}
_MINUTES = {
    "meeting.minutes_drafted": "draft",
    "meeting.minutes_confirmed": "confirmed",
    "meeting.minutes_refused": "refused",
}
_MOST = 2**53
FINAL = frozenset({"confirmed", "confirmed-as-amended", "unconfirmed-final"})
"""Standings of minutes of which nothing more is awaited."""


class Meeting(NamedTuple):
    """One meeting as it stood."""

    ref: str
    bodies: str
    state: str
    """`called`, `held`, `adjourned` or `cancelled`."""
    on: str
    """When it was held; empty before."""
    for_when: str
    """For when it is called, or to be resumed."""
    minutes: str
    """`taken`, `notes-only`, `none-taken`, `notes`, `draft`, `chair-checked`, `confirmed`, `refused` ...; empty: not recorded."""
    attendance: str
    """Packed: who (`by`), `on_behalf_of`, `role`, `presence`, `deputy_for`, as minuted."""
    presiding: str
    attendance_count: int
    """-1: not recorded."""
    position: int
    minutes_position: int
    """Of the fact that says how the minutes stand; 0, where none does."""


class Meetings(Histories):
    """Every meeting that was called or held."""

    name = "meetings"
    version = 1
    kinds = frozenset({"meeting"})
    marks = frozenset({"meeting.called", "meeting.held", "record.renumbered", *_STATES, *_MINUTES})
    row = Meeting

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """The states of a meeting, from when it was called."""
        return succession(_steps(reading, zone))


_NOT_YET = Meeting("", "", "", "", "", "", "", "", -1, 0, 0)


def meetings(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """These meetings as they stood."""
    return among(rows, Meetings, streams, point)


def _steps(reading: Reading, zone: tzinfo) -> Iterator[tuple[Span, Meeting]]:
    current = _NOT_YET
    for fact in reading.facts:
        current = _after(current, fact)
        if current.state:
            yield when(fact, zone), current


def _after(current: Meeting, fact: Fact) -> Meeting:
    data: Any = fact.data
    if isinstance(data, (MeetingCalled, MeetingHeld)):
        return _opened(current, fact, data)
    if fact.type in _STATES:
        for_when = getattr(data, "for_when", None) if fact.type == "meeting.adjourned" else None
        return current._replace(state=_STATES[fact.type], for_when=for_when or "", position=fact.position)
    if fact.type in _MINUTES:
        status = getattr(data, "record_status", None) or _MINUTES[fact.type]
        return current._replace(minutes=status, minutes_position=fact.position)
    if fact.type == "record.renumbered" and current.state:
        return current._replace(ref=getattr(data, "ref", current.ref))
    return current


def _opened(current: Meeting, fact: Fact, data: MeetingCalled | MeetingHeld) -> Meeting:
    """A meeting is called, perhaps again, and held; what the later fact does not repeat still holds."""
    current = current._replace(
        ref=current.ref or data.ref or split(fact.stream)[1],
        bodies=packed(data.bodies) if data.bodies is not None else current.bodies,
        position=fact.position,
    )
    if isinstance(data, MeetingCalled):
        state = current.state or "called"
        return current._replace(state=state, for_when=data.for_when or current.for_when)
    return current._replace(
        state="held",
        on=fact.on or "",
        for_when="",
        minutes=current.minutes or data.minutes or "",
        minutes_position=current.minutes_position or (fact.position if data.minutes else 0),
        attendance=packed(parts(data.attendance, "by", "on_behalf_of", "role", "presence", "deputy_for", "voting"))
        or current.attendance,
        presiding=packed([one.by for one in data.presiding if one.by]) if data.presiding else current.presiding,
        attendance_count=current.attendance_count
        if data.attendance_count is None
        else min(data.attendance_count, _MOST),
    )

"""Who was in the room when something was decided, as far as the minutes tell."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.meeting import MeetingHeld, MeetingResumed
from decisionlog.domain.facts.parts import Attendee


class Hours(Struct, frozen=True):
    """Between which moments something happened at a meeting, and when the meeting opened and closed."""

    first: int
    last: int
    opened: int
    closed: int


class There(Struct, frozen=True):
    """Somebody whom the minutes name, and whether that person was in the room."""

    attendee: Attendee
    presence: Sure

    @property
    def person(self) -> str:
        """Who; empty where no person is named."""
        return self.attendee.by or ""


def hours(record: Record, held: Act[MeetingHeld], first: int, last: int) -> Hours:
    """What of the time between two moments lay within the meeting."""
    opened, ended = held.at.earliest, record.end(held.data.ended)
    closed = OPEN_END if ended is None else ended
    if closed < first or last < opened:  # it was adjourned, or the minutes contradict themselves
        return Hours(first, last, first, last)
    return Hours(max(first, opened), min(last, closed), opened, closed)


def in_the_room(record: Record, meeting: str, first: int, last: int) -> list[There] | None:
    """Everybody whom the minutes name, and who of them was there between two moments.

    None, where nobody is named. After an adjournment another list may count; where it is not recorded which of two
    counted, whoever is there by one of them was there perhaps.
    """
    return record.once(("in the room", meeting, first, last), lambda: _in_the_room(record, meeting, first, last))


def _in_the_room(record: Record, meeting: str, first: int, last: int) -> list[There] | None:
    held = record.of(meeting).last(MeetingHeld)
    lists = list(_lists(record, meeting, first, last))
    if held is None or not lists:
        return None
    asked = hours(record, held, first, last)
    read = [[There(one, _presence(record, one, asked)) for one in each] for each in lists]
    if len(read) == 1:
        return read[0]
    return [_by_every_list(one, read) for one in read[-1]] + _only_earlier(read)


def _lists(record: Record, meeting: str, first: int, last: int) -> Iterator[tuple[Attendee, ...]]:
    """The lists of those present that may have counted between two moments, in their order."""
    told = record.of(meeting)
    opening = [one.data.attendance for one in told.all(MeetingHeld)[-1:] if one.data.attendance is not None]
    resumed = [one for one in told.all(MeetingResumed) if one.data.attendance is not None and one.at.earliest <= last]
    before = [one.data.attendance or () for one in resumed if one.at.certain <= first]
    during = [one.data.attendance or () for one in resumed if one.at.certain > first]
    yield from [*[*opening, *before][-1:], *during]


def _by_every_list(one: There, read: list[list[There]]) -> There:
    """One of the last list, as sure as the lists agree."""
    every = {max((each.presence for each in other if each.person == one.person), default=Sure.NO) for other in read}
    return There(one.attendee, every.pop() if len(every) == 1 else Sure.PERHAPS)


def _only_earlier(read: list[list[There]]) -> list[There]:
    """Those of earlier lists whom the last does not name."""
    named = {one.person for one in read[-1]}
    found = {one.person: one for each in read[:-1] for one in each if one.person not in named}
    return [There(one.attendee, min(one.presence, Sure.PERHAPS)) for one in found.values()]


def _presence(record: Record, attendee: Attendee, asked: Hours) -> Sure:
    if attendee.presence in {"apologies", "absent"}:
        return Sure.NO
    if attendee.intervals:
        return max(_within(record.moment(one.arrived), record.moment(one.left), asked) for one in attendee.intervals)
    return Sure.YES if attendee.presence == "present" else Sure.PERHAPS


def _within(arrived: int | None, left: int | None, asked: Hours) -> Sure:
    """Whether somebody was there from an arrival to a leaving: in the minute of either, perhaps."""
    begins = -OPEN_END if arrived is None or arrived <= asked.opened else arrived
    ends = OPEN_END if left is None or left >= asked.closed else left
    if begins < asked.first and asked.last < ends:
        return Sure.YES
    return Sure.PERHAPS if begins <= asked.last and asked.first <= ends else Sure.NO

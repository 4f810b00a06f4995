"""Whether minutes were confirmed, and whether decisions stand on the log as their meeting has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import zip_longest
from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.calendar import day_of
from decisionlog.checks.course.order import Window, window
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.record import Act, Record, Told
from decisionlog.domain.days import OPEN_END, day_start
from decisionlog.domain.facts.meeting import (
    MeetingHeld,
    MeetingMinutesConfirmed,
    MeetingMinutesDrafted,
    MeetingMinutesPublished,
    MeetingMinutesRefused,
    MeetingResumed,
)
from decisionlog.domain.facts.record import RecordContradicted
from decisionlog.domain.facts.typed import untyped
from decisionlog.domain.known import value_at
from decisionlog.domain.saying import Day, Named, Said, joined

CONFIRMED_WITHIN: Final = timedelta(days=183)
"""However rarely a body meets, its minutes are confirmed within half a year."""
_FOR_ONE_MATTER: Final = frozenset({"special", "urgent", "inaugural", "informal", "written-procedure"})
"""Kinds of meetings at which minutes are not usually confirmed."""
_FIELDS: Final = {"outcome": "outcome", "on": "day", "value": "value"}
"""What is compared with the minutes, by its field."""
_WITHOUT_MEETING: Final = frozenset({"individual", "written-procedure", "without-meeting"})
"""Ways of deciding on another day than that of the meeting to which it belongs."""


class Due(Struct, frozen=True):
    """From when minutes are overdue, and why."""

    since: int
    said: Said
    evidence: tuple[int, ...]
    keeps_minutes: bool
    """The meeting that should have confirmed them has minutes itself."""


def minutes_unconfirmed(record: Record, meeting: str) -> Iterator[Tripped]:
    """GL41: not confirmed by the end of the next ordinary meeting, nor within half a year; again so after a refusal."""
    told = record.of(meeting)
    held = told.first(MeetingHeld)
    if held is None or not held.on or held.data.minutes in {"none-taken", "notes-only"}:
        return
    confirmed = told.first(MeetingMinutesConfirmed)
    settled = window(record, confirmed).first if confirmed else OPEN_END
    there_are = _has_minutes(told, held)
    refused = told.all(MeetingMinutesRefused)
    tried: list[Act[Any]] = [held, *refused]
    for act, following in zip_longest(tried, refused):
        due = _due(record, held, act)
        until = min(settled, following.at.earliest if following else OPEN_END)
        if due.since < until and (there_are or due.keeps_minutes):
            until = min(confirmed.at.earliest if confirmed else OPEN_END, until)
            unsure = () if there_are else ("; whether minutes were taken is not recorded",)
            evidence = (held.position, *due.evidence)
            yield Tripped((*due.said, *unsure), evidence, due.since, until, evidenced=there_are)


def _has_minutes(told: Told, held: Act[MeetingHeld]) -> bool:
    """Whether it is recorded that there are minutes of a meeting."""
    return held.data.minutes == "taken" or told.first(MeetingMinutesDrafted) is not None


def _due(record: Record, held: Act[MeetingHeld], act: Act[Any]) -> Due:
    """From when minutes that were taken, or refused, at an act are overdue, and by which meeting."""
    when = window(record, act)
    half_a_year = day_start(day_of(when.last, record.zone) + CONFIRMED_WITHIN + timedelta(days=1), record.zone)
    following = _next_meeting(record, held.data.bodies, when)
    if following is None or window(record, following).last >= half_a_year:
        return Due(half_a_year, ("its minutes were not confirmed within half a year",), (), keeps_minutes=False)
    bodies = joined((Named(body),) for body in held.data.bodies)
    said: Said = ("its minutes were not confirmed when ", *bodies, " next met, on ", Day(following.on))
    keeps_minutes = _has_minutes(record.of(following.fact.stream), following)
    return Due(window(record, following).last + 1, said, (following.position,), keeps_minutes)


def _next_meeting(record: Record, bodies: tuple[str, ...], when: Window) -> Act[MeetingHeld] | None:
    """The next ordinary meeting of all the bodies that met."""

    def is_next(act: Act[MeetingHeld]) -> bool:
        ordinary = act.data.kind not in _FOR_ONE_MATTER
        return ordinary and set(bodies) <= set(act.data.bodies) and when.is_before(window(record, act))

    return record.first_naming(bodies[0], MeetingHeld, "bodies", is_next) if bodies else None


def differs_from_minutes(record: Record, decision: str) -> Iterator[Tripped]:
    """GL42: its day is not that of the meeting at which it was taken, or the minutes say another outcome, day or value."""
    taken = determination(record, decision)
    if taken is None or not taken.data.meeting:
        return
    told = record.of(taken.data.meeting)
    confirmed = told.first(MeetingMinutesConfirmed)
    held = told.first(MeetingHeld)
    if held and held.on and taken.dated and taken.data.method not in _WITHOUT_MEETING:
        yield from _another_day(record, taken, told, held)
    if confirmed:
        yield from _another_word(record, taken, told, confirmed)


def _another_day(record: Record, taken: Determination, told: Told, held: Act[MeetingHeld]) -> Iterator[Tripped]:
    """A day on which the meeting did not sit."""
    own = Window(taken.first, taken.last)
    opened, ended = window(record, held), record.end(held.data.ended)
    sat = [
        Window(opened.first, max(opened.last, ended or 0)),
        *(window(record, act) for act in told.all(MeetingResumed)),
    ]
    if all(own.is_before(one) or one.is_before(own) for one in sat):
        confirmed = told.first(MeetingMinutesConfirmed) is not None
        yield Tripped(
            (
                "it is recorded as taken on ",
                Day(taken.taken.on),
                " at ",
                Named(told.stream),
                ", which was held on ",
                Day(held.on),
            ),
            (taken.position, held.position),
            taken.first,
            severity=None if confirmed else Severity.WARNING,
        )


def _another_word(
    record: Record, taken: Determination, told: Told, confirmed: Act[MeetingMinutesConfirmed]
) -> Iterator[Tripped]:
    """What the confirmed minutes say otherwise, where somebody recorded that they do, and the record is as it was."""
    digests = _digests(told, confirmed)
    for act in record.of(taken.stream).answers(taken.taken, RecordContradicted):
        field = act.data.path.strip("/").partition("/")[0]
        cited = {document.sha256 for document in act.data.documents or () if document.sha256}
        stands = {"on": taken.taken.fact.on} if field == "on" else untyped(taken.data)
        if field in _FIELDS and cited & digests and value_at(stands, act.data.path) != act.data.says:
            said: Said = ("the confirmed minutes of ", Named(told.stream), f" give another {_FIELDS[field]}")
            yield Tripped(said, (taken.position, act.position, confirmed.position), taken.first)


def _digests(told: Told, confirmed: Act[MeetingMinutesConfirmed]) -> set[str]:
    """The digests of the minutes as they were confirmed: of the version confirmed, where it has no digest of its own."""
    others: list[Act[Any]] = [*told.all(MeetingMinutesDrafted), *told.all(MeetingMinutesPublished)]
    same = [act.data for act in others if act.data.version and act.data.version == confirmed.data.version]
    documents = (one.document for one in (confirmed.data, *same))
    return {one.sha256 for one in documents if one and one.sha256}

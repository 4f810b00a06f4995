"""Whether interests were registered in time, and declared where they mattered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from decisionlog.checks.determinations import Determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.meetings.business import brought_by, decided_at, decided_themselves, proposals_of
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.declared import Declared, declared_at, stood_aside
from decisionlog.checks.meetings.presence import There, in_the_room
from decisionlog.checks.meetings.registered import Entry, entries_of, knew_of
from decisionlog.checks.meetings.seats import ATTENDS, seats_of, sitters
from decisionlog.checks.meetings.without import looked_at_without
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.parties import organisations_of
from decisionlog.domain.days import OPEN_END, at, day_start
from decisionlog.domain.facts.body import BodyMemberAppointed
from decisionlog.domain.facts.interest import InterestRegistered
from decisionlog.domain.facts.meeting import MeetingHeld
from decisionlog.domain.facts.post import PostFilled
from decisionlog.domain.saying import Day, Named, Said, joined

_DAYS_TO_REGISTER: Final = 28
_KNEW_OF_IT: Final = "; that they knew of it then is not recorded"
_OF_SOMEBODY_ELSE: Final = "indirect"
"""The kind of an interest that is somebody else's: whoever is close to them may learn of it later."""


def undeclared_interest(record: Record, meeting: str) -> Iterator[Tripped]:
    """GL14: somebody took part in a matter in which the register has an interest of theirs, and declared none in time."""
    held = record.of(meeting).last(MeetingHeld)
    if held is None or not held.on:
        return
    declared = declared_at(record, meeting)
    for one in declared:
        if not one.in_time:
            yield _declared_late(record, held, one)
    decided = decided_at(record, meeting)
    for person in dict.fromkeys(who for taken in decided for who in _took_part(record, held, taken)):
        yield from _unsaid(record, held, decided, person, [one for one in declared if one.person == person])


def _declared_late(record: Record, held: Act[MeetingHeld], one: Declared) -> Tripped:
    items = one.act.data.items or ()
    about = f" in item{'s' * (len(items) > 1)} {', '.join(items)}" if items else ""
    said: Said = (Named(one.person), f" declared an interest{about} only on ", Day(one.act.on))
    matters = [taken for taken in decided_at(record, held.fact.stream) if one.concerns(taken.data) is not Sure.NO]
    knew = knew_of(record, one.act.data.interest or "", one.person, held)
    return Tripped(
        said if knew else (*said, _KNEW_OF_IT),
        (one.act.position, held.position, *knew),
        held.at.earliest,
        _until(record, matters, one.person),
        None if knew else Severity.WARNING,
    )


def _until(record: Record, matters: list[Determination], person: str) -> int:
    """When every matter had been looked at again without somebody."""
    return max((looked_at_without(record, one, person) for one in matters), default=OPEN_END)


def _unsaid(
    record: Record, held: Act[MeetingHeld], decided: list[Determination], person: str, declared: list[Declared]
) -> Iterator[Tripped]:
    for entry in entries_of(record, person):
        matters = [
            one
            for one in decided
            if entry.held(one.first, one.last)
            and _is_about(record, entry, one)
            and person in _took_part(record, held, one)
            and not _is_their_seat(record, held, entry, one, person)
            and not _is_declared(held, entry, one, declared)
        ]
        if matters:
            evidence = (held.position, entry.act.position, *(one.position for one in matters))
            named = joined((Named(one.stream),) for one in matters)
            until = _until(record, matters, person)
            if _asked_for(record, held, matters):
                knew = knew_of(record, entry.stream, person, held)
                said = (Named(person), " did not declare ", Named(entry.stream), " when it came to ", *named)
                said, severity = (said, None) if knew else ((*said, _KNEW_OF_IT), Severity.WARNING)
                yield Tripped(said, evidence, held.at.earliest, until, severity)
            else:
                said = (
                    "whether ",
                    Named(person),
                    " declared ",
                    Named(entry.stream),
                    " is not recorded; it bears on ",
                )
                yield Tripped((*said, *named), evidence, held.at.earliest, until, evidenced=False)


def _is_about(record: Record, entry: Entry, taken: Determination) -> bool:
    """Whether an interest is in what a decision is about, or in whoever brought it."""
    matters = {taken.stream, *proposals_of(taken)}
    if not matters.isdisjoint(entry.act.data.matters or ()):
        return True
    held_in = entry.act.data.held_in or ()
    return bool(held_in) and not brought_by(record, taken).isdisjoint(held_in)


def _took_part(record: Record, held: Act[MeetingHeld], taken: Determination) -> list[str]:
    """Who had a part in a decision of a meeting: those who decided themselves, and, of a body that met, who was there as a member.

    Not those who stood aside from it.
    """
    part = [person for person, sure in decided_themselves(record, taken).items() if sure is Sure.YES]
    if not set(held.data.bodies).isdisjoint(taken.makers):
        part += [one.person for one in _members_there(record, held, taken) if one.presence is Sure.YES]
    aside = stood_aside(record, held.fact.stream, taken.data)
    return [person for person in part if person and aside.get(person, Sure.NO) is Sure.NO]


def _members_there(record: Record, held: Act[MeetingHeld], taken: Determination) -> list[There]:
    """Those whom the minutes name, but those who only attended, at the day of a decision: after an adjournment they may be others."""
    there = in_the_room(record, held.fact.stream, taken.first, taken.last) or ()
    return [one for one in there if one.attendee.role not in ATTENDS]


def _is_their_seat(record: Record, held: Act[MeetingHeld], entry: Entry, taken: Determination, person: str) -> bool:
    """Whether the interest is in whom the person acts there for: that is what the seat or post is for, and no conflict by itself."""
    there = [one for one in _members_there(record, held, taken) if one.person == person]
    spoken_for = {party for one in there for party in one.attendee.on_behalf_of or ()}
    for maker in taken.makers:
        if maker.startswith("body:") and not spoken_for:
            seats = seats_of(sitters(record, maker, taken.first, taken.last), person)
            spoken_for.update(one for each in seats for one in each.seat.on_behalf_of)
        elif maker.startswith("post:") and person in decided_themselves(record, taken):
            spoken_for.update(organisations_of(record.at(taken.last), maker))
    return not spoken_for.isdisjoint(entry.act.data.held_in or ())


def _is_declared(held: Act[MeetingHeld], entry: Entry, taken: Determination, declared: list[Declared]) -> bool:
    """Whether an interest was declared for a decision, in time or late: what came late is told of the declaration."""
    if any(one.act.data.interest == entry.stream or one.concerns(taken.data) is not Sure.NO for one in declared):
        return True
    person = entry.act.data.by
    return any(one.by == person for one in (*(held.data.interests or ()), *(taken.data.interests or ())))


def _asked_for(record: Record, held: Act[MeetingHeld], matters: list[Determination]) -> bool:
    """Whether it is recorded that interests were asked for, or that anybody declared one."""
    asked = held.data.interests is not None or all(one.data.interests is not None for one in matters)
    return asked or bool(declared_at(record, held.fact.stream))


def late_registration(record: Record, interest: str) -> Iterator[Tripped]:
    """GL16: an interest was registered more than 28 days after it had arisen, or after its holder's first seat or post."""
    for act in record.of(interest).all(InterestRegistered):
        if not act.on:
            continue
        if not act.data.arose:
            yield Tripped(("when it arose is not recorded",), (act.position,), act.at.earliest, evidenced=False)
            continue
        arose = record.end(act.data.arose)
        begun = _first_office(record, act.data.by)
        if arose is not None and act.at.earliest > _last_day(record, max(arose, begun)):
            said: Said = ("it arose on ", Day(act.data.arose), " and was registered on ", Day(act.on))
            known = act.data.kind != _OF_SOMEBODY_ELSE
            untold = () if known else ("; when they learnt of it is not recorded",)
            yield Tripped((*said, *untold), (act.position,), act.at.earliest, evidenced=known)


def _first_office(record: Record, person: str | None) -> int:
    """The first moment at which a person held any seat or post; long ago, where none is recorded."""
    if not person:
        return -OPEN_END
    seats = record.naming(person, BodyMemberAppointed, "member")
    posts = record.naming(person, PostFilled, "person")
    return min((*map(record.effect, seats), *map(record.effect, posts)), default=-OPEN_END)


def _last_day(record: Record, arose: int) -> int:
    """The last moment of the 28th day after the day of a moment."""
    day = at(arose).astimezone(record.zone).date()
    return day_start(day + timedelta(days=_DAYS_TO_REGISTER + 1), record.zone) - 1

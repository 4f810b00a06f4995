"""Whether those who had declared an interest stood aside as they should."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.checks.determinations import Determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.business import decided_at, decided_themselves
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.declared import (
    OUT_OF_THE_ROOM,
    STANDS_ASIDE,
    Declared,
    declared_at,
    managed_for,
)
from decisionlog.checks.meetings.presence import in_the_room
from decisionlog.checks.meetings.registered import dispensed
from decisionlog.checks.meetings.seats import ATTENDS, seats_of, sitters
from decisionlog.checks.meetings.votes import voted
from decisionlog.checks.meetings.without import looked_at_without
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.interest import InterestRegistered
from decisionlog.domain.facts.meeting import MeetingConflictManaged, MeetingHeld
from decisionlog.domain.saying import Named, Said


def unmanaged_conflict(record: Record, meeting: str) -> Iterator[Tripped]:
    """GL15: a declared conflict was not managed, or not as it was to be: the person voted or decided, or was in the room."""
    held = record.of(meeting).last(MeetingHeld)
    for one in declared_at(record, meeting) if held else ():
        if not one.in_time:
            continue
        found = [_unmanaged(record, one, taken) for taken in _decisions(record, meeting, one)]
        shown = [each for each in found if each]
        shown = [each for each in shown if each.evidenced] or shown
        if shown:
            yield max(shown, key=lambda each: each.until)


def _decisions(record: Record, meeting: str, one: Declared) -> list[Determination]:
    """The decisions on which a declaration bears and in which the person could have had a part."""
    decided = [taken for taken in decided_at(record, meeting) if one.concerns(taken.data) is not Sure.NO]
    return [taken for taken in decided if _could_take_part(record, meeting, taken, one.person)]


def _could_take_part(record: Record, meeting: str, taken: Determination, person: str) -> bool:
    held = record.of(meeting).last(MeetingHeld)
    there = in_the_room(record, meeting, held.at.earliest, taken.last) if held else None
    attends = any(one.person == person and one.attendee.role in ATTENDS for one in there or ())
    for body in taken.makers:
        seats = seats_of(sitters(record, body, taken.first, taken.last), person) if body.startswith("body:") else []
        if any(seat.member or seat.stands_in for seat in seats):
            return True
        if held and body in held.data.bodies and not seats and not attends:
            return True
    return voted(taken.data, person) or person in decided_themselves(record, taken)


def _unmanaged(record: Record, one: Declared, taken: Determination) -> Tripped | None:
    """What is wrong with how a conflict was managed for a decision; none, where nothing is."""
    has_decided = bool(_how_they_decided(record, one, taken))
    interest = one.act.data.interest or ""
    if dispensed(record, one.person, taken, interest, voted=has_decided) or one.act.data.dispensation:
        return None
    if is_dpi(record, one) and _how_they_took_part(record, one, taken):
        return None
    managed = [each for each in one.managed if managed_for(each, taken.data) is not Sure.NO]
    evidence = (one.act.position, taken.position, *(each.position for each in managed))
    if said := _breach(record, one, taken, managed):
        return Tripped(said, evidence, taken.first, looked_at_without(record, taken, one.person))
    if managed or one.act.data.action or voted(taken.data, one.person):
        return None
    said = ("how the interest of ", Named(one.person), " in ", Named(taken.stream), " was managed is not recorded")
    return Tripped(said, evidence, taken.first, looked_at_without(record, taken, one.person), evidenced=False)


def _breach(record: Record, one: Declared, taken: Determination, managed: list[Act[MeetingConflictManaged]]) -> Said:
    """How the person took part all the same; empty, where nothing shows it."""
    who, what = Named(one.person), Named(taken.stream)
    did = _how_they_decided(record, one, taken) if one.concerns(taken.data) is Sure.YES else ""
    aside = [each for each in managed if each.data.management in STANDS_ASIDE]
    done = [each for each in managed if each.data.as_intended is not False]
    if did and (aside or not (done or one.act.data.action)):
        return (who, f" had declared an interest and {did} ", what)
    if any(each.data.as_intended is False for each in managed):
        return ("the interest of ", who, " in ", what, " was not managed as intended")
    if any(_stayed(record, each, taken, one.person) for each in aside):
        return (who, " was to be out of the room for ", what, " and was there")
    if not managed and not one.act.data.action and one.act.data.conflict == "actual":
        return (who, " had declared a conflict, and nothing was done about it for ", what)
    return ()


def _stayed(record: Record, managed: Act[MeetingConflictManaged], taken: Determination, person: str) -> bool:
    """Whether the times show somebody in the room who was to be out of it."""
    if managed.data.management not in OUT_OF_THE_ROOM or taken.first != taken.last:
        return False
    left, returned = record.moment(managed.data.left), record.moment(managed.data.returned)
    if left is not None or returned is not None:
        return (left is not None and taken.last < left) or (returned is not None and returned < taken.first)
    there = in_the_room(record, taken.data.meeting or "", taken.first, taken.last) or ()
    return any(one.person == person and one.attendee.intervals and one.presence is Sure.YES for one in there)


def dispensation_missing(record: Record, meeting: str) -> Iterator[Tripped]:
    """GL17: somebody with a disclosable pecuniary interest spoke, voted or decided, and no dispensation covers it."""
    for one in declared_at(record, meeting):
        if not one.in_time or not is_dpi(record, one):
            continue
        for taken in decided_at(record, meeting):
            did = _how_they_took_part(record, one, taken) if one.concerns(taken.data) is Sure.YES else ""
            if did and not _is_covered(record, one, taken):
                said = (
                    Named(one.person),
                    f" {did} ",
                    Named(taken.stream),
                    " despite a disclosable pecuniary interest, and no dispensation is recorded",
                )
                until = looked_at_without(record, taken, one.person)
                yield Tripped(said, (one.act.position, taken.position, *one.evidence[1:]), taken.first, until)


def is_dpi(record: Record, one: Declared) -> bool:
    """Whether a declared interest is a disclosable pecuniary one, by the declaration or by its entry in the register."""
    if one.act.data.kind is not None or not one.act.data.interest:
        return one.act.data.kind == "dpi"
    return any(act.data.kind == "dpi" for act in record.of(one.act.data.interest).all(InterestRegistered))


def _how_they_decided(record: Record, one: Declared, taken: Determination) -> str:
    """How whoever declared something had a hand in what came of it, in words; empty, where nothing shows that they had."""
    if voted(taken.data, one.person):
        return "voted on"
    return "decided" if decided_themselves(record, taken).get(one.person) is Sure.YES else ""


def _how_they_took_part(record: Record, one: Declared, taken: Determination) -> str:
    """The same, where speaking counts as well."""
    spoke = any(
        each.data.management == "speaks-without-deciding" and managed_for(each, taken.data) is Sure.YES
        for each in one.managed
    )
    return _how_they_decided(record, one, taken) or ("spoke on" if spoke else "")


def _is_covered(record: Record, one: Declared, taken: Determination) -> bool:
    in_words = one.act.data.dispensation or any(each.data.dispensation for each in one.managed)
    has_decided = bool(_how_they_decided(record, one, taken))
    return bool(in_words) or dispensed(record, one.person, taken, one.act.data.interest or "", voted=has_decided)

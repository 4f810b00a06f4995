"""Who is counted for the quorum of a body when it decides.

Counted is each member once who is in the room and has not stood aside; a deputy counts in the place of the member. What the
record leaves open is left open: whoever is counted *perhaps* is counted neither for the body nor against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.checks.meetings.certainty import Sure, sure
from decisionlog.checks.meetings.presence import There
from decisionlog.checks.meetings.seats import ATTENDS, DEPUTY, Sitter, seats_of
from decisionlog.domain.facts.body import BodyTermsAdopted
from decisionlog.domain.facts.parts import Attendee

CLAIMS_A_SEAT: Final = frozenset({"chair", "joint-chair", "vice-chair", "voting-member", "member"})
"""Roles in the minutes by which somebody was there as a member."""


class Counted(Struct, frozen=True):
    """Somebody who is counted, or may be."""

    member: str
    """The member, whoever was there; empty where the minutes name no person."""
    person: str
    """Who was there: the member or a deputy."""
    grade: Sure
    roles: frozenset[str]
    parties: frozenset[str]
    """The organisations spoken for, and the posts by which the member sits."""
    unseated: bool = False
    """The minutes have this person as a member, and no seat is recorded."""


class Sitting(Struct, frozen=True):
    """A body that decides: who was there, who sits on it, who presided, who stood aside, and under which terms."""

    there: tuple[There, ...]
    sitters: tuple[Sitter, ...]
    presiding: frozenset[str]
    aside: Mapping[str, Sure]
    terms: BodyTermsAdopted

    @property
    def members_known(self) -> bool:
        """It is recorded who the members are."""
        return any(one.member for one in self.sitters)


def counted(sitting: Sitting) -> list[Counted]:
    """Everybody who is counted or may be, each member once."""
    found: dict[str, Counted] = {}
    for number, one in enumerate(sitting.there):
        each = _counted(sitting, one)
        if each is None or each.grade is Sure.NO:
            continue
        key = each.member or f"unnamed {number}"
        found[key] = _together(found[key], each) if key in found else each
    return list(found.values())


def is_deputy(attendee: Attendee, seats: Iterable[Sitter]) -> bool:
    """Whether somebody was there for a member: as the minutes say, or on the seat of a deputy alone."""
    seats = list(seats)
    if any(one.member for one in seats) and not attendee.deputy_for:
        return False
    return bool(attendee.deputy_for) or attendee.role == DEPUTY or any(one.stands_in for one in seats)


def _counted(sitting: Sitting, there: There) -> Counted | None:
    attendee, seats = there.attendee, seats_of(sitting.sitters, there.person) if there.person else []
    if is_deputy(attendee, seats):
        return _deputy(sitting, there, seats)
    members = [one for one in seats if one.member]
    if members:
        return _member(sitting, there, members)
    if attendee.role in ATTENDS or seats:
        return None
    if sitting.members_known and there.person:
        return _unseated(sitting, there) if claims_a_seat(attendee) else None
    return replace(_unseated(sitting, there), grade=min(there.presence, Sure.PERHAPS), unseated=False)


def claims_a_seat(attendee: Attendee) -> bool:
    """Whether the minutes have somebody as a member."""
    return attendee.role in CLAIMS_A_SEAT or bool(attendee.voting)


def _member(sitting: Sitting, there: There, seats: list[Sitter]) -> Counted:
    held = Sure.YES if any(one.held_at_both for one in seats) else Sure.PERHAPS
    voting = Sure.YES if any(one.votes for one in seats) else Sure.PERHAPS  # whether others count is not said
    as_member = Sure.PERHAPS if there.attendee.role in ATTENDS else Sure.YES
    return Counted(
        member=there.person,
        person=there.person,
        grade=_standing(sitting, there, min(held, voting, as_member)),
        roles=_roles(sitting, there, seats),
        parties=_parties(there.attendee, seats),
    )


def _unseated(sitting: Sitting, there: There) -> Counted:
    return Counted(
        member=there.person,
        person=there.person,
        grade=_standing(sitting, there, Sure.YES),
        roles=_roles(sitting, there, []),
        parties=_parties(there.attendee, []),
        unseated=True,
    )


def _deputy(sitting: Sitting, there: There, seats: list[Sitter]) -> Counted | None:
    stood_for = there.attendee.deputy_for or ""
    allowed = sitting.terms.deputies.allowed if sitting.terms.deputies else None
    rule = sitting.terms.quorum_rule.deputies_count if sitting.terms.quorum_rule else None
    grade = Sure.NO if allowed is False else sure(rule)
    if sitting.terms.deputies and sitting.terms.deputies.named_only and sitting.members_known:
        grade = min(grade, Sure.YES if any(one.stands_in for one in seats) else Sure.NO)
    of_member = seats_of(sitting.sitters, stood_for) if stood_for else []
    return Counted(
        member=stood_for or there.person,
        person=there.person,
        grade=_standing(sitting, there, grade),
        roles=frozenset({DEPUTY}),
        parties=_parties(there.attendee, [*seats, *of_member]),
    )


def _standing(sitting: Sitting, there: There, grade: Sure) -> Sure:
    """As counted, by whether the person was in the room and had stood aside."""
    rule = sitting.terms.quorum_rule.recused_count if sitting.terms.quorum_rule else None
    aside = min(sitting.aside.get(there.person, Sure.NO), Sure(Sure.YES - sure(rule)))
    return min(grade, there.presence).unless(aside)


def _roles(sitting: Sitting, there: There, seats: list[Sitter]) -> frozenset[str]:
    found = {there.attendee.role, *(one.seat.role for one in seats)} - {None, ""}
    if there.person in sitting.presiding or "joint-chair" in found:
        found.add("chair")
    return frozenset(role for role in found if role)


def _parties(attendee: Attendee, seats: list[Sitter]) -> frozenset[str]:
    bound = {*(attendee.on_behalf_of or ()), *(one for each in seats for one in each.seat.on_behalf_of)}
    return frozenset(bound | {one.seat.member for one in seats})


def _together(one: Counted, other: Counted) -> Counted:
    """One member who is there twice, in person or by deputies, and is counted once."""
    surer = one if one.grade >= other.grade else other
    return replace(surer, roles=one.roles | other.roles, parties=one.parties | other.parties)

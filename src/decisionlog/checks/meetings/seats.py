"""Who sat on a body on a day: people by their own seats, and whoever held a post that has a seat."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.record import Record
from decisionlog.domain.authority.world import Holder
from decisionlog.domain.facts.body import BodyMemberAppointed

ATTENDS: Final = frozenset({"observer", "in-attendance", "secretary"})
"""Roles of people who are in the room and are no members."""
DEPUTY: Final = "deputy"


class Sitter(Struct, frozen=True):
    """One person on one seat."""

    person: str
    seat: Holder
    held_at_both: bool
    """At the first and at the last moment that were asked about, and without doubt."""

    @property
    def stands_in(self) -> bool:
        """It is the seat of a deputy."""
        return self.seat.role == DEPUTY or bool(self.seat.deputy_for)

    @property
    def member(self) -> bool:
        """It is the seat of a member, with or without a vote."""
        return not self.stands_in and self.seat.role not in ATTENDS

    @property
    def votes(self) -> Sure:
        """Whether the seat has a vote."""
        if self.seat.voting is None:
            return Sure.NO if self.seat.role in {"non-voting-member", *ATTENDS} else Sure.YES
        return Sure.YES if self.seat.voting else Sure.NO


def sitters(record: Record, body: str, first: int, last: int) -> tuple[Sitter, ...]:
    """Everybody who held a seat between two moments, at the first or at the last of them."""
    return record.once(("sitters", body, first, last), lambda: _sitters(record, body, first, last))


def _sitters(record: Record, body: str, first: int, last: int) -> tuple[Sitter, ...]:
    before, after = _at(record, body, first), _at(record, body, last)
    surely = {person for person, _, possible in before if not possible}
    surely &= {person for person, _, possible in after if not possible}
    found = {(person, seat): None for person, seat, _ in (*before, *after)}
    return tuple(Sitter(person, seat, person in surely) for person, seat in found)


def _at(record: Record, body: str, moment: int) -> list[tuple[str, Holder, bool]]:
    world = record.at(moment)
    found = []
    for seat in world.holders(body):
        if seat.member.startswith("post:"):
            found += [(one.member, seat, seat.possible or one.possible) for one in world.holders(seat.member)]
        else:
            found.append((seat.member, seat, seat.possible))
    return found


def members_seats(record: Record, body: str, moment: int) -> int:
    """How many seats of members a body had, filled or vacant."""
    return sum(Sitter("", one, held_at_both=True).member for one in record.at(moment).holders(body))


def all_recorded(record: Record, body: str, size: int | None) -> bool:
    """Whether as many members were ever appointed to a body as it has by its terms, where these say how many."""
    every = [one.data for one in record.of(body).all(BodyMemberAppointed)]
    members = [one for one in every if one.role not in {DEPUTY, *ATTENDS} and not one.deputy_for]
    return bool(members) and len(members) >= (size or 0)


def seats_of(every: Iterable[Sitter], person: str) -> list[Sitter]:
    """The seats of one person."""
    return [one for one in every if one.person == person]

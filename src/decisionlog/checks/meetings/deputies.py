"""Whether those who stood in for members could do so."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.counted import is_deputy
from decisionlog.checks.meetings.declared import day_over
from decisionlog.checks.meetings.presence import There, in_the_room
from decisionlog.checks.meetings.seats import Sitter, all_recorded, seats_of, sitters
from decisionlog.checks.meetings.terms import terms_of
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.body import BodyTermsAdopted
from decisionlog.domain.facts.meeting import MeetingHeld
from decisionlog.domain.facts.terms import Deputies
from decisionlog.domain.saying import Named, Said, joined


class _Met(Struct, frozen=True):
    """One body at a meeting of it."""

    record: Record
    body: str
    alone: bool
    """No other body met with it."""
    first: int
    last: int
    there: tuple[There, ...]
    every: tuple[Sitter, ...]
    terms: Act[BodyTermsAdopted]

    def deputies(self) -> list[There]:
        """Those who stood in for its members."""
        found = [one for one in self.there if is_deputy(one.attendee, seats_of(self.every, one.person))]
        return [one for one in found if self.alone or self._is_of_it(one)]

    def _is_of_it(self, one: There) -> bool:
        seats = [*seats_of(self.every, one.person), *seats_of(self.every, _stood_for(one))]
        return any(seat.member or seat.stands_in for seat in seats)

    def member_seats(self, person: str) -> list[Sitter]:
        """The seats that a person has as a member."""
        return [one for one in seats_of(self.every, person) if one.member]


def deputy_invalid(record: Record, meeting: str) -> Iterator[Tripped]:
    """GL13: somebody stood in for a member whom the terms do not allow to, or a seat was taken twice."""
    held = record.of(meeting).last(MeetingHeld)
    last = day_over(record, held)
    if held is None or last is None:
        return
    there = in_the_room(record, meeting, held.at.earliest, last) or []
    for body in held.data.bodies:
        terms = terms_of(record, body, last)
        if terms:
            met = _Met(
                record,
                body,
                len(held.data.bodies) == 1,
                held.at.earliest,
                last,
                tuple(one for one in there if one.presence is not Sure.NO),
                sitters(record, body, held.at.earliest, last),
                terms,
            )
            yield from _of_one_body(met, held)


def _of_one_body(met: _Met, held: Act[MeetingHeld]) -> Iterator[Tripped]:
    deputies, rule = met.deputies(), met.terms.data.deputies
    if not deputies:
        return
    evidence = (held.position, met.terms.position)
    if rule is None:
        said = ("whether ", Named(met.body), " allows deputies is not recorded; ", *_people(deputies), " stood in")
        yield Tripped(said, evidence, held.at.earliest, evidenced=False)
        return
    for one in deputies:
        if why := _why_not(met, rule, one, deputies):
            yield Tripped((*_stands_for(one), *why), evidence, held.at.earliest)


def _why_not(met: _Met, rule: Deputies, one: There, deputies: list[There]) -> Said:
    """Why somebody could not stand in; empty, where nothing speaks against it."""
    stood_for = _stood_for(one)
    if not rule.allowed:
        return (", and ", Named(met.body), " allows no deputies")
    if rule.named_only and not _is_named(met, one.person, stood_for):
        return (" on ", Named(met.body), ", and no seat as a deputy is recorded")
    if not stood_for:
        return ()
    if not met.member_seats(stood_for) and _members_known(met):
        return (", who held no seat on ", Named(met.body))
    if any(each.person == stood_for and each.presence is Sure.YES for each in met.there) and one.presence is Sure.YES:
        return (" on ", Named(met.body), ", who was there")
    return _twice(met, one, deputies)


def _twice(met: _Met, one: There, deputies: list[There]) -> Said:
    before = [each for each in deputies[: deputies.index(one)] if min(each.presence, one.presence) is Sure.YES]
    if any(_stood_for(each) == _stood_for(one) for each in before):
        return (" on ", Named(met.body), ", for whom somebody else stood in already")
    if any(each.person and each.person == one.person for each in before):
        return (" on ", Named(met.body), ", and for another member too")
    return ()


def _is_named(met: _Met, person: str, stood_for: str) -> bool:
    """Whether somebody has the seat of a deputy, for that member where both say for whom."""
    of = [one.seat.deputy_for for one in seats_of(met.every, person) if one.stands_in]
    return any(not one or not stood_for or stood_for in _holders(met, one) for one in of)


def _holders(met: _Met, member: str) -> set[str]:
    """The person, or whoever held the post that day; of a post that was vacant, anybody."""
    if not member.startswith("post:"):
        return {member}
    held = {one.member for at in (met.first, met.last) for one in met.record.at(at).holders(member)}
    return held or {one.attendee.deputy_for or "" for one in met.there}


def _members_known(met: _Met) -> bool:
    """Whether the members are recorded, and as many as there are by the terms, where these say."""
    return all_recorded(met.record, met.body, met.terms.data.size)


def _stands_for(one: There) -> Said:
    who: Said = (Named(one.person),) if one.person else ("somebody",)
    stood_for = _stood_for(one)
    return (*who, " stood in for ", Named(stood_for)) if stood_for else (*who, " stood in for a member")


def _stood_for(one: There) -> str:
    return one.attendee.deputy_for or ""


def _people(deputies: list[There]) -> Said:
    return joined((Named(one.person),) if one.person else ("somebody",) for one in deputies)

"""Whether those who took part in a decision of a body had a seat on it, and a vote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.meetings.business import decided_at
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.counted import claims_a_seat, is_deputy
from decisionlog.checks.meetings.presence import There, in_the_room
from decisionlog.checks.meetings.quorum import countings, when_met_properly
from decisionlog.checks.meetings.seats import Sitter, all_recorded, seats_of, sitters
from decisionlog.checks.meetings.terms import terms_of
from decisionlog.checks.meetings.votes import TOOK_PART, named_votes, tally, voted
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.body import BodyMemberAppointed, BodyMemberEnded, BodyTermsAdopted
from decisionlog.domain.facts.meeting import MeetingHeld
from decisionlog.domain.facts.voting import Vote
from decisionlog.domain.saying import LastDay, Named, Said, joined

_VOTED: Final = " voted"
_TOOK_PART: Final = " took part as a member"


class _Outsider(Struct, frozen=True):
    """Somebody who took part in a decision of a body and should not have."""

    person: str
    did: str
    why: Said
    evidence: tuple[int, ...]
    """The facts by which it is so; none, where it is so because nothing is recorded."""
    at: tuple[int, ...] = ()
    """The meeting, where the minutes of who was there say so."""


class _End(NamedTuple):
    """When a seat ended, by which facts."""

    at: int
    day: str
    evidence: tuple[int, ...]


def lapsed_member(record: Record, decision: str) -> Iterator[Tripped]:
    """GL12: somebody voted, or took part as a member, who held no seat on that day, or one without a vote."""
    taken = determination(record, decision)
    bodies = [one for one in taken.makers if one.startswith("body:")] if taken else []
    if taken is None or not taken.exercises or not taken.dated or len(bodies) != 1 or len(taken.makers) != 1:
        return
    (body,) = bodies
    every = sitters(record, body, taken.first, taken.last)
    if not any(one.member for one in every):
        return
    voters = list(_voters(record, taken, body, every))
    found = [*voters, *_others(record, taken, body, every)]
    terms = terms_of(record, body, taken.last)
    sure = [one for one in found if one.evidence or all_recorded(record, body, terms.data.size if terms else None)]
    if sure:
        yield _tripped(record, taken, terms, sure)
    elif found and terms and (voters or _rests_on(record, taken) or _is_first(record, taken, body)):
        said = (*_said(found), ", as far as its seats are recorded")
        yield Tripped(said, (taken.position, terms.position), taken.first, evidenced=False)


def _tripped(
    record: Record, taken: Determination, terms: Act[BodyTermsAdopted] | None, found: list[_Outsider]
) -> Tripped:
    changed = _changed(record, taken, {one.person for one in found}, terms.data if terms else None)
    evidence = [position for one in found for position in (*one.at, *one.evidence)]
    if terms and terms.data.size is not None and not all(one.evidence for one in found):
        evidence.append(terms.position)  # it says how many seats there are, and so that all are recorded
    severity = None if changed or _rests_on(record, taken) else Severity.WARNING
    until = when_met_properly(record, taken, lapsed_member)
    return Tripped(_said(found), (taken.position, *evidence), taken.first, until, severity)


def _said(found: list[_Outsider]) -> Said:
    """Those of whom the same is wrong together."""
    wrong = dict.fromkeys((one.did, one.why) for one in found)
    return joined((_together(did, why, found) for did, why in wrong), "; ", "; ")


def _together(did: str, why: Said, found: Iterable[_Outsider]) -> Said:
    people = [(Named(one.person),) for one in found if (one.did, one.why) == (did, why)]
    did = " took part as members" if did == _TOOK_PART and len(people) > 1 else did
    return (*joined(people), did, *why)


def _voters(record: Record, taken: Determination, body: str, every: tuple[Sitter, ...]) -> Iterator[_Outsider]:
    """Those whose vote is recorded by name."""
    there = _there(record, taken)
    for person in dict.fromkeys(one.by for one in named_votes(taken.data) if one.by and one.vote in TOOK_PART):
        seats = seats_of(every, person)
        if any(one.member and one.votes for one in seats):
            continue
        deputises = is_deputy(there[person].attendee, seats) if person in there else any(one.stands_in for one in seats)
        if deputises:
            yield from _deputy(record, taken, body, person)
        elif seats:
            yield _Outsider(person, _VOTED, (" and had no vote on ", Named(body)), seats[0].seat.evidence)
        else:
            outsider = _without_a_seat(record, body, person, _VOTED, taken)
            held = record.of(taken.data.meeting).last(MeetingHeld) if person in there and taken.data.meeting else None
            yield outsider if outsider.evidence or held is None else replace(outsider, at=(held.position,))


def _deputy(record: Record, taken: Determination, body: str, person: str) -> Iterator[_Outsider]:
    """A deputy, where the terms give deputies no vote."""
    terms = terms_of(record, body, taken.last)
    if terms and terms.data.deputies and terms.data.deputies.allowed and terms.data.deputies.may_vote is False:
        yield _Outsider(person, _VOTED, (" as a deputy, who has no vote on ", Named(body)), (terms.position,))


def _others(record: Record, taken: Determination, body: str, every: tuple[Sitter, ...]) -> Iterator[_Outsider]:
    """Those whom the minutes have as members, and whose votes are not recorded by name."""
    held = [one for one in countings(record, taken.stream) if body in one.held.data.bodies]
    for one in _there(record, taken).values() if held else ():
        seats = seats_of(every, one.person)
        has_voted = voted(taken.data, one.person)
        if not seats and not is_deputy(one.attendee, seats) and claims_a_seat(one.attendee) and not has_voted:
            outsider = _without_a_seat(record, body, one.person, _TOOK_PART, taken)
            yield replace(outsider, at=(held[0].held.position,))


def _without_a_seat(record: Record, body: str, person: str, did: str, taken: Determination) -> _Outsider:
    told = record.of(body)
    ended: list[_End] = []
    for seat in told.all(BodyMemberAppointed):
        if seat.data.member == person:
            ends = [
                _End(record.effect(one), one.data.from_ or one.on, (seat.position, one.position))
                for one in told.answers(seat, BodyMemberEnded)
            ]
            if (term := record.moment(seat.data.until)) is not None:
                ends.append(_End(term, seat.data.until or "", (seat.position,)))
            ended += [one for one in ends if one.at <= taken.last]
    if not ended:
        return _Outsider(person, did, (" and held no seat on ", Named(body)), ())
    _, day, cited = max(ended)
    return _Outsider(person, did, (" after the seat on ", Named(body), " had ended with ", LastDay(day)), cited)


def _there(record: Record, taken: Determination) -> dict[str, There]:
    """Who may have been in the room, by person."""
    found = in_the_room(record, taken.data.meeting, taken.first, taken.last) if taken.data.meeting else None
    return {one.person: one for one in found or () if one.person and one.presence is not Sure.NO}


def _is_first(record: Record, taken: Determination, body: str) -> bool:
    return [one.stream for one in decided_at(record, taken.data.meeting or "", body)][:1] == [taken.stream]


def _rests_on(record: Record, taken: Determination) -> bool:
    return any(one.rests_on_the_unseated for one in countings(record, taken.stream))


def _changed(record: Record, taken: Determination, people: set[str], terms: BodyTermsAdopted | None) -> bool:
    """Whether a vote that is recorded by name comes out otherwise without these people."""
    every = named_votes(taken.data)
    rest = [one for one in every if one.by not in people]
    if any(rule.base == "organisations" for rule in (terms.decision_rules if terms else None) or ()):
        there = _there(record, taken)
        return _in_favour(every, there) != _in_favour(rest, there)
    (before, against), (after, still_against) = tally(every), tally(rest)
    return (before > against) != (after > still_against)


def _in_favour(votes: Iterable[Vote], there: Mapping[str, There]) -> set[str]:
    """The organisations for which somebody voted in favour: as the vote says, else as the minutes of who was there do."""
    found: set[str] = set()
    for one in votes:
        if one.vote == "in-favour":
            attendee = there[one.by].attendee if one.by and one.by in there else None
            found.update(one.on_behalf_of or (attendee.on_behalf_of if attendee else None) or ())
    return found

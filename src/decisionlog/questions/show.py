"""`show REF`: one thing as it stood on a day, as it was known at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from decisionlog.domain.answers import FactShown, Listed, Person, Shown
from decisionlog.domain.days import OPEN_END, NotADate, Span, span
from decisionlog.domain.facts import OPENING
from decisionlog.domain.facts.body import BodyMemberAppointed
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.post import PostFilled
from decisionlog.domain.known import Reading, never_was
from decisionlog.domain.references import split
from decisionlog.domain.refusals import NotFound
from decisionlog.domain.saying import references_of
from decisionlog.projections import citations, register
from decisionlog.questions.accounts import account_of
from decisionlog.questions.accounts.account import Account
from decisionlog.questions.finding_things import find, mentioned_in, names_of, references_in
from decisionlog.questions.listing import listed
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.telling import retracted, tell, tell_all
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_SEATS = ("body.member_ended", "post.vacated")
_CITING_SHOWN = 25
"""A much-cited thing, such as a council, is named by thousands of facts; `log` has them all."""


def show(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime) -> Shown:
    """One thing. Raises `NotFound` for a name that nothing has, or that nothing had yet at that point of both times."""
    point = settle(log, asked, now)
    stream = find(log, ref)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        seen = viewing.of(stream)
        known = register.thing(rows, stream, point.as_of)
        if known is None or not seen.facts:
            raise NotFound(_not_there(stream, seen.reading, point, seen.everything))
        thing = next(iter(listed(log, [known])))
        account = account_of(viewing, seen)
        citing = _citing(viewing, stream)
        people = _people(seen.facts, point, log.zone)
        told = tell_all(log, seen.facts, seen.reading, seen.openings)
        names = names_of(log, rows, _mentioned(stream, told, citing, people, account), point.as_of)
    return Shown(
        basis=point.basis,
        thing=thing,
        facts=told,
        fields=next((fact for fact in told if fact.type in OPENING), told[0]).data,
        people=tuple(_named(people, names)),
        cited_by=citing,
        names=names,
        notes=_notes(seen.reading, thing),
        evidence=tuple(fact.position for fact in seen.facts),
        opening=account.opening,
        sections=account.sections,
        told=account.told,
        decided=account.decided,
    )


def _not_there(stream: str, reading: Reading, point: Point, everything: list[Fact]) -> str:
    if never_was(reading):
        return retracted(stream, everything)
    if not reading.facts:
        return f"{stream} was not known yet on {point.basis.known_at}; it was first recorded on {everything[0].recorded_at[:10]}."
    first = reading.facts[0]
    return (
        f"{stream} was not there yet on {point.basis.as_at}; what is known of it begins on {first.on or first.said_at}."
    )


def _citing(viewing: Viewing, stream: str) -> tuple[FactShown, ...]:
    """The latest facts of other things that name this one, as known: corrected, without what was retracted."""
    found: dict[int, FactShown] = {}
    for citation in citations.latest(viewing.rows, stream, viewing.point.basis.position, _CITING_SHOWN):
        seen = viewing.of(citation.citing)
        fact = next((one for one in seen.facts if one.position == citation.position), None)
        if fact and fact.position not in found:
            found[fact.position] = tell(fact, seen.openings)
    return tuple(found[position] for position in sorted(found))


def _people(facts: Iterable[Fact], point: Point, zone: tzinfo) -> list[Person]:
    """Who sits on a body, or holds a post, on the day asked about."""
    facts = list(facts)
    found: dict[str, Person] = {}
    for fact in facts:
        if not isinstance(fact.data, (BodyMemberAppointed, PostFilled)):
            continue
        ending = _ending(fact, facts)
        begins, ends = _from(fact, zone), _until(fact, ending, zone)
        if begins.earliest <= point.as_of.on < ends.certain:
            possible = point.as_of.on < begins.certain or point.as_of.on >= ends.earliest
            seat = _seat(fact, ending, possible=possible)
            found[seat.who] = seat
    return sorted(found.values(), key=lambda person: person.who)


def _seat(fact: Fact, ending: Fact | None, *, possible: bool) -> Person:
    data = fact.data
    assert isinstance(data, (BodyMemberAppointed, PostFilled))
    who = data.member if isinstance(data, BodyMemberAppointed) else data.person
    role = data.role if isinstance(data, BodyMemberAppointed) else data.basis
    until = (ending and ending.on) or data.until or ""
    return Person(
        who=who,
        name="",
        role=role or "",
        on_behalf_of=tuple(getattr(data, "on_behalf_of", None) or ()),
        since=data.from_ or fact.on or "",
        until=until,
        possible="possible: a date of it is partial" if possible else "",
        evidence=(fact.position, *((ending.position,) if ending else ())),
    )


def _ending(fact: Fact, facts: Iterable[Fact]) -> Fact | None:
    return next(
        (end for end in facts if end.type in _SEATS and end.of and (end.of.stream, end.of.n) == (fact.stream, fact.n)),
        None,
    )


def _from(fact: Fact, zone: tzinfo) -> Span:
    return _span(getattr(fact.data, "from_", None) or fact.on or fact.said_at, zone)


def _until(fact: Fact, ending: Fact | None, zone: tzinfo) -> Span:
    if ending:
        return _span(getattr(ending.data, "from_", None) or ending.on or ending.said_at, zone)
    until = getattr(fact.data, "until", None)
    return _span(until, zone) if until else Span(OPEN_END, OPEN_END)


def _span(when: str, zone: tzinfo) -> Span:
    try:
        return span(when, zone)
    except NotADate:
        return Span(OPEN_END, OPEN_END)


def _named(people: Iterable[Person], names: dict[str, str]) -> Iterable[Person]:
    for person in people:
        yield Person(**{**person.__dict__, "name": names.get(person.who, "")})


def _mentioned(
    stream: str, told: Iterable[FactShown], citing: Iterable[FactShown], people: Iterable[Person], account: Account
) -> set[str]:
    found: set[Any] = {stream, *(person.who for person in people)}
    for fact in (*told, *citing):
        found |= {fact.stream} | references_in(fact.data) | mentioned_in(fact.notes)
    for said in account.opening:
        found |= references_of(said)
    for line in (line for section in account.sections for line in section.lines):
        found |= references_of(line.said).union(*(references_of(more) for more in line.more))
    found |= mentioned_in(account.decided) if account.decided else set()
    return {reference for reference in found if split(reference)[0]}


def _notes(reading: Reading, thing: Listed) -> tuple[str, ...]:
    notes = []
    if thing.possible:
        notes.append(f"The state '{thing.state}' is {thing.possible}.")
    if reading.contested:
        notes.append("Some facts contradict each other; see the notes beside them.")
    merged = [fact for fact in reading.facts if fact.type == "record.merged"]
    notes += [f"The same as {getattr(fact.data, 'into', 'another')} [{fact.position}]." for fact in merged]
    return tuple(notes)

"""`show REF`: one thing as it stood on a day, as it was known at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.answers.things import Listed, Person, Shown
from decisionlog.domain.facts import OPENING
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import Reading, never_was
from decisionlog.domain.references import split
from decisionlog.domain.refusals import NotFound
from decisionlog.domain.saying import references_of
from decisionlog.projections import register, seats
from decisionlog.questions.accountable.rules import resting_on_the_table, table_in
from decisionlog.questions.accounts import account_of
from decisionlog.questions.accounts.account import Account
from decisionlog.questions.finding_things import find_thing, mentioned_in, names_of, references_in
from decisionlog.questions.findings import findings_of, judged_by
from decisionlog.questions.holds import kept_from_erasing
from decisionlog.questions.listed import listed
from decisionlog.questions.point import Asked, Point, day_of, settle
from decisionlog.questions.telling import retracted, tell, tell_all
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.histories import Held, unpacked
from decisionlog.store.log import Log

_CITING_SHOWN = 25
"""A much-cited thing, such as a council, is named by thousands of facts; `log` has them all."""


def show(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime, *, judged: bool = True) -> Shown:
    """One thing; with what does not add up about it, unless it is not to be judged.

    Raises `NotFound` for a name that nothing has, or that nothing had yet at that point of both times.
    """
    point = settle(log, asked, now)
    stream = find_thing(log, models, ref)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point, judges=judged)
        seen = viewing.of(stream)
        known = register.thing(rows, stream, point.as_of)
        if known is None or not seen.facts:
            raise NotFound(_not_there(stream, seen.reading, point, seen.everything))
        thing = next(iter(listed(log, [known])))
        account = account_of(viewing, seen)
        account = replace(account, sections=(*kept_from_erasing(viewing, seen), *account.sections))
        citing = _citing(viewing, stream)
        people = _people(viewing, stream)
        told = tell_all(log, seen.facts, seen.reading, seen.openings)
        findings = account.decided.findings if account.decided else findings_of(viewing, [stream])
        names = names_of(
            log, rows, _mentioned(stream, told, citing, people, account) | mentioned_in(findings), point.as_of
        )
    basis = resting_on_the_table(point.basis, table_in(point.rules)) if account.decided else point.basis
    return Shown(
        basis=judged_by(basis) if judged else basis,
        thing=thing,
        facts=told,
        fields=next((fact for fact in told if fact.type in OPENING), told[0]).data,
        people=tuple(replace(person, name=names.get(person.who, "")) for person in people),
        cited_by=citing,
        names=names,
        notes=_notes(seen.reading, thing),
        evidence=tuple(fact.position for fact in seen.facts),
        opening=account.opening,
        sections=account.sections,
        told=account.told,
        decided=account.decided,
        findings=findings,
    )


def _not_there(stream: str, reading: Reading, point: Point, everything: list[Fact]) -> str:
    if never_was(reading):
        return retracted(stream, everything)
    if not reading.facts:
        return f"{stream} was not known yet {day_of(point.basis.known_at)}; it was first recorded on {everything[0].recorded_at[:10]}."
    first = reading.facts[0]
    opening = next((fact for fact in reading.facts if fact.type in OPENING), first)
    absent = f"{stream} was not there yet on {point.basis.as_at}"
    if opening is first and not first.on:
        return (
            f"Nothing is known of {stream} on {point.basis.as_at}: since when it has been there is not recorded, and it was "
            f"first spoken of on {first.said_at}."
        )
    if opening is first:
        return f"{absent}; what is known of it begins on {first.on}."
    return (
        f"{absent}: it begins on {opening.on or opening.said_at} [{opening.position}]. "
        f"Something is recorded of it from before its beginning, of {first.on or first.said_at} [{first.position}]; "
        f"`decisionlog history '{stream}'` has it."
    )


def _citing(viewing: Viewing, stream: str) -> tuple[FactShown, ...]:
    """The latest facts of other things that name this one, as known: corrected, without what was retracted."""
    latest, _ = viewing.concerning(stream, most=_CITING_SHOWN)
    by_position = sorted(latest, key=lambda one: one.position)
    return tuple(tell(one.fact, viewing.of(one.fact.stream).openings) for one in by_position)


def _people(viewing: Viewing, stream: str) -> list[Person]:
    """Who sits on a body, or holds a post, on the day asked about."""
    point = viewing.point.as_of
    found = [_person(one, point.on) for one in seats.on(viewing.rows, [stream], point)]
    return sorted(found, key=lambda person: (person.who, person.evidence))


def _person(held: Held, on: int) -> Person:
    seat = held.values
    possible = held.possible or on >= seat.ends_from
    return Person(
        who=seat.member,
        name="",
        role=seat.role,
        on_behalf_of=tuple(unpacked(seat.on_behalf_of)),
        since=seat.since,
        until=seat.until,
        possible="possible: a date of it is partial" if possible else "",
        evidence=tuple(filter(None, (seat.position, seat.ended_position))),
    )


def _mentioned(
    stream: str, told: Iterable[FactShown], citing: Iterable[FactShown], people: Iterable[Person], account: Account
) -> set[str]:
    found: set[Any] = {stream, *(person.who for person in people)}
    for fact in (*told, *citing):
        found |= {fact.stream} | references_in(fact.data) | mentioned_in(fact.said) | mentioned_in(fact.notes)
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

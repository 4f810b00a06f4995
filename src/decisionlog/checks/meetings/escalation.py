"""Whether a disagreement was answered within its time on each rung of the ladder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from msgspec import Struct

from decisionlog.checks.determinations import determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.disagreements import settled_by
from decisionlog.checks.meetings.terms import terms_of
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END, at, day_start
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.disagreement import DisagreementEscalated, DisagreementRaised
from decisionlog.domain.facts.meeting import MeetingHeld
from decisionlog.domain.facts.terms import Rung
from decisionlog.domain.saying import Day, Named, Said, joined


class _Ladder(NamedTuple):
    """The rungs of a ladder, and the terms that have it."""

    rungs: tuple[Rung, ...]
    position: int


class _Step(Struct, frozen=True):
    """A disagreement was raised, or went up a rung: who is to answer, and by when."""

    act: Act[DisagreementRaised] | Act[DisagreementEscalated]
    to: tuple[str, ...]
    last_day: str
    overdue_from: int
    """The first moment after the last day for an answer."""
    evidence: tuple[int, ...]


def escalation_overdue(record: Record, disagreement: str) -> Iterator[Tripped]:
    """GL22: no answer to a disagreement was given within its time on a rung, until one was or it went up."""
    told = record.of(disagreement)
    raised = told.first(DisagreementRaised)
    if raised is None:
        return
    settled = settled_by(told, parked=True)
    escalated = told.all(DisagreementEscalated)
    for step in _steps(record, raised, escalated):
        later = [one for one in escalated if one.at.earliest >= step.act.at.earliest and one is not step.act]
        answers = [one.at.earliest for one in (*later, *([settled] if settled else []))]
        answered = min([*answers, *_decided(record, raised, step)], default=OPEN_END)
        if answered > step.overdue_from:
            yield Tripped(_overdue(step, answered), step.evidence, step.overdue_from, answered)


def _overdue(step: _Step, answered: int) -> Said:
    who = joined((Named(one),) for one in step.to) or ("the other side",)
    came = "no answer is recorded" if answered == OPEN_END else "the answer came later"
    return (*who, " had to answer by ", Day(step.last_day), f", and {came}")


def _steps(
    record: Record, raised: Act[DisagreementRaised], escalated: list[Act[DisagreementEscalated]]
) -> Iterator[_Step]:
    """Where the disagreement stood, one after the other, as far as it is recorded by when an answer was due."""
    ladder = _ladder(record, raised)
    rung = raised.data.rung or 1
    first = _rung(ladder, rung, None)
    to = tuple(filter(None, [first.to if first else None])) or raised.data.other_side or ()
    yield from _due(record, raised, to, first, ladder)
    for act in escalated:
        found = _rung(ladder, act.data.rung or rung + 1, None if act.data.rung else act.data.to)
        rung = found.rung if found else act.data.rung or rung + 1
        to = tuple(filter(None, [act.data.to or (found.to if found else None)]))
        yield from _due(record, act, to, found, ladder)


def _due(
    record: Record,
    act: Act[DisagreementRaised] | Act[DisagreementEscalated],
    to: tuple[str, ...],
    rung: Rung | None,
    ladder: _Ladder | None,
) -> Iterator[_Step]:
    """By when an answer is due: by the day that was set, else within the days of the rung."""
    if act.data.respond_by:
        due = record.end(act.data.respond_by)
        if due is not None:
            yield _Step(act, to, act.data.respond_by, due + 1, (act.position,))
    elif rung and ladder and rung.within_days is not None and act.on:
        last = at(act.at.certain).astimezone(record.zone).date() + timedelta(days=rung.within_days)
        over = day_start(last + timedelta(days=1), record.zone)
        yield _Step(act, to, last.isoformat(), over, (act.position, ladder.position))


def _ladder(record: Record, raised: Act[DisagreementRaised]) -> _Ladder | None:
    """The ladder that applies: of the body that is named, else of a body at whose meeting it was raised."""
    named = raised.data.ladder or ""
    held = record.of(raised.data.meeting).last(MeetingHeld) if raised.data.meeting and not named else None
    bodies = [named] if named.startswith("body:") else held.data.bodies if held else ()
    for body in bodies:
        terms = terms_of(record, body, raised.at.certain)
        if terms and terms.data.escalation:
            return _Ladder(terms.data.escalation, terms.position)
    return None


def _rung(ladder: _Ladder | None, number: int, to: str | None) -> Rung | None:
    """A rung by whom it leads to, where it leads to them, else by its number."""
    rungs = ladder.rungs if ladder else ()
    by_party = next((one for one in rungs if to and one.to == to), None)
    return by_party or next((one for one in rungs if one.rung == number), None)


def _decided(record: Record, raised: Act[DisagreementRaised], step: _Step) -> Iterator[int]:
    """When those who had to answer decided on what the disagreement is about: to decide is to answer."""
    for thing in raised.data.about:
        if thing.startswith("proposal:"):
            for act in record.naming(thing, DecisionTaken, "proposals.proposal"):
                one = determination(record, act.fact.stream)
                if one and one.exercises and one.first >= step.act.at.earliest and set(step.to) & set(one.makers):
                    yield one.first

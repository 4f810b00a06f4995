"""Decisions: what each was and how it stood, with what it still waits for, on both axes of time. Row, fold, queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection, MetaData

from decisionlog.domain.course import CONDITIONS, ENDS, Course, Owed, Subject
from decisionlog.domain.days import OPEN_END, Span
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf, Reading
from decisionlog.domain.references import split
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import (
    Held,
    Histories,
    among,
    chosen,
    held,
    moment_of,
    packed,
    parts,
    succession,
    taking_effect,
    when,
)


class Decision(NamedTuple):
    """One decision as it stood."""

    ref: str
    outcome: str
    state: str
    """`taken`, `in force`, `awaiting ratification`, `not ratified`, `called in`, `referred back`, `stayed`, `superseded` ..."""
    on: str
    state_on: str
    effective_from: str
    effective_until: str
    makers: str
    people: str
    on_behalf_of: str
    proposals: str
    """Packed: the proposals it disposes of, each with its `version`."""
    meeting: str
    item: str
    value: str
    urgent: str
    """`yes`, `no`, or empty where it is not recorded."""
    unratified: str
    """`yes`: it was urgent, and nobody has ratified it or declined to; also after its own time is up."""
    key: str
    review_by: str
    report_to: str
    """Packed: to whom it is to be reported (`to`, `due`, `asked_to`), and whether it was (`reported`)."""
    call_in_until: str
    conditions: str
    """Packed: `id`, `state`, `due`, `falls_to`, and the `position` of the fact that says so."""
    taken_from: int
    """The first moment at which it may have been taken; where its day is not recorded, that may be any."""
    taken_by: int
    """The moment by which it certainly was."""
    position: int
    state_position: int


class Decisions(Histories):
    """Every decision with its state after what came later."""

    name = "decisions"
    version = 2
    kinds = frozenset({"decision"})
    marks = frozenset({
        "decision.taken", "decision.ratified", "decision.not_ratified", "decision.reported_back", "decision.published",
        "decision.called_in", "decision.call_in_concluded", "decision.stayed", "decision.taken_over",
        "decision.implemented", "decision.reviewed", "decision.varied", "record.renumbered", *ENDS, *CONDITIONS,
    })  # fmt: skip
    row = Decision
    indexes = (("outcome", "first_position"), ("taken_from",))

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """The states of a decision; none before it was taken."""
        return succession(_rows(reading.facts, zone))


_table = Decisions.define("decisions", MetaData())


def decisions(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """These decisions as they stood, those that had been taken."""
    return among(rows, Decisions, streams, point)


def taken(
    rows: Connection, point: AsOf, outcomes: Sequence[str] = (), since: int | None = None, until: int | None = None
) -> Iterator[Held]:
    """The decisions with one of these outcomes that may have been taken from one moment up to another."""
    query = chosen(_table, point)
    if outcomes:
        query = query.where(_table.c.outcome.in_(outcomes))
    if since is not None:
        query = query.where(_table.c.taken_by >= since)
    if until is not None:
        query = query.where(_table.c.taken_from <= until)
    return held(rows, Decisions, query.order_by(_table.c.first_position), point)


def _rows(facts: list[Fact], zone: tzinfo) -> Iterator[tuple[Span, Decision | None]]:
    """The decision after each fact, or after a time that one of them set; none, before it was taken."""
    first = next((fact for fact in facts if isinstance(fact.data, DecisionTaken)), None)
    course = Course(begins=taking_effect(first, zone).earliest if first else 0)
    since: tuple[str, Fact] | None = None
    for at, fact, over in _events(facts, zone):
        course.now = at.earliest
        course.take_in(fact, over=over)
        if course.opening is None:
            yield at, None
            continue
        if since is None or since[0] != course.state:
            since = (course.state, fact)
        yield at, _row(course, course.opening, since[1], when(course.opening, zone))


def _events(facts: list[Fact], zone: tzinfo) -> Iterator[tuple[Span, Fact, bool]]:
    """The facts in the order in which they take effect, and again where a time that one of them sets is over."""
    events: list[tuple[Span, int, Fact, bool]] = []
    for order, fact in enumerate(facts):
        takes_effect = fact.type in ENDS or fact.type in {"decision.stayed", "decision.varied"}
        at = taking_effect(fact, zone) if takes_effect else when(fact, zone)
        events.append((at, order, fact, False))
        begins = taking_effect(fact, zone) if isinstance(fact.data, DecisionTaken) else at
        if begins.earliest > at.earliest:
            events.append((begins, order, fact, False))
        until = moment_of(getattr(fact.data, "until", None), zone)
        if until and until.earliest > at.earliest and fact.type in {"decision.taken", "decision.stayed"}:
            events.append((until, order, fact, True))
    for at, _, fact, over in sorted(events, key=lambda event: (event[0].earliest, event[1])):
        yield at, fact, over


def _row(course: Course, opening: Fact, since: Fact, taken: Span) -> Decision:
    """The course as a row; `since` is the fact by which it came to stand as it does."""
    data: Any = opening.data
    return Decision(
        ref=course.ref or data.ref or split(opening.stream)[1],
        outcome=data.outcome or "",
        state=course.state,
        on=opening.on or "",
        state_on=since.on or "",
        effective_from=data.from_ or "",
        effective_until=course.until,
        makers=packed(data.decision_makers),
        people=packed(data.people),
        on_behalf_of=packed(data.on_behalf_of),
        proposals=packed(parts(data.proposals, "proposal", "version")),
        meeting=data.meeting or "",
        item=data.item or "",
        value=packed(_values(course.value)),
        urgent="yes" if course.urgent else "",
        unratified="yes" if course.unratified else "",
        key="" if data.key is None else "yes" if data.key else "no",
        review_by=course.review_by,
        report_to=packed([_report(owed) for owed in course.reports]) if course.reports else "",
        call_in_until=course.call_in_until,
        conditions=packed([_condition(each) for each in course.conditions.values()]) if course.conditions else "",
        taken_from=taken.earliest if opening.on else -OPEN_END,
        taken_by=taken.certain if opening.on else OPEN_END,
        position=opening.position,
        state_position=since.position,
    )


def _report(owed: Owed) -> dict[str, Any]:
    (said,) = parts([owed.report], "to", "due", "asked_to", "meeting") or [{}]
    return {**said, "reported": owed.reported, "position": owed.position}


def _condition(subject: Subject) -> dict[str, Any]:
    (said,) = parts([subject.condition], "id", "due", "falls_to", "kind") or [{}]
    return {**said, "state": subject.state, "position": subject.position}


def _values(values: Iterable[Any] | None) -> list[dict[str, Any]] | None:
    if values is None:
        return None
    plain = []
    for value, rest in zip(values, parts(values, "recurrence", "kind", "fund") or (), strict=True):
        plain.append({"money": {"amount": value.money.amount, "currency": value.money.currency}, **rest})
    return plain

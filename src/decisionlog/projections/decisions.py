"""Decisions: what each was and how it stood, with what it still waits for, on both axes of time. Row, fold, queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any, NamedTuple

from sqlalchemy import Connection, MetaData

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

BINDING = frozenset(
    "approved approved-as-amended approved-with-conditions approved-in-part delegated elected ratified".split()
)
"""Outcomes by which something is to be done or holds, where the decider had been asked to decide."""
_ENDS = {
    "decision.superseded": "superseded",
    "decision.rescinded": "rescinded",
    "decision.lapsed": "lapsed",
    "decision.voided": "voided",
}
_CONDITIONS = {
    "condition.accepted": "accepted",
    "condition.refused": "refused",
    "condition.discharged": "discharged",
    "condition.failed": "failed",
    "condition.waived": "waived",
}


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
        "decision.implemented", "decision.reviewed", "decision.varied", "record.renumbered", *_ENDS, *_CONDITIONS,
    })  # fmt: skip
    row = Decision
    indexes = (("outcome", "first_position"), ("taken_from",))

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """The states of a decision; none before it was taken."""
        course = _Course()
        return succession(
            (at, course.after(fact, over=over)) for at, fact, over in _events(reading.facts, zone, course)
        )


_table = Decisions.define("decisions", MetaData())


def decisions(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """These decisions as they stood, those that had been taken."""
    return among(rows, Decisions, _table, streams, point)


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


def _events(facts: list[Fact], zone: tzinfo, course: _Course) -> Iterator[tuple[Span, Fact, bool]]:
    """The facts in the order in which they take effect, and again where a time that one of them sets is over."""
    events: list[tuple[Span, int, Fact, bool]] = []
    for order, fact in enumerate(facts):
        takes_effect = fact.type in _ENDS or fact.type in {"decision.stayed", "decision.varied"}
        at = taking_effect(fact, zone) if takes_effect else when(fact, zone)
        events.append((at, order, fact, False))
        if isinstance(fact.data, DecisionTaken):
            begins = taking_effect(fact, zone)
            if begins.earliest > at.earliest:
                events.append((begins, order, fact, False))
            course.starts(at, begins.earliest)
        until = moment_of(getattr(fact.data, "until", None), zone)
        if until and until.earliest > at.earliest and fact.type in {"decision.taken", "decision.stayed"}:
            events.append((until, order, fact, True))
    for at, _, fact, over in sorted(events, key=lambda event: (event[0].earliest, event[1])):
        course.now = at.earliest
        yield at, fact, over


@dataclass
class _Course:
    """The course of one decision, fact by fact."""

    taken: Span | None = None
    begins: int = 0
    now: int = 0
    decision: Decision | None = None
    reports: list[dict[str, Any]] = field(default_factory=list)
    conditions: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    binding: bool = False
    urgent: bool = False
    answered: str = ""
    stays: set[int] = field(default_factory=set)
    called_in: str = ""
    ended: str = ""
    in_part: bool = False
    taken_over: bool = False
    implemented: bool = False
    ref: str = ""

    def starts(self, taken: Span, begins: int) -> None:
        """When it was taken, and from when it has effect; what a second record of it says changes neither."""
        if self.taken is None:
            self.taken, self.begins = taken, begins

    def after(self, fact: Fact, *, over: bool) -> Decision | None:
        """The decision after one fact, or after the time that it set is over."""
        before = self._state()
        if over:
            self._is_over(fact)
        elif isinstance(fact.data, DecisionTaken):
            if self.decision is None:
                self._take(fact, fact.data)
        elif self.decision is None:
            return None
        elif fact.type in _CONDITIONS:
            self._answer(fact)
        else:
            self._change(fact)
        return self._seen(fact, before)

    def _seen(self, fact: Fact, before: str) -> Decision | None:
        if self.decision is None:
            return None
        state = self._state()
        changed = state != before or not self.decision.state
        self.decision = self.decision._replace(
            state=state,
            state_on=(fact.on or "") if changed else self.decision.state_on,
            state_position=fact.position if changed else self.decision.state_position,
            unratified="yes" if self._is_unratified() else "",
            ref=self.ref or self.decision.ref,
            report_to=packed(self.reports) if self.reports else "",
            conditions=packed(list(self.conditions.values())) if self.conditions else "",
        )
        return self.decision

    def _state(self) -> str:
        if self.ended:
            return self.ended
        if self.taken_over:
            return "taken over"
        if self.stays:
            return "stayed"
        if self.called_in:
            return self.called_in
        if not self.binding:
            return "taken"
        if self._is_unratified():
            return "awaiting ratification"
        if self.answered == "not ratified":
            return self.answered
        if self.now < self.begins:
            return "taken"
        if self.in_part:
            return "superseded in part"
        return "implemented" if self.implemented else "in force"

    def _is_unratified(self) -> bool:
        return self.binding and self.urgent and not self.answered and self.ended in {"", "ended"}

    def _take(self, fact: Fact, data: DecisionTaken) -> None:
        assert self.taken is not None
        self._promise(fact)
        self.binding = data.outcome in BINDING and data.asked_to in {None, "decide"}
        self.urgent = data.urgent is not None
        self.decision = Decision(
            ref=data.ref or split(fact.stream)[1],
            outcome=data.outcome or "",
            state="",
            on=fact.on or "",
            state_on="",
            effective_from=data.from_ or "",
            effective_until=data.until or "",
            makers=packed(data.decision_makers),
            people=packed(data.people),
            on_behalf_of=packed(data.on_behalf_of),
            proposals=packed(parts(data.proposals, "proposal", "version")),
            meeting=data.meeting or "",
            item=data.item or "",
            value=packed(_values(data.value)),
            urgent="yes" if self.urgent else "",
            unratified="",
            key="" if data.key is None else "yes" if data.key else "no",
            review_by=data.review_by or "",
            report_to="",
            call_in_until=data.call_in_until or "",
            conditions="",
            taken_from=self.taken.earliest if fact.on else -OPEN_END,
            taken_by=self.taken.certain if fact.on else OPEN_END,
            position=fact.position,
            state_position=fact.position,
        )

    def _promise(self, fact: Fact) -> None:
        """Take up the conditions and the reports that a fact sets, in the place of none of the earlier ones."""
        for condition in getattr(fact.data, "conditions", None) or ():
            (known,) = parts([condition], "id", "due", "falls_to", "kind") or [{}]
            self.conditions[(fact.n, condition.id)] = {**known, "state": "open", "position": fact.position}
        for report in parts(getattr(fact.data, "report_to", None), "to", "due", "asked_to", "meeting") or ():
            self.reports.append({**report, "reported": False, "position": fact.position})

    def _change(self, fact: Fact) -> None:  # noqa: C901, PLR0912 - one case for each type of fact
        assert self.decision is not None
        data: Any = fact.data
        match fact.type:
            case "decision.ratified":
                self.answered = "ratified"
                self._promise(fact)
            case "decision.not_ratified":
                self.answered = "stands" if getattr(data, "stands", None) else "not ratified"
            case "decision.reported_back":
                to = getattr(data, "to", None)
                for report in self.reports:
                    if to is None or report.get("to") in {None, to}:
                        report.update(reported=True, position=fact.position)
            case "decision.published" if until := getattr(data, "call_in_until", None):
                self.decision = self.decision._replace(call_in_until=until)
            case "decision.called_in":
                self.called_in = "called in"
            case "decision.call_in_concluded":
                back = getattr(data, "call_in_result", None) in {"referred-back", "referred-to-council"}
                self.called_in = "referred back" if back else ""
            case "decision.stayed":
                self.stays.add(fact.n)
            case "decision.taken_over":
                self.taken_over = True
            case "decision.implemented":
                self.implemented = getattr(data, "wholly", None) is not False
            case "decision.reviewed":
                self.decision = self.decision._replace(review_by=getattr(data, "review_by", None) or "")
            case "decision.varied":
                self._vary(fact)
            case "record.renumbered":
                self.ref = getattr(data, "ref", self.ref)
            case ended if ended in _ENDS and getattr(data, "wholly", None) is False:
                self.in_part = True
            case ended if ended in _ENDS:
                self.ended = _ENDS[ended]
            case _:
                pass

    def _vary(self, fact: Fact) -> None:
        """A field given takes the place of the decision's own; one that is struck falls away."""
        assert self.decision is not None
        data: Any = fact.data
        struck = set(getattr(data, "struck", None) or ())
        given = getattr(data, "conditions", None) is not None
        if given or "conditions" in struck:
            self.conditions.clear()
        if getattr(data, "report_to", None) is not None or "report_to" in struck:
            self.reports.clear()
        self._promise(fact)
        value = getattr(data, "value", None)
        self.decision = self.decision._replace(
            value="" if "value" in struck else packed(_values(value)) or self.decision.value,
            review_by="" if "review_by" in struck else getattr(data, "review_by", None) or self.decision.review_by,
            effective_until=getattr(data, "until", None) or self.decision.effective_until,
        )

    def _answer(self, fact: Fact) -> None:
        """What became of a condition: of the fact that `of` names, or of every one of its id where none is named."""
        named = fact.of.n if fact.of and fact.of.stream == fact.stream else None
        for (n, identity), condition in self.conditions.items():
            if identity == getattr(fact.data, "condition", None) and named in {None, n}:
                condition.update(state=_CONDITIONS[fact.type], position=fact.position)

    def _is_over(self, fact: Fact) -> None:
        if fact.type == "decision.stayed":
            self.stays.discard(fact.n)
        elif self.decision and self.decision.effective_until == getattr(fact.data, "until", None):
            self.ended = self.ended or "ended"


def _values(values: Iterable[Any] | None) -> list[dict[str, Any]] | None:
    if values is None:
        return None
    plain = []
    for value, rest in zip(values, parts(values, "recurrence", "kind", "fund") or (), strict=True):
        plain.append({"money": {"amount": value.money.amount, "currency": value.money.currency}, **rest})
    return plain

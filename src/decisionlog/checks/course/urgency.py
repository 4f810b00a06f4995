"""Urgent decisions: why they could not wait, who agreed, and whether the body that they were owed to made them its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from decisionlog.checks.course.endings import ended_by_act
from decisionlog.checks.course.order import after, window
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.decision import DecisionNotRatified, DecisionRatified, DecisionReportedBack
from decisionlog.domain.facts.meeting import MeetingHeld
from decisionlog.domain.saying import Day, Named, Said

COUNCILS: Final = frozenset({"upper-tier-la", "district", "combined-authority"})
"""Kinds of organisations that are councils in law."""


class Due(Struct, frozen=True):
    """From when a ratification is overdue, and why."""

    since: int
    said: Said
    evidence: tuple[int, ...]


def urgent_not_ratified(record: Record, decision: str) -> Iterator[Tripped]:
    """GL30: neither ratified nor declined by the end of the next meeting held of the body that it was owed to."""
    taken = determination(record, decision)
    if taken is None or taken.data.urgent is None or not taken.binds:
        return
    answer = _answer(record, taken)
    until = min(answer.at.earliest if answer else OPEN_END, ended_by_act(record, decision))
    due = _due(record, taken, _owed_to(taken))
    if due is None:
        if answer is None and not _owed_to(taken):
            said: Said = ("it was urgent, and which body was to ratify it is not recorded",)
            yield Tripped(said, (taken.position,), taken.first, until, evidenced=False)
        return
    in_time = answer is not None and window(record, answer).first < due.since
    if not in_time and due.since < until:
        yield Tripped(("it was urgent, and neither ratified nor declined ", *due.said), due.evidence, due.since, until)


def urgency_ground_missing(record: Record, decision: str) -> Iterator[Tripped]:
    """GL31: urgent, with no word of why, or exempt from call-in with no word of who agreed to that."""
    taken = determination(record, decision)
    urgent = taken.data.urgent if taken else None
    if taken is None or urgent is None or not taken.exercises:
        return
    if urgent.ground is None:
        yield Tripped(("it was urgent, and why is not recorded",), (taken.position,), taken.first)
    if urgent.exempt_from_call_in and not urgent.agreed_by:
        said = ("it was exempt from call-in as urgent, and who agreed to that is not recorded",)
        yield Tripped(said, (taken.position,), taken.first)


def is_of_councils(record: Record, taken: Determination) -> bool:
    """Whether all whom it binds are councils, as far as is recorded."""
    world = record.at(taken.last)
    return bool(taken.bound) and all(world.party(one).kind in COUNCILS for one in taken.bound)


def _answer(record: Record, taken: Determination) -> Act[Any] | None:
    """The first ratification or refusal; of a council's decision, a report is enough."""
    told = record.of(taken.stream)
    answers: list[Act[Any]] = [*told.all(DecisionRatified), *told.all(DecisionNotRatified)]
    if is_of_councils(record, taken):
        answers += told.all(DecisionReportedBack)
    return min(answers, key=lambda one: (one.at.earliest, one.position), default=None)


def _owed_to(taken: Determination) -> list[str]:
    """The bodies that are to ratify it: those to which it is to be reported, else those that gave the power used."""
    reported = [report.to for report in taken.data.report_to or () if report.to]
    given = [relied.grant.delegator for relied in taken.relied if relied.grant]
    bodies = [[one for one in each if one.startswith("body:")] for each in (reported, given)]
    return list(dict.fromkeys(bodies[0] or bodies[1]))


def _due(record: Record, taken: Determination, bodies: Sequence[str]) -> Due | None:
    """From when it is overdue: the next meeting held of one of these bodies was over, else the day set for the report."""

    def is_later(act: Act[MeetingHeld]) -> bool:
        return window(record, act).first > taken.last

    next_ = [(record.first_naming(body, MeetingHeld, "bodies", is_later), body) for body in bodies]
    if later := [(act, body) for act, body in next_ if act]:
        held, body = min(later, key=lambda one: (one[0].at.earliest, one[0].position))
        said: Said = ("when ", Named(body), " next met, on ", Day(held.on))
        return Due(window(record, held).last + 1, said, (taken.position, held.position))
    days = [(after(record, one.due), one) for one in taken.data.report_to or () if one.to in bodies]
    first = min(((since, one) for since, one in days if since is not None), key=lambda one: one[0], default=None)
    if first is None:
        return None
    since, report = first
    told: Said = ("by ", Day(report.due or ""), ", when ", Named(report.to or ""), " was to be told")
    return Due(since, told, (taken.position,))

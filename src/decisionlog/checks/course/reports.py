"""Whether what was to be reported was reported in time: a decision back to somebody, what was done under a delegation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.checks.course.endings import end_of, ended_by_act
from decisionlog.checks.course.order import LONG_AGO, after, window
from decisionlog.checks.determinations import determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.decision import DecisionReportedBack, DecisionTaken, DecisionVaried
from decisionlog.domain.facts.delegation import DelegationGranted, DelegationReported, DelegationVaried
from decisionlog.domain.facts.meeting import MeetingCalled, MeetingHeld
from decisionlog.domain.facts.parts import Next
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Named, Said, joined


class Owed(Struct, frozen=True):
    """A report that somebody is owed, as a fact promises it."""

    to: str
    due: str
    """Empty where by when is not recorded."""
    stated: Act[Any]
    until: int
    """The first moment at which it is owed no longer, reported or not."""
    every: str = ""
    """How often, where it is owed again and again."""
    before: tuple[int, ...] = ()
    """When each of the reports to the same that fall due before it, by the same promise, became overdue."""


def not_reported_back(record: Record, subject: str) -> Iterator[Tripped]:
    """GL29: the day of a report had passed, and none was recorded by then."""
    of_a_decision = split(subject)[0] == "decision"
    owed = _of_decision(record, subject) if of_a_decision else _of_delegation(record, subject)
    doubtful: list[tuple[Owed, int]] = []
    for one in owed:
        late = after(record, one.due)
        made = _made(record, subject, one)
        until = min(one.until, made.at.earliest if made else OPEN_END)
        if late is None:
            doubtful += [(one, until)] if made is None and one.stated.at.earliest < until else []
        elif late < until and not (made and window(record, made).first < late):
            said: Said = ("a report", *_to(one.to), " was due by ", Day(one.due), ", and none is recorded by then")
            yield Tripped(said, (one.stated.position,), late, until)
    if doubtful:
        yield _no_day(doubtful)


def _of_decision(record: Record, decision: str) -> Iterator[Owed]:
    """What a decision promises. Of an urgent one that binds, the rule about ratification speaks."""
    taken = determination(record, decision)
    if taken is None or (taken.data.urgent and taken.binds):
        return
    told = record.of(decision)
    ended = ended_by_act(record, decision)
    stating: list[Act[Any]] = [*told.all(DecisionTaken), *told.all(DecisionVaried)]
    for stated in stating:
        until = min(ended, _changed(record, told.all(DecisionVaried), stated, "report_to"))
        owed = [Owed(one.to or "", _day_of(record, one), stated, until) for one in stated.data.report_to or ()]
        yield from _one_after_another(record, owed)


def _of_delegation(record: Record, delegation: str) -> Iterator[Owed]:
    """What the terms of a delegation promise, and what was said with each report of the next."""
    told = record.of(delegation)
    ended = end_of(record, delegation)
    stating: list[Act[Any]] = [*told.all(DelegationGranted), *told.all(DelegationVaried)]
    for stated in stating:
        until = min(ended, _changed(record, told.all(DelegationVaried), stated, "reporting"))
        owed = [
            Owed(one.to or "", one.next_due or "", stated, until, one.every or "")
            for one in stated.data.reporting or ()
            if one.next_due or one.every
        ]
        yield from _one_after_another(record, owed)
    for reported in told.all(DelegationReported):
        if reported.data.next_due:
            yield Owed(reported.data.to or "", reported.data.next_due, reported, ended)


def _one_after_another(record: Record, owed: Sequence[Owed]) -> Iterator[Owed]:
    """Each with those to the same that fall due before it."""
    overdue = [after(record, one.due) for one in owed]
    for one, late in zip(owed, overdue, strict=True):
        same = [at for other, at in zip(owed, overdue, strict=True) if other.to == one.to and at is not None]
        yield replace(one, before=tuple(at for at in same if late is not None and at < late))


def _changed(record: Record, varied: Iterable[Act[Any]], stated: Act[Any], field: str) -> int:
    """From when a variation put another promise in the place of this one, or none."""
    later = (act for act in varied if act.position > stated.position)
    changing = (act for act in later if getattr(act.data, field) is not None or field in (act.data.struck or ()))
    return min((record.effect(act) for act in changing), default=OPEN_END)


def _day_of(record: Record, report: Next) -> str:
    """The day by which a report is due: its own, else that of the meeting to which it goes."""
    if report.due or not report.meeting:
        return report.due or ""
    told = record.of(report.meeting)
    held, called = told.first(MeetingHeld), told.last(MeetingCalled)
    return held.on if held else called.data.for_when or "" if called else ""


def _made(record: Record, subject: str, owed: Owed) -> Act[Any] | None:
    """The first report after the promise, to whom it is owed as far as is recorded.

    Of several that fall due one after another, the first report answers the first and the second the second; but one that
    comes when an earlier one is overdue answers that and this.
    """
    told = record.of(subject)
    stated = owed.stated.at.earliest, owed.stated.position
    made: list[Act[Any]] = [*told.all(DecisionReportedBack), *told.all(DelegationReported)]
    fitting = (act for act in made if not owed.to or act.data.to in {None, owed.to})
    since = [act for act in fitting if (act.at.earliest, act.position) > stated]
    passed = max(owed.before, default=LONG_AGO)
    return next((act for at, act in enumerate(since) if at >= len(owed.before) or act.at.earliest >= passed), None)


def _no_day(doubtful: Sequence[tuple[Owed, int]]) -> Tripped:
    """The reports of which by when is not recorded, in one sentence: as long as one of them is owed."""
    first, _ = doubtful[0]
    alike = [one for one, _ in doubtful if one.every == first.every]
    named = joined(dict.fromkeys(_to(one.to) for one in alike if one.to), ",", " and")
    often = f" {first.every}" if first.every else ""
    said: Said = ("a report", *named, f" is due{often}, and neither by when nor any report is recorded")
    since = min(one.stated.at.earliest for one in alike)
    until = max(until for one, until in doubtful if one.every == first.every)
    evidence = tuple(one.stated.position for one in alike)
    return Tripped(said, evidence, since, until, evidenced=False)


def _to(reference: str) -> Said:
    return (" to ", Named(reference)) if reference else ()

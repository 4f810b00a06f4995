"""Judging: every rule on every subject of its kind, and what people answered to what was found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from decisionlog.checks.finding import Answer, Ended, Finding, Judged, Status, Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.checks.rule import Rule, judges, kinds_judged, rules
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.finding import FindingAccepted, FindingExplained, FindingWaived, FindingWaiverEnded
from decisionlog.domain.references import split

_ANSWERS: Final[Mapping[type[FindingExplained | FindingAccepted | FindingWaived], Status]] = {
    FindingExplained: Status.EXPLAINED,
    FindingAccepted: Status.ACCEPTED,
    FindingWaived: Status.WAIVED,
}


def judge(record: Record, subject: str, chosen: Collection[str] = ()) -> Judged:
    """Every finding about one subject, by the rules that are chosen; by all of them, where none is."""
    kind = split(subject)[0]
    with record.noting() as looked_at:
        exists = record.of(subject).exists
        found = [
            _finding(rule, subject, one, record)
            for id_, rule in rules().items()
            if exists and kind in rule.about and (not chosen or id_ in chosen)
            for one in judges()[id_](record, subject)
        ]
    return Judged(subject, tuple(_each_once(found)), dict(sorted(looked_at)))  # of one word the latest moment


def _each_once(found: Sequence[Finding]) -> Iterator[Finding]:
    """Without repetitions; a finding that names a sum has no hash."""
    return (one for number, one in enumerate(found) if one not in found[:number])


def judge_all(record: Record, chosen: Collection[str] = ()) -> Iterator[Judged]:
    """The same of every subject that a chosen rule is about."""
    for subject in subjects(record, chosen):
        yield judge(record, subject, chosen)


def subjects(record: Record, chosen: Collection[str] = ()) -> Iterator[str]:
    """Everything that a chosen rule is about; that any rule is about, where none is chosen."""
    for kind in kinds_judged(chosen):
        yield from record.every(kind)


def _finding(rule: Rule, subject: str, tripped: Tripped, record: Record) -> Finding:
    return Finding(
        rule=rule.id,
        version=rule.version,
        severity=tripped.severity or rule.severity,
        subject=subject,
        said=tripped.said,
        evidence=tuple(dict.fromkeys(tripped.evidence)),
        since=tripped.since,
        until=tripped.until,
        evidenced=tripped.evidenced,
        answers=tuple(_answers(record, rule.id, subject, tripped)),
    )


def _answers(record: Record, id_: str, subject: str, tripped: Tripped) -> Iterator[Answer]:
    """What people answered to a finding, in the order of the acts: to the rule here, or to what rests on these facts."""
    told = record.of(subject)
    acts = [act for kind in _ANSWERS for act in told.all(kind) if act.data.rule == id_]
    for act in sorted(acts, key=lambda one: (one.at.earliest, one.position)):
        cited = act.data.evidence or ()
        positions = {fact.position for one in cited for fact in record.of(one.stream).reading.facts if fact.n == one.n}
        if not cited or positions & set(tripped.evidence):
            yield _answer(record, act)


def _answer(record: Record, act: Act[FindingExplained | FindingAccepted | FindingWaived]) -> Answer:
    own = record.moment(getattr(act.data, "until", None))
    until = OPEN_END if own is None else own
    ending = min(record.of(act.fact.stream).answers(act, FindingWaiverEnded), key=record.effect, default=None)
    ended = ending if ending and record.effect(ending) < until else None
    return Answer(
        status=_ANSWERS[type(act.data)],
        by=_who(act.data),
        on=act.on,
        review_by=getattr(act.data, "review_by", None) or "",
        position=act.position,
        from_=record.effect(act),
        until=record.effect(ended) if ended else until,
        ended=Ended(_who(ended.data), ended.on, ended.position) if ended else None,
    )


def _who(data: FindingExplained | FindingAccepted | FindingWaived | FindingWaiverEnded) -> str:
    """The person, else the organisation on whose behalf, else the decision by which."""
    return data.by or next(iter(data.on_behalf_of or ()), "") or getattr(data, "by_decision", None) or ""

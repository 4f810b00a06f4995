"""Findings as a reader meets them: on the page of a thing, of a decision, on an agenda, and all of them in `check`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from decisionlog.checks import kept
from decisionlog.checks.finding import RULE_SET, Answer, Finding, in_order
from decisionlog.checks.rule import rules
from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.checking import SEVERITIES, AnswerTold, EndTold, FindingTold
from decisionlog.domain.days import as_written, is_over
from decisionlog.domain.known import Known
from decisionlog.domain.saying import references_of
from decisionlog.questions.telling import text_of
from decisionlog.questions.viewing import Viewing

_NOT_EVIDENCED: Final = SEVERITIES[-1]
"""How grave it counts that a rule could not be judged."""


def findings_of(viewing: Viewing, things: Iterable[str]) -> tuple[FindingTold, ...]:
    """What does not add up about these things at the point, in the order in which it is told.

    What `check` kept is read, where it is of this very point; else the things are judged.
    """
    return findings_at(viewing, things, viewing.point.as_of.on)


def findings_at(viewing: Viewing, things: Iterable[str], moment: int) -> tuple[FindingTold, ...]:
    """The same at a moment that need not be that of the point; as known at the point."""
    if not viewing.judges:
        return ()
    found = (one for one in _found(viewing, list(dict.fromkeys(things))) if one.holds(moment))
    return tuple(sorted((told(one, viewing) for one in found), key=order))


def _found(viewing: Viewing, things: Sequence[str]) -> Iterator[Finding]:
    """Every finding about these things, whenever it is so; thing by thing."""
    every = _kept(viewing, things)
    if every is None:
        from decisionlog.checks.judging import judge  # noqa: PLC0415 - where nothing has to be judged, no rule is loaded

        every = (judge(viewing.record, thing).findings for thing in things)
    return (one for found in every for one in in_order(found))


def _kept(viewing: Viewing, things: Sequence[str]) -> Iterable[Sequence[Finding]] | None:
    """What is kept of these things; none, where that is not of this very point, or became another's while it was read."""
    known, by = viewing.point.known, kept.judged_by(viewing.point.rules)
    if known != Known(viewing.log.size()) or known != Known(kept.reached(viewing.rows, by)):
        return None
    found = [kept.of(viewing.rows, thing) for thing in things]
    return found if known == Known(kept.reached(viewing.rows, by)) else None


def judged_by(basis: Basis) -> Basis:
    """What an answer rests on, with the set of rules by which findings were made named among its rules."""
    return replace(basis, rules=f"{basis.rules}, findings {RULE_SET}")


def told(finding: Finding, viewing: Viewing) -> FindingTold:
    """A finding as it stands at the point."""
    rule, zone, on = rules()[finding.rule], viewing.log.zone, viewing.point.as_of.on
    begins = "possible: " if finding.evidenced else "not evidenced: "
    return FindingTold(
        rule=finding.rule,
        version=finding.version,
        title=rule.title,
        severity=str(finding.severity) if finding.evidenced else _NOT_EVIDENCED,
        subject=finding.subject,
        said=(begins, *finding.said),
        source=rule.source,
        evidence=finding.evidence,
        status=str(finding.status(on)),
        evidenced=finding.evidenced,
        since=as_written(finding.since, zone),
        until=as_written(finding.until, zone),
        answers=tuple(_answer(one, finding.subject, viewing) for one in finding.answers),
    )


def _answer(answer: Answer, subject: str, viewing: Viewing) -> AnswerTold:
    on, zone = viewing.point.as_of.on, viewing.log.zone
    over = answer.from_ < answer.until <= on
    ended = answer.ended if over else None
    return AnswerTold(
        status=str(answer.status),
        by=answer.by,
        on=answer.on,
        reason=_reason(answer.position, subject, viewing),
        review_by=answer.review_by,
        until=as_written(answer.until, zone),
        holds=answer.from_ <= on < answer.until,
        position=answer.position,
        is_over=over,
        review_is_over=is_over(answer.review_by, zone, on),
        ended=EndTold(ended.by, ended.on, _reason(ended.position, subject, viewing), ended.position) if ended else None,
    )


def _reason(position: int, subject: str, viewing: Viewing) -> str:
    stated = next((one for one in viewing.of(subject).known() if one.position == position), None)
    return text_of(stated.data.get("reason") if stated else None)


def order(one: FindingTold) -> tuple[bool, bool, int, str]:
    """What is over last, before it what could not be judged; the gravest first, then by rule; and as they came about."""
    return (one.is_over, not one.evidenced, SEVERITIES.index(one.severity), one.rule)


def mentioned(items: Iterable[FindingTold]) -> set[str]:
    """What findings name."""
    named: set[str] = set()
    for one in items:
        named |= {one.subject} | references_of(one.said) | {answer.by for answer in one.answers if answer.by}
        named |= {answer.ended.by for answer in one.answers if answer.ended and answer.ended.by}
    return named

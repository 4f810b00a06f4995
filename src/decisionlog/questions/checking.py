"""`check`: what does not add up, as at a day, as known at a time, by the rules of governance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, tzinfo
from typing import Any, Final, NamedTuple

from msgspec import Struct

from decisionlog.checks import keeping
from decisionlog.checks.finding import Finding, in_order
from decisionlog.checks.judging import judge, subjects
from decisionlog.checks.kept import judged_by
from decisionlog.checks.record import Record
from decisionlog.checks.rule import kinds_judged, rules
from decisionlog.domain.answers.checking import OVER, SEVERITIES, Checked, FindingTold
from decisionlog.domain.authority.table import Table
from decisionlog.domain.days import NotADate, as_written, span
from decisionlog.domain.known import Known
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput
from decisionlog.projections import register
from decisionlog.questions import findings
from decisionlog.questions.accountable.asking import require_something_known
from decisionlog.questions.accountable.rules import resting_on_the_table, table_in
from decisionlog.questions.came_of import with_what_came_of
from decisionlog.questions.choosing_rules import chosen, told
from decisionlog.questions.filters import find_among
from decisionlog.questions.finding_things import find_thing, names_of
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.settings import BUILT_IN
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.collecting import without_collecting
from decisionlog.store.log import Log

Progress = Callable[[int, int], None]
"""Told how many things are judged, and of how many."""

_NOT_EVIDENCED: Final = SEVERITIES[-1]
"""How grave it counts that a rule could not be judged."""


class Narrowing(Struct, frozen=True):
    """What `check` is narrowed by; an empty one leaves it whole."""

    ref: str = ""
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    body: str = ""
    since: str = ""
    severity: str = ""
    """At least so grave."""
    statuses: Sequence[str] = ()
    over: bool = False
    """What was so and is over as well; so does a status that asks for it."""

    @property
    def tells_what_is_over(self) -> bool:
        """Whether what is over is asked about."""
        return self.over or OVER in self.statuses


class Found(NamedTuple):
    """What the rules found, whenever it is so, and how many things they judged."""

    findings: Sequence[Finding]
    judged: int


@without_collecting()
def check(
    log: Log, models: ReadModels, by: Narrowing, asked: Asked, now: datetime, progress: Progress | None = None
) -> Checked:
    """Every finding that is so at the point asked about, the gravest first; where asked for, what was so before, last.

    Raises `NotFound` for what is called by no such name, and `BadInput` for a rule that there is not, or what is no date.
    """
    chosen_rules = chosen(by.select, by.ignore)
    table = table_in(asked.rules)
    point = settle(log, asked, now)
    require_something_known(log, point)
    since = _moment(by.since, log.zone)
    ref = find_thing(log, models, by.ref) if by.ref else ""
    judged = found(log, models, point, table, chosen_rules, progress, _about(log, models, by, ref, point))
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        whole = [one for one in in_order(judged.findings) if _is_told(one, by, point.as_of.on)]
        recent = [findings.told(one, viewing) for one in whole if since is None or one.since >= since]
        items = sorted((one for one in recent if _wanted(one, by)), key=findings.order)
        names = names_of(log, rows, findings.mentioned(items) | ({ref} if ref else set()), point.as_of)
        first = None if whole else register.begins(rows, point.as_of, ref)
    basis = resting_on_the_table(point.basis, table)
    return Checked(
        basis=findings.judged_by(basis),
        items=tuple(items),
        rules={id_: told(rule) for id_, rule in rules().items() if id_ in chosen_rules},
        names=names,
        judged=judged.judged,
        about=ref,
        narrowed=tuple(_flags(by)),
        left_out=len(whole) - len(items),
        on_record_from=as_written(first, log.zone) if first is not None and first > point.as_of.on else "",
        today_as_known_before=bool(asked.known) and not asked.on and _knows_less(log, point),
    )


def _knows_less(log: Log, point: Point) -> bool:
    """Whether something was recorded, or may have been said, that is not known at a point."""
    return point.as_of.said_by is not None or point.as_of.position < log.size()


@without_collecting()
def found(
    log: Log,
    models: ReadModels,
    point: Point,
    table: Table,
    chosen_rules: Collection[str],
    progress: Progress | None = None,
    about: Collection[str] | None = None,
) -> Found:
    """What these rules find by what is known at a point: of the things that are named, or of everything."""
    with (
        models.reading() as rows,
        closing(Record(log, rows, point.known, point.as_of.position, table)) as record,
    ):
        if about is None and point.known == Known(log.size()):
            kept = keeping.found(log, models, record, rows, judged_by(point.rules), progress)
            judged_now = record.how_many(kinds_judged(chosen_rules))
            return Found([one for one in kept if one.rule in chosen_rules], judged_now)
        judged = list(subjects(record, chosen_rules) if about is None else _judged(record, about, chosen_rules))
        every: list[Finding] = []
        for number, subject in enumerate(judged, start=1):
            every += judge(record, subject, chosen_rules).findings
            if progress:
                progress(number, len(judged))
    return Found(every, len(judged))


def found_now(
    log: Log, models: ReadModels, rule: str, ref: str, evidence: Sequence[tuple[str, int]], now: datetime, rules_: str
) -> bool:
    """Whether a rule finds something of a thing at this moment; where facts are named, something that rests on one of them."""
    asked = Asked(rules=rules_ or BUILT_IN)
    point = settle(log, asked, now)
    stream = find_thing(log, models, ref)
    there = found(log, models, point, table_in(asked.rules), [rule], None, [stream]).findings
    return any(one.holds(point.as_of.on) and (not evidence or _rests_on(log, one, evidence)) for one in there)


def nothing_found(
    log: Log, models: ReadModels, said: Mapping[str, Any], ref: str, now: datetime, rules_: str
) -> Iterator[str]:
    """That the rule which somebody answers finds nothing of a thing at this moment, where that is so."""
    evidence = [(one["stream"], one["n"]) for one in said.get("evidence", ())]
    if not found_now(log, models, said["rule"], ref, evidence, now, rules_):
        resting = " that rests on such a fact" if evidence else ""
        yield f"{said['rule']} finds nothing of {ref} now{resting}; recorded as it was said."


def _judged(record: Record, about: Collection[str], chosen_rules: Collection[str]) -> Iterator[str]:
    """Of these things, those of which something is known and that a rule is about."""
    kinds = {kind for id_ in chosen_rules for kind in rules()[id_].about}
    return (one for one in sorted(about) if split(one)[0] in kinds and record.of(one).exists)


def _about(log: Log, models: ReadModels, by: Narrowing, ref: str, point: Point) -> set[str] | None:
    """The things that are asked about; none, where everything is."""
    with models.reading() as rows:
        body = find_among(log, rows, by.body, ("body",)) if by.body else ""
        asked = [with_what_came_of(log, rows, one, kinds_judged(), point.as_of) for one in (ref, body) if one]
    return set.intersection(*asked) if asked else None


def _moment(day: str, zone: tzinfo) -> int | None:
    try:
        return span(day, zone).earliest if day else None
    except NotADate as wrong:
        msg = f"--since: {wrong}"
        raise BadInput(msg) from wrong


def _is_told(one: Finding, by: Narrowing, on: int) -> bool:
    return one.holds(on) or (by.tells_what_is_over and one.is_over(on))


def _wanted(one: FindingTold, by: Narrowing) -> bool:
    return (not by.severity or one.at_or_above(by.severity)) and (not by.statuses or one.status in by.statuses)


def _flags(by: Narrowing) -> Iterator[str]:
    if by.since:
        yield f"--since {by.since}"
    if by.severity:
        yield f"--severity {by.severity}"
    yield from (f"--status {status}" for status in by.statuses)


def _rests_on(log: Log, finding: Finding, evidence: Sequence[tuple[str, int]]) -> bool:
    return any(log.stands_at(position) in evidence for position in finding.evidence)

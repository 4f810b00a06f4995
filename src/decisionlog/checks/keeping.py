"""Judging a whole log, and after that only what has changed: a subject is judged again when something that was looked at has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress

from sqlalchemy import Connection

from decisionlog.checks import kept
from decisionlog.checks.finding import Finding
from decisionlog.checks.judging import judge, subjects
from decisionlog.checks.record import Record, touched
from decisionlog.checks.rule import kinds_judged
from decisionlog.domain.references import split
from decisionlog.domain.refusals import Unusable
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

Progress = Callable[[int, int], None]
"""Called with how many subjects were judged, and how many are to be."""


def found(
    log: Log, models: ReadModels, record: Record, rows: Connection, by: str, progress: Progress | None = None
) -> Iterator[Finding]:
    """Every finding up to the record's position, which is the end of the log as the read models have reached it.

    `by` is `kept.judged_by`. What was found is kept, where the log can be written.
    """
    reached, before, again = _kept(log, record, rows, by)
    judged = []
    for number, subject in enumerate(again, start=1):
        judged.append(judge(record, subject))
        if progress:
            progress(number, len(again))
    if again or reached != record.position:
        with suppress(Unusable), models.keeping() as writing:  # what cannot be kept now is judged again the next time
            if writing is not None:
                kept.keep(writing, judged, reached, record.position, by)
    new = {one.subject for one in judged}
    yield from (finding for finding in before if finding.subject not in new)
    for one in judged:
        yield from one.findings


def _kept(log: Log, record: Record, rows: Connection, by: str) -> tuple[int, list[Finding], list[str]]:
    """Up to which position findings are kept (0: none are), those, and the subjects that must be judged again.

    Somebody who records and judges meanwhile keeps what this record does not know yet: then everything is judged by the
    record alone.
    """
    reached = kept.reached(rows, by)
    if 0 < reached <= record.position:
        findings, changed = list(kept.everything(rows)), _changed(log, record, rows, reached)
        if kept.reached(rows, by) == reached:
            return reached, findings, changed
    return 0, [], list(subjects(record))


def _changed(log: Log, record: Record, rows: Connection, reached: int) -> list[str]:
    """The subjects for which something was looked at that the facts since have changed, and those that are new."""
    facts = list(log.facts(reached, record.position))
    words = touched(facts, log.stream, log.zone)
    kinds = kinds_judged()
    new = dict.fromkeys(fact.stream for fact in facts if fact.n == 1 and split(fact.stream)[0] in kinds)
    return list(dict.fromkeys([*kept.resting_on(rows, words), *new]))

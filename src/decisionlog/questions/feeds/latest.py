"""The latest decisions: those of which the log last learnt that they were taken, or that they stand otherwise."""

from __future__ import annotations

from datetime import datetime
from heapq import nlargest
from typing import Final

from decisionlog.domain.answers.feeds import Entry, Latest
from decisionlog.domain.answers.things import Listed
from decisionlog.domain.saying import references_of
from decisionlog.projections import register
from decisionlog.questions.feeds.learnt import learnt
from decisionlog.questions.finding_things import names_of
from decisionlog.questions.listed import listed
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.telling import tell_all
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

MOST: Final = 50


def latest(log: Log, models: ReadModels, asked: Asked, now: datetime, *, most: int = MOST) -> Latest:
    """The decisions whose state changed last, by what was known. Raises `BadInput` as `settle`."""
    point = settle(log, asked, now)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        changed = nlargest(most, register.things(rows, "decision", point.as_of), key=lambda one: one.thing.position)
        items = tuple(_entry(viewing, one) for one in listed(log, changed))
        mentioned = {reference for item in items for said in item.said for reference in references_of(said)}
        names = names_of(log, rows, mentioned, point.as_of)
    return Latest(point.basis, log.identity.name, log.recorded_at(1), items, names)


def _entry(viewing: Viewing, thing: Listed) -> Entry:
    seen = viewing.of(thing.stream)
    facts = [fact for fact in seen.facts if fact.position in thing.evidence]
    recorded = learnt(viewing, thing.stream)
    return Entry(
        stream=thing.stream,
        ref=thing.ref,
        title=thing.title,
        said=tuple(one.said for one in tell_all(viewing.log, facts, seen.reading, seen.openings)),
        recorded_at=recorded.first,
        updated=recorded.last,
        evidence=thing.evidence,
    )

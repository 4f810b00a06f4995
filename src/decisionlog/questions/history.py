"""`history REF`: every fact of a thing in the order of the acts, with what was corrected, retracted or is contested."""

from __future__ import annotations

from datetime import datetime

from decisionlog.domain.answers import History
from decisionlog.domain.known import happened_at, read
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.finding_things import find, names_of, references_in
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.telling import tell_all
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def history(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime) -> History:
    """Every fact of a thing as known at a time; with a day, up to that day. Raises `NotFound`."""
    point = settle(log, asked, now)
    stream = find(log, ref)
    everything = log.stream(stream)
    reading = read(everything, point.known, log.zone)
    facts = [*reading.facts, *reading.retracted]
    if asked.on:
        facts = [fact for fact in facts if happened_at(fact, log.zone) <= point.as_of.on]
    if not facts:
        msg = f"Nothing of {stream} was known on {point.basis.known_at}."
        raise NotFound(msg)
    facts.sort(key=lambda fact: (happened_at(fact, log.zone), fact.position))
    told = tell_all(log, facts, reading, log.openings(everything))
    mentioned = {stream}.union(*(references_in(fact.data) for fact in told))
    with models.reading() as rows:
        return History(point.basis, stream, told, names_of(log, rows, mentioned, point.as_of))

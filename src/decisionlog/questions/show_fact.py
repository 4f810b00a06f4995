"""`show @N`: the fact at a position, in full; the thing that it is about has a page of its own."""

from __future__ import annotations

from datetime import datetime

from decisionlog.domain.answers.facts import FactOnAPage
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.refusals import NotFound
from decisionlog.questions.entries import entries
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.point import Asked, day_of, settle
from decisionlog.questions.telling import tell_all
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.finding import find
from decisionlog.store.log import Log


def is_position(ref: str) -> bool:
    """Whether a text is written as the position of a fact is: `@12`."""
    return ref.startswith("@") and ref[1:].isdecimal()


def show_fact(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime) -> FactOnAPage:
    """The fact at a position, also one that was retracted; as it was known at a time, whatever day it happened.

    Raises `NotFound` where there is none, or it was not known yet.
    """
    stream, position = find(log, ref), int(ref[1:])
    point = settle(log, asked, now)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        seen = viewing.of(stream)
        every = (*seen.reading.facts, *seen.reading.retracted)
        fact = next((one for one in every if one.position == position), None)
        if fact is None:
            recorded = next(one for one in log.stream(stream) if one.position == position).recorded_at[:10]
            msg = f"The fact at position {position} was not known {day_of(point.basis.known_at)}; it was recorded on {recorded}."
            raise NotFound(msg)
        (told,) = tell_all(log, [fact], seen.reading, seen.openings)
        names = names_of(log, rows, {stream} | mentioned_in(told), point.as_of)
    entry = next(entries(log, position - 1, position, frozenset()))
    return FactOnAPage(point.basis, told, fact.batch, entry.hash, _answered(fact, every), names)


def _answered(fact: Fact, every: tuple[Fact, ...]) -> int:
    of = fact.of if fact.of and fact.of.stream == fact.stream else None
    return next((one.position for one in every if of and one.n == of.n), 0)

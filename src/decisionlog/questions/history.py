"""`history REF`: what happened to a thing, and what happened elsewhere that concerns it, in the order of the acts.

Every fact is there, also those corrected, retracted or contested.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.answers.things import History
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import happened_at
from decisionlog.domain.refusals import NotFound
from decisionlog.projections import citations
from decisionlog.questions.finding_things import find_thing, mentioned_in, names_of
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.telling import tell_all
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_MOST: Final = 200
"""Facts of other things that are told: a council is named by thousands, and `log` has them all."""


def history(log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime, *, own: bool = False) -> History:
    """Every fact that concerns a thing, or only its `own`, as known at a time; with a day, up to that day. Raises `NotFound`."""
    point = settle(log, asked, now)
    stream = find_thing(log, models, ref)
    upto = point.as_of.on if asked.on else OPEN_END
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        told = _told(viewing, stream, upto)
        if not told:
            msg = f"Nothing of {stream} was known on {point.basis.known_at}."
            raise NotFound(msg)
        left_out = 0
        if not own:
            found = citations.newest(rows, stream, (), (), point.basis.position, _MOST)
            wanted = {citation.position for citation in found}
            before = found[-1].position - 1 if len(found) == _MOST else 0
            left_out = citations.how_many(rows, stream, (), (), before) if before else 0
            for other in dict.fromkeys(citation.citing for citation in found):
                told += [pair for pair in _told(viewing, other, upto) if pair[0].position in wanted]
        told.sort(key=lambda pair: (happened_at(pair[0], log.zone), pair[0].position))
        items = tuple(shown for _, shown in told)
        mentioned = {stream}.union(*({item.stream} | mentioned_in(item) for item in items))
        names = names_of(log, rows, mentioned, point.as_of)
    return History(point.basis, stream, items, names, left_out)


def _told(viewing: Viewing, stream: str, upto: int) -> list[tuple[Fact, FactShown]]:
    """Every fact of a stream as known, up to a moment, also what was retracted, each told."""
    seen = viewing.of(stream)
    facts = sorted(
        (*seen.reading.facts, *seen.reading.retracted),
        key=lambda fact: (happened_at(fact, viewing.log.zone), fact.position),
    )
    told = zip(facts, tell_all(viewing.log, facts, seen.reading, seen.openings), strict=True)
    return [pair for pair in told if happened_at(pair[0], viewing.log.zone) <= upto]

"""`show BATCH`: one act of recording as it was recorded: by whom, when, from which file, and every fact of it.

No table of batches is kept. The name of a batch holds the time by the clock that recorded it; no fact of it was recorded
before that time, and after it they follow at once, unless that clock was behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import takewhile
from typing import Final

from decisionlog.domain.answers.batches import BatchShown, FileRead
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.refusals import NotFound
from decisionlog.domain.saying import Said
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.telling import tell
from decisionlog.questions.viewing import Viewing
from decisionlog.store.batch import is_ulid, milliseconds_of
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.codec import decode
from decisionlog.store.log import Log
from decisionlog.store.withheld import is_withheld

_MILLISECOND: Final = 1_000


def is_batch(text: str) -> bool:
    """Whether a text is written as the name of a batch is (a ULID)."""
    return is_ulid(text.upper())


def show_batch(log: Log, models: ReadModels, name: str, asked: Asked, now: datetime) -> BatchShown:
    """One batch. Raises `NotFound` where there is none of that name, or none was known yet."""
    point = settle(log, asked, now)
    name = name.upper()
    known = point.basis.position
    facts = list(_facts_of(log, name, known))
    if not facts:
        known_at = f" that was known on {point.basis.known_at}" if asked.known else ""
        raise NotFound(
            f"There is no batch {name} in this log{known_at}. `decisionlog log` shows the batch of every fact."
        )
    openings = log.openings(facts)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        items = tuple(tell(fact, openings, _also(fact, viewing), _answered(fact, viewing)) for fact in facts)
        mentioned = set[str]().union(*({item.stream} | mentioned_in(item) for item in items))
        names = names_of(log, rows, mentioned, point.as_of)
    first = facts[0]
    return BatchShown(
        basis=point.basis,
        batch=name,
        recorded_at=first.recorded_at,
        recorded_by=first.recorded_by,
        clock=first.clock or "",
        first=first.position,
        last=facts[-1].position,
        files=tuple(_files(facts)),
        items=items,
        names=names,
    )


def _facts_of(log: Log, name: str, known: int) -> Iterator[Fact]:
    """The facts of a batch, which follow each other without a gap."""
    mark = f'"batch":"{name}"'.encode()
    before = log.position_at(milliseconds_of(name) * _MILLISECOND - 1)
    lines = (line for line in log.lines(before, known) if not is_withheld(line))
    for line in lines:
        if mark in line.state and (fact := decode(line)).batch == name:
            yield fact
            yield from takewhile(lambda later: later.batch == name, map(decode, lines))
            return


def _answered(fact: Fact, viewing: Viewing) -> Fact | None:
    """The fact of its own stream that a fact names, as it is known."""
    if fact.of is None or fact.of.stream != fact.stream:
        return None
    reading = viewing.of(fact.stream).reading
    return next((other for other in (*reading.facts, *reading.retracted) if other.n == fact.of.n), None)


def _also(fact: Fact, viewing: Viewing) -> Iterator[Said]:
    """What became of a fact of the batch since: the batch is told as it was recorded."""
    reading = viewing.of(fact.stream).reading
    if by := dict.fromkeys(change.position for change in reading.corrections.get(fact.position, ())):
        yield (f"Corrected since, by [{', '.join(map(str, by))}].",)
    if any(one.position == fact.position for one in reading.retracted):
        yield ("Retracted since.",)


def _files(facts: Iterable[Fact]) -> Iterator[FileRead]:
    found = Counter((fact.source.name or "", fact.source.sha256 or "") for fact in facts if fact.source)
    for (name, sha256), number in found.items():
        if name or sha256:
            yield FileRead(name, sha256, number)

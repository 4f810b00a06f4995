"""`status`: how much is recorded, of what, what of it this version cannot read, and how far each read model is."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from decisionlog.domain.answers.standing import ModelStatus, Status
from decisionlog.domain.facts.envelope import Unread
from decisionlog.domain.holds import PLACED
from decisionlog.projections import tally
from decisionlog.projections.tally import Count
from decisionlog.questions.given_out import as_it_was
from decisionlog.questions.holds import how_many
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.safekeeping import last_backup
from decisionlog.questions.witnessed import Watch, witnessing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def status(log: Log, models: ReadModels, now: datetime, known: str | None = None, watch: Watch | None = None) -> Status:
    """The state of a log; as it was when it was known, with a time or a position. Raises `BadInput`.

    What was recorded by then is counted by reading it again; where the read models and the witnesses stand is
    always as it is now.
    """
    head = log.head()
    basis = settle(log, Asked(known=known), now).basis
    if basis.position < head.size:
        counts, last_recorded_at = _counted(log, basis.position)
    else:
        with models.reading() as rows:
            counts, last_recorded_at = tally.counts(rows), head.recorded_at
    kinds: Counter[str] = Counter()
    for count in counts:
        kinds[count.type.partition(".")[0]] += count.opened
    return Status(
        basis=basis,
        name=log.identity.name or "",
        place=log.recorder.place,
        size=basis.position,
        last_recorded_at=last_recorded_at,
        kinds={kind: number for kind, number in sorted(kinds.items()) if number},
        types={count.type: count.facts for count in counts},
        unread={count.type: count.unread for count in counts if count.unread},
        models=tuple(
            ModelStatus(s.name, s.version, s.position, max(0, head.size - s.position), s.serving, s.stopped)
            for s in models.standings()
        ),
        witnessing=witnessing(log, watch or Watch(), now),
        backup=last_backup(log),
        holds=_holds(log, models, counts, basis.position),
        as_it_was=as_it_was(log),
    )


def _holds(log: Log, models: ReadModels, counts: list[Count], position: int) -> int:
    """How many holds stand; what was never placed is not looked for."""
    if not any(count.type == PLACED for count in counts):
        return 0
    with models.reading() as rows:
        return how_many(log, rows, position)


def _counted(log: Log, position: int) -> tuple[list[Count], str]:
    """The counts of the facts up to a position, and when the last of them was recorded."""
    facts: Counter[str] = Counter()
    opened: Counter[str] = Counter()
    unread: Counter[str] = Counter()
    last = ""
    for fact in log.facts(0, position):
        facts[fact.type] += 1
        opened[fact.type] += fact.n == 1
        unread[fact.type] += isinstance(fact.data, Unread)
        last = fact.recorded_at
    return [Count(name, facts[name], opened[name], unread[name]) for name in sorted(facts)], last

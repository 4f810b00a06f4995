"""`status`: how much is recorded, of what, what of it this version cannot read, and how far each read model is."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from decisionlog.domain.answers import ModelStatus, Status
from decisionlog.projections import tally
from decisionlog.questions.point import Asked, settle
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def status(log: Log, models: ReadModels, now: datetime) -> Status:
    """The state of a log."""
    head = log.head()
    with models.reading() as rows:
        counts = tally.counts(rows)
    kinds: Counter[str] = Counter()
    for count in counts:
        kinds[count.type.partition(".")[0]] += count.opened
    return Status(
        basis=settle(log, Asked(), now).basis,
        name=log.identity.name or "",
        place=log.recorder.place,
        size=head.size,
        last_recorded_at=head.recorded_at,
        kinds={kind: number for kind, number in sorted(kinds.items()) if number},
        types={count.type: count.facts for count in counts},
        unread={count.type: count.unread for count in counts if count.unread},
        models=tuple(
            ModelStatus(s.name, s.version, s.position, max(0, head.size - s.position), s.serving, s.stopped)
            for s in models.standings()
        ),
    )

"""Is what stands at the end of a log a fact? For `doctor`, which goes on where somebody put in a row past the program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.domain.answers.standing import Check
from decisionlog.domain.refusals import NotSound
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.codec import decode
from decisionlog.store.log import Log

REMEDY: Final = (
    "Somebody put it there past the program. Keep everything as it is: decisionlog verify names what is sound; then restore the "
    "last backup beside it."
)
_LOOKED_AT: Final = 5_000


def unreadable(log: Log, models: ReadModels) -> Iterator[Check]:
    """A line for the first row that is no fact, of those that are new to a read model, and of the last; none, where all are."""
    size = log.size()
    known = min((standing.position for standing in models.standings() if standing.serving), default=0)
    after = max(min(known, size - 1), size - _LOOKED_AT, 0)
    try:
        for line in log.recorder.lines(after, size - after):
            decode(line)
    except NotSound as no_fact:
        yield Check("fail", "facts", str(no_fact), REMEDY)

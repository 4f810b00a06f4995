"""Is each fact still what was recorded? For `doctor`, which works all of it out again where that takes no time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.addresses import Place
from decisionlog.audit.examining import examine
from decisionlog.domain.answers.standing import Check
from decisionlog.domain.refusals import NotSound
from decisionlog.store.raw import raw_at, reading_raw

QUICK: Final = 5_000
"""Logs of so many facts are worked out within half a second."""
_REMEDY: Final = "Record no more in it and keep it as it is: decisionlog verify names all that is wrong; then restore the last backup."


def unchanged(place: Place, size: int) -> Iterator[Check]:
    """Whether facts, names and sealed values are what was recorded; no line of a log with too many facts for that."""
    if size > QUICK:
        return
    try:
        with reading_raw(place), raw_at(place) as raw:
            faults = examine(raw).faults
    except NotSound as damaged:
        yield Check("fail", "unchanged", str(damaged), _REMEDY)
        return
    if not faults:
        yield Check("ok", "unchanged", f"{size:,} fact{'s' * (size != 1)}, each as it was recorded")
        return
    first, more = faults[0], len(faults) - 1
    found = f"fact {first.position:,}: {first.sentence}" if first.position else first.sentence
    yield Check("fail", "unchanged", f"{found}{f' And {more:,} more.' if more else ''}", _REMEDY)

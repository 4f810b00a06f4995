"""What became of files of meetings, in words: a line for each decision, each difference, each reference allotted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from decisionlog.domain.recorded_files import FileRecorded
from decisionlog.domain.text import visible
from decisionlog.render.words import counted, in_words, listed_in_words, spoken

_SHOWN: Final = 12


def decided(file: FileRecorded) -> Iterator[str]:
    """The decisions of a file, and the references that were allotted."""
    widest = max((len(visible(decision.ref)) for decision in file.decisions), default=0)
    for decision in file.decisions:
        by = f", by {visible(listed_in_words(decision.decision_makers))}" if decision.decision_makers else ""
        outcome = spoken(decision.outcome) if decision.outcome else "outcome not recorded"
        yield f"  {visible(decision.ref).ljust(widest)}  {outcome}{by}"
    if file.allotted:
        yield f"Allotted {counted(len(file.allotted), 'reference')}:"
        for allotted in file.allotted:
            yield f"  {visible(allotted.ref)}  the {allotted.kind} at {visible(allotted.place)}"


def differing(file: FileRecorded, *, adding: bool) -> Iterator[str]:
    """How a file differs from what was recorded of it, place by place."""
    shown = file.gathering
    yield f"{visible(file.file)} differs from what was recorded ({visible(shown)}):"
    for place in file.added if adding else ():
        yield f"  new: {visible(_within(place, shown))}"
    for change in file.changed:
        yield f"  {visible(_within(change.place, shown))}: {in_words(change.said, {}, begins=False)}"
    yield from gone(file)


def gone(file: FileRecorded) -> Iterator[str]:
    """What was recorded of a meeting and is no longer in its file."""
    for place in file.gone:
        yield f"  no longer in the file: {visible(_within(place, file.gathering))}"


def _within(place: str, gathering: str) -> str:
    return place.removeprefix(f"{gathering}, ")


def briefly(lines: Iterable[str]) -> list[str]:
    """The first lines, and how many more there are."""
    every = list(lines)
    return every if len(every) <= _SHOWN else [*every[: _SHOWN - 1], f"  ... and {len(every) - _SHOWN + 1} more."]

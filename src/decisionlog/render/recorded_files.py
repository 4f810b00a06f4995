"""What became of files of meetings, in words: a line for each decision, each difference, each reference allotted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.recorded_files import FileRecorded
from decisionlog.domain.days import is_to_come, moment
from decisionlog.domain.text import visible
from decisionlog.render.words import counted, in_words, listed_in_words, spoken


def file_json(file: FileRecorded) -> dict[str, Any]:
    """A file as plain data; what differs as its values."""
    plain = asdict(file) | {"changed": [asdict(change) for change in file.changed]}
    for change in plain["changed"]:
        del change["said"]
    return plain


def decided(file: FileRecorded) -> Iterator[str]:
    """The decisions of a file that recording it adds or corrects, and the references that were allotted."""
    decisions = [decision for decision in file.decisions if decision.touched]
    widest = max((len(visible(decision.ref)) for decision in decisions), default=0)
    for decision in decisions:
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
        by_hand = f" (corrected by hand since, in [{change.corrected_in}])" if change.corrected_in else ""
        yield f"  {visible(_within(change.place, shown))}: {in_words(change.said, {}, begins=False)}{by_hand}"
    yield from gone(file)


def adding_instead(file: FileRecorded) -> Iterator[str]:
    """How a few lines are added to a meeting, where a file would strike what is recorded of the meeting itself."""
    own = [change for change in file.changed if change.place == file.gathering]
    if file.meeting and own and all(change.now is None for change in own):
        yield f"To add to the meeting, and leave what is recorded of it, write meeting: {visible(file.meeting)}"


def to_come(file: FileRecorded, zone: tzinfo, now: datetime) -> Iterator[str]:
    """That a file is of a day to come, where it is."""
    if is_to_come(file.on, zone, moment(now)):
        yield f"{file.file} is of {file.on}, which is still to come; it is recorded as it is written."


def left_so(file: FileRecorded) -> Iterator[str]:
    """What is in a file and was retracted since, and how it is had back."""
    if file.left:
        number = counted(len(file.left), "act")
        each = [f"{place} (retracted in [{at}])" for place, at in zip(file.left, file.retractions, strict=True)]
        yield (
            f"{number} of {visible(file.file)} was retracted since, and is left so: {visible(', '.join(each))}. "
            "To have one back, retract its retraction: decisionlog retract "
            f"@{file.retractions[0]} --reason 'put back'"
        )


def gone(file: FileRecorded) -> Iterator[str]:
    """What was recorded of a meeting and is no longer in its file."""
    for place in file.gone:
        yield f"  no longer in the file: {visible(_within(place, file.gathering))}"


def _within(place: str, gathering: str) -> str:
    return place.removeprefix(f"{gathering}, ")

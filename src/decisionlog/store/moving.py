"""A log from one store into another by its export: the same bytes at the same positions, and so the same root."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from decisionlog.store.transfer import begin_from, export_lines, export_openings

if TYPE_CHECKING:
    from decisionlog.store.log import Log
    from decisionlog.store.recorders import Recorder


class Moved(NamedTuple):
    """What was moved."""

    size: int
    root: str
    words: int
    """Sealed values that can be opened."""


def move(old: Log, recorder: Recorder, progress: Callable[[int], None] | None = None) -> Moved:
    """Fill a new store with the log as it is when this begins. Raises `NotSound` where the two do not have one root.

    What lies beside the facts goes along: what opens commitments, checkpoints, the list of what was given out, and the
    digests of keys. Requests stay behind: the key of their digests never leaves its store, and the places of a file's acts
    stand in the facts.
    """
    size = old.size()
    root, words = old.root(size).hex(), 0

    def counted() -> Iterator[bytes]:
        nonlocal words
        for opening in export_openings(old, size):
            words += 1
            yield opening

    begin_from(recorder, export_lines(old, 0, size), counted(), progress, root=root)
    with recorder.writing() as writer:
        for kept in old.recorder.checkpoints():
            if kept.size <= size:
                writer.keep_checkpoint(kept)
        for export in old.recorder.exports():
            writer.note_export(export)
        for key in old.recorder.keys(()):
            writer.put_key(key)
    return Moved(size, root, words)

"""A log out of its backup: verified before it takes a name, and held against what was seen of the log since."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from decisionlog.audit.backups import Telling, prove
from decisionlog.audit.examining import Examined
from decisionlog.audit.verify import Mismatch, read_checkpoint
from decisionlog.store.copying import copy
from decisionlog.store.log import Log
from decisionlog.store.sqlite import SQLiteRecorder
from decisionlog.store.tree import EMPTY_ROOT


class Seen(NamedTuple):
    """What was seen of a log: how many facts, with which root."""

    by: str
    """`the checkpoint in decisionlog.checkpoint`, `the log that is there`."""
    origin: str
    size: int
    root: bytes
    is_signed: bool = True


class Loss(NamedTuple):
    """What a backup lacks of what was seen."""

    seen: Seen
    missing: int
    """How many later facts; 0 where it tells something else from before its end."""

    def __str__(self) -> str:
        by, size = self.seen.by, f"{self.seen.size:,}"
        if not self.missing:
            return f"{by} has {size} facts, which are others and are missing"
        later = f"the {self.missing:,} later facts are" if self.missing > 1 else "the later fact is"
        return f"{by} {'saw' if self.seen.is_signed else 'has'} {size}: {later} missing"


def seen_by_log(path: Path) -> list[Seen]:
    """What a log holds, and the last checkpoint that is kept in it. Raises the refusals of the store where it cannot be read."""
    with closing(Log(SQLiteRecorder(path))) as log:
        origin, size = log.identity.origin or "", log.size()
        kept = [
            seen_by_checkpoint(kept.note, f"the checkpoint kept in {path}") for kept in log.recorder.checkpoints()[-1:]
        ]
        return [*kept, Seen(f"the log at {path}", origin, size, log.root(size), is_signed=False)]


def seen_by_checkpoint(raw: bytes, by: str) -> Seen:
    """What a checkpoint says. Raises `Malformed`."""
    checkpoint = read_checkpoint(raw)
    return Seen(by, checkpoint.origin, checkpoint.size, checkpoint.root)


def verified_copy(backup: Path, to: Path, seen: Sequence[Seen], telling: Telling) -> tuple[Examined, list[Loss]]:
    """A log in a new file out of a backup, and what it lacks of what was seen.

    Raises `Mismatch` where the backup is damaged, is of a different log, or contradicts a checkpoint.
    """
    with telling("Restoring pages") as progress:
        copy(backup, to, progress)
    found = prove(to, telling, [one.size for one in seen])
    for one in seen:
        if one.origin != found.origin:
            msg = f"it is of a different log: it is of {found.origin}, and {one.by} is of {one.origin}"
            raise Mismatch(msg)
    lost = [loss for one in seen if (loss := _lost(found, one))]
    lost.sort(key=lambda loss: (-loss.seen.size, not loss.seen.is_signed))
    return found, list({(loss.seen.size, loss.missing): loss for loss in reversed(lost)}.values())[::-1]


def _lost(found: Examined, seen: Seen) -> Loss | None:
    if seen.size > found.size:
        return Loss(seen, seen.size - found.size)
    if found.roots.get(seen.size, EMPTY_ROOT) == seen.root:
        return None
    if seen.is_signed:
        msg = f"it does not continue the log that {seen.by} describes: their first {seen.size:,} facts differ"
        raise Mismatch(msg)
    return Loss(seen, 0)

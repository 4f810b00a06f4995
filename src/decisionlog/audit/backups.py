"""A backup: a copy of a log's file that is called one when it has been restored, verified and compared with the log."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from decisionlog.audit.examining import Examined, examine
from decisionlog.audit.verify import Mismatch
from decisionlog.store.copying import Copied, copy, new_file, require_meant, require_new
from decisionlog.store.health import whole
from decisionlog.store.log import Log
from decisionlog.store.moving import move
from decisionlog.store.raw import RawLog
from decisionlog.store.sqlite import SQLiteRecorder

Telling = Callable[[str], AbstractContextManager[Callable[..., None]]]
"""Begins to tell how far a step has got, by what it does."""


class BackedUp(NamedTuple):
    """A backup that was made."""

    file: Path
    size: int
    root: str
    words: int
    """Sealed values that can be opened with it."""
    bytes: int


def back_up(log: Log, to: Path, now: datetime, telling: Telling) -> BackedUp:
    """Make a backup: in a new file, or in a folder, under a name that says what it holds.

    Raises `Mismatch` where the copy is not what the log is, `BadInput` where the file is not new, and `Unusable` where
    there is no room; nothing is left behind then.
    """
    acknowledged = log.size()
    require_meant(to)
    target = _free(to, _named(log, now, acknowledged)) if to.is_dir() else to
    require_new(target)
    with new_file(target) as part:
        with telling("Copying pages") as progress:
            copied = _copied(log, part, progress)
        _read_from_the_medium(part)
        found = _restored_and_proved(part, telling)
        _require_same(log, acknowledged, copied, found)
        size = part.stat().st_size
    return BackedUp(target, found.size, found.root.hex(), found.opened, size)


def _copied(log: Log, part: Path, progress: Callable[..., None]) -> Copied:
    """The log in a file that is not written ahead: a file's pages, or out of a server by its export."""
    if isinstance(log.recorder, SQLiteRecorder):
        return copy(log.recorder.path, part, progress, written_ahead=False)
    with TemporaryDirectory(prefix="decisionlog-") as folder:
        file = Path(folder) / "moved.db"
        with closing(SQLiteRecorder.create(file)) as recorder:
            moved = move(log, recorder, progress)
        copy(file, part, written_ahead=False)
    return Copied(moved.size, moved.words)


def prove(path: Path, telling: Telling, sizes: Iterable[int] = ()) -> Examined:
    """Verify a log's file: every page of it in the database's order, and every fact from its bytes.

    The roots at `sizes` are given with the answer. Raises `Mismatch` with the first thing that does not hold; the refusals
    of the store where it is not a log.
    """
    if (complaint := whole(path)) != "ok":
        msg = f"the database is damaged ({complaint})"
        raise Mismatch(msg)
    with RawLog(path) as raw, telling("Verifying facts") as progress:
        found = examine(raw, sizes=sizes, progress=progress)
    if found.faults:
        first = found.faults[0]
        raise Mismatch((f"fact {first.position}: " if first.position else "") + first.sentence.rstrip("."))
    if found.later:
        were = "1 sealed value that was" if found.later == 1 else f"{found.later:,} sealed values that were"
        msg = (
            f"it shows the log as it was at fact {found.size:,}, without {were} erased later: "
            "it is to be looked at, and no log goes on from it"
        )
        raise Mismatch(msg)
    return found


def _restored_and_proved(backup: Path, telling: Telling) -> Examined:
    """What is found in a log that is restored from the backup, in a place that is gone afterwards."""
    with TemporaryDirectory(prefix="decisionlog-") as folder:
        log = Path(folder) / "restored.db"
        with telling("Restoring pages") as progress:
            copy(backup, log, progress)
        return prove(log, telling)


def _require_same(log: Log, acknowledged: int, copied: Copied, found: Examined) -> None:
    """Raise `Mismatch` where a copy is not what the log was at its moment, or lacks what was recorded before it."""
    if found.size != copied.size or found.size < acknowledged:
        msg = f"the copy has {found.size} facts, and the log had {max(copied.size, acknowledged)}"
        raise Mismatch(msg)
    if found.root != log.root(found.size):
        msg = f"the copy has the root {found.root.hex()}, and the log {log.root(found.size).hex()}"
        raise Mismatch(msg)
    if found.opened != copied.words:
        msg = f"{found.opened} sealed values of the copy can be opened, and {copied.words} of the log"
        raise Mismatch(msg)


def _named(log: Log, now: datetime, size: int) -> str:
    """The name of a backup: whose, of which day, how much."""
    origin = re.sub("[^A-Za-z0-9.]+", "-", log.identity.origin or "").strip("-.")[:100] or "log"
    return f"{origin}-{now.astimezone(log.zone).date()}-{size}.db"


def _free(folder: Path, name: str) -> Path:
    """The name in a folder, or with a number where there is one of it already."""
    names = chain((name,), (f"{name.removesuffix('.db')}~{number}.db" for number in count(2)))
    return next(folder / each for each in names if not (folder / each).exists())


def _read_from_the_medium(file: Path) -> None:
    """Have the next reading of a file come from where it lies, and not from memory, as far as the system does so."""
    if hasattr(os, "posix_fadvise"):
        number = os.open(file, os.O_RDONLY)
        try:
            os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(number)

"""Is what a log needs kept beside it as it must be? Who may read it, its key, its checkpoints, its backups, and what lies about."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from decisionlog.domain.answers.standing import Check, LastBackup
from decisionlog.projections import tally
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.copying import unfinished
from decisionlog.store.erasing import UNCLEAN
from decisionlog.store.health import Health
from decisionlog.store.log import Log

_OFTEN_ENOUGH: Final = timedelta(days=7)
_SHOWN: Final = 5
_FINDINGS: Final = "findings"
"""Tables of findings that are kept begin so."""


def secrecy(path: Path) -> Check:
    """Who else on this computer may read the words, or put another file in the log's place."""
    folder, mode = path.resolve().parent, path.stat().st_mode
    if mode & stat.S_IROTH:
        return Check(
            "warn", "secrecy", "everybody on this computer can read the log, and the words in it", f"chmod o= {path}"
        )
    if folder.stat().st_mode & stat.S_IWOTH and not folder.stat().st_mode & stat.S_ISVTX:
        found = f"everybody on this computer can put another file in its place, in {folder}"
        return Check("warn", "secrecy", found, f"chmod o-w {folder}")
    return Check("ok", "secrecy", f"read by its owner {'and group ' if mode & stat.S_IRGRP else ''}alone")


def parts(health: Health, models: ReadModels) -> Check:
    """Whether the file holds anything that is neither the log's nor made of it."""
    derived = {name for one in models.standings() for name in (one.name, f"{one.name}_v{one.version}_{one.build}")}
    strange = [
        part
        for part in health.strange
        if part.table != "read_models" and not _is_derived(part.table, derived) and not part.table.startswith(_FINDINGS)
    ]
    if not strange:
        return Check("ok", "contents", f"a log, schema {health.schema}, and nothing else")
    found = f"also holds what is not of the log: {_listed(f'{part.type} {part.name}' for part in strange)}"
    return Check("warn", "contents", found, "Keep it in a file of its own; `decisionlog restore` leaves it out.")


def _is_derived(name: str, derived: Iterable[str]) -> bool:
    """Whether a table is of a read model, or is the shadow of one that is."""
    return any(name == one or name.startswith(f"{one}_") for one in derived)


def types(models: ReadModels) -> Check:
    """Whether this version knows every type of fact that is here."""
    if not models.standings():
        return Check("ok", "types", "not counted yet")
    with models.reading() as rows:
        unread = [count for count in tally.counts(rows) if count.unread]
    if not unread:
        return Check("ok", "types", "this version knows every type of fact here")
    number = sum(count.unread for count in unread)
    found = f"{_facts(number)} of types that it does not know: {_listed(count.type for count in unread)}"
    return Check("warn", "types", found, "They are kept and shown raw; install the version that recorded them.")


def last_backup(log: Log) -> LastBackup | None:
    """The last backup that the log knows of."""
    made = [export for export in log.recorder.exports() if export.kind == "backup"]
    return LastBackup(made[-1].made_at, made[-1].size, log.size() - made[-1].size) if made else None


def backup(log: Log, now: datetime) -> Check:
    """When the log was last backed up, and how much is not in that backup."""
    last = last_backup(log)
    if last is None:
        if log.size() <= 1:
            return Check("ok", "backup", "none, and nothing yet that would be lost")
        return Check("warn", "backup", "none was ever made here", "decisionlog backup FOLDER, on another disk")
    age, since = now - datetime.fromisoformat(last.made_at), last.since
    found = f"the last {_ago(age)}{f', {_facts(since)} since' if since else ', and nothing recorded since'}"
    if since and age > _OFTEN_ENOUGH:
        return Check("warn", "backup", found, "decisionlog backup FOLDER, on another disk")
    return Check("ok", "backup", found)


def left_overs(path: Path) -> Check:
    """Files of commands that were cut off: they can hold words."""
    found = unfinished(path.resolve().parent)
    if not found:
        return Check("ok", "left-overs", "none of a command that was cut off")
    names = _listed(file.name for file in found)
    remedy = f"If no command is running: rm {' '.join(str(file) for file in found[:_SHOWN])}"
    return Check("warn", "left-overs", f"{names}: of a command that was cut off, or is still running", remedy)


def erasing(log: Log) -> Iterator[Check]:
    """Whether words that were erased may still be in the raw bytes of the file, where they may."""
    if not getattr(log.recorder, "read_only", False) and log.recorder.secret(UNCLEAN) is not None:
        found = "words that were erased may still be in the raw bytes of the file"
        remedy = (
            "Close what else reads the log, and see that there is room for a second copy; the next command cleans it."
        )
        yield Check("warn", "erasing", found, remedy)


def _facts(number: int) -> str:
    return f"{number:,} fact{'s' * (number != 1)}"


def _ago(age: timedelta) -> str:
    if age >= timedelta(days=2):
        return f"{age.days:,} days ago"
    hours = int(age.total_seconds() // 3_600)
    return f"{hours} hours ago" if hours > 1 else "within the last two hours"


def _listed(names: Iterable[str]) -> str:
    every: Sequence[str] = list(names)
    return ", ".join(every[:_SHOWN]) + (f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else "")

"""The SQLite file of a log: a sound library, a safe place, the right file, and faults put in plain words."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from eventsourcing import persistence

from decisionlog.domain.refusals import BadInput, Conflict, NotFound, Unusable

try:
    import pysqlite3.dbapi2 as engine
except ImportError:  # no wheel for this platform: its own SQLite is checked like any other
    import sqlite3 as engine

__all__ = ["engine"]

APPLICATION_ID: Final = 0x444C4F47
"""`PRAGMA application_id` of a log: the letters DLOG."""
SCHEMA_VERSION: Final = 3
"""1 had no checkpoints and no list of what was given out; 2 had no keys."""
LOCK_TIMEOUT: Final = 5
"""Seconds that a writer waits for another."""

_FULL = 2
NOTHING_RECORDED: Final = "Nothing was recorded; what was recorded before is safe."
NOTHING_CHANGED: Final = "Nothing was changed."
_NOT_CERTAIN = "Whether this was recorded is not certain; nothing was lost of what was recorded before."
_AGAIN = "run the same command again (it is safe to repeat)"
_ROOM = 256 * 1024
"""Bytes: the memory that the programs at one log share, and the beginning of a file written ahead."""
_TROUBLES = tuple(
    f"SQLITE_{name}"
    for name in "BUSY LOCKED FULL IOERR READONLY CANTOPEN CORRUPT NOTADB NOMEM INTERRUPT PROTOCOL PERM".split()
)

_MAGIC = b"SQLite format 3\x00"
_BUNDLE = b'{"authority":'
_LINE = b'{"'
"""How a bundle begins, and a line of JSON."""


def require_sound_sqlite(version: tuple[int, ...] = engine.sqlite_version_info) -> None:
    """Refuse a SQLite with the WAL-reset bug (3.7.0 to 3.51.2, but for 3.44.6 and 3.50.7 and later patches of these)."""
    sound = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if not sound:
        shown = ".".join(str(part) for part in version)
        msg = (
            f"SQLite {shown} can corrupt a log (its WAL-reset bug was mended in 3.51.3). Nothing was done. "
            "Install the package pysqlite3 0.6.1 or later, which brings a sound one."
        )
        raise Unusable(msg)


class Expected(NamedTuple):
    """What a file should be, and what somebody can do who names another."""

    what: str
    missing: str
    folder: str
    empty: str


LOG: Final = Expected(
    "a log",
    "Make one with: decisionlog init {path}",
    "Name the file in it, for example {folder}/decisionlog.db.",
    "Restore it from a backup, or remove it and make a new log.",
)
BACKUP: Final = Expected(
    "a backup",
    "Nothing was restored; name the file that `decisionlog backup` made.",
    "Nothing was restored; name the file in it.",
    "Nothing was restored; take another backup.",
)


def require_log_file(path: Path, expected: Expected = LOG) -> int:
    """Refuse what is not a log, or the backup of one, each with its own sentence. Never creates anything.

    The schema by which it was written.
    """
    what = expected.what
    try:
        if path.is_dir():
            msg = f"{path} is a folder, not {what}. {expected.folder.format(folder=path)}"
            raise BadInput(msg)
        if path.exists() and not path.is_file():
            msg = f"{path} is not a file that {what} could be in."
            raise BadInput(msg)
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        msg = f"There is no {what[2:]} at {path}. {expected.missing.format(path=quote_for_shell(path))}"
        raise NotFound(msg) from None
    except OSError as unreadable:
        msg = f"{path} cannot be read ({unreadable.strerror}). Nothing was done; ask whoever keeps it for access."
        raise Unusable(msg) from unreadable
    if not head:
        msg = f"{path} is empty (0 bytes), not {what}. {expected.empty}"
        raise BadInput(msg)
    if not head.startswith(_MAGIC):
        msg = f"{path} is not {what}: {_what_it_is(path, head)}"
        raise BadInput(msg)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        msg = f"{path} is an SQLite file, but not {what} of decisionlog."
        raise BadInput(msg)
    written_by = int.from_bytes(head[60:64], "big")
    if written_by > SCHEMA_VERSION:
        msg = (
            f"{path} was written by a newer decisionlog (schema {written_by}; this one knows {SCHEMA_VERSION}). "
            "Nothing was done; install the newer version."
        )
        raise Unusable(msg)
    return written_by


def _what_it_is(path: Path, head: bytes) -> str:
    """What a file is that is no database, and how what it holds can be read, where it is one that `decisionlog` writes."""
    name = quote_for_shell(path)
    if head.startswith(_BUNDLE):
        return f"it is a bundle. What it says, and whether it is sound: decisionlog verify {name}"
    if head.startswith(_LINE):
        return (
            f"it is lines of JSON, as an export has. To check it: decisionlog verify {name}; "
            f"to read a whole one, make a log of it: decisionlog init PATH --from {name}"
        )
    return "it is not an SQLite file."


def quote_for_shell(path: Path) -> str:
    """A path as it can be pasted into a command."""
    text = str(path)
    return text if all(c.isalnum() or c in "/._-" for c in text) else "'" + text.replace("'", "'\\''") + "'"


def uri(path: Path, *, read_only: bool) -> str:
    """The SQLite URI of a file that exists.

    To be read only, it is opened as one that cannot change; but not where facts are still in the file written ahead,
    which SQLite would then leave out.
    """
    file = path.resolve()
    mode = "mode=rw"
    if read_only:
        mode = "mode=ro" if _is_written_ahead(file) else "mode=ro&immutable=1"
    return f"file:{quote(os.fsencode(file))}?{mode}"


def is_writable(path: Path) -> bool:
    """Whether the log's file and its folder can be written, which write-ahead logging needs.

    A file that is marked as one to be read is only read by those too whom the mark would not stop.
    """
    is_marked = path.exists() and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return not is_marked and os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)


def has_room(path: Path) -> bool:
    """Whether the disk has room for the files that SQLite needs beside the log, even to read it."""
    file = path.resolve()
    return _size(f"{file}-shm") > 0 or shutil.disk_usage(file.parent).free >= _ROOM


def remove(path: Path) -> None:
    """Take away a log that could not be made."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def connect(database: str) -> Any:
    """A connection to the file of a URI, or to memory; nothing is committed but by asking."""
    return engine.connect(
        database, uri=database.startswith("file:"), isolation_level=None, check_same_thread=False, timeout=LOCK_TIMEOUT
    )


def prepare(connection: Any, *, keeps_facts: bool = True) -> None:
    """The settings that every connection must have; the one that durability rests on is read back.

    A connection that writes only read models need not wait for the disk: what a power cut takes of them is folded again.
    """
    run = connection.execute
    run(f"PRAGMA synchronous={'FULL' if keeps_facts else 'NORMAL'}")
    if keeps_facts and run("PRAGMA synchronous").fetchone()[0] < _FULL:
        msg = "SQLite would not take synchronous=FULL, without which a power cut loses what was recorded. Nothing was done."
        raise Unusable(msg)
    run("PRAGMA recursive_triggers=ON")
    run("PRAGMA trusted_schema=OFF")
    run("PRAGMA secure_delete=ON")
    run("PRAGMA mmap_size=0")
    run("PRAGMA cache_size=-65536")


class in_plain_words:  # noqa: N801 - used as a function in `with`
    """Turn the faults of the database into sentences that say what it means for the record, and the way out."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        self._path = path
        self._writing = writing

    def __enter__(self) -> None:
        """Nothing is needed before."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is None:
            return
        if isinstance(fault, (persistence.IntegrityError, engine.IntegrityError)):
            msg = f"Somebody else recorded in {self._path} at the same moment. Nothing was recorded; look, and run the command again."
            raise Conflict(msg) from fault
        kept = NOTHING_RECORDED if self._writing else NOTHING_CHANGED
        if isinstance(fault, persistence.PersistenceError):
            raise unusable(self._path, fault.__cause__ or fault.__context__ or fault, kept) from fault
        if isinstance(fault, engine.Error):
            raise unusable(self._path, fault, kept) from fault
        if isinstance(fault, UnicodeDecodeError):  # what the database says of a damaged file may repeat its bytes
            msg = f"{self._path} is damaged. {kept} Keep the file as it is, and restore the last backup beside it."
            raise Unusable(msg) from fault


def is_trouble_of_the_store(fault: BaseException | None) -> bool:
    """Whether a fault says something of the disk or of other programs, and nothing of what was asked."""
    return (getattr(fault, "sqlite_errorname", "") or "").startswith(_TROUBLES)


def is_damage(fault: BaseException | None) -> bool:
    """Whether a fault says that a file is damaged."""
    return (getattr(fault, "sqlite_errorname", "") or "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def full(path: Path, kept: str) -> Unusable:
    """There is no room."""
    return Unusable(f"The disk that holds {path} is full. {kept} Free some space, then {_AGAIN}.")


def unusable(path: Path, fault: BaseException, kept: str) -> Unusable:
    """What a fault of the database means, what became of what was asked (`kept`), and the way out."""
    name = getattr(fault, "sqlite_errorname", "") or ""
    again = _AGAIN
    if (
        name == "SQLITE_FULL"
        or "disk is full" in str(fault)
        or (name.startswith("SQLITE_IOERR") and not has_room(path))
    ):
        return full(path, kept)
    if name.startswith("SQLITE_READONLY"):
        return Unusable(f"{path} can only be read here: reading works, recording does not. {kept}")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "database is locked" in str(fault):
        return Unusable(
            f"Another program is recording in {path}. Waited {LOCK_TIMEOUT} seconds. {kept} Wait a little, then {again}."
        )
    if name.startswith("SQLITE_IOERR"):
        # A failed sync may have reached the disk all the same, and is then seen when the log is opened after a crash.
        kept = _NOT_CERTAIN if kept == NOTHING_RECORDED else kept
        return Unusable(
            f"The disk that holds {path} reported an error ({name}). {kept} Check its space and its health, then {again}."
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return Unusable(f"{path} cannot be opened ({fault}). {kept} Check that the file and its folder can be written.")
    if is_damage(fault):
        return Unusable(
            f"{path} is damaged ({fault}). {kept} Keep the file as it is, and restore the last backup beside it."
        )
    return Unusable(f"{path} cannot be used now ({fault}). {kept} {again[0].upper()}{again[1:]}.")


def _is_written_ahead(file: Path) -> bool:
    return Path(f"{file}-wal").exists() and (_size(f"{file}-wal") > 0 or _size(f"{file}-shm") > 0)


def _size(name: str) -> int:
    try:
        return Path(name).stat().st_size
    except OSError:
        return 0

"""A log's file in another file: all of it as it was at one moment, and a new file that takes its name only when it is whole."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from secrets import token_hex
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from decisionlog.domain.refusals import BadInput, Unusable
from decisionlog.store.sqlite_file import connect, engine, full, has_room, is_writable, unusable, uri

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file, by the end of the name."""
_UNFINISHED = re.compile(r"\.(?P<name>.{1,60})\.[0-9a-f]{8}(-wal|-shm|-journal)?")
_OWNER: Final = 0o600
_PAGES: Final = 512
"""Pages copied between two looks at whoever wants to interrupt."""
_JOURNAL = {False: b"\x01\x01", True: b"\x02\x02"}
"""Bytes 18 and 19 of the file, by whether it is written ahead (sqlite.org/fileformat2.html, 1.3.3)."""


class Copied(NamedTuple):
    """What a copy holds, counted in the log at the moment that was copied."""

    size: int
    words: int
    """Sealed values that can be opened."""


def copy(path: Path, to: Path, progress: Progress | None = None, *, written_ahead: bool = True) -> Copied:
    """All of a log's file as it is at one moment, whoever writes meanwhile, in a new file that its owner alone may read.

    It is on the disk when this returns. Only a file that is not written ahead can be read from a medium that cannot be
    written. Raises `FileExistsError`, and `Unusable` where there is no room for it, or the log cannot be read.
    """
    _make(to)
    try:
        with closing(_reader(path)) as source, closing(_sole_writer(to)) as target:
            source.execute("BEGIN")  # one moment for all the pages, and never a second beginning
            size, words = source.execute(
                "SELECT (SELECT max(rowid) FROM stored_events), (SELECT count(*) FROM vault WHERE salt <> '')"
            ).fetchone()
            source.backup(target, pages=_PAGES, progress=_done(progress))
        with to.open("r+b") as file:
            file.seek(18)
            file.write(_JOURNAL[written_ahead])
            file.flush()
            os.fsync(file.fileno())
    except engine.Error as fault:
        raise _told(fault, path, to) from fault
    except OSError as fault:
        raise (
            full(to, _KEPT) if not has_room(to) else Unusable(f"{to} cannot be written ({fault.strerror}). {_KEPT}")
        ) from fault
    return Copied(size or 0, words)


_KEPT = "Nothing was made, and nothing of the log was changed."


def _make(file: Path) -> None:
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER))
    except PermissionError as fault:
        msg = f"Nothing can be written in {file.parent} ({fault.strerror}). Name another folder."
        raise Unusable(msg) from fault


def _reader(path: Path) -> Any:
    """A connection that others may write beside: only what cannot be written is opened as what cannot change."""
    return connect(uri(path, read_only=not has_room(path) or not is_writable(path)))


def _sole_writer(to: Path) -> Any:
    """A connection to a new file that nobody else knows: it needs neither locks nor a journal, which are left behind by a crash."""
    connection = connect(f"file:{quote(os.fsencode(to.resolve()))}?mode=rw&nolock=1")
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def _done(progress: Progress | None) -> Callable[[int, int, int], None]:
    def tell(_: int, remaining: int, total: int) -> None:
        if progress:
            progress(total - remaining, total)

    return tell


def _told(fault: BaseException, path: Path, to: Path) -> Unusable:
    """A fault in plain words, about the file that it is of."""
    name = getattr(fault, "sqlite_errorname", "") or ""
    of_the_copy = name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR_WRITE") or not has_room(to)
    return unusable(to if of_the_copy else path, fault, _KEPT)


@contextmanager
def new_file(file: Path) -> Iterator[Path]:
    """Where to write a file that takes its name when it is whole, and of which nothing is left where it is not.

    What has the name when it is whole is never written over. Raises `BadInput` where it is taken, or the folder is not there.
    """
    require_folder(file)
    part = beside(file)
    try:
        yield part
        give_name(part, file)
    finally:
        for suffix in ("", *BESIDE):
            with suppress(FileNotFoundError):
                Path(f"{part}{suffix}").unlink()


def require_meant(to: Path) -> None:
    """Raise `BadInput` for what may be a folder that is not there, as of a disk that was not put in."""
    if not to.suffix and not to.exists():
        msg = f"There is no folder {to}; is its disk there? Make the folder first, or name a file such as {to.name}.db."
        raise BadInput(msg)


def require_new(file: Path) -> None:
    """Raise `BadInput` where a file of that name cannot be new."""
    if file.exists() or file.is_symlink():
        what = "is a folder" if file.is_dir() else "exists already"
        msg = f"{file} {what}; nothing was changed. Name another file."
        raise BadInput(msg)
    if left := left_beside(file):
        would = f"would be taken for part of {file.name}; nothing was changed. Move it away."
        msg = f"{left[0]} lies there, of a file that is gone, and {would}"
        raise BadInput(msg)
    require_folder(file)


def left_beside(file: Path) -> list[Path]:
    """What SQLite kept beside a file of that name, there or gone: it is read as if it belonged to whatever has the name now."""
    return [other for suffix in BESIDE if (other := Path(f"{file}{suffix}")).exists()]


def require_folder(file: Path) -> None:
    """Raise `BadInput` where there is no folder for a file."""
    if not file.parent.is_dir():
        msg = f"The folder {file.parent} does not exist; nothing was changed. Make it first."
        raise BadInput(msg)


def beside(file: Path) -> Path:
    """The name that a file has until it is whole, in its own folder: hidden, and told from all others."""
    return file.with_name(f".{file.name[:60]}.{token_hex(4)}")


def unfinished(folder: Path) -> list[Path]:
    """What commands that were cut off have left in a folder."""
    with suppress(OSError):
        return sorted(file for file in folder.iterdir() if _UNFINISHED.fullmatch(file.name))
    return []


def give_name(part: Path, file: Path) -> None:
    """Give a whole file its name, unless something has it already; durable when it returns. Raises `BadInput`."""
    require_new(file)
    try:
        os.link(part, file)  # unlike a renaming, it never takes the place of what came there in the meantime
        part.unlink()
    except FileExistsError:
        require_new(file)
        raise
    except OSError:  # a file system without links
        part.rename(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can be told so."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def set_aside(file: Path, stamp: str) -> Path:
    """Move a log, or what is left of one, out of the way, under a name that says until when it was there. It is never deleted.

    Raises `Unusable` where another program has it open, which would go on recording in it unseen.
    """
    require_alone(file)
    names = chain([""], (f"~{number}" for number in count(2)))
    asides = (file.with_name(f"{file.name}.until-{stamp}{more}") for more in names)
    aside = next(one for one in asides if not one.exists() and not left_beside(one))  # two may be of one second
    require_new(aside)
    for other in left_beside(file):  # first, for it must never be found beside another file
        other.rename(f"{aside}{str(other)[len(str(file)) :]}")
    with suppress(FileNotFoundError):
        file.rename(aside)
    sync_folder(file.parent)
    return aside


def require_alone(file: Path) -> None:
    """Bring what is written ahead into a log's one file, which only its sole user can. A damaged one is left as it is.

    Raises `Unusable` where another program has it open.
    """
    try:
        with closing(connect(uri(file, read_only=False))) as connection:
            connection.execute("PRAGMA busy_timeout=1000")
            connection.execute("PRAGMA journal_mode=DELETE")
    except engine.Error as fault:
        if (getattr(fault, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            msg = f"Another program has {file} open. Nothing was changed; end it, then run the same command again."
            raise Unusable(msg) from fault


def only_to_be_read(file: Path) -> None:
    """Make a log that nobody has open one that can only be looked at, wherever it lies."""
    require_alone(file)
    file.chmod(0o400)

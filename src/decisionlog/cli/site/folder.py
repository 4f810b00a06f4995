"""A folder that is written beside the one it replaces, and takes its place when it is whole.

What was written is listed in it with the hash of each file: whoever copied the folder can compare, and what the list does
not name was put there by somebody else, and is never taken away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Final, NamedTuple

from decisionlog.domain.refusals import BadInput, Unusable
from decisionlog.domain.text import visible

LIST: Final = "files.sha256"
"""The list of the files, as `sha256sum --check` reads it."""


class Wrote(NamedTuple):
    """How many files the folder holds, and how many of them are not what they were before."""

    files: int
    changed: int


def require_replaceable(folder: Path, *, replaces: bool) -> None:
    """Raise `BadInput` where a folder holds something that is not to be replaced, or that was not written here."""
    shown = visible(str(folder))
    if Path.cwd().is_relative_to(folder.resolve()):
        msg = f"You stand in {shown}, which would be replaced as a whole; nothing was written. Go to another folder first."
        raise BadInput(msg)
    if folder.is_file():
        raise BadInput(f"{shown} is a file, and a register is written into a folder; nothing was written.")
    if not folder.parent.is_dir():
        raise BadInput(f"The folder {visible(str(folder.parent))} does not exist; nothing was written. Make it first.")
    there = _files_in(folder)
    if not there:
        return
    if LIST not in there:
        msg = f"{shown} holds other files; nothing was written. Name a folder that is new, or holds a register."
        raise BadInput(msg)
    if not replaces:
        msg = f"{shown} holds a register already; nothing was written. Name another folder, or give --replace."
        raise BadInput(msg)
    others = sorted(there - {LIST} - listed_in(folder).keys())
    if others:
        msg = (
            f"{shown} holds what is not of the register, such as {visible(others[0])}, and would go with it; nothing was "
            "written. Move it away, or name another folder."
        )
        raise BadInput(msg)


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> Wrote:
    """Put these files into a folder, which is replaced at once when all are written. Raises `Unusable`, and nothing is changed.

    A file that is what it was keeps its date, so that whoever copies the folder copies only what changed.
    """
    folder = folder.resolve()
    before = listed_in(folder)
    hashes: dict[str, str] = {}
    changed = 0
    with _beside(folder) as new:
        for name, content in files:
            hashes[name] = sha256(content).hexdigest()
            is_as_it_was = before.get(name) == hashes[name] and _linked(folder / name, new / name, content)
            if not is_as_it_was:
                _put(new / name, content)
                changed += 1
        lines = [f"{digest}  {name}\n" for name, digest in sorted(hashes.items())]
        _put(new / LIST, "".join(lines).encode())
        _swap(folder, new)
    return Wrote(len(hashes), changed)


def listed_in(folder: Path) -> Mapping[str, str]:
    """The hash of each file that the list of a folder names."""
    try:
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _files_in(folder: Path) -> set[str]:
    """Every file below a folder, by its name there; also what is no ordinary file."""
    found = (Path(place) / name for place, _, names in os.walk(folder) for name in names)
    return {one.relative_to(folder).as_posix() for one in found}


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    new = folder.with_name(f".{folder.name[:60]}.{token_hex(4)}")
    try:
        new.mkdir()
        yield new
    except OSError as fault:
        raise Unusable(f"{visible(str(folder))} could not be written ({fault.strerror}).") from fault
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("xb") as target:
            target.write(content)
    except FileExistsError:
        msg = (
            f"Two pages have the name {visible(file.name)} where capital letters are not told apart; nothing was written. "
            "Name a folder on a disk that tells them apart."
        )
        raise Unusable(msg) from None


def _linked(old: Path, new: Path, content: bytes) -> bool:
    """Whether the old file, which is still what the list says, now has the new name as well."""
    new.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        if not old.is_symlink() and old.read_bytes() == content:
            os.link(old, new)
            return True
    return False


def _swap(folder: Path, new: Path) -> None:
    """Let the new folder take the place of the old."""
    old = new.with_name(f"{new.name}.old")
    had = folder.exists()
    if had:
        folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        if had:
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)

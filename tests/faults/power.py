"""Power loss, made from a record of system calls: every state in which the disk could be found afterwards.

The model is strict POSIX: only what was synced is sure, and a removal only when its folder was synced. Of what was not
synced anything may have reached the disk, in part, torn at 512 bytes. SQLite's shared memory is scratch and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults.processes import traced

TRACED = "trace=openat,pwrite64,ftruncate,fdatasync,fsync,unlink,unlinkat,write"
_SECTOR = 512
_TEXT = r'"((?:\\x..)*)"'
_ACKNOWLEDGED = re.compile(rf"write\(1<[^>]*>, {_TEXT}")
_WRITE = re.compile(rf"pwrite64\(\d+<([^>]*)>, {_TEXT}, (\d+), (\d+)\)")
_CUT = re.compile(r"ftruncate\(\d+<([^>]*)>, (\d+)\)")
_SYNC = re.compile(r"f(?:data)?sync\(\d+<([^>]*)>\)")
_REMOVAL = re.compile(rf"unlink(?:at)?\((?:AT_FDCWD(?:<[^>]*>)?, )?{_TEXT}")


class Change(NamedTuple):
    """One change of a file that was not synced yet: bytes at an offset, or a new length."""

    offset: int
    content: bytes | None


class Found(NamedTuple):
    """What the disk could hold after the power went, and the last position that had been acknowledged."""

    files: dict[str, bytes]
    acknowledged: int


def losses(log: Path, record: Path, chance: Random, *, count: int, each: int = 4, **options: str) -> Iterator[Found]:
    """Record batches in a log, and lose the power at random moments and after every acknowledgement."""
    disk = _Disk(log, chance)
    calls = ["--seccomp-bpf", "-y", "-xx", "-s", "1000000", "-o", str(record), "-e", TRACED]
    ended = traced(calls, "record_then_lose_power", path=log, count=count, **options)
    assert ended.returncode == 0, ended.stderr.decode()
    acknowledged = 0
    for line in record.read_text(encoding="ascii").splitlines():
        if told := _ACKNOWLEDGED.search(line):
            words = _bytes(told[1]).split()
            acknowledged = int(words[1]) if words[:1] == [b"RECORDED"] else acknowledged
        elif not disk.take(line) or chance.random() > 0.25:
            continue
        for files in disk.states(each):
            yield Found(files, acknowledged)


class _Disk:
    """What is sure of each file, what was removed but not surely, and what is only in memory."""

    def __init__(self, log: Path, chance: Random) -> None:
        self._folder, self._chance = log.parent, chance
        self._sure: dict[str, bytes] = {log.name: log.read_bytes()}
        self._removed: dict[str, bytes] = {}
        self._pending: dict[str, list[Change]] = {}

    def take(self, line: str) -> bool:
        """Follow one system call; whether the disk may now be in another state."""
        if call := _WRITE.search(line):
            return self._change(call[1], Change(int(call[4]), _bytes(call[2])))
        if call := _CUT.search(line):
            return self._change(call[1], Change(int(call[2]), None))
        if call := _SYNC.search(line):
            return self._sync(_path(call[1]))
        if (call := _REMOVAL.search(line)) and (name := self._name(call[1])):
            self._pending.pop(name, None)
            if name in self._sure:
                self._removed[name] = self._sure.pop(name)
            return True
        return False

    def states(self, each: int) -> Iterator[dict[str, bytes]]:
        """Nothing survives that was not synced; then, some of it."""
        yield {**self._removed, **self._sure}
        for _ in range(each if self._pending or self._removed else 0):
            files = {name: content for name, content in self._removed.items() if self._chance.random() < 0.5}
            files |= self._sure
            for name, changes in self._pending.items():
                files[name] = _changed(files.get(name, b""), self._survivors(changes))
            yield files

    def _survivors(self, changes: list[Change]) -> list[Change]:
        kept = [change for change in changes if self._chance.random() < 0.5]
        if kept and kept[-1].content and self._chance.random() < 0.5:
            whole = kept.pop()
            torn = self._chance.randrange(len(whole.content or b"") + 1) // _SECTOR * _SECTOR
            kept.append(Change(whole.offset, (whole.content or b"")[:torn]))
        return kept

    def _change(self, path: str, change: Change) -> bool:
        name = self._name(path)
        if name and not name.endswith("-shm"):
            self._pending.setdefault(name, []).append(change)
        return bool(name)

    def _sync(self, path: Path) -> bool:
        if path == self._folder:
            self._removed.clear()
        elif path.parent == self._folder:
            self._sure[path.name] = _changed(self._sure.get(path.name, b""), self._pending.pop(path.name, []))
            self._removed.pop(path.name, None)
        return path.parent == self._folder

    def _name(self, path: str) -> str:
        return _path(path).name if _path(path).parent == self._folder else ""


def _changed(content: bytes, changes: list[Change]) -> bytes:
    result = bytearray(content)
    for offset, written in changes:
        result.extend(bytes(max(0, offset - len(result))))
        if written is None:
            del result[offset:]
        else:
            result[offset : offset + len(written)] = written
    return bytes(result)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _path(text: str) -> Path:
    return Path(_bytes(text).decode() if "\\x" in text else text)

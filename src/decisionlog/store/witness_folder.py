"""The folder of a witness: its key, and one file for each log that it looks after. What is kept is on the disk before it is said.

witness.key             the key that cosigns; only its owner may read it
logs/NAME.log           a log: its keys, and the last checkpoint that was cosigned
evidence/NAME           a signed checkpoint that did not continue what was cosigned
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Final

from filelock import FileLock, Timeout

from decisionlog.domain.references import slug
from decisionlog.domain.refusals import BadInput, NotFound, Unusable

KEY: Final = "witness.key"
SECONDS: Final = 10
"""How long one that writes waits for another."""
_LOGS: Final = "logs"
_EVIDENCE: Final = "evidence"
_LOCK: Final = "witness.lock"
_OWNER: Final = 0o700
_SECRET: Final = 0o600
_EVERYBODY: Final = 0o644
_MOST_BYTES: Final = 2_000_000
_MOST_EVIDENCE: Final = 1_000


class WitnessFolder:
    """A folder that holds the memory of one witness."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def made(cls, path: Path, key: str) -> WitnessFolder:
        """A new witness with this key. Raises `BadInput` where there is one already, and `Unusable`."""
        folder = cls(path)
        with _in_plain_words(path):
            path.mkdir(mode=_OWNER, parents=True, exist_ok=True)
            (path / _LOGS).mkdir(mode=_OWNER, exist_ok=True)
            with folder.locked():
                if (path / KEY).exists():
                    msg = f"{path} is a witness already, and its key is kept as it is. Nothing was changed; name another folder."
                    raise BadInput(msg)
                _keep(path / KEY, key.encode(), _SECRET)
        return folder

    def key(self) -> str:
        """The text of its key. Raises `NotFound` where it has none, and `Unusable` where others can read it."""
        file = self.path / KEY
        if not file.is_file():
            msg = f"{self.path} is not the folder of a witness: there is no {KEY} in it. Make one with: decisionlog witness init"
            raise NotFound(msg)
        with _in_plain_words(self.path):
            if os.name == "posix" and file.stat().st_mode & 0o077:
                msg = (
                    f"{file} can be read by others than its owner. Make it private: chmod 600. "
                    "If somebody may have taken it, make a new one."
                )
                raise Unusable(msg)
            return _content(file).decode(errors="replace")

    def origins_kept(self) -> list[bytes]:
        """What is kept of every log, in the order of their names."""
        self._require_memory()
        with _in_plain_words(self.path):
            return [_content(file) for file in sorted((self.path / _LOGS).glob("*.log"))]

    def kept(self, origin: str) -> bytes | None:
        """What is kept of the log of an origin; none, where nothing is."""
        file = self._file(origin)
        with _in_plain_words(self.path):
            return _content(file) if file.exists() else None

    def keep(self, origin: str, content: bytes) -> None:
        """Keep this of a log, in the place of what was kept. When this returns, it is durable. Raises `Unusable`."""
        with _in_plain_words(self.path):
            _keep(self._file(origin), content, _EVERYBODY)

    def keep_evidence(self, origin: str, content: bytes) -> Path | None:
        """Keep what may be the proof of a lie, once, for as long as there is room for it."""
        folder = self.path / _EVIDENCE
        file = folder / f"{slug(origin)[:120]}-{_digest(content)}.request"
        with _in_plain_words(self.path):
            folder.mkdir(mode=_OWNER, exist_ok=True)
            if not file.exists():
                if sum(1 for _ in folder.iterdir()) >= _MOST_EVIDENCE:
                    return None
                _keep(file, content, _EVERYBODY)
        return file

    def evidence_in(self, content: bytes) -> Path | None:
        """Where this is kept as the possible proof of a lie; none, where it is not."""
        return next((file for file in self.evidence() if file.stem.endswith(f"-{_digest(content)}")), None)

    def evidence(self) -> list[Path]:
        """What was kept as the possible proof of a lie."""
        folder = self.path / _EVIDENCE
        return sorted(folder.glob("*.request")) if folder.is_dir() else []

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Alone with this folder, among all programs and threads. Raises `Unusable` where another holds it too long."""
        lock = FileLock(self.path / _LOCK, timeout=SECONDS, thread_local=False)
        with _in_plain_words(self.path):
            self._require_memory()  # the lock would make the folder that it finds missing
            try:
                lock.acquire()
            except Timeout as busy:
                msg = f"Another program is at work in {self.path}. Waited {SECONDS} seconds; nothing was cosigned. Try again."
                raise Unusable(msg) from busy
        try:
            yield
        finally:
            lock.release()

    def _require_memory(self) -> None:
        """A witness that has forgotten must not go on as if it had seen nothing."""
        if not self.path.is_dir():
            msg = f"There is no witness in {self.path}. Make one with: decisionlog witness init"
            raise NotFound(msg)
        if not (self.path / _LOGS).is_dir():
            msg = f"{self.path / _LOGS}, the memory of this witness, is missing. Restore the folder from a backup."
            raise NotFound(msg)

    def _file(self, origin: str) -> Path:
        return self.path / _LOGS / f"{_name(origin)}.log"


def _name(origin: str) -> str:
    """A file's name for an origin: readable, and another one for another origin on every disk."""
    return f"{slug(origin)[:120]}-{sha256(origin.encode()).hexdigest()[:8]}"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _content(file: Path) -> bytes:
    with file.open("rb") as opened:
        content = opened.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        msg = f"{file} has more than {_MOST_BYTES:,} bytes, which no witness writes."
        raise Unusable(msg)
    return content


def _keep(file: Path, content: bytes, mode: int) -> None:
    """A file that is whole and on the disk under its name, or what was there before."""
    part = file.with_name(f".{token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
        _sync(file.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the disk take the names in a folder; where a system knows no such thing, a rename is durable without."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _in_plain_words(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as missing:
        msg = f"There is no witness in {path}. Make one with: decisionlog witness init"
        raise NotFound(msg) from missing
    except OSError as fault:
        msg = f"{path} could not be written or read ({fault.strerror}). Nothing was cosigned."
        raise Unusable(msg) from fault

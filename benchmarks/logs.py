"""The test logs: built once through the real import into an ignored folder, and built again when they are stale."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import decisionlog
from benchmarks.partnership import plain_facts
from decisionlog.bootstrap import OpenLog, make_log
from decisionlog.commands.begin import Begin
from decisionlog.commands.import_facts import ImportFacts, import_facts

FOLDER = Path(__file__).parent / ".logs"
BY = "secretariat-1"
AT_ONCE = 20_000
"""Facts of one import."""

_DECIDES_WHAT_IS_IN_A_LOG = (
    "store/*.sql",
    "store/bitemporal.py",
    "store/histories.py",
    "store/lives.py",
    "store/sqlite_file.py",
    "domain/facts/*.py",
    "projections/**/*.py",
)


class Logs:
    """Test logs in one folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.folder = folder
        self.caught_up_in: dict[int, float] = {}
        """The seconds in which every read model of a log that was built in this run was folded, from the first fact on."""

    def standing(self, size: int) -> Path:
        """The log of so many facts, its read models caught up: to be read only, for the next run finds it here."""
        path = self.folder / f"{size}-{stamp()}.db"
        if not path.exists():
            self.folder.mkdir(exist_ok=True)
            for stale in self.folder.glob(f"{size}-*"):
                stale.unlink()
            self._build(path, size)
        return path

    @contextmanager
    def copy(self, size: int) -> Iterator[Path]:
        """A copy of the log of so many facts, to be written to."""
        standing = self.standing(size)
        with self.scratch() as folder:
            yield Path(shutil.copyfile(standing, folder / "copy.db"))

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder beside the logs, on the same disk, that is gone afterwards."""
        self.folder.mkdir(exist_ok=True)
        with TemporaryDirectory(prefix="scratch-", dir=self.folder) as folder:
            yield Path(folder)

    def _build(self, path: Path, size: int) -> None:
        building = path.with_suffix(".building")
        with new_log(building) as opened:
            lines = plain_facts(size - 1)
            while batch := list(islice(lines, AT_ONCE)):
                import_facts(opened.log, ImportFacts(batch, BY, datetime.now(UTC)))
                _tell(size, "recorded", opened.log.head().size)
            settle_the_disk()
            begun = perf_counter()
            opened.catch_up(lambda position: _tell(size, "read", position))
            self.caught_up_in[size] = perf_counter() - begun
            assert opened.log.head().size == size
        print(file=sys.stderr)
        building.rename(path)


def new_log(path: Path) -> OpenLog:
    """An empty log of the imagined partnership."""
    return make_log(path, Begin("Northmoor", "northmoor.example", BY, datetime.now(UTC)))


def stamp() -> str:
    """Changes with whatever decides what is in a test log, so that a stale one has another name."""
    source = Path(decisionlog.__file__).parent
    files = [Path(__file__).with_name("partnership.py")]
    for pattern in _DECIDES_WHAT_IS_IN_A_LOG:
        files += sorted(source.glob(pattern))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def settle_the_disk() -> None:
    """Write out what other work left in memory, so that no measured commit waits for it."""
    os.sync()


def _tell(size: int, done: str, position: int) -> None:
    print(f"\rbuilding the log of {size:,} facts: {position:,} {done}  ", end="", file=sys.stderr, flush=True)

"""What each of several kinds of reader sees of one log, kept up with it: one set of read models for each, in files of their own.

The files are derived, lie where nobody else may read, and go with the process. Where something that was shown is kept back
from now on, or the other way round, the view is built anew: nothing of what is kept back is left in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock, RLock
from typing import TYPE_CHECKING

from decisionlog.store import sqlite_file
from decisionlog.store.catch_up import ReadModels, engine_of
from decisionlog.store.log import Log
from decisionlog.store.shown import Shown, following

if TYPE_CHECKING:
    from decisionlog.store.building import Model


class Build:
    """The read models of a view as it stands, in one file, as long as anybody uses it."""

    def __init__(self, file: Path, name: str) -> None:
        self.file = file
        self.name = name
        self.users = 0
        file.touch(0o600)
        with closing(sqlite_file.connect(sqlite_file.uri(file, read_only=False))) as connection:
            connection.execute("PRAGMA journal_mode=WAL")


class View:
    """What one kind of reader sees of a log."""

    def __init__(self, folder: Path, number: int, bodies: frozenset[str]) -> None:
        self.busy = RLock()
        """Held while the view is carried on: a reader waits for it, and is never shown what is kept back since."""
        self._folder = folder
        self._number = number
        self._builds = 0
        self._shown = Shown(bodies)
        self._build: Build | None = None
        self._whose = ", ".join(sorted(bodies)) or "everybody"

    def carried_on(self, log: Log, size: int, now: int) -> tuple[Shown, Build]:
        """What is shown of a log that has grown, and the build that shows it. Call it while `busy` is held."""
        shown = following(self._shown, log, max(size, self._shown.size), now)
        if self._build is None or not shown.continues(self._shown):
            self._replace(log)
        assert self._build is not None, "it was made"
        self._shown = shown
        return shown, self._build

    def _replace(self, log: Log) -> None:
        before = self._build
        self._builds += 1
        name = f"{log.identity.origin}, as {self._whose} may see it ({self._number}.{self._builds})"
        self._build = Build(self._folder / f"{self._number}-{self._builds}.db", name)
        if before and not before.users:
            sqlite_file.remove(before.file)

    def use(self, build: Build) -> None:
        """Somebody reads from a build."""
        with self.busy:
            build.users += 1

    def leave(self, build: Build) -> None:
        """Somebody reads from it no longer; one that was replaced goes with its last reader."""
        with self.busy:
            build.users -= 1
            if not build.users and build is not self._build:
                sqlite_file.remove(build.file)


class Views:
    """The views of one log: everybody's, and one for each set of bodies that asks."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._models = models
        self._folder = TemporaryDirectory(prefix="decisionlog-views-", ignore_cleanup_errors=True)
        self._views: dict[frozenset[str], View] = {}
        self._lock = Lock()

    def of(self, bodies: frozenset[str]) -> View:
        """What those who may read everything of these bodies' matters see."""
        with self._lock:
            if bodies not in self._views:
                self._views[bodies] = View(Path(self._folder.name), len(self._views) + 1, bodies)
            return self._views[bodies]

    def read(self, log: Log, build: Build) -> ReadModels:
        """The read models of a build, over the log as it is seen there."""
        return ReadModels(log, engine_of(build.file), self._models)

    def close(self) -> None:
        """Throw away what was derived."""
        self._folder.cleanup()

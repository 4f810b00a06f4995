"""The composition root: the parts of an open log, put together once. Nothing is opened at import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from decisionlog.commands.begin import Begin, begin, checked
from decisionlog.domain.refusals import BadInput
from decisionlog.projections.actions import Actions
from decisionlog.projections.acts import Acts
from decisionlog.projections.authority.bodies import Bodies
from decisionlog.projections.authority.consents import Consents
from decisionlog.projections.authority.continuations import Continuations
from decisionlog.projections.authority.delegations import Delegations
from decisionlog.projections.authority.disputes import Disputes
from decisionlog.projections.authority.duties import Duties
from decisionlog.projections.authority.functions import Functions
from decisionlog.projections.authority.funds import Funds
from decisionlog.projections.authority.instruments import Instruments
from decisionlog.projections.authority.lookups import Lookups
from decisionlog.projections.authority.organisations import Organisations
from decisionlog.projections.authority.parents import Parents
from decisionlog.projections.authority.places import Places
from decisionlog.projections.authority.posts import Posts
from decisionlog.projections.authority.relations import Relations
from decisionlog.projections.authority.successions import Successions
from decisionlog.projections.authority.terms import TermsInForce
from decisionlog.projections.citations import Citations
from decisionlog.projections.concerns import Concerns
from decisionlog.projections.decisions import Decisions
from decisionlog.projections.disagreements import Disagreements
from decisionlog.projections.meetings import Meetings
from decisionlog.projections.positions import Positions
from decisionlog.projections.register import Register
from decisionlog.projections.search import Search
from decisionlog.projections.seats import Seats
from decisionlog.projections.tally import Tally
from decisionlog.store.catch_up import ReadModel, ReadModels, engine_of
from decisionlog.store.log import Log
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.transfer import begin_from

MODELS: tuple[type[ReadModel], ...] = (
    Register,
    Citations,
    Tally,
    Concerns,
    Decisions,
    Positions,
    Disagreements,
    Meetings,
    Actions,
    Seats,
    Search,
    Acts,
    Bodies,
    Consents,
    Continuations,
    Delegations,
    Disputes,
    Duties,
    Functions,
    Funds,
    Instruments,
    Lookups,
    Organisations,
    Parents,
    Places,
    Posts,
    Relations,
    Successions,
    TermsInForce,
)
"""Every read model."""


class OpenLog:
    """A log and its read models, for the length of one command."""

    def __init__(self, log: Log, models: ReadModels) -> None:
        self.log = log
        self.models = models

    def catch_up(self, progress: Callable[[int], None] | None = None) -> None:
        """Bring every read model up to the end of the log."""
        self.models.catch_up(progress)

    def close(self) -> None:
        """Let go of the store; what was written ahead is then in the one file."""
        self.models.close()
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_log(path: Path) -> OpenLog:
    """The log in a file that exists. Raises the refusals of `store.sqlite_file`."""
    from decisionlog.store.sqlite import SQLiteRecorder

    recorder = SQLiteRecorder(path)
    log, read_only = Log(recorder), recorder.read_only
    models = ReadModels(log, engine_of(path, read_only=read_only), MODELS, read_only=read_only)
    log.follower = models
    return OpenLog(log, models)


def in_memory(request: Begin) -> OpenLog:
    """A new log that is gone when the process ends."""
    log = begin(MemoryRecorder(), checked(request))
    return OpenLog(log, ReadModels(log, engine_of(None), MODELS))


def make_log(path: Path, request: Begin) -> OpenLog:
    """A new log in a new file. Raises `BadInput` where something lies there already; nothing is left behind on failure."""
    request = checked(request)
    with _new_file(path) as recorder:
        begin(recorder, request)
    return open_log(path)


def make_log_from(
    path: Path, lines: Iterable[bytes], openings: Iterable[bytes] = (), progress: Callable[[int], None] | None = None
) -> OpenLog:
    """A new log in a new file, from an export, byte for byte. Raises as `begin_from`; nothing is left behind on failure."""
    with _new_file(path) as recorder:
        begin_from(recorder, lines, openings, progress)
    return open_log(path)


def copy_in_memory(
    lines: Iterable[bytes], openings: Iterable[bytes] = (), progress: Callable[[int], None] | None = None
) -> OpenLog:
    """A log from an export that is gone when the process ends: to see whether it can be read."""
    log = begin_from(MemoryRecorder(), lines, openings, progress)
    return OpenLog(log, ReadModels(log, engine_of(None), MODELS))


@contextmanager
def supposing(path: Path) -> Iterator[OpenLog]:
    """A copy of the log in a file, to record in it what is only supposed; it is gone afterwards, and the log untouched."""
    from tempfile import TemporaryDirectory

    from decisionlog.store import sqlite_file

    sqlite_file.require_log_file(path)
    with TemporaryDirectory(prefix="decisionlog-") as folder:
        copy = Path(folder) / "supposed.db"
        sqlite_file.copy(path, copy)
        with open_log(copy) as found:
            yield found


class _new_file:  # noqa: N801 - used as a function: a file that is removed again, if what is done with it fails
    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self):  # type: ignore[no-untyped-def] # noqa: ANN204 - the recorder's type is imported lazily
        from decisionlog.store.sqlite import SQLiteRecorder

        try:
            self._recorder = SQLiteRecorder.create(self._path)
        except FileExistsError:
            msg = f"{self._path} exists already; nothing was changed. Choose another name for the new log."
            raise BadInput(msg) from None
        except (FileNotFoundError, NotADirectoryError):
            msg = f"The folder {self._path.parent} does not exist; make it first."
            raise BadInput(msg) from None
        return self._recorder

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._recorder.close()
        if fault is not None:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._path}{suffix}").unlink(missing_ok=True)

"""Who looks at the stretches of a log: this process, and others beside it where there are very many facts and processors.

All of them see the log as it was when this process began to read it. It is bounded by its size then, for facts are only
added; and a process that begins to read after something was erased, which empties what it would look at, does not help.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

from decisionlog.audit.beside import Beside, read_beside
from decisionlog.audit.erasures import ERASING
from decisionlog.audit.stretch import Range, Stretch, looked_at
from decisionlog.store.raw import RawLog

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from decisionlog.store.raw import AnyRawLog

ENOUGH: Final = 50_000
"""Facts for which it is worth it to start another process: it takes about as long as to look at twenty thousand."""
_AHEAD: Final = 2
"""Tasks that a helper is given at a time: it has the next one when it is done with one."""
_BEGUN: Final = "begun"
_BESIDE: Final = "beside"


class HelperLost(Exception):
    """A process that helped was stopped from outside, so that its part was not looked at."""


class Looking(Protocol):
    """Who looks at the stretches of a log."""

    def begin(self, ranges: Sequence[Range], sizes: Sequence[int]) -> None:
        """These are the stretches; the peaks are wanted at these sizes."""

    def found(self, number: int) -> Stretch | None:
        """What was found in the stretch of that number (from 0): each is asked for once, in their order."""

    def beside(self) -> Beside:
        """What lies beside the facts. Raises what the database raises where it is damaged."""


@contextmanager
def crew_of(raw: AnyRawLog, after: int, jobs: int) -> Iterator[Looking]:
    """Who looks at a log, for the length of a `with`: `jobs` processes where they are worth it, else this one alone.

    A log on a server is looked at by one: each process would see it at a moment of its own.
    """
    if jobs > 1 and isinstance(raw, RawLog) and raw.size() - after >= ENOUGH:
        with _Several(raw, after, jobs - 1) as several:
            yield several
    else:
        yield _Alone(raw, after)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Alone:
    """This process does all of it."""

    def __init__(self, raw: AnyRawLog, after: int) -> None:
        self._raw = raw
        self._after = after
        self._ranges: Sequence[Range] = ()
        self._sizes: Sequence[int] = ()

    def begin(self, ranges: Sequence[Range], sizes: Sequence[int]) -> None:
        self._ranges, self._sizes = ranges, sizes

    def found(self, number: int) -> Stretch | None:
        return self._look(number)

    def beside(self) -> Beside:
        return read_beside(self._raw, self._after, self._ends())

    def _ends(self) -> list[int]:
        return [until for _, until in self._ranges]

    def _look(self, number: int) -> Stretch | None:
        return looked_at(self._raw, *self._task(number))

    def _task(self, number: int) -> tuple[int, int, list[int]]:
        after, until = self._ranges[number]
        return after, until, [size for size in self._sizes if after < size <= until]


class _Helper:
    """Another process."""

    def __init__(self, path: Path, size: int) -> None:
        context = multiprocessing.get_context("spawn")  # a forked one would share what SQLite believes to be its own
        self.connection, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_help, args=(theirs, path, size), daemon=True)
        self.is_ready = False
        self.tasks: set[int | str] = set()
        try:
            with _not_interrupted():
                self.process.start()
        finally:
            theirs.close()

    def give(self, task: int | str, *told: Any) -> None:
        """Give it something to do."""
        self.tasks.add(task)
        with suppress(OSError):  # it is gone, which is noticed when it is listened to
            self.connection.send((task, told))

    def stop(self) -> None:
        """End it at once: it only reads."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class _Several(_Alone):
    """This process and others: whoever is free takes the next stretch."""

    def __init__(self, raw: RawLog, after: int, helpers: int) -> None:
        super().__init__(raw, after)
        self._waiting: deque[int] = deque()
        self._found: dict[int, Stretch | None] = {}
        self._done = -1
        self._read: Beside | None = None
        self._helpers: list[_Helper] = []
        self._start = (raw.path, raw.size())
        self._wanted = helpers

    def __enter__(self) -> Self:
        try:
            for _ in range(self._wanted):
                self._helpers.append(_Helper(*self._start))
        except OSError:  # the system has no room for another process
            pass
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for helper in self._helpers:
            helper.stop()

    def begin(self, ranges: Sequence[Range], sizes: Sequence[int]) -> None:
        super().begin(ranges, sizes)
        self._waiting.extend(range(len(ranges)))

    def found(self, number: int) -> Stretch | None:
        self._listen(0)
        while number not in self._found:
            # Where all are given out, what is wanted next is looked at here too: a helper may be slow to come to it.
            own = self._waiting.popleft() if self._waiting else number
            self._keep(own, self._look(own))
            self._listen(0)
        self._done = number
        return self._found.pop(number)

    def beside(self) -> Beside:
        self._listen(0)
        return self._read or super().beside()

    def _keep(self, number: int, found: Stretch | None) -> None:
        """Keep what was found until it is asked for; what was asked for before is known."""
        if number > self._done:
            self._found.setdefault(number, found)

    def _listen(self, seconds: float) -> None:
        """Take what helpers have to say within so many seconds, and give them more to do."""
        heard = wait([helper.connection for helper in self._helpers], seconds)
        for helper in [helper for helper in self._helpers if helper.connection in heard]:
            self._hear(helper)

    def _hear(self, helper: _Helper) -> None:
        try:
            said, told = helper.connection.recv()
        except (EOFError, OSError) as gone:
            helper.process.join()
            msg = f"A process that helped to verify was stopped ({_how(helper.process.exitcode)})"
            raise HelperLost(msg) from gone
        if said == _BEGUN:
            if not told:  # what it sees is not what this process sees
                self._helpers.remove(helper)
                helper.stop()
                return
            helper.is_ready = True
            if not any(_BESIDE in each.tasks for each in self._helpers) and self._read is None:
                helper.give(_BESIDE, self._after, self._ends())
        else:
            helper.tasks.remove(said)
            if said == _BESIDE:
                self._read = told
            else:
                self._keep(said, told)
        while self._waiting and len(helper.tasks) < _AHEAD:
            number = self._waiting.popleft()
            helper.give(number, *self._task(number))


def _help(connection: Connection, path: Path, size: int) -> None:
    """What a helper does: what it is given, until it is stopped or whom it helps is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whom it helps is interrupted, and stops it
    with suppress(EOFError, OSError):
        try:
            raw = RawLog(path)
            is_same = not raw.any_of(sorted(ERASING), size)
        except Exception:  # noqa: BLE001 - whom it helps says what there is to be said
            connection.send((_BEGUN, False))
            return
        connection.send((_BEGUN, is_same))
        while True:
            task, told = connection.recv()
            connection.send((task, (_beside if task == _BESIDE else looked_at)(raw, *told)))


def _beside(raw: RawLog, after: int, ends: Sequence[int]) -> Beside | None:
    try:
        return read_beside(raw, after, ends)
    except Exception:  # noqa: BLE001 - as in `looked_at`
        return None


def _how(code: int | None) -> str:
    return f"signal {-code}" if code and code < 0 else f"exit code {code}"


@contextmanager
def _not_interrupted() -> Iterator[None]:
    """Have what is started now not be interrupted from a terminal; that is for this process alone."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # only the first thread may say what is done with signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)

"""A few open logs, each lent to one request at a time and caught up before it is lent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any, Final

from decisionlog.bootstrap import OpenLog, open_log
from decisionlog.domain.refusals import DecisionlogError, NotSound, Unusable
from decisionlog.web.callers import Caller, Scope
from decisionlog.web.problems import Problem

MOST: Final = 8
"""How many logs are open at once."""
_PATIENCE: Final = 10.0
"""Seconds that a request waits for one to come free."""


class Logs:
    """The open logs of one place. Whatever fails with one of them, the next request gets a sound one."""

    def __init__(self, place: Any, *, most: int = MOST, opening: Callable[[Any], OpenLog] = open_log) -> None:
        self.place = place
        self._opening = opening
        self._most = most
        self._opened = 0
        self._counting = Lock()
        self._free: LifoQueue[OpenLog] = LifoQueue()

    @contextmanager
    def lent(self, asker: Caller | None = None, *, caught_up: bool = True) -> Iterator[OpenLog]:
        """A log as `asker` may see it, for the length of one request.

        Raises the refusals of the store, and `Problem` where none comes free.
        """
        if asker is not None and not asker.may(Scope.READ_PRIVATE):
            raise Problem("key-needed", "This log is shown to those with a key only.")
        found = self._take()
        sound = False
        try:
            if caught_up:
                found.catch_up()
            yield found
            sound = True
        except Exception as fault:
            sound = not _may_be_broken(fault)
            raise
        finally:
            if sound:
                self._free.put(found)
            else:
                self._let_go(found)

    def apart(self) -> OpenLog:
        """A log of its own for whoever keeps it long, and closes it. Raises the refusals of the store."""
        return self._opening(self.place)

    def close(self) -> None:
        """Close those that nobody uses."""
        while True:
            try:
                self._let_go(self._free.get_nowait())
            except Empty:
                return

    def _take(self) -> OpenLog:
        try:
            return self._free.get_nowait()
        except Empty:
            pass
        with self._counting:
            may_open = self._opened < self._most
            self._opened += may_open
        if may_open:
            try:
                return self._opening(self.place)
            except DecisionlogError as refused:
                self._count_one_less()
                if isinstance(refused, NotSound):
                    raise
                detail = "The log of this service cannot be opened now; tell its keeper."
                raise Problem("unusable", detail, headers={"Retry-After": "30"}) from refused
            except BaseException:
                self._count_one_less()
                raise
        try:
            return self._free.get(timeout=_PATIENCE)
        except Empty:
            detail = "Every connection to the log is in use. Send the request again in a moment."
            raise Problem("busy", detail, headers={"Retry-After": "2"}) from None

    def _let_go(self, found: OpenLog) -> None:
        self._count_one_less()
        found.close()

    def _count_one_less(self) -> None:
        with self._counting:
            self._opened -= 1


def _may_be_broken(fault: Exception) -> bool:
    """Whether a log that somebody got this from should not be lent again."""
    return isinstance(fault, Unusable) or not isinstance(fault, (DecisionlogError, Problem))

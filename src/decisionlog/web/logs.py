"""A few open logs, each lent to one request at a time and caught up before it is lent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from queue import Empty, LifoQueue
from threading import Lock
from typing import Any, Final

from decisionlog.bootstrap import OpenLog, Seen, open_log, views
from decisionlog.domain.refusals import DecisionlogError, NotSound, Unusable
from decisionlog.questions.grants import KeyGuard
from decisionlog.web.callers import Caller
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
        self._views: Any = None
        """Made when first somebody asks who may not see everything."""
        self._seen: dict[frozenset[str], Logs] = {}

    @contextmanager
    def lent(self, asker: Caller | None = None, *, caught_up: bool = True) -> Iterator[OpenLog]:
        """A log as `asker` may see it, for the length of one request.

        Raises the refusals of the store, and `Problem` where none comes free.
        """
        if asker is not None and not asker.sees_everything:
            with self._seen_by(asker.private_at).lent(None, caught_up=caught_up) as found, _guarded(found, asker):
                yield found
            return
        found = self._take()
        sound = False
        try:
            if caught_up:
                found.catch_up()
            with _guarded(found, asker):
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
        with self._counting:
            seen, self._seen = list(self._seen.values()), {}
        for logs in seen:
            logs.close()
        while True:
            try:
                self._let_go(self._free.get_nowait())
            except Empty:
                break
        if self._views:
            self._views.close()
            self._views = None

    def _seen_by(self, bodies: frozenset[str]) -> Logs:
        """The logs as those see them to whom only of these bodies' matters everything is shown."""
        with self._counting:
            if bodies not in self._seen:
                self._views = seen = self._views or views()
                self._seen[bodies] = Logs(
                    self.place, most=self._most, opening=partial(_view, self._opening, seen, bodies)
                )
            return self._seen[bodies]

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


def _view(opening: Callable[[Any], OpenLog], seen: Any, bodies: frozenset[str], place: Any) -> OpenLog:
    return Seen(opening(place), seen, bodies)


@contextmanager
def _guarded(found: OpenLog, asker: Caller | None) -> Iterator[None]:
    """Let the holder of a key record through a log what the key is granted, for as long as it is lent."""
    if asker is None or not asker.key:
        yield
        return
    shown = found.shown if isinstance(found, Seen) else None
    found.log.guard = KeyGuard(asker.key, shown)
    try:
        yield
    finally:
        found.log.guard = None


def _may_be_broken(fault: Exception) -> bool:
    """Whether a log that somebody got this from should not be lent again."""
    return isinstance(fault, Unusable) or not isinstance(fault, (DecisionlogError, Problem))

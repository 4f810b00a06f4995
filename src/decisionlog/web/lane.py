"""A lane of their own for those who record, and for finding out who asks: readers, however many, do not hold them up."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from decisionlog.web.logs import Logs

_LOGS: Final = 2
"""Logs that are open for recording: facts are recorded one batch after another anyhow."""
_THREADS: Final = 4
T = TypeVar("T")


class Lane:
    """Threads and open logs in which only what records is done."""

    def __init__(self) -> None:
        self._limiter: CapacityLimiter | None = None
        self._logs: Logs | None = None
        self._lookups: Logs | None = None
        self._making = Lock()

    async def run(self, work: Callable[[], T]) -> T:
        """Do something in one of its threads."""
        self._limiter = self._limiter or CapacityLimiter(_THREADS)
        return await to_thread.run_sync(work, limiter=self._limiter)

    def logs(self, readers: Logs) -> Logs:
        """Its logs, of the place of those that readers are lent."""
        with self._making:
            self._logs = self._logs or readers.others(_LOGS)
            return self._logs

    def lookups(self, readers: Logs) -> Logs:
        """Others, for a look at whose a key is."""
        with self._making:
            self._lookups = self._lookups or readers.others(_LOGS)
            return self._lookups

    def close(self) -> None:
        """Close its logs."""
        for logs in (self._logs, self._lookups):
            if logs:
                logs.close()

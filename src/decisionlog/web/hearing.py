"""Hearing that the log has grown: one look at the store for everybody who waits, however many they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from decisionlog.domain.refusals import DecisionlogError

if TYPE_CHECKING:
    from decisionlog.bootstrap import OpenLog
    from decisionlog.web.logs import Logs

_LOOK: Final = 0.5
"""Seconds that one look at the store lasts at the longest."""
_AFTER_A_FAULT: Final = 1.0
"""Seconds before those who wait are told to see for themselves."""


class Hearing:
    """Wakes those who wait in the event loop. Nothing is looked at while nobody waits."""

    def __init__(self, logs: Logs) -> None:
        self._logs = logs
        self._log: OpenLog | None = None
        self._size = 0
        self._waiting: dict[asyncio.Future[bool], int] = {}
        self._listener: asyncio.Task[None] | None = None
        self._thread = ThreadPoolExecutor(1, "hearing")
        self.has_ended = False
        """Whether the service ends: nobody waits any longer."""

    async def more(self, after: int, seconds: float) -> bool:
        """Whether the log comes to hold more than `after` facts within so many seconds; at once no, where the service ends.

        Where the store cannot be looked at it is yes too: whoever waits then finds out why by reading.
        """
        if self.has_ended or self._size > after:
            return not self.has_ended
        told = asyncio.get_running_loop().create_future()
        self._waiting[told] = after
        if self._listener is None or self._listener.done():
            self._listener = asyncio.create_task(self._listen())
        try:
            return await asyncio.wait_for(told, seconds)
        except TimeoutError:
            return False
        finally:
            del self._waiting[told]

    def end(self) -> None:
        """Let everybody go who waits, since the service ends."""
        self.has_ended = True
        self._tell(lambda _: True, more=False)

    async def close(self) -> None:
        """Let go of the store."""
        self.end()
        if self._listener:
            await self._listener
        self._thread.shutdown()
        self._let_go()

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting and not self.has_ended:
            try:
                self._size = await loop.run_in_executor(self._thread, self._look)
            except DecisionlogError:
                await asyncio.sleep(_AFTER_A_FAULT)
                self._tell(lambda _: True, more=True)
                return
            self._tell(lambda after: after < self._size, more=True)

    def _tell(self, whom: Callable[[int], bool], *, more: bool) -> None:
        for told, after in self._waiting.items():
            if whom(after) and not told.done():
                told.set_result(more)

    def _look(self) -> int:
        """How many facts there are, as soon as there are more than were known of, or after a while."""
        try:
            self._log = self._log or self._logs.apart()
            self._log.log.wait(self._size, _LOOK)
            return self._log.log.size()
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        log, self._log = self._log, None
        if log:
            log.close()

"""Waiting for the next fact on a server: it tells whoever listens, and a connection that is lost is made again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from typing import Final

import psycopg
from psycopg import errors
from psycopg.sql import SQL, Identifier

from decisionlog.addresses import Server
from decisionlog.domain.refusals import Unusable
from decisionlog.store.postgresql.connecting import Connection, connect
from decisionlog.store.postgresql.faults import NOTHING_CHANGED, unusable

PATIENCE: Final = 300.0
"""Seconds in which a server that restarts, or hands over to a standby, is waited for."""
_AGAIN: Final = 0.5
"""Seconds between two tries to reach it, and between two looks at a standby, which tells nobody."""
_AT_LEAST: Final = 5.0
"""Seconds after which is looked without having been told."""


class Listening:
    """One connection that hears of new facts."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._connection: Connection | None = None
        self._lost_at: float | None = None
        self._hears = False

    def until_more(self, size: Callable[[], int], after: int, seconds: float) -> bool:
        """Whether the log comes to hold more than `after` facts within so many seconds.

        A server that cannot be reached may come back: only after `PATIENCE` is it given up. Raises `Unusable` then.
        """
        ends = monotonic() + seconds
        while True:
            left = ends - monotonic()
            try:
                if self._look(size, after, left):
                    return True
            except (psycopg.Error, Unusable) as fault:
                self._lose(fault)
                sleep(max(0.0, min(_AGAIN, left)))
            if left <= 0:
                return False

    def _look(self, size: Callable[[], int], after: int, left: float) -> bool:
        """Listens first and looks then, so that nothing is missed in between."""
        if self._connection is None:
            self._connection = connect(self._server)
            self._hears = self._listen(self._connection)
        there = size() > after
        self._lost_at = None
        if not there and left > 0:
            if self._hears:
                for _ in self._connection.notifies(timeout=min(left, _AT_LEAST), stop_after=1):
                    pass
            else:
                sleep(min(left, _AGAIN))
            there = size() > after
        return there

    def _listen(self, connection: Connection) -> bool:
        """Whether the server tells of what is new: a standby does not."""
        try:
            connection.execute(SQL("LISTEN {}").format(Identifier(self._server.schema)))
        except errors.ReadOnlySqlTransaction:
            return False
        return True

    def _lose(self, fault: Exception) -> None:
        self.close()
        self._lost_at = self._lost_at or monotonic()
        if monotonic() - self._lost_at > PATIENCE:
            raise fault if isinstance(fault, Unusable) else unusable(self._server, fault, NOTHING_CHANGED) from fault

    def close(self) -> None:
        """Hear no more."""
        connection, self._connection = self._connection, None
        if connection:
            with suppress(Exception):
                connection.close()

"""The statements of a log on a server: what is asked of one connection, and one transaction in as few messages as it can be.

Every message waits for the way there and back. What a transaction writes is answered by nothing but that it was done, so it
is kept until something is asked or the transaction ends, and then goes in one message, in its order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Self

import psycopg

from decisionlog.store.batch import Standing
from decisionlog.store.codec import Line
from decisionlog.store.postgresql.connecting import Connection, marked
from decisionlog.store.statements import Reader, Writer

LOCK: Final = "SELECT position FROM positions_given FOR UPDATE"
"""One records at a time: who holds this row."""
_SIZE: Final = "SELECT notification_id FROM stored_events ORDER BY notification_id DESC LIMIT 1"
_BEGIN: Final = f"BEGIN; {LOCK}; {_SIZE}"
"""Each statement sees what was committed before it begins, so the size is that of after the lock was given."""
_GIVEN: Final = (
    "UPDATE positions_given SET position = ? RETURNING pg_notify(current_schema(), positions_given.position::text)"
)
"""Whoever follows is woken when it is durable."""
_IN_ONE_MESSAGE: Final = 50
"""Rows; of more, the driver sends each statement once and then the values alone."""

_Statement = tuple[str, Sequence[Any]]


class ServerReader(Reader):
    """Questions to one connection to a server."""

    at = "notification_id"

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names; nothing is called by what the server's texts cannot hold."""
        return super().named(name for name in names if "\0" not in name)

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The stored facts of one stream, of these types only where types are given."""
        return [] if "\0" in stream else super().stream_lines(stream, types)


class ServerWriter(Writer):
    """What one transaction writes on a server."""

    at = "notification_id"

    def __init__(self, connection: Connection, given: int, size: int) -> None:
        super().__init__(connection.cursor())
        self._given = given
        self._size = size
        self._kept_back: list[_Statement] = []
        self._run = self._ask
        self._many = self._keep_back

    @classmethod
    def begin(cls, connection: Connection) -> Self:
        """Begin a transaction that holds the row of the last position. Raises `psycopg.Error`."""
        told = [one.fetchone() for one in connection.execute(_BEGIN).results() if one.description]
        given, size = (found[0] if found else 0 for found in told)
        return cls(connection, given, size)

    @property
    def connection(self) -> Any:
        """The database's own connection, on which all is written that came before."""
        self._send()
        return super().connection

    def commit(self) -> None:
        """Write what was kept back, and make all of it durable. Raises `psycopg.Error`."""
        if self._size > self._given:
            self._kept_back.append((_GIVEN, (self._size,)))
        self._send("COMMIT")

    def add_lines(self, lines: Sequence[Line], nodes: Sequence[bytes]) -> None:
        """Stored facts, in the order of their positions, which are given."""
        super().add_lines(lines, nodes)
        if lines:
            self._size = lines[-1].position

    def _size_and_given(self) -> tuple[int, int]:
        """As they were when the row was locked, with what was written since: nobody else writes meanwhile."""
        return self._size, self._given

    def _ask(self, sql: str, values: Sequence[Any] = ()) -> None:
        self._send()
        self._cursor.execute(sql, values)

    def _keep_back(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        if len(rows) + len(self._kept_back) <= _IN_ONE_MESSAGE:
            self._kept_back.extend((sql, row) for row in rows)
        else:
            self._send()
            self._cursor.executemany(sql, rows)

    def _send(self, *last: str) -> None:
        """One message with all that was kept back, its values written out by the driver; the first fault ends it."""
        statements, values = [sql for sql, _ in self._kept_back], [value for _, row in self._kept_back for value in row]
        self._kept_back = []
        if statements or last:
            message = psycopg.ClientCursor(super().connection)
            message.execute(marked(";".join([*statements, *last])), values)

"""A log's rows as they lie on a server, for whoever verifies it. Nothing is trusted, nothing resolved, nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, islice
from types import TracebackType
from typing import Any, Final, Self

import psycopg

from decisionlog.addresses import Server
from decisionlog.domain.refusals import NotSound
from decisionlog.store.batch import Checkpointed
from decisionlog.store.codec import LINE_LIMIT
from decisionlog.store.postgresql import schema
from decisionlog.store.postgresql.connecting import connect
from decisionlog.store.postgresql.faults import in_plain_words
from decisionlog.store.raw import LAST, BareRow, RawRow, Row, VaultRow, first_after

_AT_ONCE: Final = 2_000
_ROWS: Final = (
    "SELECT notification_id, originator_id, originator_version, topic, nodes, "  # noqa: S608 - a number of ours
    f"CASE WHEN length(state) <= {LINE_LIMIT} THEN state END, 'blob', length(state) "
    "FROM stored_events WHERE notification_id >= %s AND notification_id <= %s ORDER BY notification_id"
)
_DAMAGE: Final = ("XX001", "XX002")
"""SQLSTATE: data_corrupted, index_corrupted."""


class RawServerLog:
    """The rows of one log at one moment, whoever records meanwhile; for the length of a `with`.

    Raises the refusals of `store.postgresql` where there is no log.
    """

    def __init__(self, server: Server) -> None:
        self._words = in_plain_words(server, writing=False)
        self._server = server
        self._names = (f"rows_{number}" for number in count(1))
        with self._words:
            self._connection = connect(server)
            self._connection.patience = None  # it is bounded by the library's own limits: a scan may take its time
            try:
                schema.require_log(self._connection, server)
                self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            except BaseException:
                self._connection.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        if isinstance(fault, psycopg.Error) and (fault.sqlstate or "").startswith(_DAMAGE):
            msg = (
                f"The server of {self._server} cannot read its own pages ({str(fault).partition(chr(10))[0]}). "
                "Stop recording, and restore the last backup beside it."
            )
            raise NotSound(msg) from fault
        self._words.__exit__(kind, fault, trace)

    def size(self) -> int:
        """The last position of which there is a row."""
        return int(self._one("SELECT max(notification_id) FROM stored_events") or 0)

    def rows(self, after: int = 0, until: int = LAST) -> Iterator[RawRow]:
        """The facts after a position, up to another, in the order of the rows, each as the fields of a `Row`."""
        return self._each(_ROWS, (first_after(after), until))

    def batches(self, after: int, until: int, at_once: int) -> Iterator[list[BareRow]]:
        """The same, so many at a time, and without what only those rows need that hold no fact."""
        rows = (row[:6] for row in self.rows(after, until))
        return iter(lambda: list(islice(rows, at_once)), [])

    def row(self, position: int) -> Row | None:
        """The fact at a position."""
        found = self._connection.execute(_ROWS.replace("%s", "?"), (position, position)).fetchone()
        return Row._make(found) if found else None

    def vault(self, after: int = 0, until: int | None = None) -> Iterator[VaultRow]:
        """What opens commitments, in the order of the positions, of facts after one, up to another or whatever there is."""
        sql = (
            "SELECT position, digest, salt, value FROM vault "
            "WHERE position >= %s AND position <= %s ORDER BY position, digest"
        )
        return self._each(sql, (first_after(after), LAST if until is None else until))

    def names(self, after: int = 0) -> Iterator[tuple[Any, ...]]:
        """Names as they were given: name, issuer, stream, position; by facts after one, in the order of their positions."""
        sql = "SELECT name, issuer, stream, position FROM streams WHERE position >= %s ORDER BY position"
        return self._each(sql, (first_after(after),))

    def last_n(self, stream: str, until: int) -> int:
        """The last version of a stream among the facts up to a position, as the rows say."""
        sql = "SELECT max(originator_version) FROM stored_events WHERE originator_id = ? AND notification_id <= ?"
        return int(self._one(sql, (stream, until)) or 0)

    def of_type(self, stream: str, type_: str) -> Iterator[tuple[int, Any]]:
        """The facts of a type in a stream, as the rows say: positions and bytes."""
        sql = "SELECT notification_id, state FROM stored_events WHERE originator_id = %s AND topic = %s ORDER BY notification_id"
        return self._each(sql, (stream, type_))

    def nodes(self, positions: Sequence[int]) -> dict[int, bytes]:
        """The nodes that the facts at these positions complete, as the rows say."""
        sql = "SELECT notification_id, nodes FROM stored_events WHERE notification_id = ANY(?)"
        return dict(self._connection.execute(sql, (list(positions),)).fetchall())

    def checkpoints(self) -> list[Checkpointed]:
        """The checkpoints that were signed for this log."""
        found = self._connection.execute("SELECT size, note FROM checkpoints ORDER BY size").fetchall()
        return [Checkpointed(*row) for row in found]

    def positions_given(self) -> int:
        """The last position that was ever given in this schema, though its fact may have gone since."""
        return int(self._one("SELECT max(position) FROM positions_given") or 0)

    def requests_beyond(self, size: int) -> int:
        """How many requests are said to be answered by facts that the log does not have."""
        return int(self._one("SELECT count(*) FROM requests WHERE last > ? OR first < 1 OR first > last", (size,)))

    def as_it_was(self) -> int:
        """0: a log on a server goes on; one that shows what once was is a file."""
        return 0

    def complaints(self, after: int = 0) -> str:  # noqa: ARG002 - asked as of a file
        """`ok`: the rows were read by the table itself; the server's own checks of its pages are `pg_amcheck`."""
        return "ok"

    def _one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def _each(self, sql: str, values: Sequence[Any]) -> Iterator[Any]:
        with self._connection.cursor(name=next(self._names)) as cursor:
            cursor.itersize = _AT_ONCE
            yield from cursor.execute(sql, values)

"""The log on PostgreSQL: the library's recorder on one schema, with what a log keeps beside its facts in the same transactions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Any, Final

import eventsourcing.postgres as library
import psycopg
from eventsourcing.persistence import StoredEvent
from psycopg.pq import TransactionStatus

from decisionlog.addresses import Server
from decisionlog.domain.refusals import Unusable
from decisionlog.store.asking import Asked
from decisionlog.store.postgresql import schema
from decisionlog.store.postgresql.cleaning import clean
from decisionlog.store.postgresql.connecting import LOCK_TIMEOUT, Connection, connect, parts_of
from decisionlog.store.postgresql.faults import in_plain_words
from decisionlog.store.postgresql.statements import LOCK, ServerReader, ServerWriter
from decisionlog.store.postgresql.waiting import Listening

_TRUSTED_FOR: Final = 1.0
"""Seconds after its last answer in which a connection is taken to be alive."""
_INSERT: Final = (
    "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (%s, %s, %s, %s) "
    "RETURNING notification_id"
)


class _Datastore(library.PostgresDatastore):
    """The library's own pool, which opens a connection only where the library's own methods are asked."""

    def __init__(self, server: Server) -> None:
        given = parts_of(server)
        super().__init__(
            given.pop("dbname", ""),
            given.pop("host", ""),
            given.pop("port", ""),
            given.pop("user", ""),
            given.pop("password", ""),
            lock_timeout=LOCK_TIMEOUT,
            schema=server.schema,
            originator_id_type="text",
        )
        assert isinstance(self.pool.kwargs, dict), "the library gives a dictionary"
        kept = {name: value for name, value in self.pool.kwargs.items() if value}
        self.pool.kwargs = {**kept, **given, "options": f"-c search_path={server.schema}"}

    def register_type_adapters(self) -> None:
        """The library's composite types are not used, and asking for them would open a connection."""


class PostgreSQLRecorder(Asked, library.PostgresApplicationRecorder):
    """One log in one schema of a server. Raises `NotFound` where there is none, `Unusable` where it cannot be reached."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.place = str(server)
        super().__init__(_Datastore(server))
        self.at_hand: list[tuple[Connection, float]] = []
        self._listening = Listening(server)
        with in_plain_words(server, writing=False):
            connection = connect(server)
            try:
                schema.require_log(connection, server)
                found = connection.execute(
                    "SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean "
                    "OR NOT has_table_privilege('stored_events', 'INSERT')"
                ).fetchone()
            except BaseException:
                connection.close()
                raise
        self.read_only = bool(found and found[0])
        self.at_hand.append((connection, monotonic()))

    @classmethod
    def create(cls, server: Server) -> PostgreSQLRecorder:
        """Make the schema of a new log. Raises `FileExistsError` where there is one already."""
        schema.make(server)
        return cls(server)

    def create_table(self) -> None:
        """The tables are made once, by `create`; the library makes none."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:  # noqa: ARG002 - the library's
        """As the library inserts, for its contract: under the lock of our own writers, and tried once.

        Its own tries again where a connection was lost, and then takes what it had recorded itself for a conflict.
        """
        found = []
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(LOCK)
            for event in stored_events:
                cursor.execute(_INSERT, (event.originator_id, event.originator_version, event.topic, event.state))
                inserted = cursor.fetchone()
                assert inserted is not None, "an INSERT that returns a position returns one"
                found.append(int(inserted["notification_id"]))
        return found

    def reading(self) -> _Reading:
        """Questions on one connection."""
        return _Reading(self)

    def writing(self) -> _Writing:
        """One transaction: what is written in it is durable when it ends, or nothing is."""
        if self.read_only:
            msg = f"{self.place} can only be read here: reading works, recording does not. Nothing was recorded."
            raise Unusable(msg)
        return _Writing(self)

    def wait(self, after: int, seconds: float) -> bool:
        """Whether it comes to hold more than `after` facts within so many seconds. Raises `Unusable` where the server stays away."""
        return self._listening.until_more(self.size, after, seconds)

    def clean(self, *, patient: bool = True) -> None:
        """Let nothing of what was erased remain in the tables. Raises `Unusable` where that cannot be done now."""
        clean(self.server, patient=patient)

    def close(self) -> None:
        """Close every connection."""
        self._listening.close()
        while self.at_hand:
            self.at_hand.pop()[0].close()
        self.datastore.close()


class _Borrowed:
    """A connection for the length of a `with`; its faults leave in plain words, and one that is broken is not used again."""

    writes = False

    def __init__(self, recorder: PostgreSQLRecorder) -> None:
        self._recorder = recorder
        self._words = in_plain_words(recorder.server, writing=self.writes)
        self._connection: Connection | None = None

    def _borrow(self) -> Connection:
        self._connection = self._alive() or connect(self._recorder.server)
        return self._connection

    def _alive(self) -> Connection | None:
        """The connection that was used last, if the server still answers on it."""
        while self._recorder.at_hand:
            connection, used = self._recorder.at_hand.pop()
            if monotonic() - used < _TRUSTED_FOR and not connection.closed:
                return connection
            with suppress(Exception):
                connection.execute("SELECT 1")
                return connection
            connection.close()
        return None

    def _give_back(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection, self._connection = self._connection, None
        if connection and not connection.closed and connection.info.transaction_status == TransactionStatus.IDLE:
            self._recorder.at_hand.append((connection, monotonic()))
        elif connection:
            connection.close()
        self._words.__exit__(kind, fault, trace)


class _Reading(_Borrowed):
    def __enter__(self) -> ServerReader:
        with self._words:
            return ServerReader(self._borrow().cursor())

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_back(kind, fault, trace)


class _Writing(_Borrowed):
    """A transaction that holds the row of the last position from its beginning, so that one records at a time."""

    writes = True

    def __enter__(self) -> ServerWriter:
        with in_plain_words(self._recorder.server, writing=False):  # certain: nothing is written yet
            try:
                self._writer = self._begin()
            except BaseException:
                self._abandon()
                self._give_back(None, None, None)
                raise
        return self._writer

    def _begin(self) -> ServerWriter:
        """Begin, on another connection where the one at hand is of before the server was started again."""
        connection = self._borrow()
        try:
            return ServerWriter.begin(connection)
        except psycopg.OperationalError:
            if not connection.closed:
                raise
            self._give_back(None, None, None)
        return ServerWriter.begin(self._borrow())

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._words:
            try:
                if kind is None:
                    self._writer.commit()
            finally:
                self._abandon()
                self._give_back(kind, fault, trace)

    def _abandon(self) -> None:
        """Undo what was not committed."""
        if self._connection:
            with suppress(Exception):
                self._connection.rollback()

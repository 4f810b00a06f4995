"""The log on SQLite: the library's recorder on one file, with what a log keeps beside its facts in the same transactions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import eventsourcing.sqlite as library

from decisionlog.domain.refusals import BadInput, Unusable
from decisionlog.store.asking import Asked
from decisionlog.store.cleaning import clean
from decisionlog.store.places import require_local_folder
from decisionlog.store.schema import bring_up, statements
from decisionlog.store.sqlite_file import (
    APPLICATION_ID,
    LOCK_TIMEOUT,
    NOTHING_RECORDED,
    SCHEMA_VERSION,
    connect,
    engine,
    full,
    has_room,
    in_plain_words,
    is_writable,
    prepare,
    remove,
    require_log_file,
    require_sound_sqlite,
    uri,
)
from decisionlog.store.statements import Reader, Writer
from decisionlog.store.waiting import file_at, require_same_file, until_more

library.sqlite3 = engine  # type: ignore[attr-defined]  # the library binds the interpreter's SQLite by name; ours is the sound one

_NAME_LIMIT = 251


class SQLiteReader(Reader):
    """Questions to one connection to a file."""

    at = "rowid"
    note = "CAST(note AS BLOB)"


class SQLiteWriter(Writer):
    """What one transaction writes in a file."""

    at = "rowid"
    note = "CAST(note AS BLOB)"

    def _size_and_given(self) -> tuple[int, int]:
        self._run(
            "SELECT max(rowid), (SELECT seq FROM sqlite_sequence WHERE name = 'stored_events') FROM stored_events"
        )
        size, given = self._next()
        return size or 0, given or 0


class _Immediate(library.SQLiteTransaction):
    """A transaction that takes the writer's lock when it begins: the library's deferred one fails after its first read."""

    def __enter__(self) -> library.SQLiteCursor:
        if not self.commit:
            return super().__enter__()
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        return cursor


class _Connection(library.SQLiteConnection):
    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[library.SQLiteCursor]:
        with _Immediate(self, commit=commit) as cursor, cursor:
            yield cursor


class _Pool(library.SQLiteConnectionPool):
    def _create_connection(self) -> library.SQLiteConnection:
        """A connection that keeps its statements compiled: the library's own keeps one only."""
        raw = connect(self.db_name)
        prepare(raw)
        raw.row_factory = engine.Row
        return _Connection(sqlite_conn=raw, max_age=self.max_age)


class _Datastore(library.SQLiteDatastore):
    def __init__(self, db_name: str) -> None:
        super().__init__(db_name, lock_timeout=LOCK_TIMEOUT, originator_id_type="text")
        self.pool = _Pool(db_name=db_name, lock_timeout=LOCK_TIMEOUT)


def _bring_up(path: Path, *, read_only: bool) -> None:
    """Give a log of an earlier version the tables that it lacks. Its facts are not touched."""
    if read_only:
        msg = f"{path} was made by an earlier version, and can only be read here. Open it once where it can be written, or copy it."
        raise Unusable(msg)
    bring_up(path)


class SQLiteRecorder(Asked, library.SQLiteApplicationRecorder):
    """One log in one file. Refuses an unsound SQLite, an unsafe folder and a file that is not a log."""

    def __init__(self, path: Path) -> None:
        require_sound_sqlite()
        written_by = require_log_file(path)
        require_local_folder(path)
        self.path = path
        self.place = str(path)
        self._file = file_at(path)
        self._full = not has_room(path)
        self.read_only = self._full or not is_writable(path)
        if written_by < SCHEMA_VERSION:
            _bring_up(path, read_only=self.read_only)
        with in_plain_words(path, writing=False):
            super().__init__(_Datastore(uri(path, read_only=self.read_only)))
        self.at_hand: list[library.SQLiteConnection] = []
        """The connection that was used last: the pool's locks and counts cost as much as a small question."""
        self.insert_events_statement = (
            "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?,?,?,?)"
        )

    @classmethod
    def create(cls, path: Path) -> SQLiteRecorder:
        """Make the file of a new log. Raises `FileExistsError` where something is at that place already."""
        require_sound_sqlite()
        require_local_folder(path)
        if len(os.fsencode(path.name)) > _NAME_LIMIT:
            msg = f"The name of the file is too long: SQLite keeps files beside it, so {_NAME_LIMIT} bytes are the most. Nothing was made."
            raise BadInput(msg)
        try:
            path.touch(0o600, exist_ok=False)  # words lie in it in clear
        except (FileExistsError, FileNotFoundError, NotADirectoryError):
            raise
        except OSError as refused:
            msg = f"A log cannot be made at {path} ({refused.strerror}). Nothing was made; choose another place for it."
            raise Unusable(msg) from refused
        try:
            with in_plain_words(path, writing=True):
                connection = connect(uri(path, read_only=False))
                try:
                    connection.execute("PRAGMA journal_mode=WAL")
                    prepare(connection)
                    marks = f"PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={SCHEMA_VERSION};"
                    connection.executescript(f"BEGIN IMMEDIATE; {marks}\n{statements()}\nCOMMIT;")
                finally:
                    connection.close()
            return cls(path)
        except BaseException:
            remove(path)
            raise

    def construct_create_table_statements(self) -> list[str]:
        """The tables are made once, by `create`; the library makes none."""
        return []

    def max_notification_id(self) -> int:
        """The last position; none in an empty log."""
        return super().max_notification_id()

    def writing(self) -> _Writing:
        """One transaction: what is written in it is durable when it ends, or nothing is."""
        if self._full:
            raise full(self.path, NOTHING_RECORDED)
        if self.read_only:
            msg = f"{self.path} can only be read here: reading works, recording does not. Nothing was recorded."
            raise Unusable(msg)
        return _Writing(self)

    def reading(self) -> _Reading:
        """Questions on one connection."""
        return _Reading(self)

    def wait(self, after: int, seconds: float) -> bool:
        """Whether it comes to hold more than `after` facts within so many seconds. Raises `Unusable` where nobody can write to it."""
        require_same_file(self.path, self._file, after)
        return until_more(self.size, after, seconds)

    def clean(self, *, patient: bool = True) -> None:
        """Let nothing of what was erased remain in the raw bytes of the file. Raises `Unusable` where that cannot be done now."""
        clean(self.path, patient=patient)

    def close(self) -> None:
        """Close every connection."""
        while self.at_hand:
            self.datastore.pool.put_connection(self.at_hand.pop())
        self.datastore.close()


class _Borrowed:
    """A connection of the library's pool, for the length of a `with`; its faults leave in plain words."""

    writes = False

    def __init__(self, recorder: SQLiteRecorder) -> None:
        self._pool = recorder.datastore.pool
        self._at_hand = recorder.at_hand
        self._words = in_plain_words(recorder.path, writing=self.writes)

    def _borrow(self) -> Any:
        self._words.__enter__()
        try:
            try:
                self._connection = self._at_hand.pop()
            except IndexError:
                self._connection = self._pool.get_connection()
            return self._connection.cursor().sqlite_cursor
        except BaseException:
            self._words.__exit__(*sys.exc_info())
            raise

    def _give_back(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._at_hand:
            self._pool.put_connection(self._connection)
        else:
            self._at_hand.append(self._connection)
        self._words.__exit__(kind, fault, trace)


class _Reading(_Borrowed):
    def __enter__(self) -> SQLiteReader:
        return SQLiteReader(self._borrow())

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._give_back(kind, fault, trace)


class _Writing(_Borrowed):
    """A transaction that holds the writer's lock from its beginning."""

    writes = True

    def __enter__(self) -> SQLiteWriter:
        cursor = self._borrow()
        try:
            cursor.execute("BEGIN IMMEDIATE")
        except BaseException:
            self._give_back(*sys.exc_info())
            raise
        return SQLiteWriter(cursor)

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._connection.commit()
            else:
                self._connection.rollback()
        except BaseException:
            with suppress(Exception):
                self._connection.rollback()
            self._give_back(*sys.exc_info())
            raise
        self._give_back(kind, fault, trace)

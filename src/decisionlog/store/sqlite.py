"""The log on SQLite: the library's recorder on one file, with what a log keeps beside its facts in the same transactions."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Any

import eventsourcing.sqlite as library
import orjson

from decisionlog.domain.refusals import BadInput, NotSound, Unusable
from decisionlog.store.batch import Head, Named, Opening, Request, Standing
from decisionlog.store.codec import LINE_LIMIT, Line, recorded_at
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
    require_local_folder,
    require_log_file,
    require_sound_sqlite,
    uri,
)

library.sqlite3 = engine  # type: ignore[attr-defined]  # the library binds the interpreter's SQLite by name; ours is the sound one

_CHUNK = 500
_NAME_LIMIT = 251
_LINE = (
    "SELECT rowid, originator_id, originator_version, topic, "  # noqa: S608 - a number of ours
    f"CASE WHEN length(state) <= {LINE_LIMIT} THEN state END, length(state) FROM stored_events "
)


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


class SQLiteRecorder(library.SQLiteApplicationRecorder):
    """One log in one file. Refuses an unsound SQLite, an unsafe folder and a file that is not a log."""

    def __init__(self, path: Path) -> None:
        require_sound_sqlite()
        require_log_file(path)
        require_local_folder(path)
        self.path = path
        self.place = str(path)
        self._full = not has_room(path)
        self.read_only = self._full or not is_writable(path)
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
            path.touch(exist_ok=False)
        except (FileExistsError, FileNotFoundError, NotADirectoryError):
            raise
        except OSError as refused:
            msg = f"A log cannot be made at {path} ({refused.strerror}). Nothing was made; choose another place for it."
            raise Unusable(msg) from refused
        schema = files("decisionlog.store").joinpath("sqlite_schema.sql").read_text(encoding="utf-8")
        try:
            with in_plain_words(path, writing=True):
                connection = connect(uri(path, read_only=False))
                try:
                    connection.execute("PRAGMA journal_mode=WAL")
                    prepare(connection)
                    connection.executescript(
                        f"BEGIN IMMEDIATE; PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={SCHEMA_VERSION};\n{schema}\nCOMMIT;"
                    )
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

    def _reading(self) -> _Reading:
        return _Reading(self)

    def size(self) -> int:
        """How many facts the log has."""
        with self._reading() as reader:
            return reader.size()

    def head(self) -> Head:
        """The end of the log."""
        with self._reading() as reader:
            return reader.head()

    def lines(self, after: int, limit: int) -> list[Line]:
        """Stored facts in the order of their positions."""
        with self._reading() as reader:
            return reader.lines(after, limit)

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The stored facts of one stream, of these types only where types are given."""
        with self._reading() as reader:
            return reader.stream_lines(stream, types)

    def nodes(self, positions: Sequence[int]) -> Mapping[int, bytes]:
        """The nodes of the tree that the facts at these positions complete."""
        with self._reading() as reader:
            return reader.nodes(positions)

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names."""
        with self._reading() as reader:
            return reader.named(names)

    def names_of_kind(self, kind: str, limit: int) -> list[Named]:
        """Names in use for a kind, for suggestions."""
        with self._reading() as reader:
            return reader.names_of_kind(kind, limit)

    def names_beginning(self, begun: str) -> list[str]:
        """Names in use that begin so, for the next number of a series."""
        with self._reading() as reader:
            return reader.names_beginning(begun)

    def openings(self, positions: Iterable[int]) -> list[Opening]:
        """What lies behind the commitments of the facts at these positions, as far as it is still there."""
        with self._reading() as reader:
            return reader.openings(positions)

    def request(self, key: bytes) -> Request | None:
        """The request that was answered under a key."""
        with self._reading() as reader:
            return reader.request(key)

    def secret(self, name: str) -> bytes | None:
        """A secret of this store, which no export carries."""
        with self._reading() as reader:
            return reader.secret(name)

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


class SQLiteReader:
    """Questions to one connection, inside or outside a transaction."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._run = cursor.execute
        self._many = cursor.executemany
        self._all = cursor.fetchall
        self._next = cursor.fetchone

    def size(self) -> int:
        """How many facts the log has."""
        self._run("SELECT max(rowid) FROM stored_events")
        return self._next()[0] or 0

    def head(self) -> Head:
        """The end of the log."""
        found = self._lines(f"{_LINE} ORDER BY rowid DESC LIMIT 1", ())
        return Head(found[0].position, recorded_at(found[0])) if found else Head(0, "")

    def lines(self, after: int, limit: int) -> list[Line]:
        """Stored facts in the order of their positions."""
        return self._lines(f"{_LINE} WHERE rowid > ? ORDER BY rowid LIMIT ?", (after, limit))

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The stored facts of one stream, of these types only where types are given."""
        among = f"AND topic IN ({_marks(types)}) " if types else ""
        return self._lines(f"{_LINE} WHERE originator_id = ? {among}ORDER BY originator_version", (stream, *types))

    def nodes(self, positions: Sequence[int]) -> Mapping[int, bytes]:
        """The nodes of the tree that the facts at these positions complete."""
        return {
            row[0]: row[1]
            for row in self._each("SELECT rowid, nodes FROM stored_events WHERE rowid IN ({})", positions)
        }

    def named(self, names: Iterable[str]) -> list[Standing]:
        """Everything that is called by one of these names."""
        sql = (
            "SELECT name, issuer, stream, position, "
            "(SELECT max(originator_version) FROM stored_events WHERE originator_id = stream) FROM streams WHERE name IN ({})"
        )
        return [Standing(Named(row[0], row[1], row[2], row[3]), row[4]) for row in self._each(sql, names)]

    def names_of_kind(self, kind: str, limit: int) -> list[Named]:
        """Names in use for a kind, for suggestions."""
        sql = "SELECT name, issuer, stream, position FROM streams WHERE name > ? AND name < ? LIMIT ?"
        self._run(sql, (f"{kind}:", f"{kind};", limit))
        return [Named(*row) for row in self._all()]

    def names_beginning(self, begun: str) -> list[str]:
        """Names in use that begin so, for the next number of a series."""
        self._run("SELECT name FROM streams WHERE name >= ? AND name < ?", (begun, f"{begun}\U0010ffff"))
        return [row[0] for row in self._all()]

    def openings(self, positions: Iterable[int]) -> list[Opening]:
        """What lies behind the commitments of the facts at these positions, as far as it is still there."""
        sql = "SELECT digest, salt, value FROM vault WHERE position IN ({})"
        return [Opening(row[0], row[1], orjson.loads(row[2])) for row in self._each(sql, positions)]

    def request(self, key: bytes) -> Request | None:
        """The request that was answered under a key."""
        self._run("SELECT digest, first, last FROM requests WHERE key = ?", (key,))
        row = self._next()
        return Request(*row) if row else None

    def secret(self, name: str) -> bytes | None:
        """A secret of this store."""
        self._run("SELECT value FROM secrets WHERE name = ?", (name,))
        row = self._next()
        return row[0] if row else None

    def _lines(self, sql: str, values: Sequence[Any]) -> list[Line]:
        """Stored facts; one beyond any size that this program writes is refused unread."""
        self._run(sql, values)
        rows = self._all()
        for row in rows:
            if row[4] is None:
                msg = f"Entry {row[0]} is {row[5]:,} bytes; no fact is longer than {LINE_LIMIT:,}. It was not read."
                raise NotSound(msg)
        return [Line(row[0], row[1], row[2], row[3], row[4]) for row in rows]

    def _each(self, sql: str, values: Iterable[Any]) -> Iterator[Any]:
        """All rows of a statement with a list in it, however long the list is."""
        wanted = list(values)
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            self._run(sql.format(_marks(chunk)), chunk)
            yield from self._all()


class SQLiteWriter(SQLiteReader):
    """What one transaction writes."""

    def size(self) -> int:
        """How many facts the log has. Raises `NotSound` where it had more: no position is given twice."""
        self._run(
            "SELECT max(rowid), (SELECT seq FROM sqlite_sequence WHERE name = 'stored_events') FROM stored_events"
        )
        size, given = (count or 0 for count in self._next())
        if given > size:
            msg = (
                f"The log had {given} facts and has {size}: its end was removed. Nothing was recorded. "
                "Keep the file as it is, and restore the last backup beside it."
            )
            raise NotSound(msg)
        return int(size)

    def add_lines(self, lines: Sequence[Line], nodes: Sequence[bytes]) -> None:
        """Stored facts, in the order of their positions, which are given: they have no gap; each with what it completes."""
        self._many(
            "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state, nodes) VALUES (?,?,?,?,?,?)",
            [(*line, completed) for line, completed in zip(lines, nodes, strict=True)],
        )

    def add_names(self, rows: Iterable[Named]) -> None:
        """Names by which things can be found."""
        self._many("INSERT OR IGNORE INTO streams (name, issuer, stream, position) VALUES (?,?,?,?)", rows)

    def add_openings(self, rows: Iterable[tuple[int, Opening]]) -> None:
        """Sealed values, each with the position of its fact."""
        self._many(
            "INSERT INTO vault (position, digest, salt, value) VALUES (?,?,?,?)",
            [(position, digest, salt, orjson.dumps(value).decode()) for position, (digest, salt, value) in rows],
        )

    def claim(self, key: bytes, request: Request) -> Request | None:
        """Keep a request under its key; the earlier one, where the key is taken already."""
        self._run("INSERT OR IGNORE INTO requests (key, digest, first, last) VALUES (?,?,?,?)", (key, *request))
        return self.request(key) if self._cursor.rowcount == 0 else None

    def put_secret(self, name: str, value: bytes) -> None:
        """A secret of this store."""
        self._run("INSERT OR REPLACE INTO secrets (name, value) VALUES (?,?)", (name, value))


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))

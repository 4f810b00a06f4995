"""The statements of a log in a database: what is asked of one connection, and what one transaction writes.

They are written for SQLite and PostgreSQL alike, with `?` for a value; what the two call differently, a subclass names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import orjson

from decisionlog.domain.erased import Erased
from decisionlog.domain.refusals import NotSound
from decisionlog.store.batch import Checkpointed, Export, Head, Named, Opening, Request, Standing, StoredKey
from decisionlog.store.codec import LINE_LIMIT, Line, recorded_at
from decisionlog.store.erasing import Place

_CHUNK = 500


class Reader:
    """Questions to one connection, inside or outside a transaction."""

    at: ClassVar[str] = ""
    """The column of the position: its name is the event-sourcing library's."""
    note: ClassVar[str] = "note"
    """A checkpoint's note as bytes, whatever somebody put there."""

    def __init_subclass__(cls) -> None:
        cls._line = (
            f"SELECT {cls.at}, originator_id, originator_version, topic, "  # noqa: S608 - names and a number of ours
            f"CASE WHEN length(state) <= {LINE_LIMIT} THEN state END, length(state) FROM stored_events "
        )
        cls._nodes = f"SELECT {cls.at}, nodes FROM stored_events WHERE {cls.at} IN ({{}})"  # noqa: S608 - our own name

    _line: ClassVar[str]
    _nodes: ClassVar[str]

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._run = cursor.execute
        self._many = cursor.executemany
        self._all = cursor.fetchall
        self._next = cursor.fetchone

    def size(self) -> int:
        """How many facts the log has."""
        self._run(f"SELECT max({self.at}) FROM stored_events")  # noqa: S608 - our own name
        return self._next()[0] or 0

    def head(self) -> Head:
        """The end of the log."""
        found = self._lines(f"{self._line} ORDER BY {self.at} DESC LIMIT 1", ())
        return Head(found[0].position, recorded_at(found[0])) if found else Head(0, "")

    def lines(self, after: int, limit: int) -> list[Line]:
        """Stored facts in the order of their positions."""
        return self._lines(f"{self._line} WHERE {self.at} > ? ORDER BY {self.at} LIMIT ?", (after, limit))

    def stream_lines(self, stream: str, types: Sequence[str] = ()) -> list[Line]:
        """The stored facts of one stream, of these types only where types are given."""
        among = f"AND topic IN ({_marks(types)}) " if types else ""
        return self._lines(f"{self._line} WHERE originator_id = ? {among}ORDER BY originator_version", (stream, *types))

    def nodes(self, positions: Sequence[int]) -> Mapping[int, bytes]:
        """The nodes of the tree that the facts at these positions complete."""
        return {row[0]: row[1] for row in self._each(self._nodes, positions)}

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

    def names_beginning(self, begun: str) -> list[Named]:
        """Names in use that begin so, for the next number of a series."""
        sql = "SELECT name, issuer, stream, position FROM streams WHERE name >= ? AND name < ?"
        self._run(sql, (begun, f"{begun}\U0010ffff"))
        return [Named(*row) for row in self._all()]

    def openings(self, positions: Iterable[int]) -> list[Opening]:
        """What lies behind the commitments of the facts at these positions, as far as it is still there."""
        sql = "SELECT digest, salt, value FROM vault WHERE position IN ({})"
        return [
            Opening(row[0], row[1], orjson.loads(row[2]) if row[1] else Erased(orjson.loads(row[2])))
            for row in self._each(sql, positions)
        ]

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

    def exports(self) -> list[Export]:
        """What was given out, in the order in which it was."""
        self._run("SELECT made_at, made_by, kind, size, words, file, recipient, opened FROM exports ORDER BY number")
        return [Export._make((*row[:7], tuple(orjson.loads(row[7])))) for row in self._all()]

    def checkpoints(self) -> list[Checkpointed]:
        """The checkpoints that were signed for this log, the smallest first."""
        self._run(f"SELECT size, {self.note} FROM checkpoints ORDER BY size")  # noqa: S608 - our own name
        return [Checkpointed(*row) for row in self._all()]

    def keys(self, wanted: Sequence[str] = ()) -> list[StoredKey]:
        """The keys of this store, of these ids only where some are given."""
        among = f"WHERE id IN ({_marks(wanted)}) " if wanted else ""
        sql = f"SELECT id, name, digest, made_at, last_used FROM keys {among}ORDER BY made_at, id"  # noqa: S608 - marks alone
        self._run(sql, wanted)
        return [
            StoredKey(row[0], row[1], row[2] if isinstance(row[2], bytes) else b"", row[3], row[4])
            for row in self._all()
        ]

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
        if 0 < len(wanted) <= _CHUNK:
            self._run(sql.format(_marks(wanted)), wanted)
            return iter(self._all())
        return self._in_chunks(sql, wanted)

    def _in_chunks(self, sql: str, wanted: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            self._run(sql.format(_marks(chunk)), chunk)
            yield from self._all()


class Writer(Reader):
    """What one transaction writes."""

    @property
    def connection(self) -> Any:
        """The database's own connection, for what is written beside the facts in the same transaction."""
        return self._cursor.connection

    def size(self) -> int:
        """How many facts the log has. Raises `NotSound` where it had more: no position is given twice."""
        size, given = self._size_and_given()
        if given > size:
            msg = (
                f"The log had {given} facts and has {size}: its end was removed. Nothing was recorded. "
                "Keep the file as it is, and restore the last backup beside it."
            )
            raise NotSound(msg)
        return size

    def _size_and_given(self) -> tuple[int, int]:
        """How many facts there are, and the last position that was ever given."""
        raise NotImplementedError

    def add_lines(self, lines: Sequence[Line], nodes: Sequence[bytes]) -> None:
        """Stored facts, in the order of their positions, which are given: they have no gap; each with what it completes."""
        self._many(
            f"INSERT INTO stored_events ({self.at}, originator_id, originator_version, topic, state, nodes) VALUES (?,?,?,?,?,?)",  # noqa: S608 - our own name
            [(*line, completed) for line, completed in zip(lines, nodes, strict=True)],
        )

    def add_names(self, rows: Iterable[Named]) -> None:
        """Names by which things can be found."""
        self._many(
            "INSERT INTO streams (name, issuer, stream, position) VALUES (?,?,?,?) ON CONFLICT DO NOTHING", list(rows)
        )

    def add_openings(self, rows: Iterable[tuple[int, Opening]]) -> None:
        """Sealed values, each with the position of its fact."""
        self._many(
            "INSERT INTO vault (position, digest, salt, value) VALUES (?,?,?,?)",
            [(position, digest, salt, orjson.dumps(value).decode()) for position, (digest, salt, value) in rows],
        )

    def claim(self, key: bytes, request: Request) -> Request | None:
        """Keep a request under its key; the earlier one, where the key is taken already."""
        self._run(
            "INSERT INTO requests (key, digest, first, last) VALUES (?,?,?,?) ON CONFLICT DO NOTHING", (key, *request)
        )
        return self.request(key) if self._cursor.rowcount == 0 else None

    def keep_checkpoint(self, kept: Checkpointed) -> None:
        """A checkpoint, in the place of the one of the same size."""
        self._run(
            "INSERT INTO checkpoints (size, note) VALUES (?,?) ON CONFLICT (size) DO UPDATE SET note = excluded.note",
            kept,
        )

    def put_secret(self, name: str, value: bytes) -> None:
        """A secret of this store."""
        self._run(
            "INSERT INTO secrets (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )

    def put_key(self, key: StoredKey) -> None:
        """A key, in the place of the one of the same id."""
        self._run(
            "INSERT INTO keys (id, name, digest, made_at, last_used) VALUES (?,?,?,?,?) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, digest = excluded.digest, last_used = excluded.last_used",
            key,
        )

    def drop_key(self, wanted: str) -> None:
        """Forget a key."""
        self._run("DELETE FROM keys WHERE id = ?", (wanted,))

    def empty(self, places: Iterable[Place], mark: Erased) -> None:
        """Put a mark in the place of sealed values and their salts."""
        text = orjson.dumps(str(mark)).decode()
        self._many(
            "INSERT INTO vault (position, digest, salt, value) VALUES (?,?,'',?) "
            "ON CONFLICT (position, digest) DO UPDATE SET salt = excluded.salt, value = excluded.value",
            [(place.position, place.digest, text) for place in places],
        )

    def forget_requests(self, positions: Iterable[int]) -> None:
        """Forget the requests that recorded any of these facts: their digests were made of the words."""
        self._many("DELETE FROM requests WHERE first <= ? AND last >= ?", [(at, at) for at in positions])

    def note_export(self, export: Export) -> None:
        """Remember that something was given out."""
        self._run(
            "INSERT INTO exports (made_at, made_by, kind, size, words, file, recipient, opened) VALUES (?,?,?,?,?,?,?,?)",
            (*export[:7], orjson.dumps(export.opened).decode()),
        )


def _marks(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))

"""A log's file as it lies on the disk: raw rows for whoever verifies it. Nothing is trusted, nothing resolved, nothing written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeAlias

from decisionlog.addresses import Place, Server
from decisionlog.domain.refusals import NotSound
from decisionlog.store.batch import Checkpointed
from decisionlog.store.codec import LINE_LIMIT
from decisionlog.store.erasing import AS_IT_WAS
from decisionlog.store.sqlite_file import (
    connect,
    engine,
    in_plain_words,
    is_writable,
    prepare,
    require_log_file,
    require_sound_sqlite,
    uri,
)

if TYPE_CHECKING:
    from decisionlog.store.postgresql.raw import RawServerLog

    AnyRawLog: TypeAlias = "RawLog | RawServerLog"

_AT_ONCE: Final = 1_000
_BLOB: Final = f"CASE WHEN typeof(state) = 'blob' AND length(state) <= {LINE_LIMIT} THEN state END"
_FIELDS: Final = f"rowid, originator_id, originator_version, topic, nodes, {_BLOB}"
_IN_ORDER: Final = "FROM stored_events WHERE rowid >= ? AND rowid <= ? ORDER BY rowid"
_ROWS: Final = f"SELECT {_FIELDS}, typeof(state), length(state) {_IN_ORDER}"
_BARE_ROWS: Final = f"SELECT {_FIELDS} {_IN_ORDER}"
_NOT_FOUND: Final = (
    "SELECT min(rowid) FROM stored_events AS fact WHERE rowid > ? AND NOT EXISTS ("
    "SELECT 1 FROM stored_events AS found INDEXED BY sqlite_autoindex_stored_events_1 WHERE found.rowid = fact.rowid "
    "AND found.originator_id = fact.originator_id AND found.originator_version = fact.originator_version)"
)
"""The first new fact that the index by which a stream is read does not lead to."""
_CACHE: Final = 4 * 1024
"""KiB: each page is read once, so that more of them would be kept for nothing."""
_BELOW_ALL: Final = float("-inf")
"""Less than every number: what lies beside the facts may be said to be of any position, or of something between two."""
LAST: Final = 2**63 - 1
"""No position lies beyond it."""


def first_after(position: int) -> int:
    """From where on to read what comes after a position; after none, from the very first number that a row may have."""
    return position + 1 if position else -LAST - 1


_TROUBLE: Final = tuple(
    f"SQLITE_{name}" for name in "BUSY LOCKED FULL IOERR CANTOPEN NOMEM INTERRUPT PROTOCOL PERM".split()
)
"""Faults of the disk or of other programs, which say nothing of what the file holds."""


def is_damage(fault: BaseException) -> bool:
    """Whether the database could not make sense of what the file holds, or what it said of it could not be read either."""
    if isinstance(fault, UnicodeDecodeError):
        return True
    return isinstance(fault, engine.Error) and not (getattr(fault, "sqlite_errorname", "") or "").startswith(_TROUBLE)


class reading_raw:  # noqa: N801 - used as a function in `with`
    """Turn the faults of a damaged file into `NotSound`, and those of its disk into `Unusable`."""

    def __init__(self, path: Place) -> None:
        self._path = path
        self._words = in_plain_words(path, writing=False) if isinstance(path, Path) else nullcontext()

    def __enter__(self) -> None:
        """Nothing is needed before."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is not None and is_damage(fault) and isinstance(self._path, Path):
            msg = (
                f"{self._path} is damaged, so that it cannot be read as a log ({fault}). "
                "Keep it as it is, and restore the last backup beside it."
            )
            raise NotSound(msg) from fault
        self._words.__exit__(kind, fault, trace)


class Row(NamedTuple):
    """One row of the facts. Its values are of whatever type somebody put there."""

    position: int
    stream: Any
    n: Any
    type: Any
    nodes: Any
    state: bytes | None
    """None, where it is not a blob or is longer than any fact."""
    state_type: str
    length: int


RawRow = tuple[int, Any, Any, Any, Any, bytes | None, str, int]
"""The same as it comes from the database: a log has many."""
BareRow = tuple[int, Any, Any, Any, Any, bytes | None]
"""The same without the last two."""
VaultRow = tuple[Any, Any, Any, Any]
"""One row of the vault: position, digest, salt, value."""


class RawLog:
    """The rows of one log at one moment, whoever records meanwhile; for the length of a `with`.

    Raises the refusals of `store.sqlite_file` where the file is no log.
    """

    def __init__(self, path: Path) -> None:
        require_sound_sqlite()
        require_log_file(path)
        self.path = path
        self._connection = connect(uri(path, read_only=not is_writable(path)))
        prepare(self._connection)
        self._connection.execute(f"PRAGMA cache_size=-{_CACHE}")
        self._connection.execute("PRAGMA query_only=ON")
        self._connection.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def size(self) -> int:
        """The last position of which there is a row."""
        return int(self._one("SELECT max(rowid) FROM stored_events") or 0)

    def rows(self, after: int = 0, until: int = LAST) -> Iterator[RawRow]:
        """The facts after a position, up to another, in the order of the rows, each as the fields of a `Row`."""
        return self._each(_ROWS, (first_after(after), until))

    def batches(self, after: int, until: int, at_once: int) -> Iterator[list[BareRow]]:
        """The same, so many at a time, and without what only those rows need that hold no fact."""
        cursor = self._connection.execute(_BARE_ROWS, (first_after(after), until))
        return iter(lambda: cursor.fetchmany(at_once), [])

    def row(self, position: int) -> Row | None:
        """The fact at a position."""
        return next(map(Row._make, self._each(_ROWS, (position, position))), None)

    def vault(self, after: int = 0, until: int | None = None) -> Iterator[VaultRow]:
        """What opens commitments, in the order of the positions, of facts after one, up to another or whatever there is."""
        bounds = "position > ?" if until is None else "position > ? AND position <= ?"
        values = (after or _BELOW_ALL,) if until is None else (after or _BELOW_ALL, until)
        return self._each(
            f"SELECT position, digest, salt, value FROM vault WHERE {bounds} ORDER BY position, digest",  # noqa: S608 - ours
            values,
        )

    def names(self, after: int = 0) -> Iterator[tuple[Any, ...]]:
        """Names as they were given: name, issuer, stream, position; by facts after one, in the order of their positions."""
        sql = "SELECT name, issuer, stream, position FROM streams WHERE position > ? ORDER BY position"
        return self._each(sql, (after or _BELOW_ALL,))

    def any_of(self, types: Sequence[str], after: int) -> bool:
        """Whether there is a fact of one of these types after a position, as the rows say."""
        sql = f"SELECT 1 FROM stored_events WHERE rowid > ? AND topic IN ({','.join('?' * len(types))})"  # noqa: S608 - marks
        return self._one(sql, (after, *types)) is not None

    def last_n(self, stream: str, until: int) -> int:
        """The last version of a stream among the facts up to a position, as the rows say."""
        sql = "SELECT max(originator_version) FROM stored_events WHERE originator_id = ? AND rowid <= ?"
        return int(self._one(sql, (stream, until)) or 0)

    def of_type(self, stream: str, type_: str) -> Iterator[tuple[int, Any]]:
        """The facts of a type in a stream, as the rows say: positions and bytes."""
        sql = f"SELECT rowid, {_BLOB} FROM stored_events WHERE originator_id = ? AND topic = ? ORDER BY rowid"  # noqa: S608 - ours
        return self._each(sql, (stream, type_))

    def nodes(self, positions: Sequence[int]) -> dict[int, bytes]:
        """The nodes that the facts at these positions complete, as the rows say."""
        sql = f"SELECT rowid, nodes FROM stored_events WHERE rowid IN ({','.join('?' * len(positions))})"  # noqa: S608 - marks
        return dict(self._connection.execute(sql, positions).fetchall())

    def checkpoints(self) -> list[Checkpointed]:
        """The checkpoints that were signed for this log; a log of an earlier version has no table of them."""
        if not self._one("SELECT count(*) FROM sqlite_master WHERE name = 'checkpoints'"):
            return []
        sql = "SELECT size, note FROM checkpoints ORDER BY size"
        return [Checkpointed(*row) for row in self._connection.execute(sql).fetchall()]

    def positions_given(self) -> int:
        """The last position that was ever given in this file, though its fact may have gone since."""
        return int(self._one("SELECT seq FROM sqlite_sequence WHERE name = 'stored_events'") or 0)

    def requests_beyond(self, size: int) -> int:
        """How many requests are said to be answered by facts that the log does not have."""
        return int(self._one("SELECT count(*) FROM requests WHERE last > ? OR first < 1 OR first > last", (size,)))

    def as_it_was(self) -> int:
        """Of a copy that shows a log as it once was, how many facts it then had; 0 for a log that goes on."""
        kept = self._one("SELECT value FROM secrets WHERE name = ?", (AS_IT_WAS,))
        return int(kept) if isinstance(kept, bytes) and kept.isdigit() else 0

    def complaints(self, after: int = 0) -> str:
        """`ok`, or the first thing that is wrong with the facts after a position, or with what finds them.

        All of them are looked at by SQLite's own check. New ones alone are looked for by that index: the check takes as
        long for a few as for all.
        """
        if not after:
            return str(self._one("PRAGMA integrity_check('stored_events')"))
        lost = self._one(_NOT_FOUND, (after,))
        return "ok" if lost is None else f"row {lost} missing from index sqlite_autoindex_stored_events_1"

    def _one(self, sql: str, values: Sequence[Any] = ()) -> Any:
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def _each(self, sql: str, values: Sequence[Any]) -> Iterator[Any]:
        cursor = self._connection.execute(sql, values)
        return chain.from_iterable(iter(lambda: cursor.fetchmany(_AT_ONCE), []))


def raw_at(place: Place) -> AnyRawLog:
    """The rows of the log at a place. Raises the refusals of its store, and `NotSound` where it is too damaged to be read."""
    if isinstance(place, Server):
        from decisionlog.store.postgresql.raw import RawServerLog  # noqa: PLC0415 - a log in a file needs none of it

        return RawServerLog(place)
    return RawLog(place)

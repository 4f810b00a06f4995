"""The limit: bare SQLite through the same driver, on the same disk, with the settings that the log's own connections have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from eventsourcing.postgres import PostgresRecorder

from decisionlog.store.sqlite_file import engine, prepare, uri

_SYNCHRONOUS = ("OFF", "NORMAL", "FULL", "EXTRA")


def connect(path: Path, *, keeps_facts: bool) -> Any:
    """A connection to a file that is made if it is not there."""
    path.touch()
    connection = engine.connect(uri(path, read_only=False), uri=True, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    prepare(connection, keeps_facts=keeps_facts)
    return connection


def remove(path: Path) -> None:
    """A file of SQLite with what lies beside it."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def define_alike(connection: Any, other: Any, tables: Iterable[str]) -> None:
    """The tables of another file with their indexes, empty, without their triggers."""
    sql = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC"
    for table in tables:
        for (definition,) in other.execute(sql, (table,)).fetchall():
            connection.execute(definition)


def insert(connection: Any, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Rows with a value for every column."""
    if rows:
        marks = ",".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - names out of the file itself


def durability(cursor: Any) -> str:
    """How the connection of a cursor keeps what it commits, as it says itself."""
    said = []
    for setting in ("journal_mode", "synchronous"):
        cursor.execute(f"PRAGMA {setting}")
        said += cursor.fetchone()
    return f"{said[0].upper()}, synchronous {_SYNCHRONOUS[said[1]]}"


def durability_of(recorder: Any) -> str:
    """The same of the connection with which a recorder of the library, or ours, writes."""
    with recorder.datastore.transaction(commit=True) as cursor:
        return durability_on_server(cursor) if isinstance(recorder, PostgresRecorder) else durability(cursor)


def durability_on_server(cursor: Any) -> str:
    """How a server keeps what is committed on a connection."""
    said = []
    for setting in ("fsync", "synchronous_commit"):
        cursor.execute(f"SELECT current_setting('{setting}') AS found")
        said.append(f"{setting} {cursor.fetchone()['found']}")
    return ", ".join(said)

"""Read models in SQLite: in the log's own file, or in memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, create_engine
from sqlalchemy.pool import QueuePool, StaticPool

from decisionlog.domain.refusals import Unusable
from decisionlog.store import sqlite_file
from decisionlog.store.tables import making


class SQLiteWords:
    """A full-text index without its text (FTS5); its row ids are positions."""

    _KEEPS_UNINDEXED = (3, 47)
    """From this SQLite on, the index can show the position of each of its rows; it is found by it without that."""

    def make(self, rows: Connection, table: str) -> None:
        """Make an index that is empty."""
        kept = ", contentless_unindexed=1" if sqlite_file.engine.sqlite_version_info >= self._KEEPS_UNINDEXED else ""
        rows.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {table} USING fts5(position UNINDEXED, words, kind, "
            f"content='', contentless_delete=1{kept}, tokenize='unicode61 remove_diacritics 2')"
        )

    def put(self, rows: Connection, table: str, written: Sequence[tuple[int, str, str]]) -> None:
        """Add facts, or put them in the place of what was there."""
        if written:
            insert = f"INSERT OR REPLACE INTO {table} (rowid, position, words, kind) VALUES (?, ?, ?, ?)"  # noqa: S608 - our own name
            driver: Any = rows.connection.dbapi_connection
            driver.executemany(insert, [(at, at, words, kind) for at, words, kind in written])

    def take_out(self, rows: Connection, table: str, positions: Sequence[int]) -> None:
        """Take facts out."""
        if positions:
            rows.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = ?", [(position,) for position in positions])  # noqa: S608 - our own name

    def purge(self, rows: Connection, table: str) -> None:
        """Write the index anew: what was deleted from it is otherwise only marked so, and its words stay."""
        rows.exec_driver_sql(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - our own name

    def matching(
        self, rows: Connection, table: str, words: Sequence[str], kind: str, position: int, limit: int
    ) -> list[int]:
        """The best first."""
        *whole, begun = words
        asked = "".join(f'words : "{word}" AND ' for word in whole) + f'words : "{begun}" *'
        asked += f' AND kind : "{kind}"' if kind else ""
        query = (
            f"SELECT rowid FROM {table} "  # noqa: S608 - our own name
            f"WHERE {table} MATCH ? AND rowid <= ? ORDER BY bm25({table}), rowid DESC LIMIT ?"
        )
        return [found[0] for found in rows.exec_driver_sql(query, (asked, position, limit))]


class SQLite:
    """SQLite, as a database of read models."""

    ROW_ID = "rowid"
    words = SQLiteWords()

    def begin(self, driver: Any) -> None:
        """Begin a transaction that holds the writer's lock."""
        driver.execute("BEGIN IMMEDIATE")

    def is_closed(self, driver: Any) -> bool:  # noqa: ARG002 - a file closes no connection
        """Whether a connection can be used no more."""
        return False

    def state(self, driver: Any) -> object:
        """How often others wrote to the file, and what this connection wrote; none within a transaction, which may be undone."""
        if driver.in_transaction:
            return None
        return driver.execute("PRAGMA data_version").fetchone()[0], driver.total_changes

    def has_table(self, rows: Connection, name: str) -> bool:
        """Whether there is a table of that name."""
        return bool(rows.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (name,)).first())

    def make_tables(self, rows: Connection, metadata: MetaData, *, if_missing: bool = False) -> None:
        """Make tables: SQLite compares texts byte by byte if nothing else is said."""
        for statement in making(metadata, rows.dialect.name, if_missing=if_missing):
            rows.exec_driver_sql(statement)

    def is_trouble(self, fault: BaseException | None) -> bool:
        """Whether a fault says something of the disk or of other programs."""
        return sqlite_file.is_trouble_of_the_store(fault)

    def unusable(self, place: str, fault: BaseException, kept: str) -> Unusable:
        """What a fault means."""
        return sqlite_file.unusable(Path(place), fault, kept)


def engine_of(path: Path | None, *, read_only: bool = False) -> Engine:
    """The engine for a log's read models: in the log's own file, or in memory."""

    def connect() -> Any:
        connection = sqlite_file.connect(sqlite_file.uri(path, read_only=read_only) if path else ":memory:")
        sqlite_file.prepare(connection, keeps_facts=False)
        return connection

    # Left to itself, a pool takes an address without a path for memory: it keeps a connection for each of five threads,
    # and closes those of others while they are in use.
    return create_engine(
        "sqlite+pysqlite://",
        creator=connect,
        module=sqlite_file.engine,
        isolation_level="AUTOCOMMIT",
        poolclass=QueuePool if path else StaticPool,
    )

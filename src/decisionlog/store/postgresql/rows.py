"""Read models on a server, in the schema of their log."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Engine, MetaData, String, create_engine

from decisionlog.addresses import Server
from decisionlog.domain.refusals import Unusable
from decisionlog.store.postgresql import faults
from decisionlog.store.postgresql.connecting import connect
from decisionlog.store.postgresql.words import PostgreSQLWords
from decisionlog.store.tables import making

_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' read models', 0))"
_BYTES: Final = String(collation="C")
"""Texts compared byte by byte, as SQLite compares them."""


class PostgreSQL:
    """PostgreSQL, as a database of read models."""

    ROW_ID = "ctid"
    words = PostgreSQLWords()

    def begin(self, driver: Any) -> None:
        """Begin a transaction in which nobody else brings read models up."""
        driver.execute("BEGIN")
        driver.execute(_ALONE)

    def is_closed(self, driver: Any) -> bool:
        """Whether a connection can be used no more: the server ended it, or gave no answer."""
        return bool(driver.closed)

    def state(self, driver: Any) -> object:  # noqa: ARG002 - a server does not tell a connection that others wrote
        """None: what was read is not kept."""
        return None

    def has_table(self, rows: Connection, name: str) -> bool:
        """Whether there is a table of that name in the log's schema."""
        query = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
        return bool(rows.exec_driver_sql(query, (name,)).first())

    def make_tables(self, rows: Connection, metadata: MetaData, *, if_missing: bool = False) -> None:
        """Make tables whose texts are compared byte by byte, whatever the database's own order is."""
        for statement in making(_collated(metadata), rows.dialect.name, if_missing=if_missing):
            rows.exec_driver_sql(statement)

    def is_trouble(self, fault: BaseException | None) -> bool:
        """Whether a fault says something of the server or the way to it."""
        return faults.is_trouble_of_the_store(fault)

    def unusable(self, place: str, fault: BaseException, kept: str) -> Unusable:
        """What a fault means."""
        return faults.unusable(place, fault, kept)


@cache
def _collated(metadata: MetaData) -> MetaData:
    """The same tables, their texts compared byte by byte: a copy, for the same program may make them in a file."""
    copied = MetaData()
    for table in metadata.sorted_tables:
        for column in table.to_metadata(copied).columns:
            if isinstance(column.type, String):
                column.type = _BYTES
    return copied


def engine_of(server: Server) -> Engine:
    """The engine for the read models of a log on a server."""
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: connect(server),
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,  # there is nothing to take back, and a connection that is gone cannot be asked to
        pool_pre_ping=True,
        max_overflow=20,
    )

"""Read models on a server, in the schema of their log."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, MetaData, String, create_engine

from decisionlog.addresses import Server
from decisionlog.domain.refusals import Unusable
from decisionlog.store.postgresql import faults
from decisionlog.store.postgresql.connecting import connect
from decisionlog.store.postgresql.words import PostgreSQLWords

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

    def has_table(self, rows: Connection, name: str) -> bool:
        """Whether there is a table of that name in the log's schema."""
        query = "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = ?"
        return bool(rows.exec_driver_sql(query, (name,)).first())

    def make_tables(self, rows: Connection, metadata: MetaData, *, if_missing: bool = False) -> None:
        """Make tables whose texts are compared byte by byte, whatever the database's own order is."""
        texts = [one for table in metadata.sorted_tables for one in table.columns if isinstance(one.type, String)]
        types = [column.type for column in texts]
        for column in texts:
            column.type = _BYTES
        try:
            metadata.create_all(rows, checkfirst=if_missing)
        finally:  # the same program may make the same tables in a file
            for column, type_ in zip(texts, types, strict=True):
                column.type = type_

    def is_trouble(self, fault: BaseException | None) -> bool:
        """Whether a fault says something of the server or the way to it."""
        return faults.is_trouble_of_the_store(fault)

    def unusable(self, place: str, fault: BaseException, kept: str) -> Unusable:
        """What a fault means."""
        return faults.unusable(place, fault, kept)


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

"""The builds of read models: where each stands, and the statements that tell."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.store.databases import database_of

BUILDS = """
CREATE TABLE IF NOT EXISTS read_models (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    build INTEGER NOT NULL,
    position BIGINT NOT NULL,
    serving BOOLEAN NOT NULL,
    stopped TEXT NOT NULL,
    PRIMARY KEY (name, build)
)
"""


class Standing(NamedTuple):
    """Where one build of a read model stands."""

    name: str
    version: int
    build: int
    position: int
    serving: bool
    stopped: str
    """Why it stopped, if it did."""


def print_of(connection: Connection, table: str) -> int:
    """The rows of a table as one number, whatever their order."""
    rows = driver(connection).execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
    return sum(int.from_bytes(sha256(repr(tuple(row)).encode(errors="replace")).digest(), "big") for row in rows)


def driver(connection: Connection) -> Any:
    """The database's own connection: what SQLAlchemy does around a statement costs more than a small one does."""
    return connection.connection.dbapi_connection


def has_builds(connection: Connection) -> bool:
    """Whether anything was ever built."""
    return database_of(connection).has_table(connection, "read_models")


def standings_in(connection: Connection) -> list[Standing]:
    """Where every build stands."""
    rows = driver(connection).execute(
        "SELECT name, version, build, position, serving, stopped FROM read_models ORDER BY name, build"
    )
    return [Standing(row[0], row[1], row[2], row[3], bool(row[4]), row[5]) for row in rows]

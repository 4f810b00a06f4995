"""What the databases of read models do differently, asked for by the name of their dialect."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, MetaData

from decisionlog.domain.refusals import Unusable


class Words(Protocol):
    """An index of the words of facts, each fact at its position."""

    def make(self, rows: Connection, table: str) -> None:
        """Make an index that is empty."""

    def put(self, rows: Connection, table: str, written: Sequence[tuple[int, str, str]]) -> None:
        """Add facts, or put them in the place of what was there: position, folded words, kind."""

    def take_out(self, rows: Connection, table: str, positions: Sequence[int]) -> None:
        """Take facts out."""

    def purge(self, rows: Connection, table: str) -> None:
        """Let nothing remain of what was taken out."""

    def matching(
        self, rows: Connection, table: str, words: Sequence[str], kind: str, position: int, limit: int
    ) -> list[int]:
        """The facts, up to a position, in which all words stand, the last perhaps only begun: the best first (BM25), then the newest."""


class Database(Protocol):
    """A database in which read models lie."""

    ROW_ID: str
    """The column that tells one row from every other within a transaction."""

    @property
    def words(self) -> Words:
        """Its index of words."""

    def begin(self, driver: Any) -> None:
        """Begin a transaction in which nobody else writes rows."""

    def is_closed(self, driver: Any) -> bool:
        """Whether a connection can be used no more."""

    def state(self, driver: Any) -> object:
        """What is another as soon as anybody has written anything to the database; none, where that cannot be told."""

    def has_table(self, rows: Connection, name: str) -> bool:
        """Whether there is a table of that name."""

    def make_tables(self, rows: Connection, metadata: MetaData, *, if_missing: bool = False) -> None:
        """Make tables whose texts are compared byte by byte."""

    def is_trouble(self, fault: BaseException | None) -> bool:
        """Whether a fault says something of the store or of other programs, and nothing of what was asked."""

    def unusable(self, place: str, fault: BaseException, kept: str) -> Unusable:
        """What a fault means, what became of what was asked (`kept`), and the way out."""


def database_of(rows: Connection) -> Database:
    """The database of a connection."""
    return database_named(rows.dialect.name)


@cache
def database_named(dialect: str) -> Database:
    """The database of a dialect, which is imported only where it is used."""
    if dialect == "postgresql":
        from decisionlog.store.postgresql.rows import PostgreSQL  # noqa: PLC0415

        return PostgreSQL()
    from decisionlog.store.sqlite_rows import SQLite  # noqa: PLC0415

    return SQLite()

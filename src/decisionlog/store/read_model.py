"""A read model in one build: its tables, and how facts become rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import Connection, MetaData, Table

from decisionlog.domain.facts.envelope import Fact
from decisionlog.store.builds import driver
from decisionlog.store.databases import database_of
from decisionlog.store.log import Log


class ReadModel:
    """One read model in one build: its tables, and how facts become rows. Pure: the same facts give the same rows."""

    name: ClassVar[str]
    version: ClassVar[int]
    shown: ClassVar[tuple[str, ...]] = ()
    """The columns that can be read in every database, where not all can."""

    def __init__(self, build: int) -> None:
        self.metadata, self.table = self._defined(build)
        self._insert = ""

    def make(self, rows: Connection) -> None:
        """Make the tables, empty."""
        database_of(rows).make_tables(rows, self.metadata)

    def add(self, rows: Connection, written: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, each with a value for every column, in the order of the table."""
        if not self._insert:
            names = ", ".join(f'"{column.name}"' for column in self.table.columns)
            marks = ", ".join("?" * len(self.table.columns))
            self._insert = f"INSERT INTO {self.table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our own names
        self.put(rows, self._insert, written)

    @staticmethod
    def put(rows: Connection, statement: str, written: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement of the database's own once for each of these rows."""
        if written:
            driver(rows).cursor().executemany(statement, written)

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:
        """The table of this model under a name."""
        raise NotImplementedError

    @classmethod
    @cache
    def _defined(cls, build: int) -> tuple[MetaData, Table]:
        """The tables in one build, the same for every log: defining them takes far longer than making them."""
        metadata = MetaData()
        return metadata, cls.define(f"{cls.name}_v{cls.version}_{build}", metadata)

    def reads(self, fact_type: str, kind: str) -> bool:  # noqa: ARG002 - for models that only some facts change
        """Whether a fact of a type, about a kind of thing, may change a row: where none does, `fold` need not be asked."""
        return True

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:
        """Take the next facts, in order, into the rows. Must not fail for any fact that the log took."""
        raise NotImplementedError

    def purge(self, rows: Connection) -> None:
        """Let nothing remain in the tables of what was taken out of them; the database sees to its free pages itself."""

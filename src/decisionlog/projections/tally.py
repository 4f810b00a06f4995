"""The tally: how many facts of each type, how many opened a stream, how many this version cannot read. Table, fold, queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table

from decisionlog.domain.facts.envelope import Fact, Unread
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel


class Count(NamedTuple):
    """The facts of one type."""

    type: str
    facts: int
    opened: int
    """Those that are the first of their stream."""
    unread: int
    """Those kept raw, because their type, version or shape is not known."""


class Tally(ReadModel):
    """One row a type."""

    name = "tally"
    version = 1

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:
        """Counts by type."""
        counts = (Column(name, BigInteger, nullable=False) for name in ("facts", "opened", "unread"))
        return Table(table_name, metadata, Column("type", String, primary_key=True), *counts)

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:  # noqa: ARG002 - the log is not needed here
        """Add these facts to the counts."""
        seen = Counter(fact.type for fact in facts)
        opened = Counter(fact.type for fact in facts if fact.n == 1)
        unread = Counter(fact.type for fact in facts if isinstance(fact.data, Unread))
        add = (
            f"INSERT INTO {self.table.name} (type, facts, opened, unread) VALUES (?, ?, ?, ?) "  # noqa: S608 - our own name
            "ON CONFLICT (type) DO UPDATE SET "
            + ", ".join(
                f"{name} = {self.table.name}.{name} + excluded.{name}" for name in ("facts", "opened", "unread")
            )
        )
        self.put(rows, add, [(name, number, opened[name], unread[name]) for name, number in sorted(seen.items())])


def counts(rows: Connection) -> list[Count]:
    """The counts of every type that occurs."""
    found = rows.exec_driver_sql("SELECT type, facts, opened, unread FROM tally ORDER BY type")
    return [Count(*row) for row in found]

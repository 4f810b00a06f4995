"""Holds: by which fact something was ever kept from being erased, so that those that stand are found at once. Row, fold, query."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, Connection, MetaData, String, Table, select

from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.holds import PLACED
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel


class Holds(ReadModel):
    """One row for each hold that was ever placed, whether it stands or not."""

    name = "holds"
    version = 1

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:
        """Holds by their positions."""
        position = Column("position", BigInteger, primary_key=True, autoincrement=False)
        return Table(table_name, metadata, position, Column("stream", String, nullable=False))

    def reads(self, fact_type: str, kind: str) -> bool:  # noqa: ARG002 - a hold is of any kind of thing
        """Only facts that place a hold."""
        return fact_type == PLACED

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:  # noqa: ARG002 - the log is not needed here
        """Add the holds among these facts."""
        self.add(rows, [(fact.position, fact.stream) for fact in facts if fact.type == PLACED])


_table = Holds.define("holds", MetaData())


def held_streams(rows: Connection, until: int) -> list[str]:
    """The things on which a hold was placed up to a position, in the order of their first holds."""
    query = select(_table.c.stream).where(_table.c.position <= until).order_by(_table.c.position)
    return list(dict.fromkeys(rows.execute(query).scalars()))

"""The acts that came out of files of meetings, by the place at which each stood in its file. Table, fold, queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, String, Table, select

from decisionlog.domain.acts import group_of, is_act
from decisionlog.domain.facts.envelope import Fact
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel


class Act(NamedTuple):
    """One fact that was recorded from a file of a meeting."""

    group: str
    """See `domain.acts.group_of`."""
    place: str
    position: int
    type: str
    stream: str
    n: int
    file: str
    """What the file was called then."""
    sha256: str
    """Its digest then; empty where none is recorded."""


class Acts(ReadModel):
    """Every act of a meeting's file."""

    name = "acts"
    version = 2

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:
        """One row for each act."""
        numbers = {"position", "n"}
        return Table(
            table_name,
            metadata,
            *(Column(name, BigInteger if name in numbers else String, nullable=False) for name in Act._fields),
            Index(f"{table_name}_by_group", "group", "position"),
        )

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:  # noqa: ARG002 - the log is not needed here
        """Add the acts among these facts."""
        self.add(rows, [act for fact in facts if (act := _act(fact))])


_table = Acts.define("acts", MetaData())


def acts_within(rows: Connection, gathering: str) -> list[Act]:
    """The acts of one gathering, in the order of their positions: at its own place, and at every place within it."""
    query = select(_table).where(_table.c.group == group_of(gathering)).order_by(_table.c.position)
    acts = (Act(*row) for row in rows.execute(query))
    return [act for act in acts if act.place == gathering or act.place.startswith(f"{gathering}, ")]


def _act(fact: Fact) -> Act | None:
    source = fact.source
    if source is None or not source.place or not is_act(source.place):
        return None
    return Act(
        group_of(source.place),
        source.place,
        fact.position,
        fact.type,
        fact.stream,
        fact.n,
        source.name or "",
        source.sha256 or "",
    )

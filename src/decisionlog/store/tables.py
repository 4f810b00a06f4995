"""The statements that make tables of read models."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import MetaData
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable


@cache
def making(metadata: MetaData, dialect: str, *, if_missing: bool) -> Sequence[str]:
    """The statements that make these tables and their indexes, in the words of a database."""
    spoken = registry.load(dialect)()
    found: list[str] = []
    for table in metadata.sorted_tables:
        found.append(str(CreateTable(table, if_not_exists=if_missing).compile(dialect=spoken)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        found += [str(CreateIndex(index, if_not_exists=if_missing).compile(dialect=spoken)) for index in indexes]
    return found

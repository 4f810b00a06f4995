"""What others read by SQL: a view of the rows of each read model, and one of those that hold now, as they are known now.

A view keeps its name whatever build of its model is read; docs/views.md says which columns stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, Table

from decisionlog.domain.days import OPEN_END
from decisionlog.store.bitemporal import BOTH, LOG

_AXES: Final = ("valid_from", "certain_from", "valid_until", "known_from", "known_until", "clock")
_MICROSECONDS_NOW: Final[Mapping[str, str]] = {
    "sqlite": "CAST(strftime('%s', 'now') AS INTEGER) * 1000000",
    "postgresql": "CAST(extract(epoch FROM now()) * 1000000 AS bigint)",
}


def serve(connection: Connection, name: str, table: Table) -> None:
    """Have the views of a read model show the rows of this build of it."""
    for view in (f"{name}_now", name):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {view}")
    for statement in _views(connection.dialect.name, name, table):
        connection.exec_driver_sql(statement)


def columns_now(table: Table) -> list[str]:
    """The columns of the view of what holds now; none, where the rows have no time."""
    names = [column.name for column in table.columns]
    return [*(name for name in names if name not in _AXES), "possible"] if set(_AXES) <= set(names) else []


def _views(database: str, name: str, table: Table) -> Iterator[str]:
    yield f"CREATE VIEW {name} AS SELECT * FROM {table.name}"  # noqa: S608 - our own names
    if not columns_now(table):
        return
    *columns, possible = (f'"{column}"' for column in columns_now(table))
    now = _MICROSECONDS_NOW[database]
    # What is known now is what no later fact ended: the known axis is read by this log's clock.
    yield (
        f"CREATE VIEW {name}_now AS SELECT {', '.join(columns)}, "  # noqa: S608 - our own names
        f"CASE WHEN certain_from > {now} THEN 1 ELSE 0 END AS {possible} FROM {table.name} "
        f"WHERE valid_from <= {now} AND {now} < valid_until AND known_until = {OPEN_END} AND clock IN ('{LOG}', '{BOTH}')"
    )

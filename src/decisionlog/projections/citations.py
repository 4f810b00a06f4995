"""Citations: which fact names which thing, so that what concerns a thing can be found. Table, fold, queries.

A fact is found by whatever it ever named: as it was recorded, and as it was corrected. Whether it names the thing as known
is told by `cited_by` of the fact as it was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    and_,
    bindparam,
    func,
    select,
)

from decisionlog.domain.facts.envelope import Data, Fact
from decisionlog.domain.facts.shape import fields_of
from decisionlog.domain.known import Known, read
from decisionlog.store.builds import driver
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel


class Citation(NamedTuple):
    """One fact that names a thing: in which field, and where the fact stands."""

    cited: str
    citing: str
    position: int
    type: str
    field: str
    """The field of data that names it, such as `proposals` or `authority.delegation`; `of` for the envelope's."""


class Citations(ReadModel):
    """Every reference of a fact to another thing, the other way round."""

    name = "citations"
    version = 2

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:
        """One row for each thing that a fact names in one of its fields, kept in the order in which it is asked for."""
        return Table(
            table_name,
            metadata,
            *(Column(name, BigInteger if name == "position" else String, nullable=False) for name in Citation._fields),
            PrimaryKeyConstraint("cited", "type", "field", "position"),
            sqlite_with_rowid=False,
        )

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:
        """Add the references of these facts, and those that corrections gave to earlier ones."""
        self.add(rows, [citation for fact in facts for citation in cited_by(fact)])
        given = [citation for fact in facts if fact.type == "record.corrected" for citation in _given_by(fact, log)]
        self.put(rows, f"INSERT INTO {self.table.name} VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", given)  # noqa: S608 - our own name


_table = Citations.define("citations", MetaData())
_COLUMNS: Final = ", ".join(Citation._fields)
_FEW: Final = 200
_NAMED: Final = and_(_table.c.cited == bindparam("cited"), _table.c.position <= bindparam("until"))
_LAST: Final = (
    select(_table)
    .where(_NAMED, _table.c.type == bindparam("type"), _table.c.field == bindparam("field"))
    .order_by(_table.c.position.desc())
    .limit(bindparam("most"))
)


def newest(
    rows: Connection, cited: str, types: Sequence[str], fields: Sequence[str], position: int, limit: int
) -> list[Citation]:
    """The last facts of other things up to a position that name a thing, the newest first.

    Of these types, in these fields, where any are given. Most things are named a few times, and one question has them all;
    else of each type and field no more than that many are read, however many there are.
    """
    narrowed = {name: list(given) for name, given in (("type", types), ("field", fields)) if given}
    found = _read(rows, _few(tuple(narrowed)), {"cited": cited, "until": position, **narrowed})
    if len(found) > _FEW:
        found = []
        for type_, field in _ways(rows, cited, types, fields):
            of_it = {"cited": cited, "type": type_, "field": field, "until": position, "most": limit}
            found += _read(rows, _LAST, of_it)
    return sorted(found, key=lambda one: one.position, reverse=True)[:limit]


def _read(rows: Connection, query: Select[Any], given: Mapping[str, Any]) -> list[Citation]:
    return [Citation(*row) for row in rows.execute(query, given)]


@cache
def _few(narrowed: tuple[str, ...]) -> Select[Any]:
    """What names a thing, narrowed by these columns, and one more than are few."""
    wanted = (_table.c[name].in_(bindparam(name, expanding=True)) for name in narrowed)
    return select(_table).where(_NAMED, *wanted).limit(_FEW + 1)


def every(rows: Connection, cited: str, type_: str, fields: Sequence[str], position: int) -> list[Citation]:
    """The facts of a type, of other things, up to a position that name a thing, in the order of the log.

    In these fields, where any are given.
    """
    # Asked of the driver itself: rules ask this of every other thing.
    among = f" AND field IN ({', '.join('?' * len(fields))})" if fields else ""
    query = f"SELECT {_COLUMNS} FROM citations WHERE cited = ? AND type = ? AND position <= ?{among} ORDER BY position"  # noqa: S608 - our own names
    return [Citation(*row) for row in driver(rows).execute(query, (cited, type_, position, *fields)).fetchall()]


def how_many(rows: Connection, cited: str, types: Sequence[str], fields: Sequence[str], position: int) -> int:
    """How many facts of other things up to a position name a thing, chosen as for `newest`."""
    wanted = [_table.c.cited == cited, _table.c.position <= position]
    wanted += [_table.c.type.in_(types)] if types else []
    wanted += [_table.c.field.in_(fields)] if fields else []
    return rows.execute(select(func.count(_table.c.position.distinct())).where(*wanted)).scalar_one()


def _ways(rows: Connection, cited: str, types: Sequence[str], fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """In which types of fact, and in which of their fields, a thing is named: each is found by one step in the index."""
    for type_ in types or _steps(rows, _table.c.type, _table.c.cited == cited):
        of_type = (_table.c.cited == cited, _table.c.type == type_)
        for field in fields or _steps(rows, _table.c.field, *of_type):
            yield type_, field


def _steps(rows: Connection, column: Column[str], *where: ColumnElement[bool]) -> Iterator[str]:
    """The values of a column that follow those that are given in the index, each once."""
    value = ""
    while (found := rows.execute(select(func.min(column)).where(*where, column > value)).scalar_one()) is not None:
        value = found
        yield value


def cited_by(fact: Fact) -> list[Citation]:
    """Every reference in one fact to another thing than its own, once for each field that holds it."""
    found = dict.fromkeys(_references(fact.data, "")) if isinstance(fact.data, Data) else {}
    if fact.of:
        found[("of", fact.of.stream)] = None
    return [
        Citation(cited, fact.stream, fact.position, fact.type, field) for field, cited in found if cited != fact.stream
    ]


def _given_by(correction: Fact, log: Log) -> list[Citation]:
    """Every reference in the fact that a correction corrected, as it then stood: most of them stood there before."""
    named = correction.of
    if named is None or named.stream != correction.stream:
        return []
    reading = read(log.stream(correction.stream), Known(correction.position), log.zone)
    corrected = (fact for fact in (*reading.facts, *reading.retracted) if fact.n == named.n)
    return [citation for fact in corrected for citation in cited_by(fact)]


def _references(holder: Struct, path: str) -> Iterator[tuple[str, str]]:
    for attribute, name, many, is_part in _holding_references(type(holder)):
        value: Any = getattr(holder, attribute)
        if value is None:
            continue
        for item in value if many else (value,):
            if is_part:
                yield from _references(item, f"{path}{name}.")
            else:
                yield path + name, item


@cache
def _holding_references(model: type[Struct]) -> tuple[tuple[str, str, bool, bool], ...]:
    """The fields of a type that hold references, or parts that do: attribute, name, many, whether a part."""
    found = []
    for field in fields_of(model).values():
        is_part = field.meaning == "part" and field.part is not None
        if field.meaning == "ref" or (is_part and field.part and _holding_references(field.part)):
            found.append((field.attribute, field.name, field.many, is_part))
    return tuple(found)

"""What is known of some things over all of time: every piece of their histories, whichever moment is asked about.

Asked of the driver itself: an answer about authority asks many small questions, and SQLAlchemy takes longer over each
than the database does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection

from decisionlog.domain.known import AsOf

if TYPE_CHECKING:
    from decisionlog.store.histories import Histories

_AT_ONCE = 400
_BY_LOG = "clock IN ('log', 'both') AND known_from <= ? AND ? < known_until"
_BY_SOURCE = (
    "((clock = 'source' AND known_from <= ? AND ? < known_until)"
    " OR (clock = 'both' AND known_from <= ? AND ? < known_until))"
)


class Piece(NamedTuple):
    """What held from one moment to another."""

    stream: str
    first_position: int
    values: Any
    """The model's `row`."""
    valid_from: int
    certain_from: int
    valid_until: int

    def holds(self, moment: int) -> bool:
        """Whether it held at a moment."""
        return self.valid_from <= moment < self.valid_until

    def possible(self, moment: int) -> bool:
        """Whether that was only possible."""
        return moment < self.certain_from


class Differing(NamedTuple):
    """Pieces that hold at one of two points only."""

    before: list[Piece]
    after: list[Piece]


def pieces_of(
    rows: Connection, model: type[Histories], streams: Iterable[str], point: AsOf, column: str = "stream"
) -> list[Piece]:
    """Every piece that is known of these streams, or of those that have one of these values in a column.

    In the order in which the things were first recorded; of one thing, in the order of time.
    """
    found = [piece for wanted in _some_at_once(streams) for piece in _asked(rows, model, column, wanted, point)]
    found.sort(key=lambda one: (one.first_position, one.valid_from))
    return found


def pieces_at(
    rows: Connection, model: type[Histories], streams: Iterable[str], narrowed: Mapping[str, str], point: AsOf
) -> list[Piece]:
    """The pieces of these streams that hold at the point and have these values, in the order of first recording."""
    also, values = "".join(f" AND {name} = ?" for name in narrowed), tuple(narrowed.values())
    at = " AND valid_from <= ? AND ? < valid_until"
    found = [
        piece
        for wanted in _some_at_once(streams)
        for piece in _asked(rows, model, "stream", wanted, point, also + at, (*values, point.on, point.on))
    ]
    return sorted(found, key=lambda one: one.first_position)


class Lead(NamedTuple):
    """A stream to which a thing leads, and from when until when."""

    stream: str
    first_position: int
    valid_from: int
    valid_until: int


def leads_from(
    rows: Connection,
    model: type[Histories],
    things: Iterable[str],
    narrowed: Mapping[str, str],
    point: AsOf,
    since: int,
) -> list[Lead]:
    """To which streams one of these things leads, but those that are over by a moment, in the order of first recording."""
    found: list[Lead] = []
    narrow = "".join(f" AND {name} = ?" for name in narrowed)
    known, told = _known(point)
    for wanted in _some_at_once(things):
        query = (
            f"SELECT stream, first_position, valid_from, valid_until FROM {model.name}"  # noqa: S608 - our own names
            f" WHERE {_among('thing', wanted)}{narrow} AND valid_until > ? AND {known}"
        )
        found += map(Lead._make, _run(rows, query, (*wanted, *narrowed.values(), since, *told)))
    found.sort(key=lambda one: one.first_position)
    return found


def streams_not_over(
    rows: Connection, model: type[Histories], things: Iterable[str], narrowed: Mapping[str, str], point: AsOf
) -> list[str]:
    """The streams that lead from one of these things, and are not over at the point, in the order of first recording."""
    found = leads_from(rows, model, things, narrowed, point, point.on)
    return list(dict.fromkeys(one.stream for one in found if one.valid_from <= point.on))


def pieces_differing(rows: Connection, model: type[Histories], before: AsOf, after: AsOf) -> Differing:
    """What holds at one of two points of both times and not at the other. What holds at both is the same, and not read."""
    (at_first, told_first), (at_second, told_second) = _holding(before), _holding(after)
    query = f"SELECT *, ({at_first}) FROM {model.name} WHERE ({at_first}) <> ({at_second})"  # noqa: S608 - our own names
    end = 2 + len(model.row._fields)
    found: tuple[list[Piece], list[Piece]] = ([], [])
    for one in _run(rows, query, (*told_first, *told_first, *told_second)):
        found[0 if one[-1] else 1].append(Piece(one[0], one[1], model.row(*one[2:end]), *one[end : end + 3]))
    return Differing(*found)


def rows_at(
    rows: Connection,
    table: str,
    wanted: Iterable[str],
    point: AsOf,
    column: str = "stream",
    narrowed: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Iterator[tuple[Any, ...]]:
    """The whole rows of these streams that hold at the point, in the order of the table's columns.

    Or the rows that have one of the wanted values in another column; narrowed by what other columns may hold.
    """
    known, told = _known(point)
    also = "".join(f" AND {_among(name, values)}" for name, values in narrowed.items())
    values = tuple(one for several in narrowed.values() for one in several)
    for some in _some_at_once(wanted):
        at = f"{_among(column, some)}{also} AND valid_from <= ? AND ? < valid_until AND {known}"
        yield from _run(rows, f"SELECT * FROM {table} WHERE {at}", (*some, *values, point.on, point.on, *told))  # noqa: S608 - our own names


def columns_of(
    rows: Connection, table: str, columns: Sequence[str], streams: Iterable[str], point: AsOf
) -> Iterator[tuple[Any, ...]]:
    """Some columns of everything that is known of these streams, over all of time."""
    known, told = _known(point)
    for some in _some_at_once(streams):
        query = f"SELECT {', '.join(columns)} FROM {table} WHERE {_among('stream', some)} AND {known}"  # noqa: S608 - our own names
        yield from _run(rows, query, (*some, *told))


def is_known(rows: Connection, table: str, stream: str, point: AsOf) -> int:
    """The first position of a stream of which something is known; 0, where nothing is."""
    known, told = _known(point)
    query = f"SELECT first_position FROM {table} WHERE stream = ? AND {known} LIMIT 1"  # noqa: S608 - our own names
    found = _run(rows, query, (stream, *told))
    return int(found[0][0]) if found else 0


def _some_at_once(wanted: Iterable[str]) -> Iterator[list[str]]:
    every = list(dict.fromkeys(wanted))
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE]


def _among(column: str, wanted: Sequence[str]) -> str:
    if not wanted:
        return "1 = 0"
    return f"{column} = ?" if len(wanted) == 1 else f"{column} IN ({', '.join('?' * len(wanted))})"


def _asked(
    rows: Connection,
    model: type[Histories],
    column: str,
    wanted: Sequence[str],
    point: AsOf,
    also: str = "",
    values: tuple[Any, ...] = (),
) -> Iterator[Piece]:
    known, told = _known(point)
    query = f"SELECT * FROM {model.name} WHERE {_among(column, wanted)}{also} AND {known}"  # noqa: S608 - our own names
    end = 2 + len(model.row._fields)
    for one in _run(rows, query, (*wanted, *values, *told)):
        yield Piece(one[0], one[1], model.row(*one[2:end]), one[end], one[end + 1], one[end + 2])


def _run(rows: Connection, query: str, values: tuple[Any, ...]) -> list[Any]:
    driver: Any = rows.connection.dbapi_connection
    found: list[Any] = driver.execute(query, values).fetchall()
    return found


def _holding(point: AsOf) -> tuple[str, tuple[int, ...]]:
    known, told = _known(point)
    return f"valid_from <= ? AND ? < valid_until AND ({known})", (point.on, point.on, *told)


def _known(point: AsOf) -> tuple[str, tuple[int, ...]]:
    if point.said_by is None:
        return _BY_LOG, (point.position, point.position)
    return _BY_SOURCE, (point.said_by, point.said_by, point.position, point.position)

"""A base for read models whose rows say what one stream was, from when to when, and for how long that was known.

A subclass says which facts are marks, what a row holds, and folds a `Reading` (the marks of one stream as they were
known) into holdings. Both clocks, corrections, retractions and catching up are done here, once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, ClassVar, NamedTuple, get_type_hints

import orjson
from sqlalchemy import BigInteger, Column, Connection, Index, MetaData, Select, String, Table, select

from decisionlog.domain.days import OPEN_END, NotADate, Span, span
from decisionlog.domain.facts import ANY_STREAM
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import AsOf, Known, Reading, happened_at, never_was, read, said_at
from decisionlog.store.bitemporal import BOTH, LOG, SOURCE, Holding, Version, as_of, columns, row, versions
from decisionlog.store.databases import database_of
from decisionlog.store.log import Log
from decisionlog.store.pieces import rows_at
from decisionlog.store.read_model import ReadModel

_CORRECTING = frozenset({"record.corrected", "record.retracted"})


class Histories(ReadModel):
    """Rows of streams on both axes of time. Each holds `stream`, `first_position`, the fields of `row`, and the axes."""

    kinds: ClassVar[frozenset[str]]
    """Of the streams that are read."""
    marks: ClassVar[frozenset[str]]
    """The types of fact that change a row. Every other fact costs nothing."""
    row: ClassVar[Any]
    """A NamedTuple of the values of a row, each text or a whole number; lists and parts are `packed`."""
    indexes: ClassVar[Sequence[Sequence[str]]] = ()
    """Indexes beside that of the streams."""

    def __init__(self, build: int) -> None:
        super().__init__(build)
        self._types = self.marks | _CORRECTING
        self._all = sorted(self._types)
        self._anywhere = frozenset(name for name in self._types if name.partition(".")[0] in ANY_STREAM)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """What held, from when to when, by one reading. Pure, and never raises for facts that the log took."""
        raise NotImplementedError

    @classmethod
    def root(cls, fact: Fact) -> int:  # noqa: ARG003 - for models whose streams fall into independent parts
        """The version of the fact that begins the part of the stream to which a fact belongs; 0: the stream is one."""
        return 0

    @classmethod
    def added(cls, fact: Fact, standing: Iterable[Holding], zone: tzinfo) -> Holding | None:  # noqa: ARG003 - as above
        """What a fact adds that comes last of its stream, uncorrected, where it leaves what stands as it is.

        None, where it may change that: then `holdings` tells. This spares most facts that are recorded one by one the
        reading of all that was said before.
        """
        return None

    @classmethod
    def define(cls, table_name: str, metadata: MetaData) -> Table:
        """One row for each thing that held of a stream, and for how long it was known."""
        fields = get_type_hints(cls.row)
        return Table(
            table_name,
            metadata,
            Column("stream", String, nullable=False),
            Column("first_position", BigInteger, nullable=False),
            *(Column(name, BigInteger if fields[name] is int else String, nullable=False) for name in fields),
            *columns(),
            Index(f"{table_name}_by_stream", "stream"),
            *(Index(f"{table_name}_by_{'_'.join(index)}", *index) for index in cls.indexes),
        )

    def reads(self, fact_type: str, kind: str) -> bool:
        """Whether such facts are marks, or may correct them."""
        return fact_type in self._types and (fact_type not in self._anywhere or kind in self.kinds)

    def fold(self, facts: Sequence[Fact], rows: Connection, log: Log) -> None:
        """Add the histories that begin in these facts; carry on those of which there was something before."""
        lines: list[tuple[Any, ...]] = []
        for stream, marks in self._touched(facts).items():
            if self._whole(marks):
                lines += self._history(stream, marks, log.zone)
                continue
            last = marks[-1].position
            known = [fact for fact in log.stream(stream, self._all) if fact.position <= last]
            if _by_source(known):
                rows.exec_driver_sql(f"DELETE FROM {self.table.name} WHERE stream = ?", (stream,))  # noqa: S608 - our own name
                lines += self._history(stream, known, log.zone)
            else:
                lines += self._carry_on(stream, known, marks[0].position, rows, log.zone)
        self.add(rows, lines)

    def _carry_on(
        self, stream: str, known: list[Fact], since: int, rows: Connection, zone: tzinfo
    ) -> list[tuple[Any, ...]]:
        """What is learnt of a stream from a position on: on this log's clock it leaves what was known before as it was."""
        standing = self._standing(stream, rows)
        if known[-1].position == since and _comes_last(known, zone):
            added = self.added(known[-1], (holding for _, holding in standing), zone)
            if added:
                return [_line(stream, (known[0].position, added), since, OPEN_END)]
        ended: list[tuple[int, Any]] = []
        begun: list[tuple[Any, ...]] = []
        new: dict[tuple[int, Holding], int] = {}
        for learnt in (fact.position for fact in known if fact.position >= since):
            now = {
                (part[0].position, holding): None
                for part in self._parts([fact for fact in known if fact.position <= learnt])
                for holding in self._timeline(part, Known(position=learnt), zone)
            }
            ended += [(learnt, standing.pop(key)) for key in [key for key in standing if key not in now]]
            begun += [_line(stream, key, new.pop(key), learnt) for key in [key for key in new if key not in now]]
            for key in now:
                if key not in standing:
                    new.setdefault(key, learnt)
        if ended:
            row = database_of(rows).ROW_ID
            rows.exec_driver_sql(f"UPDATE {self.table.name} SET known_until = ? WHERE {row} = ?", ended)  # noqa: S608 - our own names
        return begun + [_line(stream, key, learnt, OPEN_END) for key, learnt in new.items()]

    def _standing(self, stream: str, rows: Connection) -> dict[tuple[int, Holding], Any]:
        """What is known of a stream by now, each with its row's number."""
        query = (
            f"SELECT {database_of(rows).ROW_ID}, * FROM {self.table.name} WHERE stream = ? AND known_until = {OPEN_END}"  # noqa: S608 - our own name
        )
        end = 3 + len(self.row._fields)
        # Asked of the driver itself: this runs for every fact that is recorded, and takes a fifth of the time.
        driver: Any = rows.connection.dbapi_connection
        found = driver.execute(query, (stream,)).fetchall()
        return {(one[2], Holding(one[end], one[end + 1], one[end + 2], self.row(*one[3:end]))): one[0] for one in found}

    def _touched(self, facts: Sequence[Fact]) -> dict[str, list[Fact]]:
        touched: dict[str, list[Fact]] = {}
        for fact in facts:
            if self.reads(fact.type, fact.kind):
                touched.setdefault(fact.stream, []).append(fact)
        return touched

    def _whole(self, marks: Sequence[Fact]) -> bool:
        """Whether these are all the marks of a stream, or of parts of it that begin with them."""
        if marks[0].n == 1:
            return True
        begun = {fact.n for fact in marks if self.root(fact) == fact.n}
        return all(self.root(fact) in begun for fact in marks)

    def _history(self, stream: str, marks: list[Fact], zone: tzinfo) -> Iterator[tuple[Any, ...]]:
        for part in self._parts(marks):
            yield from self._part(stream, part, zone)

    def _parts(self, marks: list[Fact]) -> list[list[Fact]]:
        roots: dict[int, int] = {}
        parts: dict[int, list[Fact]] = {}
        for fact in marks:
            root = self.root(fact)
            if fact.type in _CORRECTING and fact.of and fact.of.stream == fact.stream:
                root = roots.get(fact.of.n, root)
            roots[fact.n] = root
            parts.setdefault(root, []).append(fact)
        return list(parts.values())

    def _part(self, stream: str, marks: list[Fact], zone: tzinfo) -> Iterator[tuple[Any, ...]]:
        first = marks[0]
        begins = (stream, first.position)
        by_source = _by_source(marks)

        def known_here(position: int) -> list[Holding]:
            return self._timeline(marks, Known(position=position), zone)

        def known_there(moment: int) -> list[Holding]:
            return self._timeline(marks, Known(said_by=moment), zone)

        if len(marks) == 1 and not by_source:  # most streams: nothing to correct, and learnt at once
            for holding in self._held(Reading([first]), zone) if first.type not in _CORRECTING else ():
                yield (*begins, *holding.values, *row(Version(holding, first.position, OPEN_END), BOTH))
            return
        for version in versions((fact.position for fact in marks), known_here):
            yield (*begins, *version.holding.values, *row(version, LOG if by_source else BOTH))
        if by_source:
            for version in versions((said_at(fact, zone) for fact in marks), known_there):
                yield (*begins, *version.holding.values, *row(version, SOURCE))

    def _timeline(self, marks: list[Fact], known: Known, zone: tzinfo) -> list[Holding]:
        reading = read(marks, known, zone)
        return [] if never_was(reading) else self._held(reading, zone)

    def _held(self, reading: Reading, zone: tzinfo) -> list[Holding]:
        return [held for held in self.holdings(reading, zone) if held.valid_from < held.valid_until]


class Held(NamedTuple):
    """One row as it is found at a point of both times."""

    stream: str
    first_position: int
    values: Any
    """The model's `row`."""
    possible: bool
    """The date from which it holds is partial, and the day asked about lies within it."""


def chosen(table: Table, point: AsOf) -> Select[Any]:
    """The rows of one point of both times; narrow it with `where`."""
    return select(table).where(as_of(table, point))


def held(rows: Connection, model: type[Histories], query: Select[Any], point: AsOf) -> Iterator[Held]:
    """The rows that a query of `chosen` finds, in the order of their first positions."""
    return (_found(model, one, point) for one in rows.execute(query))


def among(rows: Connection, model: type[Histories], streams: Iterable[str], point: AsOf) -> list[Held]:
    """The rows of these streams at a point of both times."""
    found = [_found(model, one, point) for one in rows_at(rows, model.name, streams, point)]
    return sorted(found, key=lambda one: one.first_position)


def _found(model: type[Histories], one: Sequence[Any], point: AsOf) -> Held:
    end = 2 + len(model.row._fields)
    return Held(one[0], one[1], model.row(*one[2:end]), point.on < one[end + 1])


def _by_source(marks: Iterable[Fact]) -> bool:
    return any(fact.source and fact.source.recorded_at for fact in marks)


def _comes_last(known: Sequence[Fact], zone: tzinfo) -> bool:
    """Whether the last of these facts is the last of these acts too, and none of them was corrected or retracted."""
    at = happened_at(known[-1], zone)
    return all(fact.type not in _CORRECTING and happened_at(fact, zone) <= at for fact in known)


def _line(stream: str, key: tuple[int, Holding], learnt: int, until: int) -> tuple[Any, ...]:
    first, holding = key
    return (stream, first, *holding.values, *row(Version(holding, learnt, until), BOTH))


def packed(value: Any) -> str:
    """A list or a part as the text of a column; empty for what is not recorded."""
    if value is None:
        return ""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:  # a number beyond 64 bits, which no request of ours holds
        return json.dumps(value)


def unpacked(text: str) -> Any:
    """What `packed` made a text of: a list, or a part; an empty list for what is not recorded."""
    return json.loads(text) if text else []


def when(fact: Fact, zone: tzinfo) -> Span:
    """When an act happened; where that is not recorded, when it was first said."""
    try:
        return span(fact.on or fact.said_at, zone)
    except NotADate:
        at = happened_at(fact, zone)
        return Span(at, at)


def taking_effect(fact: Fact, zone: tzinfo) -> Span:
    """From when an act counts: the first day of its effect, where that is later than the act."""
    act, from_ = when(fact, zone), moment_of(getattr(fact.data, "from_", None), zone)
    return act if from_ is None or from_.earliest <= act.earliest else from_


def moment_of(text: str | None, zone: tzinfo) -> Span | None:
    """A date or a time on the line of time; none where it is not recorded, or not a date."""
    try:
        return span(text, zone) if text else None
    except NotADate:
        return None


def succession(steps: Iterable[tuple[Span, Any]]) -> list[Holding]:
    """Holdings of which each lasts until the next; of several at one moment the last counts, and a repetition is one."""
    points: list[tuple[Span, Any]] = []
    for begins, values in steps:
        if points and points[-1][1] == values:
            continue
        if points and points[-1][0].earliest >= begins.earliest:
            points.pop()
        points.append((begins, values))
    ends = [begins.earliest for begins, _ in points[1:]] + [OPEN_END] * bool(points)
    return [
        Holding(begins.earliest, begins.certain, end, values)
        for (begins, values), end in zip(points, ends, strict=True)
        if values is not None
    ]


def parts(values: Iterable[Any] | None, *names: str) -> list[Mapping[str, Any]] | None:
    """Parts of a fact as plain data: these fields only, those that are recorded; none where the list is not recorded."""
    if values is None:
        return None
    return [{name: value for name in names if (value := getattr(one, name, None)) is not None} for one in values]

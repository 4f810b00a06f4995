"""`replay`: the state at a point, from read models that were built afresh, and what differs from the rows of the log.

A row is known from one position to another. So the rows of a log as they were known at a position are those that begin
there or before, and what has ended since was still open then: they must be the rows of a log that was cut there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, MetaData

from decisionlog.domain.answers.replaying import Difference, ModelReplayed, Replayed, Row
from decisionlog.domain.days import OPEN_END, moment
from decisionlog.domain.facts import KINDS
from decisionlog.domain.known import AsOf
from decisionlog.domain.refusals import BadInput
from decisionlog.projections import register
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.store.bitemporal import SOURCE
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel

_SHOWN: Final = 10
"""Differences of one model that are told one by one."""
_AT_ONCE: Final = 1_000
_OPEN: Final = (OPEN_END, -OPEN_END)
_KNOWN: Final = ("known_from", "known_until", "clock")

Models = Sequence[type[ReadModel]]


def point_of(log: Log, to: str, now: datetime) -> Point:
    """The point that `--to` names: a position, `@` before it or not, a day (its end) or a time. Raises `BadInput`."""
    known = f"@{to}" if to.isdecimal() else to
    asked = settle(log, Asked(known=known), now)
    if not asked.as_of.position:
        msg = f"Nothing was recorded by {to}; the first fact of this log was recorded on {_first(log)}."
        raise BadInput(msg)
    on = moment(now) if known.startswith("@") else min(moment(now), _end_of(log, known, now))
    return Point(asked.as_of._replace(on=on), asked.known, asked.basis)


def _end_of(log: Log, day: str, now: datetime) -> int:
    return settle(log, Asked(on=day), now).as_of.on


def _first(log: Log) -> str:
    return next(log.facts(limit=1)).recorded_at[:10]


def replayed(
    point: Point, fresh: ReadModels, replay: Log, models: Models, *, beside: ReadModels | None, with_rows: bool
) -> Replayed:
    """The state of a log that was cut at a point, by its own read models; compared with those of the log it was cut from."""
    with fresh.reading() as there:
        found = [_Table(model, there) for model in models]
        states = _states(there, point.as_of)
        rows = tuple((table.name, row) for table in found for row in table.every()) if with_rows else ()
        if beside is None:
            compared = tuple(ModelReplayed(one.name, one.version, one.count(), 0, "", 0, ()) for one in found)
        else:
            with beside.reading() as here:
                whole = point.as_of.position == _reached(beside)
                compared = tuple(_compared(one, _Table(one.model, here), point, whole=whole) for one in found)
    return Replayed(
        basis=point.basis,
        position=point.as_of.position,
        recorded_at=replay.head().recorded_at,
        states=states,
        compared=beside is not None,
        models=compared,
        rows=rows,
    )


def _reached(models: ReadModels) -> int:
    return max((standing.position for standing in models.standings() if standing.serving), default=0)


def _states(rows: Connection, point: AsOf) -> Mapping[str, Mapping[str, int]]:
    """How many things of each kind were in which state."""
    found = {kind: Counter(one.thing.state for one in register.things(rows, kind, point)) for kind in KINDS}
    return {kind: dict(sorted(states.items())) for kind, states in found.items() if states}


class _Table(Struct, frozen=True):
    """The rows of one model in one store."""

    model: type[ReadModel]
    rows: Connection

    @property
    def name(self) -> str:
        return self.model.name

    @property
    def version(self) -> int:
        return self.model.version

    @property
    def columns(self) -> list[str]:
        """Its columns, those of knowledge last."""
        defined = self.model.define(self.name, MetaData()).columns
        names = list(self.model.shown) or ["".join(column.name) for column in defined]
        return [*(name for name in names if name not in _KNOWN), *(name for name in _KNOWN if name in names)]

    def count(self) -> int:
        """How many rows there are."""
        return int(self.rows.exec_driver_sql(f"SELECT count(*) FROM {self.name}").scalar_one())  # noqa: S608 - our own names

    def every(self) -> Iterator[Row]:
        """Every row with the names of its columns, in the order of their values; what is open has no end there."""
        yield from (self.named(row) for row in self._ordered(_quoted(self.columns), "", ()))

    def known(self, position: int) -> Iterator[tuple[Any, ...]]:
        """The rows as they were known at a position, in the order of their values.

        Left out are the rows on the sources' clocks, which have no positions, and on whose clock a row stands, which later
        facts change.
        """
        names = self.columns
        if "known_from" in names:
            told = [
                *_quoted(names[:-3]),
                "known_from",
                f"CASE WHEN known_until > ? THEN {OPEN_END} ELSE known_until END",
            ]
            yield from self._ordered(told, "WHERE known_from <= ? AND clock <> ?", (position, position, SOURCE))
        elif "position" in names:
            yield from self._ordered(_quoted(names), "WHERE position <= ?", (position,))
        else:
            yield from self._ordered(_quoted(names), "", ())

    @property
    def has_positions(self) -> bool:
        """Whether its rows can be told as they were known at a position."""
        return "known_from" in self.columns or "position" in self.columns

    def named(self, row: tuple[Any, ...]) -> Row:
        """A row of `known` with the names of its columns; what is open has no beginning or no end there."""
        return {name: value for name, value in zip(self.columns, row, strict=False) if value not in _OPEN}

    def _ordered(self, told: Sequence[str], where: str, values: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        order = ", ".join(str(number) for number in range(1, len(told) + 1))
        query = f"SELECT {', '.join(told)} FROM {self.name} {where} ORDER BY {order}"  # noqa: S608 - our own names
        found = self.rows.exec_driver_sql(query, values)
        while portion := found.fetchmany(_AT_ONCE):
            yield from map(tuple, portion)


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def _compared(there: _Table, here: _Table, point: Point, *, whole: bool) -> ModelReplayed:
    """One model on both sides, row for row."""
    if not there.has_positions and not whole:
        why = "its counts are kept for the end of the log alone"
        return ModelReplayed(there.name, there.version, there.count(), 0, why, 0, ())
    position = point.as_of.position
    counted, differing = Counter[str](), list[Difference]()
    for side, row in _merged(there.known(position), here.known(position)):
        counted[side] += 1
        if side != "both" and len(differing) < _SHOWN:
            differing.append(Difference(side, there.named(row)))
    apart = counted["the replay"] + counted["this log"]
    compared = counted["both"] + counted["the replay"]
    return ModelReplayed(there.name, there.version, there.count(), compared, "", apart, tuple(differing))


def _merged(there: Iterator[tuple[Any, ...]], here: Iterator[tuple[Any, ...]]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Two ordered series of rows as one, each row with where it stands."""
    one, other = next(there, None), next(here, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one < other):
            assert one is not None
            yield "the replay", one
            one = next(there, None)
        elif one is None or other < one:
            yield "this log", other
            other = next(here, None)
        else:
            yield "both", one
            one, other = next(there, None), next(here, None)

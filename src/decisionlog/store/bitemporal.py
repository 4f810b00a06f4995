"""Rows with two axes of time: when something held, and when it was known to hold. Half open on both.

The valid axis counts microseconds. The known axis counts positions of this log (`clock` = log), or microseconds on the
sources' clocks (`clock` = source), for things of which a source says when it first said them. A thing without such a
source has one set of rows for both (`clock` = both).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, Column, ColumnElement, String, Table, and_, or_

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.known import AsOf

LOG: Final = "log"
SOURCE: Final = "source"
BOTH: Final = "both"


class Holding(NamedTuple):
    """What held from one moment to another; `certain_from` is later than `valid_from` where the date is partial."""

    valid_from: int
    certain_from: int
    valid_until: int
    values: tuple[Any, ...]


class Version(NamedTuple):
    """A holding, and for how long it was known."""

    holding: Holding
    known_from: int
    known_until: int


def columns() -> list[Column[Any]]:
    """The columns that make a table bitemporal."""
    axes = ("valid_from", "certain_from", "valid_until", "known_from", "known_until")
    return [*(Column(name, BigInteger, nullable=False) for name in axes), Column("clock", String, nullable=False)]


def versions(known: Iterable[int], timeline: Callable[[int], Sequence[Holding]]) -> list[Version]:
    """Every holding with its interval of knowledge, given what the timeline was at each point at which something was learnt."""
    finished: list[Version] = []
    standing: dict[Holding, int] = {}
    for point in sorted(set(known)):
        current = dict.fromkeys(timeline(point))
        ended = [holding for holding in standing if holding not in current]
        finished += [Version(holding, standing.pop(holding), point) for holding in ended]
        for holding in current:
            standing.setdefault(holding, point)
    return finished + [Version(holding, since, OPEN_END) for holding, since in standing.items()]


def row(version: Version, clock: str) -> tuple[int | str, ...]:
    """The values of the bitemporal columns of one version, in their order."""
    holding = version.holding
    held = (holding.valid_from, holding.certain_from, holding.valid_until)
    return (*held, version.known_from, version.known_until, clock)


def as_of(table: Table, point: AsOf) -> ColumnElement[bool]:
    """The condition that picks the rows of one point on both axes."""
    return and_(table.c.valid_from <= point.on, point.on < table.c.valid_until, known_at(table, point))


def known_at(table: Table, point: AsOf) -> ColumnElement[bool]:
    """The condition that picks the rows that were known at a point, whenever they held."""
    if point.said_by is None:
        return and_(table.c.clock.in_((LOG, BOTH)), _known(table, point.position))
    by_source = and_(table.c.clock == SOURCE, _known(table, point.said_by))
    by_log = and_(table.c.clock == BOTH, _known(table, point.position))
    return or_(by_source, by_log)


def _known(table: Table, point: int) -> ColumnElement[bool]:
    return and_(table.c.known_from <= point, point < table.c.known_until)

"""Every read model built anew beside the limit: a scan of the stored facts and a copy of the read models' rows.

Ours is `rebuild`: the models are built beside those that are read, put in their place, and the old ones dropped. Raw reads
every stored fact into the process without decoding it, then reads every row that the models hold and writes it to tables
of the same columns and indexes in an empty file, all in one transaction. Neither waits for the disk, since what a power cut
takes of a read model is folded again. The same copy made within SQLite alone, never through Python, is told beside it.

A million facts take minutes, so there is one round of them; and where their log had to be built in this run, that round is
the folding of its models then, into an empty file instead of beside those that are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.figure import Figure
from benchmarks.figures import raw
from benchmarks.logs import Logs, settle_the_disk
from benchmarks.timing import Act, Side, Timed, interleaved
from decisionlog.bootstrap import MODELS, OpenLog, open_log

_FACTS = "stored_events"
_ROWS = 5_000
"""Rows that raw holds in memory at a time."""


def rebuilt(logs: Logs, small: int = 100_000, large: int = 1_000_000, rounds: int = 3) -> Iterator[Figure]:
    """At two sizes, the rate as a share of the limit's; and how the rate at the larger stands to that at the smaller."""
    less = _beside_its_limit(logs, small, rounds)
    yield _figure(small, less)
    more = _beside_its_limit(logs, large, 1)
    yield _figure(large, more)
    rates = less.ours.rate(small), more.ours.rate(large)
    details = (f"{rates[0]:,.0f} facts a second at {small:,}, {rates[1]:,.0f} at {large:,}",)
    yield Figure("rebuild-scale", rates[1] / rates[0], f"{less.n} beside {more.n}", details, at_least=0.8)


class _Measured(NamedTuple):
    """What was measured of one log."""

    ours: Timed
    limit: Timed
    within: Timed
    on_disk: float
    """Bytes a fact."""

    @property
    def n(self) -> str:
        rounds = len(self.limit.rounds)
        return f"{rounds} round{'s' * (rounds > 1)}"


def _beside_its_limit(logs: Logs, size: int, rounds: int) -> _Measured:
    standing = logs.standing(size)
    built_in = logs.caught_up_in.get(size) if rounds == 1 else None
    with ExitStack() as until_measured:
        path = until_measured.enter_context(logs.copy(size)) if built_in is None else standing
        folder = until_measured.enter_context(logs.scratch())
        opened = until_measured.enter_context(open_log(path))
        limits = [
            until_measured.enter_context(closing(way(opened, path, folder))) for way in (_Copy, _CopyWithinSQLite)
        ]
        sides: list[Side] = [limit.prepare for limit in limits]
        settle_the_disk()
        if built_in is None:
            ours, *beside = interleaved(rounds, partial(_rebuild, opened), *sides)
        else:
            ours, beside = Timed([built_in], [built_in]), interleaved(rounds, *sides)
    return _Measured(ours, *beside, on_disk=standing.stat().st_size / size)


def _figure(size: int, measured: _Measured) -> Figure:
    us, limit, within, on_disk = measured
    ratio = us.rate(size) / limit.rate(size)
    details = (
        f"ours           {us.told_as_rate(size)}",
        f"scan and copy  {limit.told_as_rate(size)}",
        f"within SQLite  {within.told_as_rate(size)}; beside this the ratio is {us.rate(size) / within.rate(size):.3f}",
        f"on disk        {on_disk:,.0f} bytes a fact: its line, its words, its hashes and what the read models hold of it",
    )
    return Figure(f"rebuild-{size}", ratio, f"{measured.n} of {size:,} facts", details, at_least=0.1)


def _rebuild(opened: OpenLog, _: int) -> Sequence[Act]:
    return [opened.models.rebuild]


class _Copy:
    """The limit: rows read out of the log and written into an empty file, through Python."""

    def __init__(self, opened: OpenLog, path: Path, folder: Path) -> None:
        self._opened = opened
        self._path = path
        self._target = folder / f"{type(self).__name__}.db"
        self._connections: list[Any] = []
        self._tables: list[str] = []

    def prepare(self, _: int) -> Sequence[Act]:
        """An empty file with the tables of the models that are read now, and the copy that is to be timed."""
        self.close()
        raw.remove(self._target)
        self._tables = _tables(self._opened)
        self._connections = [raw.connect(path, keeps_facts=False) for path in (self._path, self._target)]
        log, rows = self._connections
        raw.define_alike(rows, log, self._tables)
        return [partial(self.copy, log, rows)]

    def copy(self, log: Any, rows: Any) -> None:
        """Scan the facts and copy the models' rows."""
        rows.execute("BEGIN IMMEDIATE")
        for _ in _batches(log, _FACTS):
            pass
        for table in self._tables:
            for batch in _batches(log, table):
                raw.insert(rows, table, batch)
        rows.execute("COMMIT")

    def close(self) -> None:
        """Let go of both files."""
        for connection in self._connections:
            connection.close()


class _CopyWithinSQLite(_Copy):
    """The same, no row of it leaving SQLite."""

    def copy(self, log: Any, rows: Any) -> None:  # noqa: ARG002 - the log is attached to the other file's connection
        rows.execute("ATTACH ? AS log", (str(self._path),))
        rows.execute("BEGIN IMMEDIATE")
        rows.execute(f"SELECT sum(length(state)) FROM log.{_FACTS}").fetchone()  # noqa: S608 - names out of the file itself
        for table in self._tables:
            rows.execute(f"INSERT INTO main.{table} SELECT * FROM log.{table}")  # noqa: S608 - as above
        rows.execute("COMMIT")


def _tables(opened: OpenLog) -> list[str]:
    """The tables of every build that is read now."""
    serving = {standing.name: standing for standing in opened.models.standings() if standing.serving}
    return [table for model in MODELS for table in model(serving[model.name].build).metadata.tables]


def _batches(connection: Any, table: str) -> Iterator[list[Any]]:
    found = connection.execute(f"SELECT * FROM {table}")  # noqa: S608 - names out of the file itself
    while batch := found.fetchmany(_ROWS):
        yield batch

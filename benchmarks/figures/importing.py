"""Import of plain facts beside the limit: `executemany` of the lines that came of them.

Each round imports one batch as `import` does: every line read, checked, sealed, resolved, hashed, put in the tree, all in
one durable transaction. Raw then writes the very lines that were stored, position, stream, version, type and bytes, to a
table of the same columns and unique index in another file, in one durable transaction of as many rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from typing import Any

from benchmarks.figure import Figure
from benchmarks.figures import raw
from benchmarks.logs import AT_ONCE, BY, Logs, new_log, settle_the_disk
from benchmarks.partnership import plain_facts
from benchmarks.timing import Act, interleaved
from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.store.codec import Line

_TABLE = "stored_events"
_INSERT = f"INSERT INTO {_TABLE} (rowid, originator_id, originator_version, topic, state) VALUES (?,?,?,?,?)"  # noqa: S608 - our own name


def imported(logs: Logs, rounds: int = 7, each: int = AT_ONCE) -> Iterator[Figure]:
    """The rate of facts imported as a share of the rate of bare rows."""
    with ExitStack() as until_measured:
        folder = until_measured.enter_context(logs.scratch())
        opened = until_measured.enter_context(new_log(folder / "log.db"))
        log, rows = (
            until_measured.enter_context(closing(raw.connect(folder / name, keeps_facts=True)))
            for name in ("log.db", "raw.db")
        )
        raw.define_alike(rows, log, [_TABLE])
        lines = plain_facts(rounds * each)

        def ours(_: int) -> Sequence[Act]:
            request = ImportFacts(list(islice(lines, each)), BY, datetime.now(UTC))
            return [partial(import_facts, opened.log, request)]

        def bare(turn: int) -> Sequence[Act]:
            stored = list(opened.log.lines(after=1 + turn * each))
            return [partial(_write, rows, stored)]

        settle_the_disk()
        us, limit = interleaved(rounds, ours, bare)
        assert opened.log.head().size == 1 + rounds * each
        stored, average = rows.execute(f"SELECT count(*), avg(length(state)) FROM {_TABLE}").fetchone()  # noqa: S608
        assert stored == rounds * each
        settings = {raw.durability_of(opened.log.recorder), raw.durability(rows.cursor())}
    assert settings == {"WAL, synchronous FULL"}
    details = (
        f"ours           {us.told_as_rate(each)}",
        f"executemany    {limit.told_as_rate(each)}",
        f"stored lines   {average:,.0f} bytes each; both {settings.pop()}, one transaction a round",
    )
    yield Figure("import", us.rate(each) / limit.rate(each), f"{rounds} rounds of {each:,}", details, at_least=0.12)


def _write(rows: Any, stored: Sequence[Line]) -> None:
    rows.execute("BEGIN IMMEDIATE")
    rows.executemany(_INSERT, stored)
    rows.execute("COMMIT")

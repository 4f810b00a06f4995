"""`show` of one thing on an open log, at a million facts beside ten thousand: what is asked of a log as it grows.

Asked for are the things that facts spread evenly over the log are about, so that what is written about most is asked for
most: proposals and decisions. Both files are read through once before, so that both lie in the system's
memory. The thing that most facts name, an organisation that every decision binds, is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.logs import Logs
from benchmarks.timing import Act, interleaved
from decisionlog.bootstrap import OpenLog, open_log
from decisionlog.questions.point import Asked
from decisionlog.questions.show import show

_MOST_CITED = "SELECT cited, count(*) FROM citations GROUP BY cited ORDER BY count(*) DESC LIMIT 1"
_OFTEN = 5


def shown(logs: Logs, small: int = 10_000, large: int = 1_000_000, times: int = 300) -> Iterator[Figure]:
    """The median time at the larger size as a multiple of that at the smaller."""
    paths = logs.standing(small), logs.standing(large)
    for path in paths:
        _read_through(path)
    with open_log(paths[0]) as at_small, open_log(paths[1]) as at_large:
        things = _spread(at_small, times + 1), _spread(at_large, times + 1)
        for opened, asked in zip((at_small, at_large), things, strict=True):
            _show(opened, asked.pop())

        def side(opened: OpenLog, asked: Sequence[str], number: int) -> Sequence[Act]:
            return [partial(_show, opened, asked[number])]

        less, more = interleaved(times, partial(side, at_small, things[0]), partial(side, at_large, things[1]))
        most_cited = _told(at_small, small), _told(at_large, large)
    details = (
        f"{small:>9,} facts  {less.told_as_time()}",
        f"{large:>9,} facts  {more.told_as_time()}",
        *most_cited,
    )
    yield Figure("show", more.quantile(0.5) / less.quantile(0.5), f"{times} of each", details, at_most=1.5)


def _show(opened: OpenLog, ref: str) -> None:
    assert show(opened.log, opened.models, ref, Asked(), datetime.now(UTC)).evidence


def _spread(opened: OpenLog, wanted: int) -> list[str]:
    """What the facts at so many positions are about, evenly from the second to the last."""
    size = opened.log.head().size
    after = (1 + number * (size - 1) // wanted for number in range(wanted))
    return [next(opened.log.facts(position, limit=1)).stream for position in after]


def _told(opened: OpenLog, size: int) -> str:
    with opened.models.reading() as rows:
        cited, count = rows.exec_driver_sql(_MOST_CITED).one()
    (timed,) = interleaved(_OFTEN, lambda _: [partial(_show, opened, cited)])
    return f"{size:>9,} facts  p50 {timed.quantile(0.5) * 1e3:,.2f} ms for {cited}, which {count:,} citations name, n = {_OFTEN}"


def _read_through(path: Path) -> None:
    with path.open("rb") as file:
        while file.read(1 << 22):
            pass

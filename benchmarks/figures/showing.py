"""`show` and `who decided` of one thing on an open log, at a million facts beside ten thousand: what is asked as it grows.

Asked for are the things that facts spread evenly over the log are about, so that what is written about most is asked for
most: proposals and decisions. Both files are read through once before, so that both lie in the system's
memory. The thing that most facts name, an organisation that every decision binds, is told beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.logs import Logs
from benchmarks.timing import Act, interleaved
from decisionlog.bootstrap import OpenLog, open_log
from decisionlog.questions.point import Asked
from decisionlog.questions.show import show
from decisionlog.questions.who_decided import who_decided

Ask = Callable[[OpenLog, str], None]
_MOST_CITED = "SELECT cited, count(*) FROM citations GROUP BY cited ORDER BY count(*) DESC LIMIT 1"
_OFTEN = 5


def shown(logs: Logs, small: int = 10_000, large: int = 1_000_000, times: int = 300) -> Iterator[Figure]:
    """The median time of `show` at the larger size as a multiple of that at the smaller."""
    yield from _as_it_grows("show", _show, logs, (small, large), times)


def who_decided_shown(logs: Logs, small: int = 10_000, large: int = 1_000_000, times: int = 300) -> Iterator[Figure]:
    """The same of `who decided`, asked of decisions that are spread evenly over the log."""
    yield from _as_it_grows("who-decided", _who_decided, logs, (small, large), times)


def _as_it_grows(name: str, ask: Ask, logs: Logs, sizes: tuple[int, int], times: int) -> Iterator[Figure]:
    paths = [logs.standing(size) for size in sizes]
    for path in paths:
        read_through(path)
    with open_log(paths[0]) as at_small, open_log(paths[1]) as at_large:
        things = [_spread(opened, times + 1, decisions=ask is _who_decided) for opened in (at_small, at_large)]
        for opened, asked in zip((at_small, at_large), things, strict=True):
            ask(opened, asked.pop())

        def side(opened: OpenLog, asked: Sequence[str], number: int) -> Sequence[Act]:
            return [partial(ask, opened, asked[number])]

        less, more = interleaved(times, partial(side, at_small, things[0]), partial(side, at_large, things[1]))
        most_cited = (_told(at_small, sizes[0]), _told(at_large, sizes[1])) if ask is _show else ()
    details = (
        f"{sizes[0]:>9,} facts  {less.told_as_time()}",
        f"{sizes[1]:>9,} facts  {more.told_as_time()}",
        *most_cited,
    )
    yield Figure(name, more.quantile(0.5) / less.quantile(0.5), f"{times} of each", details, at_most=1.5)


def _show(opened: OpenLog, ref: str) -> None:
    assert show(opened.log, opened.models, ref, Asked(), datetime.now(UTC)).evidence


def _who_decided(opened: OpenLog, ref: str) -> None:
    assert who_decided(opened.log, opened.models, ref, Asked(), datetime.now(UTC)).items


def _spread(opened: OpenLog, wanted: int, *, decisions: bool) -> list[str]:
    """What the facts at so many positions are about, evenly from the second to the last; or the next decision after each."""
    size = opened.log.head().size
    after = [1 + number * (size - 1) // wanted for number in range(wanted)]
    if decisions:
        return [_decision_near(opened, position) for position in after]
    return [next(opened.log.facts(position, limit=1)).stream for position in after]


def _decision_near(opened: OpenLog, position: int) -> str:
    """The first decision after a position, or after the beginning where none follows."""
    for start in (position, 0):
        for fact in opened.log.facts(start):
            if fact.type == "decision.taken":
                return fact.stream
    msg = "the log holds no decision"
    raise LookupError(msg)


def _told(opened: OpenLog, size: int) -> str:
    with opened.models.reading() as rows:
        cited, count = rows.exec_driver_sql(_MOST_CITED).one()
    (timed,) = interleaved(_OFTEN, lambda _: [partial(_show, opened, cited)])
    return f"{size:>9,} facts  p50 {timed.quantile(0.5) * 1e3:,.2f} ms for {cited}, which {count:,} citations name, n = {_OFTEN}"


def read_through(path: Path) -> None:
    """Bring a file into the system's memory."""
    with path.open("rb") as file:
        while file.read(1 << 22):
            pass

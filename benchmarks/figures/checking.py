"""Findings: every rule on a whole log beside building its read models; and what one meeting more costs beside all of it.

Ours is what `check` does: the first time it judges everything and keeps what it found; after a meeting only that of which
something changed. Both read what they answer with. Each round has a copy of its own, in which nothing was judged before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from statistics import median

from benchmarks.figure import Figure
from benchmarks.logs import BY, Logs, settle_the_disk
from benchmarks.partnership import plain_facts
from benchmarks.timing import Timed
from decisionlog.bootstrap import OpenLog, open_log
from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.questions.checking import Narrowing, check
from decisionlog.questions.point import Asked

_MEETING = 50
"""Facts of one meeting of the imagined partnership."""


def checked(logs: Logs, size: int = 100_000, rounds: int = 1) -> Iterator[Figure]:
    """All rules on so many facts beside a rebuild; and again after one new meeting beside all."""
    rebuild, whole, more = Timed(), Timed(), Timed()
    found = 0
    for _ in range(rounds):
        with ExitStack() as until_measured:
            opened = until_measured.enter_context(open_log(until_measured.enter_context(logs.copy(size))))
            settle_the_disk()
            rebuild.measure([opened.models.rebuild])
            whole.measure([_asks(opened)])
            _meet(opened, size)
            again = _asks(opened)
            more.measure([again])
            found = again()
    n = f"{rounds} round{'s' * (rounds > 1)} of {size:,} facts"
    details = (
        f"check          {whole.told_as_rate(size)}, {found:,} findings",
        f"rebuild        {rebuild.told_as_rate(size)}",
    )
    yield Figure("check", median(whole.rounds) / median(rebuild.rounds), n, details, at_most=2.0)
    details = (
        f"after {_MEETING} facts more   {more.told_as_time()}",
        f"from nothing          {whole.told_as_time()}",
    )
    yield Figure("check-again", median(more.rounds) / median(whole.rounds), n, details, at_most=0.1)


def _asks(opened: OpenLog) -> Callable[[], int]:
    def ask() -> int:
        return len(check(opened.log, opened.models, Narrowing(), Asked(), datetime.now(UTC)).items)

    return ask


def _meet(opened: OpenLog, size: int) -> None:
    """Record the partnership's next meeting, its read models caught up."""
    lines = islice(plain_facts(size - 1 + _MEETING), size - 1, None)
    import_facts(opened.log, ImportFacts(list(lines), BY, datetime.now(UTC)))
    opened.catch_up()

"""`who accountable` of a function in a place: on an open log, as the log grows and beside SQL written by hand; and cold.

Asked are the functions in the places of bodies that both organisations with the duties have set up: as many chains in a log
of any size, while each of the two has more and more bodies, which must be looked at. The SQL names who is in which role, and
nothing else; what it finds is asserted to be the same. Nobody records meanwhile, so that what was read of authority is kept
from one question to the next, as the database keeps its pages; each question is about another now, and no answer is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from benchmarks.by_hand import Named, who_by_hand
from benchmarks.figure import Figure
from benchmarks.figures.showing import read_through
from benchmarks.figures.starting import beside_python
from benchmarks.logs import Logs
from benchmarks.partnership import FUNCTIONS, bodies_of, joint, neighbourhood
from benchmarks.timing import Act, Timed, interleaved
from decisionlog.bootstrap import OpenLog, open_log
from decisionlog.domain.answers.accountable import Accountable
from decisionlog.domain.authority.table import Table
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.point import Asked, settle
from decisionlog.store.sqlite_file import connect, uri

Question = tuple[str, str]
"""A function and a place."""


def answered(logs: Logs, small: int = 10_000, large: int = 1_000_000, times: int = 300) -> Iterator[Figure]:
    """The median time at the larger size as a multiple of that at the smaller; and of that of the SQL at the larger."""
    paths = [logs.standing(size) for size in (small, large)]
    for path in paths:
        read_through(path)
    with open_log(paths[0]) as at_small, open_log(paths[1]) as at_large, closing(_driver(paths[1])) as by_hand:
        asked = [list(islice(cycle(_questions(size)), times)) for size in (small, large)]
        table, now = table_in(), datetime.now(UTC)
        for question in sorted(set(asked[1])):
            assert _named(_ask(at_large, question)) == _by_hand(by_hand, at_large, question, now, table), question
        less, more, peer = interleaved(
            times,
            _side(asked[0], lambda question: _ask(at_small, question)),
            _side(asked[1], lambda question: _ask(at_large, question)),
            _side(asked[1], lambda question: _by_hand(by_hand, at_large, question, now, table)),
        )
        replay = _by_replay(at_small, asked[0][0], now, table)
    sizes = _told(small, less), _told(large, more)
    details = (*sizes, *_told_of_the_replay(small, replay))
    yield Figure("who-accountable", _times(more, less), f"{times} of each", details, at_most=2.0)
    beside = (
        sizes[1],
        f"{'by hand in SQL':>15}  {peer.told_as_time()}, the same tables and the same parties in eight roles",
    )
    yield Figure("who-accountable-sql", _times(more, peer), f"{times} of each", beside, at_most=3.0)


def answered_cold(logs: Logs, size: int = 10_000, rounds: int = 11) -> Iterator[Figure]:
    """The same question in a new process, beside the import of SQLAlchemy."""
    path = logs.standing(size)
    function, place = _questions(size)[0]
    asked = ["--log", str(path), "who", "accountable", function, "--place", place]
    with logs.scratch() as folder:
        yield beside_python("who-accountable-cold", "sqlalchemy", 2.5, asked, folder, rounds)


def _questions(size: int) -> Sequence[Question]:
    places = [neighbourhood(body) for body in joint(bodies_of(size - 1))]
    return [(function, place) for place, function in product(places, FUNCTIONS)]


def _side(asked: Sequence[Question], ask: Callable[[Question], object]) -> Callable[[int], Sequence[Act]]:
    return lambda number: [partial(ask, asked[number])]


def _ask(opened: OpenLog, question: Question) -> Accountable:
    """Each time about another now, as people ask."""
    function, place = question
    return who_accountable(opened.log, opened.models, About(function, place), Asked(), datetime.now(UTC))


def _by_hand(by_hand: Any, opened: OpenLog, question: Question, now: datetime, table: Table) -> Named:
    """The point is settled as for any other question."""
    return who_by_hand(by_hand, *question, settle(opened.log, Asked(), now).as_of, table)


def _by_replay(opened: OpenLog, question: Question, now: datetime, table: Table) -> Timed | None:
    """The slow replay that tests the answers, once, where it lies beside the benchmarks: it reads every fact each time."""
    try:
        oracle, shapes, known = map(import_module, ("tests.authority.oracle", "tests.authority.shapes", "tests.oracle"))
    except ModuleNotFoundError:
        return None
    bases = {
        code: {
            "givers": entry.givers,
            "receivers": entry.receivers,
            "moves": entry.liability == "receiver",
            **({"from": entry.from_} if entry.from_ else {}),
            **({"until": entry.until} if entry.until else {}),
        }
        for code, entry in table.bases.items()
    }
    law = shapes.Law(bases, table.answerable, frozenset(table.without_legal_force))
    point = known.Point(*settle(opened.log, Asked(), now).as_of)
    function, place = question

    def replay() -> None:
        facts = known.facts_of(opened.log.lines())
        roles = oracle.accountable(facts, point, shapes.Asked((function,), (place,)), law).roles
        found = frozenset((role, party) for role, parties in roles.items() for party in parties)
        assert found == _named(_ask(opened, question)), found ^ _named(_ask(opened, question))

    (timed,) = interleaved(1, lambda _: [replay])
    return timed


def _told_of_the_replay(size: int, replay: Timed | None) -> tuple[str, ...]:
    if replay is None:
        return ()
    return (f"{size:>9,} facts  {replay.quantile(0.5) * 1e3:,.2f} ms by a replay of all of them, once",)


def _named(answer: Accountable) -> Named:
    return frozenset((role, entry.party) for role, entries in answer.roles.items() for entry in entries)


def _times(more: Timed, less: Timed) -> float:
    return more.quantile(0.5) / less.quantile(0.5)


def _told(size: int, timed: Timed) -> str:
    return f"{size:>9,} facts  {timed.told_as_time()}"


def _driver(path: Path) -> Any:
    return connect(uri(path, read_only=True))

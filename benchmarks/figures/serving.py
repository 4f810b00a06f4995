"""`who accountable` and `show` over HTTP, beside the same application answering a constant, and beside the bare question.

One connection that stays open, over loopback; the server is a process of its own. A few questions are asked again and again,
each about now, as readers of a register do: while nobody records, an answer about now is given again for a second. What one
costs that was never asked before is told beside the call of the same function on an open log (`http-who-anew`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from itertools import cycle, islice, product
from urllib.parse import quote

from benchmarks.figure import Figure
from benchmarks.figures.showing import read_through
from benchmarks.logs import Logs
from benchmarks.partnership import FUNCTIONS, bodies_of, joint, neighbourhood
from benchmarks.served import got, serving
from benchmarks.timing import Act, Timed, interleaved
from decisionlog.bootstrap import OpenLog, open_log
from decisionlog.domain.references import slug
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.listing import list_things
from decisionlog.questions.point import Asked
from decisionlog.render.as_json import document

_ASKED = 6
"""Different questions that are asked again and again."""
_FIRST_DAY = date(2016, 1, 1)


def served_who(logs: Logs, size: int = 10_000, rounds: int = 15, each: int = 200) -> Iterator[Figure]:
    """The rate of `who accountable`, asked again, and the time of one that is new."""
    path = logs.standing(size)
    read_through(path)
    questions = list(islice(product(FUNCTIONS, map(neighbourhood, joint(bodies_of(size - 1)))), _ASKED))
    addresses = [_who(function, place) for function, place in questions]
    with serving(path) as connection, open_log(path) as opened:
        yield beside_a_constant("http-who", connection, addresses, rounds, each)
        function, place = questions[0]
        days = [(_FIRST_DAY + timedelta(days=number)).isoformat() for number in range(each)]
        over_http, bare = interleaved(
            each,
            lambda number: [partial(got, connection, f"{_who(function, place)}&on={days[number]}")],
            lambda number: [partial(_bare, opened, function, place, days[number])],
        )
    ratio = over_http.quantile(0.5) / bare.quantile(0.5)
    told = (f"{'over HTTP':>12}  {over_http.told_as_time()}", f"{'bare':>12}  {bare.told_as_time()}")
    yield Figure("http-who-anew", ratio, f"{each} of each", told, at_most=1.5)


def served_show(logs: Logs, size: int = 10_000, rounds: int = 15, each: int = 200) -> Iterator[Figure]:
    """The rate of `show` of a decision."""
    path = logs.standing(size)
    read_through(path)
    with open_log(path) as opened:
        found = list_things(opened.log, opened.models, "decision", Asked(), datetime.now(UTC), limit=_ASKED)
        addresses = [f"/v1/decisions/{slug(item.ref)}" for item in found.items]
    with serving(path) as connection:
        yield beside_a_constant("http-show", connection, addresses, rounds, each)


def beside_a_constant(
    name: str, connection: HTTPConnection, addresses: Sequence[str], rounds: int, each: int, at_least: float = 0.3
) -> Figure:
    """The rate of what is asked again and again, beside that of a constant of its size."""
    length = sum(len(got(connection, address)) for address in addresses) // len(addresses)
    ours, constant = interleaved(
        rounds,
        _side(connection, list(islice(cycle(addresses), each))),
        _side(connection, [f"/constant/{length}"] * each),
    )
    told = (_told("answers", ours, each), _told("a constant", constant, each), f"{length:,} bytes each")
    return Figure(name, ours.rate(each) / constant.rate(each), f"{rounds} rounds of {each}", told, at_least=at_least)


def _side(connection: HTTPConnection, addresses: Sequence[str]) -> Callable[[int], Sequence[Act]]:
    acts = [partial(got, connection, address) for address in addresses]
    return lambda _: acts


def _told(what: str, timed: Timed, each: int) -> str:
    return f"{what:>12}  {timed.told_as_rate(each)}"


def _who(function: str, place: str) -> str:
    return f"/v1/functions/{slug(function.partition(':')[2] or function)}/who-accountable?place={quote(place)}"


def _bare(opened: OpenLog, function: str, place: str, day: str) -> bytes:
    answer = who_accountable(opened.log, opened.models, About(function, place), Asked(on=day), datetime.now(UTC))
    return document(answer)

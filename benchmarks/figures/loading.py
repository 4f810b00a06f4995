"""A service that many use at once: secretaries record while readers ask and a tool follows, over HTTP and loopback.

The server is a process of its own; whoever asks is a thread of this one, on a connection of its own, and thinks for a while
between two requests. Nothing may fail, no fact may be lost or be there twice, and what is read may never be long behind what
is recorded. How long recording takes then is told beside how long it takes while nobody else asks.

It runs on SQLite in a scratch folder, or in the place that `STORE` names, such as `postgresql://host/db?schema=load`, where
no log may be yet: the same facts are put there first.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Event, Lock, Thread
from urllib.parse import quote

from benchmarks.figure import Figure
from benchmarks.figures.showing import read_through
from benchmarks.logs import Logs
from benchmarks.partnership import FUNCTIONS, bodies_of, joint, neighbourhood
from benchmarks.served import listening
from benchmarks.timing import Timed
from decisionlog.addresses import place_of
from decisionlog.bootstrap import move, open_log
from decisionlog.domain.references import slug

WRITERS, READERS = 4, 50
STORE = "STORE"
"""The variable that names another place than a scratch file."""
_THINKS = 1.0
"""Seconds between two questions of a reader: much more hasty than a person."""
_WRITES = 0.25
"""Seconds between two facts of a writer."""
_SENT_AGAIN = 0.1
"""The share of requests to record that are sent twice, as after a lost answer."""
_LOOKS = 0.05
"""Seconds between two looks at how far behind the read models are."""
_HEADERS = {"Content-Type": "application/json"}


@dataclass
class Seen:
    """What all who asked saw; each notes here under one lock."""

    recorded: list[str] = field(default_factory=list)
    """The references that were acknowledged."""
    writes: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    followed: list[int] = field(default_factory=list)
    """The positions that the tool was given, in their order."""
    behind: float = 0.0
    """The longest time for which the read models had not caught up, in seconds."""
    lock: Lock = field(default_factory=Lock)


def loaded(logs: Logs, size: int = 10_000, seconds: float = 120.0, idle: int = 200) -> Iterator[Figure]:
    """How much longer recording takes under load, and how long what is read is behind at the most."""
    with _standing(logs, size) as place, listening(place, records=True) as port:
        before = _alone(port, idle)
        seen = _together(port, place, size, seconds)
        lost, doubled, first = _lost_and_doubled(place, seen)
        missed = _missed(seen.followed, first)
    for what, wrong in (("failed", seen.errors), ("lost", lost), ("doubled", doubled), ("missed", missed)):
        assert not wrong, (what, len(wrong), wrong[:5])
    p99, p99_alone = _quantile(seen.writes, 0.99), _quantile(before, 0.99)
    told = (
        f"{WRITERS} writers    {len(seen.recorded):,} facts, {_told(seen.writes)}",
        f"alone        {len(before):,} facts, {_told(before)}",
        f"{READERS} readers   {len(seen.reads):,} questions, {_told(seen.reads)}",
        f"no error, no fact lost or twice; followed {len(seen.followed):,} facts without a gap; {_kind(place)}",
    )
    yield Figure("load-write-p99", p99 / p99_alone, f"{seconds:g} seconds", told, at_most=20.0)
    yield Figure(
        "load-behind", max(seen.behind, _LOOKS), f"{seconds:g} seconds", ("seconds, at the most",), at_most=1.0
    )


@contextmanager
def _standing(logs: Logs, size: int) -> Iterator[str]:
    """The address of a log of so many facts that may be written to."""
    with logs.copy(size) as path:
        read_through(path)
        if store := os.environ.get(STORE):
            move(path, place_of(store))
            with open_log(place_of(store)) as opened:
                opened.catch_up()
            yield store
        else:
            yield str(path.resolve())


def _alone(port: int, times: int) -> list[float]:
    """How long recording takes while nobody else asks."""
    seen = Seen()
    with _connection(port) as connection:
        for number in range(times):
            _record(connection, seen, f"ALONE/{number}")
    assert not seen.errors, seen.errors[:5]
    return seen.writes


def _together(port: int, place: str, size: int, seconds: float) -> Seen:
    seen, ended = Seen(), Event()
    work: list[Callable[[], None]] = [lambda: _watch(place, seen, ended), lambda: _follow(port, seen, ended)]
    work += [lambda name=name: _write(port, seen, ended, name) for name in range(WRITERS)]  # type: ignore[misc]
    work += [lambda name=name: _read(port, size, seen, ended, name) for name in range(READERS)]  # type: ignore[misc]
    threads = [Thread(target=_told_of(one, seen)) for one in work]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    ended.set()
    for thread in threads:
        thread.join()
    return seen


def _told_of(work: Callable[[], None], seen: Seen) -> Callable[[], None]:
    def run() -> None:
        try:
            work()
        except (OSError, HTTPException, ValueError) as fault:
            with seen.lock:
                seen.errors.append(repr(fault))

    return run


def _write(port: int, seen: Seen, ended: Event, name: int) -> None:
    chance, number = Random(name), 0  # noqa: S311 - nothing is kept secret with it
    with _connection(port) as connection:
        while not ended.wait(chance.uniform(0, 2 * _WRITES)):
            _record(connection, seen, f"LOAD/{name}/{number}", again=chance.random() < _SENT_AGAIN)
            number += 1


def _record(connection: HTTPConnection, seen: Seen, ref: str, *, again: bool = False) -> None:
    fact = {"type": "proposal.submitted", "stream": f"proposal:{ref}", "on": "2026-01-20", "data": {"ref": ref}}
    body, headers = json.dumps({"facts": [fact]}), {**_HEADERS, "Idempotency-Key": str(uuid.uuid4())}
    began = time.perf_counter()
    status, answer = _asked(connection, "POST", "/v1/facts", body, headers)
    took = time.perf_counter() - began
    with seen.lock:
        seen.writes.append(took)
        if status == 201:
            seen.recorded.append(ref)
        else:
            seen.errors.append(f"{status} {answer[:200]!r}")
    if again:
        status, answer = _asked(connection, "POST", "/v1/facts", body, headers)
        if status not in {200, 201}:
            with seen.lock:
                seen.errors.append(f"again: {status} {answer[:200]!r}")


def _read(port: int, size: int, seen: Seen, ended: Event, name: int) -> None:
    chance = Random(-name - 1)  # noqa: S311 - as above
    with _connection(port) as connection:
        while not ended.wait(chance.uniform(0, 2 * _THINKS)):
            began = time.perf_counter()
            status, answer = _asked(connection, "GET", _question(chance, size))
            with seen.lock:
                seen.reads.append(time.perf_counter() - began)
                if status != 200:
                    seen.errors.append(f"{status} {answer[:200]!r}")


def _question(chance: Random, size: int) -> str:
    function = slug(chance.choice(FUNCTIONS).partition(":")[2])
    place = quote(neighbourhood(chance.choice(joint(bodies_of(size - 1)))))
    return chance.choice(
        [
            f"/v1/functions/{function}/who-accountable?place={place}",
            f"/v1/functions/{function}",
            "/v1/decisions?limit=20",
            "/v1/proposals?limit=20",
            "/v1/search?text=carers",
            f"/v1/facts?after={chance.randrange(size)}&limit=50",
            "/v1/status",
        ]
    )


def _follow(port: int, seen: Seen, ended: Event) -> None:
    """As a tool does: page after page, from the end on."""
    with _connection(port) as connection:
        status, answer = _asked(connection, "GET", "/v1/status")
        after = json.loads(answer)["size"]
        while not ended.is_set():
            status, answer = _asked(connection, "GET", f"/v1/facts?after={after}&wait=1")
            if status != 200:
                raise ValueError(answer[:200])
            page = json.loads(answer)
            seen.followed += [item["position"] for item in page["items"]]
            after = page["until"]


def _watch(place: str, seen: Seen, ended: Event) -> None:
    """How long the read models are behind the facts, seen from outside the service."""
    since: float | None = None
    with open_log(place_of(place)) as opened:
        while not ended.wait(_LOOKS):
            size = opened.log.size()
            reached = min(standing.position for standing in opened.models.standings() if standing.serving)
            now = time.perf_counter()
            since = None if reached >= size else since or now
            if since is not None:
                seen.behind = max(seen.behind, now - since)


def _lost_and_doubled(place: str, seen: Seen) -> tuple[list[str], list[str], int]:
    """What was acknowledged and is not there, what is there twice, and the position before the first fact of the load."""
    found: dict[str, int] = {}
    first = 0
    with open_log(place_of(place)) as opened:
        for line in opened.log.lines():
            key = line.stream.partition(":")[2]
            if key.startswith("LOAD/"):
                first = first or line.position - 1
                found[key] = found.get(key, 0) + 1
    wanted = set(seen.recorded)
    doubled = [key for key, times in found.items() if times > 1 or key not in wanted]
    return sorted(wanted - found.keys()), doubled, first


def _missed(followed: list[int], first: int) -> list[int]:
    """Positions that the tool should have been given next and was not."""
    return [position for place, position in enumerate(followed, first + 1) if position != place]


@contextmanager
def _connection(port: int) -> Iterator[HTTPConnection]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        yield connection


def _asked(
    connection: HTTPConnection,
    method: str,
    address: str,
    body: str | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[int, bytes]:
    connection.request(method, address, body, headers or {})
    response = connection.getresponse()
    return response.status, response.read()


def _quantile(seconds: list[float], share: float) -> float:
    return Timed(acts=seconds).quantile(share)


def _told(seconds: list[float]) -> str:
    return ", ".join(f"p{share:g} {1000 * _quantile(seconds, share / 100):.1f} ms" for share in (50, 99))


def _kind(place: str) -> str:
    return "SQLite" if "://" not in place or place.startswith("sqlite") else "PostgreSQL"

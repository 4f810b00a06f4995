"""One fact durably recorded through a command, beside one event saved by the bare library that keeps our facts.

Both lie in files of their own on one disk, begin with as many facts or events, and write what a partner said of a
proposal to one stream after another. Ours is the whole command on an open log: the plain line read, checked, sealed,
resolved, hashed, put in the tree, durable. Theirs is `Application.save` alone: the event is made before the time begins.
Importing our store gives the library our SQLite, so both sides use the same one; each has its own settings otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import orjson
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.figure import Figure
from benchmarks.figures import raw
from benchmarks.logs import BY, Logs, settle_the_disk
from benchmarks.partnership import Plain, position
from benchmarks.server import own_server
from benchmarks.timing import Act, interleaved
from decisionlog.bootstrap import OpenLog, move, open_log
from decisionlog.commands.import_facts import ImportFacts, import_facts

_AT_ONCE = 1_000


class Proposal(Aggregate):
    """What the library is given to keep: the same data as our fact's."""

    @event("PositionTaken")
    def take_position(self, position: Plain) -> None:
        """Keep what was said."""
        self.position = position


def recorded(logs: Logs, size: int = 10_000, rounds: int = 7, each: int = 1_000) -> Iterator[Figure]:
    """Durable, its read models left for later."""
    with logs.copy(size) as path, open_log(path) as opened:
        yield _beside_the_library("record", 0.8, opened, partial(_record, opened), rounds, each, _in_a_file(opened))


def recorded_and_read(logs: Logs, size: int = 10_000, rounds: int = 7, each: int = 1_000) -> Iterator[Figure]:
    """Durable, and every read model caught up: what a command does before it returns."""

    def record(line: bytes) -> None:
        _record(opened, line, followed=True)
        opened.catch_up()

    with logs.copy(size) as path, open_log(path) as opened:
        yield _beside_the_library("record-and-read", 0.4, opened, record, rounds, each, _in_a_file(opened))
        assert all(standing.position == opened.log.head().size for standing in opened.models.standings())


def recorded_on_server(logs: Logs, size: int = 10_000, rounds: int = 7, each: int = 300) -> Iterator[Figure]:
    """Durable on a PostgreSQL server with the settings that it ships with, beside the library on the same server."""
    with logs.copy(size) as path, own_server() as server:
        place = server.place()
        move(path, place)
        environment = {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": "postgres",
            "POSTGRES_HOST": str(server.folder),
            "POSTGRES_PORT": "5432",
            "POSTGRES_USER": "postgres",
            "POSTGRES_PASSWORD": "none",
        }
        with open_log(place) as opened:
            yield _beside_the_library(
                "record-postgresql", 0.7, opened, partial(_record, opened), rounds, each, environment
            )


def _in_a_file(opened: OpenLog) -> dict[str, str]:
    return {
        "PERSISTENCE_MODULE": "eventsourcing.sqlite",
        "SQLITE_DBNAME": str(Path(opened.log.recorder.place).with_name("library.db")),
    }


def _beside_the_library(
    name: str,
    at_least: float,
    opened: OpenLog,
    record: Callable[[bytes], None],
    rounds: int,
    each: int,
    environment: dict[str, str],
) -> Figure:
    """The rate of one way to record as a share of the library's."""
    size = opened.log.head().size
    with closing(Application[Any](env=environment)) as library:
        kept = _filled(library, size, each)
        proposals = _proposals(opened, each)

        def ours(turn: int) -> Sequence[Act]:
            numbered = enumerate(proposals, start=turn * each)
            return [partial(record, _line(proposal, number)) for number, proposal in numbered]

        def theirs(turn: int) -> Sequence[Act]:
            for number, proposal in enumerate(kept, start=turn * each):
                proposal.take_position(position(number))
            return [partial(library.save, proposal) for proposal in kept]

        settings = {raw.durability_of(opened.log.recorder), raw.durability_of(library.recorder)}
        assert settings <= {"WAL, synchronous FULL", "fsync on, synchronous_commit on"}
        assert len(settings) == 1
        settle_the_disk()
        us, them = interleaved(rounds, ours, theirs)
        assert opened.log.head().size == library.recorder.max_notification_id() == size + rounds * each
    details = (
        f"ours           {us.told_as_rate(each)}, {us.told_as_time()}",
        f"eventsourcing  {them.told_as_rate(each)}, {them.told_as_time()}",
        f"both           {settings.pop()}; at first {size:,} facts, and as many events",
    )
    return Figure(name, us.rate(each) / them.rate(each), f"{rounds} rounds of {each:,}", details, at_least=at_least)


def _record(opened: OpenLog, line: bytes, *, followed: bool = False) -> None:
    import_facts(opened.log, ImportFacts([line], BY, datetime.now(UTC)), followed=followed)


def _line(proposal: str, number: int) -> bytes:
    plain = {"type": "proposal.position_taken", "stream": proposal, "on": "2026-01-20", "data": position(number)}
    return orjson.dumps(plain)


def _proposals(opened: OpenLog, wanted: int) -> list[str]:
    """That many references to proposals of the log, one after another and round again."""
    found = [row.stream for row in opened.log.recorder.names_of_kind("proposal", wanted)]
    return [found[number % len(found)] for number in range(wanted)]


def _filled(library: Application[Any], size: int, wanted: int) -> list[Proposal]:
    """Events in the library's store, as many as the log has facts; those of its things that are written to."""
    assert size >= wanted
    things = [Proposal() for _ in range(size)]
    for start in range(0, size, _AT_ONCE):
        library.save(*things[start : start + _AT_ONCE])
    return things[:wanted]

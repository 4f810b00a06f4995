"""What runs in a process of its own, so that it can be killed, starved and raced: the real program on a real file.

    python -m tests.faults.workload                  serve: fork a child for every task that is asked for on stdin
    python -m tests.faults.workload TASK ARGUMENTS   run one task (ARGUMENTS are a JSON object), for strace

What a child did is in its diary, a file of JSON lines: what it wrote there before it was killed, it had done.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from decisionlog.bootstrap import OpenLog, in_memory, make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.domain.refusals import DecisionlogError
from decisionlog.store import catch_up, sqlite
from decisionlog.store.batch import Batch, Draft, Receipt
from tests.faults import unprotected
from tests.faults.consumers import consume
from tests.faults.rounds import chance_of

RECORDER = "secretariat-1"
BEGUN = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
REFUSED = 2
"""How a child ends that was refused what it asked for."""
SHARED = "proposal:shared"
"""A stream that every request adds to."""


class Diary:
    """What a child did, in the order in which it did it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def note(self, what: str, **more: Any) -> None:
        """Add one line: a single system call, so it is there or not."""
        os.write(self._file, json.dumps({"what": what, **more}).encode() + b"\n")


def read_diary(path: Path) -> list[dict[str, Any]]:
    """What a child noted; nothing, where it was killed before it could."""
    return [json.loads(line) for line in path.read_bytes().splitlines()] if path.exists() else []


def new_log(path: Path) -> None:
    """A log with one thing in it that everybody writes to, closed cleanly: one file."""
    with make_log(path, Begin("Northmoor", "northmoor.example/decisions", RECORDER, BEGUN)) as opened:
        opened.log.record(Batch([Draft("proposal.submitted", SHARED, {}, opens=True)], RECORDER, BEGUN))


def facts_of(name: str) -> list[bytes]:
    """The plain facts of one request; the same for the same name."""
    chance = chance_of(name)
    stream = f"proposal:{name}"
    words = [chance.randbytes(chance.randrange(1, 3_000)).hex() for _ in range(8)]
    opening = {"ref": name, "title": f"Title of {name}", "related": [{"proposal": SHARED, "link": "replaces"}]}
    facts: list[dict[str, Any]] = [
        {"type": "proposal.submitted", "stream": stream, "on": "2026-03-12", "data": opening},
        {"type": "proposal.status_noted", "stream": SHARED, "data": {"status": name, "status_words": words[0]}},
    ]
    facts += [
        {"type": "proposal.status_noted", "stream": stream, "data": {"status": str(step), "status_words": words[step]}}
        for step in range(1, chance.randrange(1, len(words)))
    ]
    if chance.random() < 0.3:
        facts.append({"type": "record.renumbered", "stream": stream, "data": {"ref": f"{name}/new"}})
    return [json.dumps(fact).encode() for fact in facts]


def ask(opened: OpenLog, name: str, *, followed: bool = False) -> Receipt:
    """Have one request recorded, as `decisionlog import` does; or as the commands for people do, with what is read."""
    request = ImportFacts(facts_of(name), RECORDER, datetime.now(UTC))
    imported = import_facts(opened.log, request, followed=followed)
    assert imported.receipt is not None
    return imported.receipt


def _ask_and_note(opened: OpenLog, diary: Diary, name: str, *, followed: bool = False) -> bool:
    diary.note("tried", name=name)
    try:
        receipt = ask(opened, name, followed=followed)
    except DecisionlogError as refused:
        diary.note("refused", name=name, kind=type(refused).__name__, sentence=str(refused))
        return False
    diary.note(
        "recorded", name=name, batch=receipt.batch, first=receipt.first, last=receipt.last, already=receipt.already
    )
    return True


def keep_recording(
    path: str, diary: str, names: str, without: str = "", *, followed: bool = False, **protection: int
) -> None:
    """Record, now and then catch up, now and then close and open again, until killed."""
    _take_away(without, **protection)
    notes, chance, number = Diary(Path(diary)), chance_of(names), 0
    while True:
        with open_log(Path(path)) as opened:
            if followed:
                opened.catch_up()
            for _ in range(chance.randrange(1, 5)):
                _ask_and_note(opened, notes, f"{names}-{number}", followed=followed)
                number += 1
                if chance.random() < 0.2:
                    opened.catch_up()


def record_one(
    path: str,
    diary: str,
    name: str,
    *,
    file_limit: int = 0,
    tries: int = 1,
    go: str = "",
    stay: bool = False,
    followed: bool = False,
    without: str = "",
    **protection: int,
) -> None:
    """Record one request, trying so often, and close; or stay until killed.

    Refused each time, it ends without closing. With a limit, the write that would make a file longer kills the process.
    """
    _take_away(without, **protection)
    notes = Diary(Path(diary))
    if go:
        _let_anybody_trace_this()
        _wait_for(Path(go))
    with open_log(Path(path)) as opened:
        if followed:
            opened.catch_up()
        if file_limit:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, resource.RLIM_INFINITY))
        if not any(_ask_and_note(opened, notes, name, followed=followed) for _ in range(tries)):
            os._exit(REFUSED)
        while stay:
            signal.pause()
        opened.catch_up()
    notes.note("closed")


def record_then_lose_power(path: str, count: int, without: str = "") -> None:
    """Record, saying on stdout what was acknowledged; the process ends without closing anything."""
    _take_away(without)
    opened = open_log(Path(path))
    for number in range(count):
        receipt = ask(opened, f"power-{number}")
        os.write(1, f"RECORDED {receipt.last}\n".encode())
        if number % 3 == 1:
            opened.catch_up()
        if number % 5 == 4:
            opened.close()
            opened = open_log(Path(path))
    os._exit(0)


def fill(path: str, diary: str, names: str, *, file_limit: int = 0, without: str = "") -> None:
    """Record until there is no more room; wait for it; then ask for the same again, as the sentence says."""
    _take_away(without)
    notes = Diary(Path(diary))
    with open_log(Path(path)) as opened:
        if file_limit:  # a write beyond the limit is an error, for the interpreter ignores the signal
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, resource.RLIM_INFINITY))
        number = 0
        while _ask_and_note(opened, notes, f"{names}-{number}"):
            number += 1
        notes.note("read", size=opened.log.head().size, facts=sum(1 for _ in opened.log.facts()))
        _wait_for(Path(f"{diary}.room"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        _ask_and_note(opened, notes, f"{names}-{number}")
        opened.catch_up()
    notes.note("closed")


def only_read(path: str, diary: str, name: str, user: int = 0) -> None:
    """Read everything and try to record, as somebody who may not write here."""
    notes = Diary(Path(diary))
    if user:
        os.setgid(user)
        os.setuid(user)
    try:
        with open_log(Path(path)) as opened:
            notes.note("read", size=opened.log.head().size, facts=sum(1 for _ in opened.log.facts()))
            opened.catch_up()
            _ask_and_note(opened, notes, name)
    except DecisionlogError as refused:
        notes.note("refused", kind=type(refused).__name__, sentence=str(refused))


def race(
    path: str,
    diary: str,
    name: str,
    go: str,
    times: int = 1,
    expected: int | None = None,
    without: str = "",
    *,
    followed: bool = False,
) -> None:
    """Wait for the start, then record: in a stream of its own, or in the shared one at the version that was seen."""
    _take_away(without)
    notes = Diary(Path(diary))
    with open_log(Path(path)) as opened:
        if followed:
            opened.catch_up()
        notes.note("ready", size=opened.log.head().size)
        _wait_for(Path(go))
        for number in range(times):
            if expected is None:
                _ask_and_note(opened, notes, f"{name}-{number}", followed=followed)
                if followed:
                    opened.catch_up()
                continue
            draft = Draft("proposal.status_noted", SHARED, {"status": name})
            try:
                receipt = opened.log.record(Batch([draft], RECORDER, datetime.now(UTC), expected={SHARED: expected}))
            except DecisionlogError as refused:
                notes.note("refused", name=name, kind=type(refused).__name__, sentence=str(refused))
            else:
                notes.note("recorded", name=name, n=receipt.facts[0].n)


def follow(path: str, batch: int, *, rebuild: bool = False, without: str = "", **protection: int) -> None:
    """Bring the read models up to the end of the log in small steps."""
    catch_up.BATCH = batch
    _take_away(without, **protection)
    with open_log(Path(path)) as opened:
        if rebuild:
            opened.models.rebuild()
        opened.catch_up()


def hold_the_lock(path: str, diary: str, seconds: float = 3_600) -> None:
    """Keep the writer's lock for a time, or until killed."""
    connection = sqlite.engine.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    Diary(Path(diary)).note("holding")
    time.sleep(seconds)
    connection.close()


TASKS: dict[str, Callable[..., None]] = {
    task.__name__: task
    for task in (
        keep_recording,
        record_one,
        record_then_lose_power,
        fill,
        only_read,
        race,
        follow,
        hold_the_lock,
        consume,
    )
}


def _take_away(protection: str, **arguments: int) -> None:
    if protection:
        unprotected.WITHOUT[protection](setattr, **arguments)


def _let_anybody_trace_this() -> None:
    """Where only a parent may trace, strace is allowed to (prctl PR_SET_PTRACER, Linux with Yama)."""
    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)


def _wait_for(path: Path) -> None:
    while not path.exists():
        time.sleep(0.0005)


def _run(task: str, arguments: dict[str, Any]) -> int:
    try:
        TASKS[task](**arguments)
    except DecisionlogError as refused:
        print(f"{type(refused).__name__}: {refused}", file=sys.stderr, flush=True)  # noqa: T201 - to be read
        return REFUSED
    except BaseException:  # noqa: BLE001 - a forked child must never return into the loop that serves
        traceback.print_exc()
        return 1
    return 0


def _warm_up() -> None:
    """Import and compile what every child would, so that children are killed at work and not at its beginning."""
    opened = in_memory(Begin("Northmoor", "northmoor.example/decisions", RECORDER, BEGUN))
    opened.log.record(Batch([Draft("proposal.submitted", SHARED, {}, opens=True)], RECORDER, BEGUN))
    ask(opened, "warm")
    opened.catch_up()
    opened.close()


def _serve() -> None:
    _warm_up()
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            answer = {"code": os.waitstatus_to_exitcode(os.waitpid(asked["wait"], 0)[1])}
        elif pid := os.fork():
            answer = {"pid": pid}
        else:
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os._exit(_run(asked["task"], asked["arguments"]))
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(_run(sys.argv[1], json.loads(sys.argv[2])))
    _serve()

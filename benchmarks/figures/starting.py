"""The program started cold, as a person starts it, beside Python starting with one library that it cannot do without.

Cold is a new process each time; its files are in the system's memory, since every command is run once before, and its
bytecode is compiled, as an installer does it: where the environment forbids Python to write bytecode, the program would
compile itself at every start, and the library, which was installed, would not. The time is from the start of the process to its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from compileall import compile_dir
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import decisionlog
from benchmarks.figure import Figure
from benchmarks.logs import BY, Logs, new_log
from benchmarks.meeting import meeting_file, what_a_meeting_needs
from benchmarks.timing import Act, interleaved
from decisionlog.bootstrap import open_log
from decisionlog.commands.import_facts import ImportFacts, import_facts

PROGRAM = Path(sys.executable).with_name("decisionlog")


def helped(logs: Logs, rounds: int = 11) -> Iterator[Figure]:
    """`--help`, beside the import of click."""
    with logs.scratch() as folder:
        yield beside_python("help", "click", 2.0, ["--help"], folder, rounds)


def shown_cold(logs: Logs, size: int = 10_000, rounds: int = 11) -> Iterator[Figure]:
    """`show` of a decision from the middle of a log, beside the import of SQLAlchemy."""
    path = logs.standing(size)
    decision = _decision(path, size)
    with logs.scratch() as folder:
        yield beside_python("show-cold", "sqlalchemy", 2.5, ["--log", str(path), "show", decision], folder, rounds)


def who_decided_cold(logs: Logs, size: int = 10_000, rounds: int = 11) -> Iterator[Figure]:
    """`who decided` of the same decision, beside the import of SQLAlchemy."""
    path = logs.standing(size)
    decision = _decision(path, size)
    asked = ["--log", str(path), "who", "decided", decision]
    with logs.scratch() as folder:
        yield beside_python("who-decided-cold", "sqlalchemy", 2.5, asked, folder, rounds)


def recorded_file(logs: Logs, items: int = 20, rounds: int = 11) -> Iterator[Figure]:
    """`record` of a meeting's file of so many items, beside the import of SQLAlchemy and pydantic; each time another meeting.

    The log has the body that met, the partners and the delegation under which it decided; the read models catch up.
    """
    with logs.scratch() as folder:
        log = folder / "log.db"
        with new_log(log) as opened:
            import_facts(opened.log, ImportFacts(list(what_a_meeting_needs()), BY, datetime.now(UTC)))
            opened.catch_up()
        for number in range(rounds + 1):
            (folder / f"{number}.yaml").write_text(meeting_file(number, items), encoding="utf-8")

        def arguments(number: int) -> list[str]:
            return ["--log", str(log), "record", str(folder / f"{number}.yaml"), "--by", BY]

        yield beside_python("record-file", "sqlalchemy, pydantic", 3.0, arguments, folder, rounds)


def toured(logs: Logs, rounds: int = 7) -> Iterator[Figure]:
    """`demo`, from nothing to its last line, beside the import of SQLAlchemy, pydantic and click."""
    with logs.scratch() as folder:

        def arguments(number: int) -> list[str]:
            return ["demo", str(folder / f"demo-{number}")]

        yield beside_python("demo", "sqlalchemy, pydantic, click", 10.0, arguments, folder, rounds)


def _decision(path: Path, size: int) -> str:
    """A decision from the middle of a log."""
    with open_log(path) as opened:
        return next(fact.stream for fact in opened.log.facts(size // 2) if fact.type == "decision.taken")


def beside_python(
    name: str,
    library: str,
    at_most: float,
    arguments: Sequence[str] | Callable[[int], Sequence[str]],
    folder: Path,
    rounds: int,
) -> Figure:
    """The program with some arguments, beside Python that imports a library."""

    def ours(number: int) -> Act:
        given = arguments(number) if callable(arguments) else arguments
        return partial(_run, [str(PROGRAM), *given], folder)

    compile_dir(Path(decisionlog.__file__).parent, quiet=1)
    bare = partial(_run, [sys.executable, "-c", f"import {library}"], folder)
    for act in (ours(rounds), bare):
        act()

    us, them = interleaved(rounds, lambda number: [ours(number)], lambda _: [bare])
    details = (f"decisionlog    {us.told_as_time()}", f"python -c      {them.told_as_time()}, import {library}")
    return Figure(name, us.quantile(0.5) / them.quantile(0.5), str(rounds), details, at_most=at_most)


def _run(command: Sequence[str], folder: Path) -> None:
    """Run a command in an empty folder, without the settings of whoever measures."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DECISIONLOG_")}
    done = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    assert done.stdout or "-c" in command

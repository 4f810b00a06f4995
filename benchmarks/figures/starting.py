"""The program started cold, as a person starts it, beside Python starting with one library that it cannot do without.

Cold is a new process each time; its files are in the system's memory and its bytecode is compiled, since every command is
run once before. The time is from the start of the process to its end.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.logs import Logs
from benchmarks.timing import interleaved
from decisionlog.bootstrap import open_log

PROGRAM = Path(sys.executable).with_name("decisionlog")


def helped(logs: Logs, rounds: int = 11) -> Iterator[Figure]:
    """`--help`, beside the import of click."""
    with logs.scratch() as folder:
        yield _beside_python("help", "click", 2.0, ["--help"], folder, rounds)


def shown_cold(logs: Logs, size: int = 10_000, rounds: int = 11) -> Iterator[Figure]:
    """`show` of a decision from the middle of a log, beside the import of SQLAlchemy."""
    path = logs.standing(size)
    with open_log(path) as opened:
        decision = next(fact.stream for fact in opened.log.facts(size // 2) if fact.type == "decision.taken")
    with logs.scratch() as folder:
        yield _beside_python("show-cold", "sqlalchemy", 2.5, ["--log", str(path), "show", decision], folder, rounds)


def _beside_python(
    name: str, library: str, at_most: float, arguments: Sequence[str], folder: Path, rounds: int
) -> Figure:
    ours = partial(_run, [str(PROGRAM), *arguments], folder)
    bare = partial(_run, [sys.executable, "-c", f"import {library}"], folder)
    for act in (ours, bare):
        act()

    us, them = interleaved(rounds, lambda _: [ours], lambda _: [bare])
    details = (f"decisionlog    {us.told_as_time()}", f"python -c      {them.told_as_time()}, import {library}")
    return Figure(name, us.quantile(0.5) / them.quantile(0.5), str(rounds), details, at_most=at_most)


def _run(command: Sequence[str], folder: Path) -> None:
    """Run a command in an empty folder, without the settings of whoever measures."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DECISIONLOG_")}
    done = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    assert done.stdout or "-c" in command

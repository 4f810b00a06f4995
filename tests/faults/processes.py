"""Processes to be killed: forked, a dozen milliseconds each, from one that has the program imported."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.workload import read_diary

ROOT = Path(__file__).parents[2]
SECONDS = 60
"""A child that takes longer than this hangs."""
TRACER = shutil.which("strace")
NO_TRACER = "strace is not installed"


class Nursery:
    """Starts the tasks of `workload`, each in a process of its own."""

    def __init__(self, complaints: Path) -> None:
        self._complaints = complaints
        with complaints.open("wb") as stderr:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.workload"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                cwd=ROOT,
                env=environment(),
                text=True,
            )

    def start(self, task: str, **arguments: Any) -> int:
        """The id of a process that does this task."""
        return int(self._ask(task=task, arguments=_plain(arguments))["pid"])

    def wait(self, pid: int) -> int:
        """How the process ended: its exit code, or minus the number of the signal."""
        return int(self._ask(wait=pid)["code"])

    def kill(self, pid: int) -> int:
        """End it at once, whatever it is doing."""
        os.kill(pid, signal.SIGKILL)
        return self.wait(pid)

    def run(self, task: str, **arguments: Any) -> int:
        """Start a task and wait for its end."""
        return self.wait(self.start(task, **arguments))

    def complaints(self) -> str:
        """What the children wrote on stderr."""
        return self._complaints.read_text(encoding="utf-8")

    def close(self) -> None:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.close()
        self._parent.wait(SECONDS)
        self._parent.stdout.close()

    def _ask(self, **asked: Any) -> dict[str, Any]:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        print(json.dumps(asked), file=self._parent.stdin, flush=True)
        return dict(json.loads(self._parent.stdout.readline()))


def environment() -> dict[str, str]:
    """An environment in which a child finds the program and these tests, and compiles nothing into the tree."""
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def traced(options: list[str], task: str, **arguments: Any) -> subprocess.CompletedProcess[bytes]:
    """Run a task under strace, which makes faults in system calls or writes them down."""
    assert TRACER is not None
    program = [sys.executable, "-m", "tests.faults.workload", task, json.dumps(_plain(arguments))]
    return subprocess.run(
        [TRACER, "-f", "-qq", *options, *program],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )


def run_traced(nursery: Nursery, options: list[str], go: Path, task: str, **arguments: Any) -> int:
    """Run a task that waits for a file, under a strace that makes faults in its system calls; how it ended."""
    assert TRACER is not None
    child = nursery.start(task, go=go, **arguments)
    tracer = subprocess.Popen(
        [TRACER, "-f", "-qq", "-o", os.devnull, *options, "-p", str(child)], stderr=subprocess.PIPE, text=True
    )
    with tracer:
        while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text(encoding="ascii"):
            if tracer.poll() is not None:
                nursery.kill(child)
                pytest.skip(f"strace may not trace here: {tracer.communicate()[1]}")
            time.sleep(0.001)
        go.touch()
        code = nursery.wait(child)
        tracer.communicate(timeout=SECONDS)
    return code


def command(*words: object) -> tuple[int, str]:
    """Run the program as a person would; its exit code, and what it said on stderr."""
    ended = subprocess.run(
        [sys.executable, "-m", "decisionlog", *map(str, words)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    return ended.returncode, ended.stderr


def killed(words: Iterable[object], after: float) -> int:
    """Run the program and kill it after so many seconds; how it ended."""
    child = subprocess.Popen(
        [sys.executable, "-m", "decisionlog", *map(str, words)],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        return child.wait(after)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()


_SLOWLY = """
import time
from decisionlog.store import copying
told = copying._done
copying._PAGES = 1
copying._done = lambda progress: (tell := told(progress)) and (lambda *done: (time.sleep(0.05), tell(*done)))
from decisionlog.cli.main import main
main()
"""
"""The program, with a disk on which every page that is copied takes its time."""


def interrupted(folder: Path, *words: object, by: signal.Signals = signal.SIGINT, without: str = "") -> tuple[int, str]:
    """Interrupt a command when it has begun to write into a folder; its exit code, and what it said on stderr."""
    before = set(folder.iterdir())
    taken_away = f"from tests.faults import unprotected; unprotected.{without}(setattr)" if without else ""
    program = [sys.executable, "-c", f"{taken_away}{_SLOWLY}", *map(str, words)]
    child = subprocess.Popen(program, env=environment(), stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + SECONDS
    while not set(folder.iterdir()) - before:
        assert child.poll() is None
        assert time.monotonic() < until
        time.sleep(0.002)
    time.sleep(0.2)
    child.send_signal(by)
    _, said = child.communicate(timeout=SECONDS)
    return child.returncode, said


def wait_for_note(diary: Path, what: str) -> None:
    """Wait until a child has noted something."""
    until = time.monotonic() + SECONDS
    while not any(note["what"] == what for note in read_diary(diary)):
        assert time.monotonic() < until, f"no '{what}' in {diary} after {SECONDS} s"
        time.sleep(0.001)


def _plain(arguments: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, Path) else value for name, value in arguments.items()}

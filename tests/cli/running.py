"""The program in this process, and as a person runs it: as a process of its own, in a pipe or on a terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from fcntl import ioctl
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from click.testing import CliRunner, Result

from decisionlog.cli.main import main

DEMO = Path(__file__).parent / "northmoor"
PROGRAM = (sys.executable, "-m", "decisionlog")
SECONDS = 60


def run(*words: str, stdin: str | bytes | None = None, code: int | None = 0) -> Result:
    """The program in this process; its exit code must be the one given, where one is."""
    result = CliRunner().invoke(main, list(words), input=stdin)
    assert code is None or result.exit_code == code, f"exit {result.exit_code}\n{result.stdout}\n{result.stderr}"
    return result


def answer(*words: str):
    """What the program answers with --json."""
    return json.loads(run(*words, "--json").stdout)


def facts(file: str, *lines: dict) -> str:
    """A file of plain facts."""
    Path(file).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


def proposal(ref: str, **data) -> dict:
    """The plain fact that opens a proposal."""
    return {"type": "proposal.submitted", "stream": f"proposal:{ref}", "data": {"ref": ref, **data}}


def new_log(path: str = "decisionlog.db") -> str:
    """A log with nothing in it but its beginning."""
    run("init", path, "--name", "Northmoor", "--origin", "northmoor.example/decisions", "--by", "clerk-1")
    return path


def northmoor(path: str = "decisionlog.db") -> str:
    """A log with the example's facts, positions 2 to 33."""
    shutil.copy(_northmoor(), path)
    return path


@cache
def _northmoor() -> Path:
    path = Path(mkdtemp(prefix="northmoor-")) / "decisionlog.db"
    new_log(str(path))
    run("import", str(DEMO / "northmoor.jsonl"), "--log", str(path), "--by", "clerk-1")
    return path


def log_of(folder: Path, *plain: dict) -> str:
    """A log with these facts, in a folder of its own."""
    log = new_log(str(folder / "decisionlog.db"))
    run("import", facts(str(folder / "place.jsonl"), *plain), "--log", log, "--by", "clerk-1")
    return log


def in_a_shell(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line for the shell, in which `decisionlog` is the program."""
    program = f"decisionlog() {{ '{sys.executable}' -m decisionlog \"$@\"; }}\n"
    return subprocess.run(
        ["bash", "-c", program + command],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


class Terminal:
    """The program on a terminal of its own: what it shows, and what a person types."""

    def __init__(self, *words: str, columns: int = 80, **environment: str) -> None:
        self.shown = ""
        self._process, self._end = pty.fork()
        if not self._process:
            os.execve(  # noqa: S606 - a terminal is made by becoming the program on it
                sys.executable, [*PROGRAM, *words], {**os.environ, "TERM": "xterm", **environment}
            )
        ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))

    def types(self, text: str, after: str) -> None:
        """Type something when this is shown."""
        self._read(until=after)
        time.sleep(0.3)  # the question is on the screen a moment before the answer is waited for
        os.write(self._end, text.encode())

    def ends(self) -> int:
        """Read to the end; the exit code."""
        self._read(until=None)
        return os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])

    def _read(self, until: str | None) -> None:
        limit = time.monotonic() + SECONDS
        while until is None or until not in self.shown:
            ready, _, _ = select.select([self._end], [], [], max(0, limit - time.monotonic()))
            assert ready, f"waited for {until!r} and saw: {self.shown!r}"
            try:
                read = os.read(self._end, 65_536)
            except OSError:
                read = b""
            if not read:
                assert until is None, f"ended before {until!r}: {self.shown!r}"
                return
            self.shown += read.decode("utf-8", "replace").replace("\r\n", "\n")

"""kill -9 while erasing: the fact and the emptying are both there or neither, and the next command ends what was begun."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.store import erasing
from tests.cli.running import facts, new_log, run
from tests.faults.processes import SECONDS, environment
from tests.faults.rounds import rounds

WORD = "quillfeather"
_ERASE = ("erase", "p-1", "--under", "D1", "--reason", "asked for", "--yes", "--by", "clerk-1")
_STAGES = {
    "before the commit": ("decisionlog.store.statements.Writer.forget_requests", "nothing"),
    "as the transaction ends": ("decisionlog.store.statements.Writer.put_secret", "nothing"),
    "before the rows are read": ("decisionlog.cli.erasing.catch_up", "all"),
    "before the index is written anew": ("decisionlog.store.catch_up.ReadModels.purge", "all"),
    "before the file is written anew": ("decisionlog.store.sqlite.SQLiteRecorder.clean", "all"),
    "before the file written ahead is emptied": ("decisionlog.store.cleaning._empty_what_was_written_ahead", "all"),
}
_KILLED_AT = """
import os, signal, sys
from pkgutil import resolve_name
place, *words = sys.argv[1:]
holder, _, name = place.rpartition(".")
setattr(resolve_name(holder), name, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
from decisionlog.cli.main import main
main(words)
"""


@pytest.fixture
def log(tmp_path):
    """A log with a person's name in it, and a decision under which it may go."""
    path = new_log(str(tmp_path / "decisionlog.db"))
    plain = (
        {"type": "person.registered", "stream": "person:p-1", "data": {"name": f"Ada {WORD}"}},
        {
            "type": "decision.taken",
            "stream": "decision:D1",
            "data": {"ref": "D1", "outcome": "approved", "text": "Go."},
        },
    )
    run("import", facts(str(tmp_path / "f.jsonl"), *plain), "--log", path, "--by", "clerk-1")
    return Path(path)


def state(path: Path) -> tuple[bool, bool]:
    """Whether an erasure is recorded, and whether the name is still in the vault."""
    with open_log(path) as found:
        name = found.log.openings(found.log.facts(1, 2))
        return bool(erasing.erasures(found.log)), any(WORD in one for one in name.values())


def raw(path: Path) -> bytes:
    return b"".join(Path(f"{path}{end}").read_bytes() for end in ("", "-wal", "-shm") if Path(f"{path}{end}").exists())


def is_ended_by_the_next_command(path: Path) -> None:
    run("list", "people", "--log", str(path))
    run("search", WORD, "--log", str(path), code=None)
    assert WORD.encode() not in raw(path).lower()


@pytest.mark.parametrize("stage", _STAGES)
def test_killed_at_each_stage(log, stage):
    place, becomes = _STAGES[stage]
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED_AT, place, *_ERASE, "--log", str(log)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert WORD.encode() in raw(log).lower()
    if becomes == "nothing":
        assert state(log) == (False, True)
        run(*_ERASE, "--log", str(log))
    assert state(log) == (True, False)
    is_ended_by_the_next_command(log)


@pytest.mark.faults
def test_killed_at_random_moments(log, tmp_path, chance):
    seen = set()
    for number in range(rounds(4)):
        path = Path(shutil.copy(log, tmp_path / f"{number}.db"))
        child = subprocess.Popen(
            [sys.executable, "-m", "decisionlog", *_ERASE, "--log", str(path)],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.1, 1.5))
        child.kill()
        child.wait(SECONDS)
        recorded, there = state(path)
        assert recorded != there
        seen.add(recorded)
        if recorded:
            is_ended_by_the_next_command(path)
        path.unlink()
    assert seen


def test_the_emptying_in_a_transaction_of_its_own_would_be_found(log, monkeypatch):
    """The twin: were the words not emptied with the fact, the fact would be there and the name too."""
    monkeypatch.setattr("decisionlog.store.statements.Writer.empty", lambda *_: None)
    run(*_ERASE, "--log", str(log))
    assert state(log) == (True, True)

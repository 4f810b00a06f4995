"""A log looked at in stretches, by one process or by several: the same answer as of its facts looked at one by one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import Any

import pytest

from decisionlog.audit import crew, examining, stretch
from decisionlog.audit.examining import Examined, examine
from decisionlog.store.raw import RawLog
from tests.audit.attacks import ATTACKS, attacked
from tests.audit.damages import (
    DAMAGES,
    another_node,
    flipped,
    no_name,
    other_words,
    put_in,
    recorded_too_early,
    taken_out,
)
from tests.cli.running import facts, new_log, proposal, run

WIDTH = 16
BORDERS = (1, 2, 15, 16, 17, 18, 31, 32, 33, 48, 64, 65)
"""Positions at which a stretch begins or ends, and their neighbours; with those of the whole, and none of them."""


@cache
def long_log() -> Path:
    """A log of some eighty facts: streams that go on from stretch to stretch, sealed words, some erased, and a new name."""
    folder = Path(mkdtemp(prefix="stretches-"))
    before = Path.cwd()
    os.chdir(folder)
    try:
        new_log()
        proposals = [
            proposal(f"P{number}", title=f"Paper {number}: £5 for Zoë", recommendation="Go on.") for number in range(20)
        ]
        run("import", facts("first.jsonl", *proposals), "--by", "clerk-1")
        for version in "234":
            revised = [
                {"type": "proposal.revised", "stream": f"proposal:P{number}", "data": {"version": version}}
                for number in range(0, 20, 1 if version != "4" else 2)
            ]
            run("import", facts("more.jsonl", *revised), "--by", "clerk-1")
        more = [
            {"type": "record.renumbered", "stream": "proposal:P3", "data": {"ref": "P3/new"}},
            {"type": "person.registered", "stream": "person:p-1", "data": {"name": "Ada Hill"}},
            {
                "type": "decision.taken",
                "stream": "decision:D1",
                "data": {"ref": "D1", "outcome": "approved", "text": "Go."},
            },
        ]
        run("import", facts("last.jsonl", *more), "--by", "clerk-1")
        run("erase", "p-1", "--yes", "--under", "D1", "--reason", "asked for", "--by", "clerk-1")
    finally:
        os.chdir(before)
    return folder / "decisionlog.db"


SIZE = 75


def examined(log: Path, **how: Any) -> Examined:
    with RawLog(log) as raw:
        return examine(raw, sizes=range(SIZE + 2), **how)


def one_by_one(log: Path, monkeypatch: pytest.MonkeyPatch, **how: Any) -> Examined:
    with monkeypatch.context() as patch:
        patch.setattr(crew, "looked_at", lambda *_: None)
        return examined(log, **how)


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setattr(stretch, "WIDTH", WIDTH)


@pytest.fixture
def shared(narrow, monkeypatch):
    """Have other processes do all that they can; the stretches that this one looked at by itself."""
    own, look = [], crew._Alone._look

    def slowly(self: crew._Alone, number: int) -> Any:
        limit = monotonic() + 30
        while (is_helped(self) and number not in self._found) and monotonic() < limit:
            self._listen(0.1)
        if number in self._found:
            return self._found[number]
        own.append(number)
        return look(self, number)

    def is_helped(self: crew._Alone) -> bool:
        return any(not helper.is_ready or helper.tasks for helper in self._helpers)

    monkeypatch.setattr(crew, "ENOUGH", 1)
    monkeypatch.setattr(crew._Several, "_look", slowly)
    return own


def test_a_sound_log_is_looked_at_in_stretches_alone(narrow, monkeypatch):
    sought = one_by_one(long_log(), monkeypatch)
    monkeypatch.setattr(examining._Facts, "_one_by_one", None)
    found = examined(long_log())
    assert found == sought
    assert (found.size, found.faults, found.is_whole) == (SIZE, [], True)
    assert (found.sealed - found.opened, sum(found.erased.values())) == (1, 1)
    assert len(found.roots) == SIZE + 1


@pytest.mark.parametrize("after", [*BORDERS, SIZE - 1, SIZE])
def test_the_same_of_what_is_new_after_any_size(narrow, monkeypatch, after):
    since = {"after": after, "root_then": examined(long_log()).roots[after]}
    sought = one_by_one(long_log(), monkeypatch, **since)
    monkeypatch.setattr(examining._Facts, "_one_by_one", None)
    found = examined(long_log(), **since)
    assert found == sought
    assert (found.size, found.faults, found.after) == (SIZE, [], after)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_same_is_said_wherever_a_log_is_damaged(narrow, monkeypatch, tmp_path, damage):
    said = 0
    for at in (*BORDERS, SIZE):
        copy = attacked(long_log(), tmp_path / f"{at}.db", lambda file, at=at: damage(file, at))
        sought = one_by_one(copy, monkeypatch)
        assert examined(copy) == sought, at
        said += bool(sought.faults)
    assert said


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_same_is_said_of_every_attack(narrow, monkeypatch, tmp_path, attack):
    copy = attacked(long_log(), tmp_path / "copy.db", attack)
    assert examined(copy) == one_by_one(copy, monkeypatch)


@pytest.mark.parametrize("damage", DAMAGES)
def test_whatever_is_new_and_damaged_is_found_after_a_checkpoint_too(narrow, monkeypatch, tmp_path, damage):
    since = {"after": 20, "root_then": examined(long_log()).roots[20]}
    for at in (32, 33, SIZE):
        copy = attacked(long_log(), tmp_path / f"{at}.db", lambda file, at=at: damage(file, at))
        assert examined(copy, **since) == one_by_one(copy, monkeypatch, **since), at


def test_a_log_is_named_as_it_calls_itself_also_where_it_is_damaged_early(narrow, tmp_path):
    found = examined(attacked(long_log(), tmp_path / "copy.db", lambda file: flipped(file, 5)))
    assert (found.origin, found.size) == ("northmoor.example/decisions", 4)
    assert (found.streams, found.names, found.sealed) == (4, 4, 6)
    assert [fault.position for fault in found.faults] == [5]


def test_several_processes_find_what_one_finds(shared):
    told = []
    sought = examined(long_log())
    assert examined(long_log(), jobs=3, progress=told.append) == sought
    assert len(shared) < 5
    assert told == [16, 32, 48, 64, SIZE]


@pytest.mark.parametrize("at", [17, 32])
@pytest.mark.parametrize("damage", [flipped, taken_out, put_in, another_node, other_words, no_name, recorded_too_early])
def test_several_processes_say_what_one_says_of_a_damaged_log(shared, tmp_path, damage, at):
    copy = attacked(long_log(), tmp_path / "copy.db", lambda file: damage(file, at))
    sought = examined(copy)
    assert sought.faults or at == 32
    assert examined(copy, jobs=2) == sought


def test_what_is_recorded_meanwhile_is_looked_at_the_next_time(shared, tmp_path):
    log = Path(shutil.copy(long_log(), tmp_path))
    with RawLog(log) as raw:
        before = examine(raw)
        run("import", facts("new.jsonl", proposal("P99", title="New")), "--log", str(log), "--by", "clerk-1")
        assert examine(raw, jobs=2) == before
    assert len(shared) < 5
    assert examined(log).size == SIZE + 1


def test_who_begins_to_read_after_something_was_erased_does_not_help(shared, tmp_path):
    log = Path(shutil.copy(long_log(), tmp_path))
    with RawLog(log) as raw:
        before = examine(raw)
        under = ("--under", "D1", "--reason", "asked for", "--by", "clerk-1")
        run("erase", "D1", "--yes", *under, "--log", str(log), code=6)  # it is cleaned when nobody reads any more
        assert examine(raw, jobs=2) == before
        assert len(shared) == 5
    after = examined(log)
    assert (after.faults, sum(after.erased.values())) == ([], 2)


def test_a_process_that_was_killed_is_told_and_nothing_is_said_to_be_sound(shared, monkeypatch):
    begin = crew._Several.begin

    def losing(self: crew._Several, *rest: Any) -> None:
        begin(self, *rest)
        os.kill(self._helpers[0].process.pid, signal.SIGKILL)
        self._helpers[0].process.join()

    monkeypatch.setattr(crew._Several, "begin", losing)
    said = run("verify", str(long_log()), "--jobs", "2", code=1)
    assert "SOUND" not in said.stdout
    assert said.stderr == (
        "A process that helped to verify was stopped (signal 9), so it cannot be said whether the log is sound. "
        "Run it again; with --jobs 1 it needs no other process.\n"
    )


def test_an_interrupt_leaves_no_process_behind(tmp_path):
    """As a terminal sends it: to all of them at once."""
    program = (
        "import sys, time\n"
        "from decisionlog.audit import crew\n"
        "from decisionlog.cli.main import main\n"
        "def look(self, number):\n"
        "    while not all(helper.is_ready for helper in self._helpers): self._listen(0.1)\n"
        "    print('helped', flush=True)\n"
        "    time.sleep(60)\n"
        "crew.ENOUGH, crew._Several._look = 1, look\n"
        f"sys.exit(main(['verify', {str(long_log())!r}, '--jobs', '3']))\n"
    )
    with (
        (tmp_path / "errors").open("w+b") as errors,
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=errors, start_new_session=True
        ) as running,
    ):
        assert running.stdout is not None
        assert running.stdout.readline() == b"helped\n"
        os.killpg(running.pid, signal.SIGINT)
        assert running.wait(30) == 130
        errors.seek(0)
        assert errors.read().decode().split() == ["Interrupted."]
    limit = monotonic() + 20
    while _is_there(running.pid) and monotonic() < limit:
        sleep(0.05)
    assert not _is_there(running.pid)


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_log_of_few_facts_is_looked_at_by_one_process(monkeypatch):
    monkeypatch.setattr(crew, "_Several", None)
    assert not examined(long_log(), jobs=8).faults


def test_how_many_processes_there_are_is_a_number():
    assert "'0'" not in run("verify", str(long_log()), "--jobs", "1").stderr
    assert "0 is not in the range" in run("verify", "--jobs", "0", code=2).stderr


@pytest.mark.parametrize("position", [0, -7])
def test_no_fact_and_no_word_stands_before_the_first(narrow, tmp_path, position):
    """A row may have any number; what is read of a stream or by its name would show it."""

    def before_the_first(file: Any) -> None:
        file.execute(
            "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, nodes, state) "
            "SELECT ?, originator_id, 9, topic, nodes, state FROM stored_events WHERE rowid = 5",
            (position,),
        )

    copy = attacked(long_log(), tmp_path / "fact.db", before_the_first)
    [fault] = examined(copy).faults
    assert (fault.position, fault.sentence) == (1, f"Position 1 is missing: the next fact is {position}.")
    with RawLog(copy) as raw:
        assert [row and row.position for row in (raw.row(1), raw.row(1_000))] == [1, None]
    for name, sql in (
        ("word", f"INSERT INTO vault SELECT {position}, digest, salt, value FROM vault WHERE position = 3 LIMIT 1"),
        ("name", f"INSERT INTO streams VALUES ('proposal:strange', '', 'proposal:P1', {position})"),
    ):
        assert examined(attacked(long_log(), tmp_path / f"{name}.db", lambda file, sql=sql: file.execute(sql))).faults

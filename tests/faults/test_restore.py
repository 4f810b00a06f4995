"""Restoring, cut off or without room: there is the log that was there, or the one that is restored, and never half of one."""

from __future__ import annotations

import shutil
import signal
import time
from contextlib import suppress
from pathlib import Path

import pytest

from decisionlog.bootstrap import open_log
from tests.faults import checks
from tests.faults.processes import command, interrupted, killed, wait_for_note
from tests.faults.rounds import rounds
from tests.faults.workload import ask

WHY = ("--replace", "--because", "a drill", "--by", "secretariat-1")


@pytest.fixture
def kept(grown, tmp_path):
    """A backup of the log, in a folder of its own."""
    to = tmp_path / "usb" / "friday.db"
    to.parent.mkdir()
    assert command("backup", "--log", grown, to) == (0, "")
    return to


def facts_in(log):
    """How many facts a log has, as any other program would count them."""
    return len(checks.stored_bytes(log))


def logs_in(folder):
    """Every log in a folder that has a name of its own."""
    return [
        file for file in folder.iterdir() if not file.name.startswith(".") and not file.name.endswith(("-wal", "-shm"))
    ]


def test_killed_while_it_restores_beside_nothing_there_is_a_whole_log_or_none(kept, tmp_path, chance):
    size, ends = facts_in(kept), set()
    begun = time.monotonic()
    assert command("restore", kept, tmp_path / "whole.db") == (0, "")
    whole = time.monotonic() - begun
    for number in range(rounds(6, share=0.2)):
        folder = tmp_path / f"bare-{number}"
        folder.mkdir()
        log = folder / "decisionlog.db"
        ends.add(killed(("restore", kept, log), chance.uniform(0.1, 0.8) * whole))
        if log.exists():
            assert facts_in(log) == size
            assert not checks.find_damage(log)
            assert not checks.unlike_a_rebuild(log)
        assert facts_in(kept) == size
    assert -signal.SIGKILL in ends


def test_killed_while_it_replaces_a_log_no_fact_of_either_is_lost(kept, grown, tmp_path, chance):
    with open_log(grown) as opened:
        ask(opened, "after the backup")
    facts, older = checks.stored_bytes(grown), checks.stored_bytes(kept)
    for number in range(rounds(6, share=0.2)):
        folder = tmp_path / f"there-{number}"
        folder.mkdir()
        log = Path(shutil.copy(grown, folder / "decisionlog.db"))
        killed(("restore", kept, log, *WHY), chance.uniform(0.3, 2.5))
        there = [checks.stored_bytes(file) for file in logs_in(folder)]
        assert facts in there
        with suppress(FileNotFoundError):
            now = checks.stored_bytes(log) if log.exists() else facts
            assert now in (facts, [*older, now[-1]])
        assert not [damage for file in logs_in(folder) for damage in checks.find_damage(file)]
        code, said = command("restore", kept, log, *WHY)
        assert code == 0, said


def test_a_disk_without_room_for_it_keeps_the_log_that_is_there(kept, disk, path):
    log = Path(shutil.copy(path, disk.place / "decisionlog.db"))
    before = log.read_bytes()
    disk.leave(300_000)
    code, said = command("restore", kept, log, *WHY)
    assert code == 6, said
    assert "is full" in said
    assert log.read_bytes() == before
    assert sorted(file.name for file in disk.place.iterdir()) == ["ballast", "decisionlog.db"]


def test_a_log_that_another_program_has_open_is_not_moved_from_under_it(kept, grown):
    with open_log(grown) as opened:
        size = opened.log.size()
        code, said = command("restore", kept, grown, "--replace")
        assert code == 6
        assert (
            said == f"Another program has {grown} open. Nothing was changed; end it, then run the same command again.\n"
        )
        assert opened.log.size() == size
    assert len(logs_in(grown.parent)) >= 1
    assert command("restore", kept, grown, "--replace")[0] == 0


def test_interrupted_it_leaves_what_was_there(kept, grown):
    before, files = grown.read_bytes(), sorted(grown.parent.iterdir())
    code, said = interrupted(grown.parent, "restore", kept, grown, "--replace")
    assert code == 130, said
    assert "Interrupted. Nothing was restored." in said
    assert (grown.read_bytes(), sorted(grown.parent.iterdir())) == (before, files)


@pytest.fixture
def deleted(nursery, grown, tmp_path):
    """What is left where somebody deleted the file of a log that a crash had left facts beside."""
    diary = tmp_path / "left.diary"
    child = nursery.start("record_one", path=grown, diary=diary, name="left", stay=True)
    wait_for_note(diary, "recorded")
    nursery.kill(child)
    assert Path(f"{grown}-wal").stat().st_size
    grown.unlink()
    return grown


def test_what_was_written_ahead_of_a_log_that_is_gone_does_not_get_into_the_restored_one(kept, deleted):
    code, said = command("restore", kept, deleted)
    assert code == 0, said
    assert checks.stored_bytes(deleted) == checks.stored_bytes(kept)
    assert not checks.find_damage(deleted)
    assert not checks.unlike_a_rebuild(deleted)


def test_without_moving_it_away_it_does(kept, deleted):
    shutil.copy(kept, deleted)
    assert checks.find_damage(deleted) or checks.stored_bytes(deleted) != checks.stored_bytes(kept)

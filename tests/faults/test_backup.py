"""A backup: taken while others record, cut off, damaged, without room. It is called one when it has been restored."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from itertools import count

import pytest

from decisionlog.audit import backups
from decisionlog.audit.verify import Mismatch
from decisionlog.bootstrap import open_log
from tests.faults import checks, unprotected
from tests.faults.processes import command, environment, interrupted, killed, wait_for_note
from tests.faults.rounds import rounds
from tests.faults.workload import ask, read_diary

PAGE = 4_096


def acknowledged(diary):
    """The last position that was acknowledged so far."""
    return max((note["last"] for note in read_diary(diary) if note["what"] == "recorded"), default=0)


def position_in(file):
    """How many facts a file has, as any other program would count them."""
    return len(checks.stored_bytes(file))


@pytest.fixture
def busy(nursery, path, tmp_path):
    """A log that a process is recording in, and the diary of that process."""
    diary = tmp_path / "busy.diary"
    child = nursery.start("keep_recording", path=path, diary=diary, names="busy", followed=True)
    wait_for_note(diary, "recorded")
    yield path, diary
    nursery.kill(child)


def test_a_backup_while_others_record_holds_every_fact_acknowledged_before(busy, tmp_path):
    log, diary = busy
    for number in range(rounds(3, share=0.1)):
        before, to = acknowledged(diary), tmp_path / f"{number}.backup"
        code, said = command("backup", "--log", log, to)
        assert code == 0, said
        assert position_in(to) >= before > 2
        assert not checks.find_damage(to)


def test_a_plain_copy_of_the_main_file_loses_some_of_them(busy, tmp_path):
    log, diary = busy
    for number in count():
        before, to = acknowledged(diary), tmp_path / f"{number}.copy"
        shutil.copy(log, to)
        if checks.find_damage(to) or position_in(to) < before:
            return
        assert number < 500, "a plain copy never lost anything"
        time.sleep(0.005)


def test_a_backup_is_one_file_that_its_owner_alone_reads_and_any_medium_can_hold(disk, path):
    with open_log(path) as opened:
        last = ask(opened, "kept").last
        code, said = command("backup", "--log", path, disk.place)
        assert code == 0, said
    (file,) = disk.place.iterdir()
    assert file.name.startswith("northmoor.example-decisions-20")
    assert file.name.endswith(f"-{last}.db")
    assert file.stat().st_mode & 0o777 == 0o600
    disk.only_read()
    code, said = command("list", "proposals", "--log", file)
    assert (code, said) == (0, "")
    assert list(disk.place.iterdir()) == [file]
    disk.write_again()


def test_killed_while_it_backs_up_there_is_a_whole_backup_or_none(grown, tmp_path, chance):
    size, ends = position_in(grown), set()
    begun = time.monotonic()
    assert command("backup", "--log", grown, tmp_path / "whole.db") == (0, "")
    whole = time.monotonic() - begun
    for number in range(rounds(6, share=0.2)):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        to = folder / "friday.db"
        ends.add(killed(("backup", "--log", grown, to), chance.uniform(0.1, 0.8) * whole))
        if to.exists():
            assert position_in(to) == size
            assert not checks.find_damage(to)
        assert not checks.find_damage(grown)
    assert -signal.SIGKILL in ends


def test_killed_at_work_there_is_nothing_under_its_name(grown, tmp_path):
    to = tmp_path / "usb" / "friday.db"
    to.parent.mkdir()
    code, _ = interrupted(to.parent, "backup", "--log", grown, to, by=signal.SIGKILL)
    assert code == -signal.SIGKILL
    assert not to.exists()
    assert [file.name.startswith(".friday.db.") for file in to.parent.iterdir()] == [True]
    assert command("backup", "--log", grown, to) == (0, "")


def test_without_waiting_for_the_whole_file_half_of_one_has_its_name(grown, tmp_path):
    to = tmp_path / "usb" / "friday.db"
    to.parent.mkdir()
    interrupted(to.parent, "backup", "--log", grown, to, by=signal.SIGKILL, without="names_for_whole_files")
    assert checks.find_damage(to)


def test_interrupted_it_leaves_nothing(grown, tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    code, said = interrupted(folder, "backup", "--log", grown, folder)
    assert code == 130, said
    assert "Interrupted. Nothing was backed up." in said
    assert list(folder.iterdir()) == []


def test_a_disk_without_room_for_it_is_told_and_nothing_is_left(grown, disk):
    disk.leave(100_000)
    before = sorted(disk.place.iterdir())
    code, said = command("backup", "--log", grown, disk.place / "friday.db")
    assert code == 6
    assert said.startswith(f"The disk that holds {disk.place}/.friday.db.")
    assert "is full. Nothing was made, and nothing of the log was changed." in said
    assert sorted(disk.place.iterdir()) == before
    assert not checks.find_damage(grown)
    disk.empty()
    assert command("backup", "--log", grown, disk.place / "friday.db")[0] == 0


def test_no_room_where_it_is_restored_to_be_verified_is_no_backup(grown, disk, tmp_path):
    disk.leave(100_000)
    code, said = in_a_small_place(disk.place, "backup", "--log", grown, tmp_path / "friday.db")
    assert code == 6
    assert "is full" in said
    assert not (tmp_path / "friday.db").exists()


def in_a_small_place(place, *words):
    ended = subprocess.run(
        [sys.executable, "-m", "decisionlog", *map(str, words)],
        env={**environment(), "TMPDIR": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stderr


def test_a_log_that_can_only_be_read_is_backed_up_though_it_cannot_remember_it(disk, log, tmp_path):
    facts = checks.stored_bytes(log)
    disk.only_read()
    code, said = command("backup", "--log", log, tmp_path / "friday.db")
    assert (code, said.count("\n")) == (0, 1)
    assert "the log can only be read here" in said
    assert checks.stored_bytes(tmp_path / "friday.db") == facts


@pytest.fixture
def made(grown, tmp_path):
    """A backup of the grown log."""
    to = tmp_path / "made.db"
    assert command("backup", "--log", grown, to) == (0, "")
    return to


def bytes_in(file, table):
    """Where the bytes of each row of a table lie in a file, of rows that lie in one page."""
    told = {"stored_events": "SELECT state FROM stored_events", "vault": "SELECT digest || salt FROM vault"}
    with closing(checks.connect(file)) as connection:
        rows = [row[0] for row in connection.execute(told[table]) if len(row[0]) < 1_000]
    raw = file.read_bytes()
    wanted = [row if isinstance(row, bytes) else row.encode() for row in rows]
    return [(raw.index(row), len(row)) for row in wanted if row in raw]


@pytest.mark.parametrize("table", ["stored_events", "vault"])
@pytest.mark.parametrize("fault", ["a page of zeros", "a flipped bit"])
def test_a_damaged_backup_is_not_restored(made, tmp_path, table, fault, chance):
    raw = bytearray(made.read_bytes())
    start, length = chance.choice(bytes_in(made, table))
    if fault == "a page of zeros":
        raw[start // PAGE * PAGE : (start // PAGE + 1) * PAGE] = bytes(PAGE)
    else:
        raw[start + chance.randrange(length)] ^= 1 << chance.randrange(8)
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(raw)
    code, said = command("restore", damaged, tmp_path / "again.db")
    assert code == 3, said
    assert said.startswith(f"{damaged} cannot be restored: ")
    assert "Nothing was restored." in said
    assert not (tmp_path / "again.db").exists()
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".again")]


def take(log, to):
    """Take a backup in this process, telling nobody how far it has got."""
    with open_log(log) as opened:
        backups.back_up(opened.log, to, datetime.now(UTC), lambda _: nullcontext(lambda *_: None))


@pytest.fixture
def _a_bad_medium(monkeypatch):
    """What is copied to it comes back with one bit of a fact flipped."""
    copy = backups.copy

    def copy_badly(path, to, *rest, **options):
        told = copy(path, to, *rest, **options)
        if to.name.startswith(".friday"):
            start, length = bytes_in(to, "stored_events")[-1]
            raw = bytearray(to.read_bytes())
            raw[start + length // 2] ^= 1
            to.write_bytes(raw)
        return told

    monkeypatch.setattr(backups, "copy", copy_badly)


@pytest.mark.usefixtures("_a_bad_medium")
def test_a_copy_that_is_damaged_on_its_way_is_not_called_a_backup(grown, tmp_path):
    with pytest.raises(Mismatch):
        take(grown, tmp_path / "friday.db")
    assert not [file for file in tmp_path.iterdir() if "friday" in file.name]


@pytest.mark.usefixtures("_a_bad_medium")
def test_without_its_proof_a_damaged_copy_is_called_a_backup(grown, tmp_path, monkeypatch):
    unprotected.proof_of_backups(monkeypatch.setattr)
    take(grown, tmp_path / "friday.db")
    assert checks.find_damage(tmp_path / "friday.db")

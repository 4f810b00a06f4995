"""A disk without room: nothing is half written, nothing is lost, reading works, the sentence says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.domain.refusals import Unusable
from decisionlog.store import sqlite_file
from tests.faults import checks, unprotected
from tests.faults.processes import command, wait_for_note
from tests.faults.promises import ask_again, broken_promises
from tests.faults.workload import BEGUN, RECORDER, ask, facts_of, read_diary


def acknowledged_all_there(path, diary):
    """What is broken, but for the refusal that was to come."""
    return [sentence for sentence in broken_promises(path, diary) if "was refused" not in sentence]


def sentences(diary):
    return [note["sentence"] for note in read_diary(diary) if note["what"] == "refused"]


def filled(nursery, disk, log, diary):
    """A process that has recorded until the disk was full, and waits for room."""
    disk.leave(300_000)
    child = nursery.start("fill", path=log, diary=diary, names="f")
    wait_for_note(diary, "read")
    return child


def test_a_full_disk_takes_nothing_that_was_recorded_and_recording_goes_on_when_there_is_room(
    nursery, disk, log, tmp_path
):
    diary = tmp_path / "diary"
    child = filled(nursery, disk, log, diary)
    notes = read_diary(diary)
    assert [note["what"] for note in notes].count("recorded") > 3
    (sentence,) = sentences(diary)
    assert sentence.startswith(f"The disk that holds {log} is full. Nothing was recorded;")
    assert "Free some space, then run the same command again" in sentence
    last = max(note["last"] for note in notes if note["what"] == "recorded")
    assert {"what": "read", "size": last, "facts": last} in notes
    disk.empty()
    Path(f"{diary}.room").touch()
    assert nursery.wait(child) == 0, nursery.complaints()
    assert [note["what"] for note in read_diary(diary)][-2:] == ["recorded", "closed"]
    assert not acknowledged_all_there(log, diary)
    assert not ask_again(log, diary)
    assert not checks.unlike_a_rebuild(log)


def test_a_crash_on_a_full_disk_and_a_restart_on_it(nursery, disk, log, tmp_path):
    diary = tmp_path / "diary"
    nursery.kill(filled(nursery, disk, log, diary))
    disk.empty()
    disk.fill()
    last = max(note["last"] for note in read_diary(diary) if note["what"] == "recorded")
    with open_log(log) as opened:
        assert opened.log.head().size == sum(1 for _ in opened.log.facts()) == last
        with pytest.raises(Unusable, match="is full"):
            ask(opened, "restarted")
    disk.empty()
    assert not acknowledged_all_there(log, diary)
    assert not ask_again(log, diary)
    assert not checks.unlike_a_rebuild(log)


def test_read_models_that_find_no_room_say_so_and_follow_later(disk, path):
    log = Path(shutil.move(path, disk.place / path.name))
    with open_log(log) as opened:
        ask(opened, "recorded")
        disk.fill()
        for _ in range(2):
            with pytest.raises(
                Unusable, match=r"is full\. What was recorded is safe; what is read from it follows the next time"
            ):
                opened.catch_up()
        disk.empty()
        opened.catch_up()
        assert not any(standing.stopped for standing in opened.models.standings())
    assert not checks.unlike_a_rebuild(log)


@pytest.fixture
def _no_room_for_rows(path, monkeypatch):
    """The file may not grow by more than a few pages, which a fold finds out in the middle of its rows."""
    prepare = sqlite_file.prepare

    def prepare_small(connection, **options):
        prepare(connection, **options)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    with open_log(path) as opened:
        opened.catch_up()
        for number in range(20):
            ask(opened, f"r{number}")
    monkeypatch.setattr(sqlite_file, "prepare", prepare_small)


@pytest.mark.usefixtures("_no_room_for_rows")
def test_no_fact_is_blamed_for_a_disk_that_fills_up_while_it_is_folded(path, monkeypatch):
    with open_log(path) as opened:
        with pytest.raises(Unusable, match=r"is full\. What was recorded is safe"):
            opened.catch_up()
        assert not any(standing.stopped for standing in opened.models.standings())
    monkeypatch.undo()
    with open_log(path) as opened:
        opened.catch_up()
    assert not checks.unlike_a_rebuild(path)


@pytest.mark.usefixtures("_no_room_for_rows")
def test_without_telling_them_apart_a_disk_that_fills_up_is_not_understood(path, monkeypatch):
    unprotected.troubles_told_apart(monkeypatch.setattr)
    with open_log(path) as opened, pytest.raises(sqlite_file.engine.OperationalError, match="cannot rollback"):
        opened.catch_up()


def test_a_log_that_was_closed_is_read_on_a_disk_without_any_room(disk, log):
    with open_log(log) as opened:
        ask(opened, "before")
        size = opened.log.head().size
    disk.fill()
    before = sorted(disk.place.iterdir())
    with open_log(log) as opened:
        assert opened.log.head().size == sum(1 for _ in opened.log.facts()) == size
        opened.catch_up()
        with pytest.raises(Unusable, match=f"The disk that holds {log} is full"):
            ask(opened, "full")
    assert sorted(disk.place.iterdir()) == before
    disk.empty()
    with open_log(log) as opened:
        assert not ask(opened, "full").already
    assert not checks.find_damage(log)


def test_a_log_that_there_is_no_room_for_is_not_left_half_made(disk):
    disk.fill()
    log = disk.place / "new.db"
    begin = Begin("Northmoor", "northmoor.example/decisions", RECORDER, BEGUN)
    with pytest.raises(Unusable, match="is full"):
        make_log(log, begin)
    assert not log.exists()
    disk.empty()
    make_log(log, begin).close()
    assert not checks.find_damage(log)


def test_without_a_journal_a_full_disk_does_damage_that_is_found(nursery, disk, log, tmp_path):
    diary = tmp_path / "diary"
    Path(f"{diary}.room").touch()
    disk.leave(300_000)
    nursery.run("fill", path=log, diary=diary, names="f", without="journal")
    disk.empty()
    assert acknowledged_all_there(log, diary)


@pytest.mark.parametrize("limit", [150_000, 200_000, 300_000])
def test_a_quota_takes_nothing_that_was_recorded(nursery, path, tmp_path, limit):
    diary = tmp_path / "diary"
    Path(f"{diary}.room").touch()
    code = nursery.run("fill", path=path, diary=diary, names="q", file_limit=limit)
    assert code == 0, nursery.complaints()
    (sentence,) = sentences(diary)
    assert f"The disk that holds {path} " in sentence
    assert "of what was recorded before" in sentence
    notes = [note["what"] for note in read_diary(diary)]
    assert notes[-2:] == ["recorded", "closed"]
    assert notes.count("recorded") > 2
    assert not acknowledged_all_there(path, diary)
    assert not ask_again(path, diary)


def test_the_command_says_so_in_one_sentence_and_ends_with_6(disk, log, tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_bytes(b"\n".join(facts_of("command")))
    disk.fill()
    code, said = command("import", facts, "--log", log, "--by", RECORDER)
    assert code == 6
    assert said.startswith(f"The disk that holds {log} is full. Nothing was recorded;")
    assert said.count("\n") == 1
    disk.empty()
    assert command("import", facts, "--log", log, "--by", RECORDER)[0] == 0
    assert not checks.unlike_a_rebuild(log)

"""A log that can only be read: reading works and leaves out nothing, recording says why it does not."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.domain.refusals import Unusable
from tests.faults import unprotected
from tests.faults.processes import command, wait_for_note
from tests.faults.workload import BEGUN, RECORDER, ask, facts_of, read_diary

NOBODY = 65534
IS_ROOT = os.geteuid() == 0


def left_behind(nursery, log, diary):
    """What a killed process had recorded, and left written ahead beside the log."""
    child = nursery.start("record_one", path=log, diary=diary, name="left", stay=True)
    wait_for_note(diary, "recorded")
    nursery.kill(child)
    assert Path(f"{log}-wal").stat().st_size
    return 2 + len(facts_of("left"))


def refusal_of_writing(log):
    return f"{log} can only be read here: reading works, recording does not. Nothing was recorded."


def test_a_medium_that_can_only_be_read(disk, log):
    disk.only_read()
    before = {file: file.read_bytes() for file in disk.place.iterdir()}
    with open_log(log) as opened:
        assert opened.log.head().size == sum(1 for _ in opened.log.facts()) == 2
        assert opened.catch_up() is None
        with pytest.raises(Unusable) as told:
            ask(opened, "refused")
    assert str(told.value) == refusal_of_writing(log)
    assert {file: file.read_bytes() for file in disk.place.iterdir()} == before
    disk.write_again()
    with open_log(log) as opened:
        assert not ask(opened, "refused").already


def test_a_log_cannot_be_made_where_nothing_can_be_written(disk):
    disk.only_read()
    with pytest.raises(Unusable, match="A log cannot be made at"):
        make_log(disk.place / "new.db", Begin("Northmoor", "northmoor.example/decisions", RECORDER, BEGUN))


def test_what_a_crash_left_written_ahead_is_read_where_nothing_can_be_written(nursery, disk, log, tmp_path):
    size = left_behind(nursery, log, tmp_path / "diary")
    disk.only_read()
    with open_log(log) as opened:
        assert opened.log.head().size == size


def test_opened_as_if_nothing_could_change_it_is_read_without_its_last_facts(nursery, disk, log, tmp_path, monkeypatch):
    size = left_behind(nursery, log, tmp_path / "diary")
    disk.only_read()
    unprotected.written_ahead(monkeypatch.setattr)
    with open_log(log) as opened:
        assert opened.log.head().size < size


def test_what_is_written_ahead_and_cannot_be_read_is_not_left_out(nursery, disk, log, tmp_path):
    left_behind(nursery, log, tmp_path / "diary")
    Path(f"{log}-shm").unlink()
    disk.only_read()
    with open_log(log) as opened, pytest.raises(Unusable, match="cannot be opened"):
        opened.log.head()


@pytest.fixture
def shared(path):
    """The log in a folder that everybody may look into and its owner alone may write to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        log = Path(shutil.move(path, folder / path.name))
        log.chmod(0o444 if not IS_ROOT else 0o644)
        folder.chmod(0o555 if not IS_ROOT else 0o755)
        yield log
        folder.chmod(0o755)


def looked_at(nursery, log, diary):
    assert nursery.run("only_read", path=log, diary=diary, name="refused", user=NOBODY if IS_ROOT else 0) == 0, (
        nursery.complaints()
    )
    return read_diary(diary)


def test_somebody_who_may_not_write(nursery, shared, tmp_path):
    read, _, refused = looked_at(nursery, shared, tmp_path / "diary")
    assert (read["size"], read["facts"]) == (2, 2)
    assert (refused["kind"], refused["sentence"]) == ("Unusable", refusal_of_writing(shared))
    assert list(shared.parent.iterdir()) == [shared]


@pytest.mark.skipif(not IS_ROOT, reason="needs somebody who may write and somebody who may not")
def test_somebody_who_may_not_write_reads_what_another_has_just_recorded(nursery, shared, tmp_path):
    with open_log(shared) as opened:
        last = ask(opened, "just now").last
        for file in shared.parent.iterdir():
            file.chmod(0o644)
        read, *_ = looked_at(nursery, shared, tmp_path / "diary")
    assert read["size"] == read["facts"] == last


def test_the_command_says_so_in_one_sentence_and_ends_with_6(disk, log, tmp_path):
    facts = tmp_path / "facts.jsonl"
    facts.write_bytes(b"\n".join(facts_of("command")))
    disk.only_read()
    code, said = command("import", facts, "--log", log, "--by", RECORDER)
    assert (code, said.count(refusal_of_writing(log)), said.count("\n")) == (6, 1, 1)
    code, said = command("list", "proposals", "--log", log)
    assert (code, said) == (0, "")

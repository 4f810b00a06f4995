"""kill -9 while recording: what was acknowledged is there, and every batch is there whole or not at all."""

from __future__ import annotations

import shutil
import signal
import time
from itertools import count
from pathlib import Path

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.projections.tally import Tally
from tests.faults import checks, unprotected
from tests.faults.processes import NO_TRACER, TRACER, run_traced, wait_for_note
from tests.faults.promises import ask_again, broken_promises
from tests.faults.rounds import ROUNDS, rounds
from tests.faults.workload import Diary, ask, read_diary

LIFE = 25
"""Rounds on one log; then a new one, so that checking everything stays quick."""


FOLLOWED = pytest.mark.parametrize("followed", [False, True], ids=["alone", "followed"])
"""Facts by themselves, or with the rows of the read models in one transaction."""


@pytest.mark.faults
@FOLLOWED
def test_kill_at_random_moments(nursery, path, tmp_path, chance, followed):
    done, acknowledged, cut_off = 0, 0, 0
    while done < rounds(12):
        log = Path(shutil.copy(path, tmp_path / "life.db"))
        diaries = [tmp_path / f"{done + number}.diary" for number in range(min(LIFE, rounds(12) - done))]
        for diary in diaries:
            killed_while_recording(nursery, log, diary, chance, followed=followed)
            assert not broken_promises(log, diary), diary.stem
            assert not ask_again(log, diary), diary.stem
            notes = [note["what"] for note in read_diary(diary)]
            acknowledged += notes.count("recorded")
            cut_off += notes[-1:] == ["tried"]
        assert not broken_promises(log, *diaries)
        assert not checks.unlike_a_rebuild(log)
        done += len(diaries)
        for file in (log, *diaries):
            file.unlink()
    print(f"{done} kills, {acknowledged} requests acknowledged, {cut_off} cut off")  # noqa: T201
    assert acknowledged


def killed_while_recording(nursery, log, diary, chance, **how):
    names = f"{diary.stem}-{chance.randrange(10**6)}"
    child = nursery.start("keep_recording", path=log, diary=diary, names=names, **how)
    if chance.random() < 0.8:  # a busy computer gets as far as recording too
        wait_for_note(diary, "tried")
    time.sleep(chance.uniform(0.005, 0.2))
    assert nursery.kill(child) == -signal.SIGKILL, nursery.complaints()


def test_facts_and_what_lies_beside_them_in_two_transactions_is_found(nursery, path, tmp_path):
    diary = tmp_path / "diary"
    child = nursery.start(
        "keep_recording", path=path, diary=diary, names="torn", without="one_transaction", killed_at=3
    )
    assert nursery.wait(child) == -signal.SIGKILL
    found = "\n".join(checks.find_damage(path))
    for part in ("names", "sealed values"):
        assert part in found


def test_a_request_without_its_key_is_found_to_be_recorded_twice(path, tmp_path, monkeypatch):
    diary = tmp_path / "diary"
    Diary(diary).note("tried", name="keyless")
    assert not ask_again(path, diary)
    unprotected.request_keys(monkeypatch.setattr)
    assert "keyless was recorded twice" in ask_again(path, diary)


def killed_at_each_length(nursery, path, tmp_path, step, **options):
    """Record one request again and again, killed by the write that makes a file longer than so much, until it is done.

    Gives how often it was killed, and the first promise broken.
    """
    for kills in count():
        log, diary = Path(shutil.copy(path, tmp_path / f"{kills}.db")), tmp_path / f"{kills}.diary"
        limit = 512 + kills * step
        code = nursery.run("record_one", path=log, diary=diary, name="cut", file_limit=limit, **options)
        found = broken_promises(log, diary)
        if not found and "without" not in options:
            found = ask_again(log, diary) or checks.unlike_a_rebuild(log)
        if found:
            return kills, [f"killed beyond {limit} bytes: {sentence}" for sentence in found]
        if code == 0:
            return kills, []
        assert code == -signal.SIGXFSZ, nursery.complaints()
    raise AssertionError


@pytest.mark.faults
@FOLLOWED
def test_kill_at_every_length_of_the_files(nursery, path, tmp_path, followed):
    assert nursery.run("follow", path=path, batch=1_000) == 0
    step = 1_024 if ROUNDS else 8_192
    kills, broken = killed_at_each_length(nursery, path, tmp_path, step, followed=followed)
    assert not broken
    print(f"{kills} lengths")  # noqa: T201
    assert kills >= 10


def test_without_a_journal_a_kill_at_some_length_is_found(nursery, path, tmp_path):
    _, broken = killed_at_each_length(nursery, path, tmp_path, step=4_096, without="journal")
    assert broken


def killed_at_each_write(nursery, path, tmp_path, stride, **options):
    """The same with the kill exactly at the Nth write, whether it makes a file longer or not."""
    for n in count(1, stride):
        log, diary = Path(shutil.copy(path, tmp_path / f"{n}.db")), tmp_path / f"{n}.diary"
        kill = ["-e", "trace=pwrite64", "-e", f"inject=pwrite64:signal=KILL:when={n}"]
        code = run_traced(
            nursery, kill, tmp_path / f"{n}.go", "record_one", path=log, diary=diary, name="cut", **options
        )
        found = broken_promises(log, diary)
        if not found and "without" not in options:
            found = ask_again(log, diary) or checks.unlike_a_rebuild(log)
        if found:
            return n, [f"killed at write {n}: {sentence}" for sentence in found]
        if code == 0:
            return n, []
        assert code == -signal.SIGKILL, nursery.complaints()
    raise AssertionError


@pytest.mark.faults
@pytest.mark.skipif(not TRACER, reason=NO_TRACER)
@FOLLOWED
def test_kill_at_the_nth_write(nursery, path, tmp_path, followed):
    writes, broken = killed_at_each_write(nursery, path, tmp_path, 1 if ROUNDS else 12, followed=followed)
    assert not broken
    print(f"{writes} writes")  # noqa: T201
    assert writes > 50


@pytest.mark.skipif(not TRACER, reason=NO_TRACER)
def test_without_a_journal_a_kill_at_some_write_is_found(nursery, path, tmp_path):
    _, broken = killed_at_each_write(nursery, path, tmp_path, 3, without="journal")
    assert broken


def test_positions_that_do_not_wait_for_the_rows_that_go_with_the_facts_are_found(nursery, path, tmp_path):
    assert nursery.run("follow", path=path, batch=1_000) == 0
    diary = tmp_path / "diary"
    torn = {"without": "position_with_rows", "killed_at": 3}
    code = nursery.run("record_one", path=path, diary=diary, name="torn", followed=True, **torn)
    assert code == -signal.SIGKILL, nursery.complaints()
    assert nursery.run("follow", path=path, batch=1_000) == 0, nursery.complaints()
    assert any("rows that are not the" in sentence for sentence in checks.unlike_a_rebuild(path))


def a_model_fails_at_the_end(path, monkeypatch):
    """Record a request in whose transaction the last model cannot fold; then catch up without that."""
    with open_log(path) as opened:
        opened.catch_up()
        with monkeypatch.context() as fault:
            fault.setattr(Tally, "fold", lambda *_: 1 / 0)
            receipt = ask(opened, "failing", followed=True)
        opened.catch_up()
    assert checks.batches(path)[receipt.batch] == (receipt.first, receipt.last)


def test_rows_of_a_fold_that_failed_are_taken_back_and_the_facts_are_not(path, monkeypatch):
    a_model_fails_at_the_end(path, monkeypatch)
    assert not checks.find_damage(path)
    assert not checks.unlike_a_rebuild(path)


def test_without_a_savepoint_what_a_fold_left_is_found(path, monkeypatch):
    unprotected.savepoint(monkeypatch.setattr)
    a_model_fails_at_the_end(path, monkeypatch)
    assert not checks.find_damage(path)
    assert any("tally has" in sentence for sentence in checks.unlike_a_rebuild(path))

"""The store gives no clear answer: what it holds decides what is said, and asking again gives the first answer."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.commands.import_facts import ImportFacts, import_facts
from decisionlog.domain.refusals import Refusal, Unusable
from decisionlog.store import sqlite
from tests.faults import checks, unprotected
from tests.faults.processes import NO_TRACER, TRACER, run_traced
from tests.faults.rounds import ROUNDS
from tests.faults.workload import RECORDER, REFUSED, ask, facts_of, read_diary

COMMIT = sqlite.library.SQLiteConnection.commit


def commit_and_lose_the_answer(connection):
    COMMIT(connection)
    raise sqlite.engine.OperationalError("disk I/O error")


def fail_to_commit(connection):
    raise sqlite.engine.OperationalError("disk I/O error")


@pytest.fixture
def opened(path):
    with open_log(path) as opened:
        ask(opened, "before")
        yield opened


def test_an_answer_that_was_lost_is_settled_by_reading(opened, path, monkeypatch):
    with monkeypatch.context() as fault:
        fault.setattr(sqlite._Connection, "commit", commit_and_lose_the_answer)
        receipt = ask(opened, "unclear")
    assert not receipt.already
    assert checks.batches(path)[receipt.batch] == (receipt.first, receipt.last)
    assert ask(opened, "unclear").batch == receipt.batch
    assert ask(opened, "after").first == receipt.last + 1
    assert not checks.find_damage(path)


def test_without_settling_what_was_recorded_is_reported_as_a_fault(opened, path, monkeypatch):
    before = len(checks.stored_bytes(path))
    unprotected.settling(monkeypatch.setattr)
    monkeypatch.setattr(sqlite._Connection, "commit", commit_and_lose_the_answer)
    with pytest.raises(Unusable):
        ask(opened, "unclear")
    assert len(checks.stored_bytes(path)) > before


def test_what_was_not_recorded_is_not_acknowledged(opened, path, monkeypatch):
    before = checks.stored_bytes(path)
    with monkeypatch.context() as fault:
        fault.setattr(sqlite._Connection, "commit", fail_to_commit)
        with pytest.raises(Unusable):
            ask(opened, "unclear")
    assert checks.stored_bytes(path) == before
    assert not ask(opened, "unclear").already
    assert not checks.find_damage(path)


def test_the_first_answer_is_given_in_another_process_and_after_other_requests(path):
    with open_log(path) as opened:
        first = ask(opened, "one")
        second = ask(opened, "two")
    with open_log(path) as opened:
        again = ask(opened, "one")
        size = opened.log.head().size
    assert (again.batch, again.first, again.last, again.recorded_at) == (
        first.batch,
        first.first,
        first.last,
        first.recorded_at,
    )
    assert again.already
    assert size == len(checks.stored_bytes(path)) == second.last


def test_a_key_is_not_used_for_another_request(opened):
    def ask_under_a_key(name):
        return import_facts(
            opened.log, ImportFacts(facts_of(name), RECORDER, datetime.now(UTC), key="minutes-12")
        ).receipt

    first = ask_under_a_key("one")
    assert ask_under_a_key("one").batch == first.batch
    with pytest.raises(Refusal, match="The key 'minutes-12' was used for a different request") as told:
        ask_under_a_key("two")
    assert f"(facts {first.first} to {first.last})" in str(told.value)
    assert opened.log.head().size == first.last


def failing_at_each_call(nursery, path, folder, calls, numbers, **options):
    """One request for each call of the system that fails while it is recorded: the log, and what was noted."""
    for n in numbers:
        log, diary = Path(shutil.copy(path, folder / f"{n}.db")), folder / f"{n}.diary"
        fail = ["-e", f"trace={calls}", "-e", f"inject={calls}:error=EIO:when={n}"]
        code = run_traced(nursery, fail, folder / f"{n}.go", "record_one", path=log, diary=diary, name="cut", **options)
        assert code in {0, REFUSED}, nursery.complaints()
        yield log, read_diary(diary)


CALLS = [
    pytest.param("pwrite64", range(1, 120, 1 if ROUNDS else 15), id="write"),
    pytest.param("fsync,fdatasync", range(1, 9), id="sync"),
]


@pytest.mark.faults
@pytest.mark.skipif(not TRACER, reason=NO_TRACER)
@pytest.mark.parametrize(("calls", "numbers"), CALLS)
def test_a_disk_error_at_the_nth_call_and_the_command_repeated(nursery, path, tmp_path, calls, numbers):
    refused = 0
    for log, notes in failing_at_each_call(nursery, path, tmp_path, calls, numbers, tries=2):
        refused += sum(note["what"] == "refused" for note in notes)
        assert all(note["kind"] == "Unusable" for note in notes if note["what"] == "refused")
        assert [note["what"] for note in notes].count("recorded") == 1
        assert not checks.find_damage(log)
        assert list(checks.batches(log).values()) == [(1, 1), (2, 2), (3, 2 + len(facts_of("cut")))]
    assert refused


@pytest.mark.faults
@pytest.mark.skipif(not TRACER, reason=NO_TRACER)
@pytest.mark.parametrize(("calls", "numbers"), CALLS)
def test_a_disk_error_at_the_nth_call_and_a_crash_right_after(nursery, path, tmp_path, calls, numbers):
    there_all_the_same = 0
    for log, notes in failing_at_each_call(nursery, path, tmp_path, calls, numbers):
        assert not checks.find_damage(log)
        there = len(checks.batches(log)) == 3
        if refused := [note["sentence"] for note in notes if note["what"] == "refused"]:
            assert "reported an error" in refused[0]
            assert not there or "Whether this was recorded is not certain" in refused[0]
            there_all_the_same += there
        with open_log(log) as opened:
            assert ask(opened, "cut").already == there
        assert not checks.find_damage(log)
    assert there_all_the_same or calls == "pwrite64", "a sync that fails can leave behind what was refused"

"""Several people record at once: on one thing exactly one is first, on different things everybody succeeds."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.domain.refusals import Conflict, Unusable
from decisionlog.store.batch import Batch, Draft
from tests.faults import checks, unprotected
from tests.faults.processes import wait_for_note
from tests.faults.rounds import rounds
from tests.faults.workload import RECORDER, SHARED, ask, facts_of, new_log, read_diary

WRITERS = pytest.mark.parametrize("writers", [2, 4])


def started_together(nursery, folder, path, writers, **arguments):
    """What each of so many processes noted, that were all ready before the first began."""
    go, diaries = folder / "go", [folder / f"{writer}.diary" for writer in range(writers)]
    children = [
        nursery.start("race", path=path, diary=diary, name=f"w{writer}", go=go, **arguments)
        for writer, diary in enumerate(diaries)
    ]
    for diary in diaries:
        wait_for_note(diary, "ready")
    go.touch()
    assert [nursery.wait(child) for child in children] == [0] * writers, nursery.complaints()
    return [read_diary(diary) for diary in diaries]


def winners(nursery, folder, writers, **arguments):
    """Race for version 2 of one stream; who won, and what the others were told."""
    folder.mkdir()
    path = folder / "northmoor.db"
    new_log(path)
    notes = [diary[-1] for diary in started_together(nursery, folder, path, writers, expected=1, **arguments)]
    assert not checks.find_damage(path)
    return [note for note in notes if note["what"] == "recorded"], [note for note in notes if note["what"] == "refused"]


@pytest.mark.faults
@WRITERS
def test_one_stream_at_an_expected_version_has_one_winner(nursery, tmp_path, writers):
    for number in range(rounds(5, share=0.5)):
        won, lost = winners(nursery, tmp_path / str(number), writers)
        assert [note["n"] for note in won] == [2]
        assert {note["kind"] for note in lost} == {"Conflict"}
        assert all(
            note["sentence"].startswith(f"{SHARED} has changed: it was at version 1 and is at 2.") for note in lost
        )
        assert len(lost) == writers - 1


def test_without_an_expected_version_everybody_wins(nursery, tmp_path):
    won, lost = winners(nursery, tmp_path / "race", 4, without="expected_versions")
    assert sorted(note["n"] for note in won) == [2, 3, 4, 5]
    assert not lost


@pytest.mark.faults
@WRITERS
def test_different_streams_all_succeed(nursery, path, tmp_path, writers):
    each = rounds(8, share=0.2)
    diaries = started_together(nursery, tmp_path, path, writers, times=each)
    ranges = sorted((note["first"], note["last"]) for diary in diaries for note in diary if note["what"] == "recorded")
    assert len(ranges) == writers * each
    assert [first for first, _ in ranges] == [3, *(last + 1 for _, last in ranges[:-1])]
    assert not checks.find_damage(path)
    for writer in range(writers):
        recorded = [json.loads(state)["stream"] for state in checks.stored_bytes(path)]
        for number in range(each):
            wanted = [json.loads(fact)["stream"] for fact in facts_of(f"w{writer}-{number}")]
            assert recorded.count(f"proposal:w{writer}-{number}") == wanted.count(f"proposal:w{writer}-{number}")


@pytest.mark.faults
@WRITERS
def test_rows_that_go_with_the_facts_of_several_writers_are_those_of_a_rebuild(nursery, path, tmp_path, writers):
    started_together(nursery, tmp_path, path, writers, times=rounds(8, share=0.2), followed=True)
    assert not checks.find_damage(path)
    assert not checks.unlike_a_rebuild(path)


def overtaken(path):
    """One writer reads the end of the log; before it writes, another one tries to record."""
    with ExitStack() as stack:
        slow, quick = stack.enter_context(open_log(path)), stack.enter_context(open_log(path))
        with slow.log.recorder.writing() as writer:
            size = writer.head().size
            try:
                ask(quick, "quick")
            except Unusable as told:
                first = str(told)
            else:
                first = "recorded"
            writer.put_secret("seen", str(size).encode())
        return first


@pytest.fixture
def _impatient(monkeypatch):
    monkeypatch.setattr("decisionlog.store.sqlite.LOCK_TIMEOUT", 1)


@pytest.mark.usefixtures("_impatient")
def test_who_has_read_the_end_of_the_log_has_the_lock(path):
    assert overtaken(path).startswith("Another program is recording")


@pytest.mark.usefixtures("_impatient")
def test_the_library_s_own_transaction_is_overtaken_and_fails(path, monkeypatch):
    unprotected.immediate_lock(monkeypatch.setattr)
    with pytest.raises(Unusable, match="Another program is recording"):
        overtaken(path)


def test_recording_against_a_size_that_is_no_longer(path):
    with open_log(path) as opened:
        ask(opened, "first")
        draft = Draft("proposal.status_noted", SHARED, {"status": "late"})
        with pytest.raises(Conflict, match="somebody recorded in the meantime"):
            opened.log.record(Batch([draft], RECORDER, datetime.now(UTC), size=2))

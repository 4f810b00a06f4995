"""Another program keeps the lock: it is waited for, then told of."""

from __future__ import annotations

import time

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.domain.refusals import Unusable
from tests.faults import checks, unprotected
from tests.faults.processes import wait_for_note
from tests.faults.workload import ask


@pytest.fixture
def impatient(monkeypatch):
    for module in ("sqlite", "sqlite_file"):
        monkeypatch.setattr(f"decisionlog.store.{module}.LOCK_TIMEOUT", 1)


@pytest.fixture
def held(nursery, path, tmp_path):
    """A log of which another program keeps the lock; gives how to hold it and for how long."""
    children = []

    def hold(seconds=3_600):
        diary = tmp_path / f"{len(children)}.holder"
        children.append(nursery.start("hold_the_lock", path=path, diary=diary, seconds=seconds))
        wait_for_note(diary, "holding")
        return children[-1]

    yield hold
    for child in children:
        nursery.kill(child)


@pytest.mark.usefixtures("impatient")
def test_another_program_that_keeps_the_lock_is_told_of_after_waiting(path, held):
    with open_log(path) as opened:
        ask(opened, "before")
        held()
        began = time.monotonic()
        with pytest.raises(Unusable) as told:
            ask(opened, "locked")
        assert 0.9 <= time.monotonic() - began < 20
        assert str(told.value) == (
            f"Another program is recording in {path}. Waited 1 seconds. "
            "Nothing was recorded; what was recorded before is safe. "
            "Wait a little, then run the same command again (it is safe to repeat)."
        )
        assert opened.log.head().size == sum(1 for _ in opened.log.facts())
        with pytest.raises(Unusable, match=r"Another program is recording in .* What was recorded is safe"):
            opened.catch_up()


def test_a_lock_that_is_given_up_in_time_is_waited_for(path, held):
    with open_log(path) as opened:
        held(0.3)
        assert not ask(opened, "waited").already
        opened.catch_up()
    assert not checks.find_damage(path)


def test_without_waiting_a_lock_is_in_the_way_at_once(path, held, monkeypatch):
    unprotected.waiting(monkeypatch.setattr)
    with open_log(path) as opened:
        held()
        with pytest.raises(Unusable, match="Another program is recording"):
            ask(opened, "impatient")

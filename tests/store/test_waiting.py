"""Whoever waits for more is told of it soon, and never sees a fact before the one that goes before it."""

from __future__ import annotations

import time
from contextlib import closing
from threading import Event, Thread

import pytest

from decisionlog.commands.import_facts import import_facts
from decisionlog.domain.refusals import Unusable
from decisionlog.store.log import Log
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.sqlite import SQLiteRecorder
from tests.scenario import proposal, record, request

SECONDS = 20


class HeldBack:
    """A follower that holds the transaction of whoever records open, until it is let go."""

    def __init__(self):
        self.holding, self.let_go = Event(), Event()

    def follow(self, *_):
        self.holding.set()
        assert self.let_go.wait(SECONDS)
        return True

    def followed(self, position):
        pass


def beside(log):
    """The same log, as another program would open it."""
    recorder = log.recorder
    if isinstance(recorder, MemoryRecorder):
        return Log(recorder)
    return Log(type(recorder)(recorder.path if isinstance(recorder, SQLiteRecorder) else recorder.server))


def in_the_background(work, *given):
    thread = Thread(target=work, args=given, daemon=True)
    thread.start()
    return thread


def followed(log, seen, until):
    """Note each position as it comes, up to one."""
    while len(seen) < until:
        if log.wait(len(seen), SECONDS):
            seen.extend(line.position for line in log.lines(len(seen)))


def test_what_is_there_already_is_told_at_once(log):
    record(log, proposal("P1"))
    assert log.wait(1, 0)


def test_nothing_new_is_told_when_the_time_is_over(log):
    began = time.monotonic()
    assert not log.wait(1, 0.2)
    assert 0.2 <= time.monotonic() - began < 2


def test_whoever_waits_is_woken_soon_after_somebody_else_recorded(log):
    other, told = beside(log), []
    waiting = in_the_background(lambda: told.append(other.wait(1, SECONDS)))
    time.sleep(0.3)
    assert not told
    record(log, proposal("P1"))
    waiting.join(1)
    assert told == [True]
    other.close()


def test_no_fact_is_seen_before_one_that_a_held_back_transaction_records_first(log):
    held, reader, writer, seen, follower = HeldBack(), beside(log), beside(log), [], beside(log)
    following = in_the_background(followed, follower, seen, 3)
    log.follower = held
    first = in_the_background(lambda: import_facts(log, request(proposal("FIRST")), followed=True))
    assert held.holding.wait(SECONDS)
    second = in_the_background(record, writer, proposal("SECOND"))
    if not isinstance(log.recorder, MemoryRecorder):  # there a reader waits for the writer
        assert not reader.wait(1, 0.5)
        assert seen == [1]
    held.let_go.set()
    for thread in (first, second, following):
        thread.join(SECONDS)
    assert seen == [1, 2, 3]
    assert [line.stream for line in reader.lines(1)] == ["proposal:FIRST", "proposal:SECOND"]
    for each in {reader.recorder, writer.recorder, follower.recorder} - {log.recorder}:
        each.close()


@pytest.mark.parametrize("lost", ["removed", "replaced"])
def test_a_file_that_lost_its_name_is_not_waited_for(sqlite_log, lost):
    path = sqlite_log.recorder.path
    with closing(beside(sqlite_log)) as other:
        path.rename(path.with_suffix(".old"))
        if lost == "replaced":
            path.touch()
        with pytest.raises(Unusable, match=r"was moved, removed or replaced .* Facts 1 to 1 were read"):
            other.wait(1, SECONDS)

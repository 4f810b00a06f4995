"""The library's own contract for recorders, kept by each of ours."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.tests import persistence as library

from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.sqlite import SQLiteRecorder


def wait_for_readers(before):
    """The library's case leaves its readers at work; a store must not be closed under them."""
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)


class _OnEveryStore:
    """What the library's cases ask of whoever runs them. Our streams are texts."""

    def new_originator_id(self):
        return f"proposal:{uuid4()}"


class _InMemory(_OnEveryStore):
    def create_recorder(self):
        return MemoryRecorder()


class _OnSQLite(_OnEveryStore):
    def create_recorder(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        recorder = SQLiteRecorder.create(Path(folder.name) / "decisionlog.db")
        self.addCleanup(recorder.close)
        self.addCleanup(wait_for_readers, set(threading.enumerate()))
        return recorder


class TestMemoryRecorder(_InMemory, library.ApplicationRecorderTestCase):
    test_concurrent_throughput = test_performance = None  # they measure, and assert nothing


class TestSQLiteRecorder(_OnSQLite, library.ApplicationRecorderTestCase):
    test_concurrent_throughput = test_performance = None  # they measure, and assert nothing


class TestPositionsOfOneBatchStandTogetherInMemory(_InMemory, library.NonInterleavingNotificationIDsBaseCase):
    insert_num = 200


class TestPositionsOfOneBatchStandTogetherOnSQLite(_OnSQLite, library.NonInterleavingNotificationIDsBaseCase):
    insert_num = 200


def event(stream, n, state=b"{}"):
    return StoredEvent(stream, n, "proposal.submitted", state)


def test_a_version_is_taken_once(recorder):
    assert recorder.insert_events([event("proposal:A", 1), event("proposal:A", 2)]) == [1, 2]
    with pytest.raises(IntegrityError):
        recorder.insert_events([event("proposal:B", 1), event("proposal:A", 2)])
    assert recorder.select_events("proposal:B") == []
    assert recorder.max_notification_id() == 2
    assert recorder.insert_events([event("proposal:B", 1)]) == [3]


def test_events_of_a_stream_are_selected_by_version(recorder):
    recorder.insert_events([event("proposal:A", n, b'{"n":%d}' % n) for n in range(1, 6)])
    assert [one.originator_version for one in recorder.select_events("proposal:A", gt=1, lte=4)] == [2, 3, 4]
    assert [one.originator_version for one in recorder.select_events("proposal:A", desc=True, limit=2)] == [5, 4]
    assert recorder.select_events("proposal:Z") == []


def test_an_empty_store_has_no_last_position(recorder):
    assert recorder.max_notification_id() is None
    assert recorder.head() == (0, "")
    assert recorder.lines(0, 10) == []

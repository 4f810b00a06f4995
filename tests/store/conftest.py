"""Every test of the store runs on each of its stores."""

from __future__ import annotations

import pytest

from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.sqlite import SQLiteRecorder
from tests.scenario import new_log


@pytest.fixture(params=["memory", "sqlite"])
def recorder(request, tmp_path):
    """A store with nothing in it."""
    made = MemoryRecorder() if request.param == "memory" else SQLiteRecorder.create(tmp_path / "decisionlog.db")
    yield made
    made.close()


@pytest.fixture
def log(recorder):
    """A log that has begun."""
    return new_log(recorder)


@pytest.fixture
def sqlite_log(tmp_path):
    """A log in a file."""
    made = new_log(SQLiteRecorder.create(tmp_path / "decisionlog.db"))
    yield made
    made.close()

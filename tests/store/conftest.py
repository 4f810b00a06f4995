"""Every test of the store runs on each of its stores."""

from __future__ import annotations

import pytest

from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
from decisionlog.store.sqlite import SQLiteRecorder
from tests import servers
from tests.scenario import new_log


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def recorder(request, tmp_path):
    """A store with nothing in it."""
    match request.param:
        case "memory":
            made = MemoryRecorder()
        case "sqlite":
            made = SQLiteRecorder.create(tmp_path / "decisionlog.db")
        case "postgresql":
            made = PostgreSQLRecorder.create(servers.place())
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

"""A row that is no fact: whoever looks the log over is told of it, with everything else, on every store."""

from __future__ import annotations

from contextlib import closing

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.cli.keeping import _OF_THE_LOG
from decisionlog.questions.doctor import doctor
from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
from decisionlog.store.sqlite import SQLiteRecorder
from tests import servers
from tests.scenario import NOW, new_log, proposal, record
from tests.store import raw


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """Where a log lies that has three facts."""
    place = servers.place() if request.param == "postgresql" else tmp_path / "decisionlog.db"
    store = PostgreSQLRecorder if request.param == "postgresql" else SQLiteRecorder
    with closing(new_log(store.create(place))) as log:
        record(log, proposal("P1", title="Beds"), proposal("P2", title="Wards"))
    with open_log(place) as found:
        found.catch_up()
    return place


def put(place, *states):
    with open_log(place) as found:
        for n, state in enumerate(states, 1):
            raw.insert(found.log, raw.fact("proposal:P9", n), state=state)


def looked_over(place):
    with open_log(place) as found:
        return doctor(place, found.log, found.models, NOW)


def test_where_all_are_facts_no_line_says_so(place):
    assert "facts" not in {check.name for check in looked_over(place).checks}


@pytest.mark.parametrize("states", [[b"{}"], [b'{"recorded_at": "2026-06-01T09:30:00.000000Z"}'], [b"{}", None]])
def test_a_row_that_is_no_fact_is_one_failed_line_among_the_others(place, states):
    put(place, *states)
    found = looked_over(place)
    checks = {check.name: check for check in found.checks}
    assert checks["facts"].state == "fail"
    assert checks["facts"].found.startswith("Entry 4 is not a fact of this log's format")
    assert "decisionlog verify" in checks["facts"].remedy
    assert "restore" in checks["facts"].remedy
    assert checks["read models"].state == "warn"
    assert checks["read models"].found.endswith("stand before what is no fact")
    assert {"tree", "append-only", "clock", "witnesses", "backup"} <= checks.keys()
    assert [one.state for one in found.promises if "facts" in one.rests_on] == ["fail", "fail"]
    assert "facts" in _OF_THE_LOG

"""A new version of the program may need other rows: they are built beside those that the running service answers from."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.projections.decisions import Decisions
from decisionlog.store import catch_up
from decisionlog.store.catch_up import ReadModels, engine_of
from decisionlog.store.log import Log
from decisionlog.store.sqlite import SQLiteRecorder
from tests.cli.running import northmoor
from tests.scenario import decision, record
from tests.web.served import keyed, recording

SECONDS = 20
MORE = 30


class NextDecisions(Decisions):
    """The decisions as another version of the program keeps them."""

    version = Decisions.version + 1


NEXT = tuple(NextDecisions if model.name == "decisions" else model for model in MODELS)


class Building:
    """A new version that builds its rows, and pauses after its first portion until it may go on."""

    def __init__(self, path: str) -> None:
        self.has_begun, self.may_go_on = Event(), Event()
        self._path = Path(path)
        self._thread = Thread(target=self._build)
        self._thread.start()
        assert self.has_begun.wait(SECONDS)

    def finish(self) -> None:
        self.may_go_on.set()
        self._thread.join(SECONDS)
        assert not self._thread.is_alive()

    def _build(self) -> None:
        with (
            closing(Log(SQLiteRecorder(self._path))) as log,
            closing(ReadModels(log, engine_of(self._path), NEXT)) as new,
        ):
            new.catch_up(self._pause)

    def _pause(self, _: int) -> None:
        self.has_begun.set()
        assert self.may_go_on.wait(SECONDS)


@pytest.fixture
def path(monkeypatch):
    """A log with enough facts to be read in several portions."""
    path = northmoor()
    with closing(Log(SQLiteRecorder(Path(path)))) as log:
        record(log, *(decision(f"D{number}") for number in range(MORE)), now=datetime.now(UTC))
    monkeypatch.setattr(catch_up, "BATCH", 20)
    return path


def standings(path):
    with (
        closing(Log(SQLiteRecorder(Path(path)))) as log,
        closing(ReadModels(log, engine_of(Path(path)), NEXT)) as models,
    ):
        size = log.size()
        found = [one for one in models.standings() if one.name == "decisions"]
    return [(one.version, one.serving, size - one.position) for one in found]


def refs(client):
    response = client.get("/v1/decisions")
    assert response.status_code == 200, response.text
    return [item["ref"] for item in response.json()["items"]]


def record_another(client, ref):
    fact = {"type": "decision.taken", "stream": f"decision:{ref}", "on": "2026-03-12", "data": {"ref": ref}}
    assert client.post("/v1/facts", json={"facts": [fact]}, headers=keyed()).status_code == 201


def test_the_running_service_answers_and_records_while_a_new_version_builds_beside_it(path):
    with recording(path) as old:
        before = refs(old)
        building = Building(path)
        assert standings(path) == [(Decisions.version, True, 0), (NextDecisions.version, False, standings(path)[1][2])]
        assert standings(path)[1][2] > 0
        assert refs(old) == before
        record_another(old, "MEANWHILE")
        assert set(refs(old)) == {*before, "MEANWHILE"}
        building.finish()
        assert standings(path) == [(NextDecisions.version, True, 0)]
        assert set(refs(old)) == {*before, "MEANWHILE"}


def test_what_was_recorded_meanwhile_is_there_when_the_new_rows_take_the_place_of_the_old(path):
    with recording(path) as old:
        refs(old)
        building = Building(path)
        for number in range(25):
            record_another(old, f"M{number}")
        building.finish()
    assert standings(path) == [(NextDecisions.version, True, 0)]
    with closing(Log(SQLiteRecorder(Path(path)))) as log, closing(ReadModels(log, engine_of(Path(path)), NEXT)) as new:
        new.catch_up()
        with new.reading() as rows:
            known = rows.exec_driver_sql("SELECT count(*) FROM decisions WHERE ref LIKE 'M%'").scalar()
    assert known == 25

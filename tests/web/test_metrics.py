"""Figures for Prometheus: they are what `status` says, and what was asked."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from decisionlog.store.log import Log
from decisionlog.store.sqlite import SQLiteRecorder
from tests.cli.running import DEMO, answer, northmoor, run
from tests.scenario import proposal, record
from tests.web.served import served


def figures(client):
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


@pytest.fixture
def client():
    northmoor()
    with served("decisionlog.db", is_metered=True) as client:
        yield client


def test_there_are_none_unless_they_are_asked_for():
    with served() as client:
        assert client.get("/metrics").status_code == 404


def test_they_say_how_far_the_log_has_come_and_who_has_kept_up(client):
    told, status = figures(client), answer("status")
    assert told["decisionlog_facts",] == status["size"]
    assert told["decisionlog_last_fact_timestamp_seconds",] > 0
    assert told["decisionlog_checkpointed_facts",] == told["decisionlog_witnessed_facts",] == 0
    assert ("decisionlog_backup_timestamp_seconds",) not in told
    models = {model["name"] for model in status["models"]}
    assert {labels[0][1] for name, *labels in told if name == "decisionlog_read_model_behind_facts"} == models
    assert told["decisionlog_read_models_building",] == 0


def test_a_read_model_that_is_behind_shows_by_how_much(client):
    with closing(Log(SQLiteRecorder(Path("decisionlog.db")))) as log:  # nothing is read from what it records
        record(log, proposal("NEW"), now=datetime.now(UTC))
    behind = ("decisionlog_read_model_behind_facts", ("model", "decisions"))
    assert figures(client)[behind] == 1
    client.get("/v1/bodies")
    assert figures(client)[behind] == 0


def test_a_checkpoint_and_a_backup_show(client):
    run("key", "new")
    run("checkpoint")
    run("backup", "copy.db")
    run("import", str(DEMO / "correction.jsonl"), "--by", "clerk-1")
    told = figures(client)
    assert told["decisionlog_facts",] - told["decisionlog_checkpointed_facts",] == 1
    assert told["decisionlog_backed_up_facts",] == told["decisionlog_checkpointed_facts",]
    assert told["decisionlog_backup_timestamp_seconds",] > told["decisionlog_checkpointed_until_timestamp_seconds",] - 1


def test_requests_are_counted_by_route_and_status_and_never_by_what_they_name(client):
    for address in ("/v1/bodies/nobody-knows", "/v1/bodies/northmoor-icb-board", "/nowhere"):
        client.get(address)
    told = figures(client)

    def counted(route, status):
        return told["decisionlog_requests_total", ("method", "GET"), ("route", route), ("status", status)]

    assert (counted("/v1/{kinds}/{slug}", "404"), counted("/v1/{kinds}/{slug}", "200"), counted("none", "404")) == (
        1,
        1,
        1,
    )
    assert told["decisionlog_request_seconds_count", ("route", "none")] == 1
    assert "nobody-knows" not in client.get("/metrics").text

"""The description of the interface is true: whatever it allows, and whatever it does not, is answered as it says."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from decisionlog.domain.facts import TYPES
from decisionlog.render.as_json import dumped
from decisionlog.web.application import application, description
from decisionlog.web.logs import Logs
from decisionlog.web.reading.table import QUESTIONS
from decisionlog.web.service import Service
from decisionlog.web.writing.routes import WAYS
from decisionlog.web.writing.verbs import VERBS
from tests.cli.running import northmoor, run
from tests.properties.values import asked
from tests.web.served import CLERK, keyed, problem, recording

EXAMPLES = int(os.environ.get("DECISIONLOG_TEST_HTTP_EXAMPLES", "12"))
"""Requests of each kind to each operation."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
THINGS = {
    "proposal": "NLB/24-25/P14",
    "decision": "NLB/24-25/031",
    "delegation": "SORD-7.2",
    "disagreement": "NLB/24-25/D02",
    "action": "NLB/24-25/A07",
    "meeting": "NLB-2025-03-13",
}
DESCRIBED = description()
OPERATIONS = [(path, method) for path, methods in DESCRIBED["paths"].items() for method in methods]


@pytest.fixture
def client():
    with recording() as made:
        yield made


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    path = northmoor(str(tmp_path_factory.mktemp("described") / "decisionlog.db"))
    logs = Logs(Path(path))
    yield schemathesis.openapi.from_asgi("/v1/openapi.json", application(Service(logs, writes=True, anonymous=CLERK)))
    logs.close()


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
def test_whatever_is_asked_is_answered_as_the_description_says(schema, path, method):
    operation = schema[path][method.upper()]
    wanted = st.one_of(operation.as_strategy(GenerationMode.POSITIVE), operation.as_strategy(GenerationMode.NEGATIVE))

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
    )
    @given(case=wanted)
    def holds(case):
        case.call_and_validate(checks=CHECKS)

    holds()


@pytest.mark.parametrize("command", VERBS)
def test_a_command_takes_whatever_its_facts_may_hold(command, tmp_path):
    verb = VERBS[command]
    types = sorted({*verb.types.values(), *verb.ways.values()} - {""})
    ways = {type_name: way for way, type_name in verb.ways.items()}
    refs = [ref for kind, ref in THINGS.items() if {kind, "*"} & verb.types.keys()] + ["@30", "nobody"]

    @settings(max_examples=EXAMPLES, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
    @given(data=st.data())
    def holds(data):
        type_name = data.draw(st.sampled_from(types))
        sent = {"data": data.draw(asked(TYPES[type_name])), "on": "2025-05-02"}
        sent |= {"way": ways[type_name]} if type_name in ways else {}
        sent |= {} if verb.opens else {"ref": data.draw(st.sampled_from(refs))}
        body = dumped(sent)
        headers = keyed(**{"Content-Type": "application/json"})
        answered = client.post(f"/v1/acts/{command}", content=body, headers=headers)
        assert answered.status_code in {200, 201, 404, 409, 422}, (answered.text, body)

    with recording(northmoor(str(tmp_path / "decisionlog.db"))) as client:
        holds()


@pytest.mark.parametrize("path", DESCRIBED["paths"])
def test_what_is_not_described_is_not_done(client, path):
    described = {method.upper() for method in DESCRIBED["paths"][path]}
    address = re.sub(r"{\w+}", "x", path)
    for method in ("PUT", "PATCH", "DELETE"):
        answered = client.request(method, address)
        told = problem(answered, 405, "method-not-allowed")
        assert described <= set(answered.headers["allow"].split(", ")) <= {"GET", "POST"}
        assert "append-only" in told["detail"]


def test_every_row_of_the_tables_is_described():
    described = {one["operationId"] for methods in DESCRIBED["paths"].values() for one in methods.values()}
    assert {one.name for one in (*QUESTIONS, *WAYS)} <= described
    assert DESCRIBED["openapi"] == "3.1.0"


def test_every_reference_of_the_description_leads_somewhere():
    for name in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(DESCRIBED))):
        part = DESCRIBED
        for step in name.split("/"):
            part = part[step]


def test_every_kind_of_problem_is_explained(client):
    explained = {one["code"] for one in client.get("/v1/problems").json()["items"]}
    assert explained == set(DESCRIBED["components"]["schemas"]["Problem"]["properties"]["code"]["enum"])


def test_the_description_is_printed_as_it_is_served(client):
    assert json.loads(run("schema", "--http").stdout) == client.get("/v1/openapi.json").json()

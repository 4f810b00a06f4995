"""Whoever sees a part of the log gets answers as they are described, too: what is not there breaks no question."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from decisionlog.bootstrap import open_log
from decisionlog.commands.keys import NewKey, new_key
from decisionlog.web.application import application
from decisionlog.web.callers import PUBLIC, Caller, Scope
from decisionlog.web.logs import Logs
from decisionlog.web.service import Service
from tests.cli.running import facts, northmoor, run
from tests.scenario import about
from tests.web.test_description import CHECKS, EXAMPLES, OPERATIONS

EXEMPT = ("decision:CAB/25/018", "proposal:NLB/24-25/P14", "delegation:SORD-7.2")
SCOPES = (Scope.READ, Scope.RECORD, Scope.CORRECT, Scope.PUBLISH)


@pytest.fixture(scope="module", params=["everybody", "one body"])
def schema(request, tmp_path_factory):
    """The service of a log in which much is exempt, for somebody who sees a part of it."""
    folder = tmp_path_factory.mktemp("seen")
    path = northmoor(str(folder / "decisionlog.db"))
    changes = [
        {**about(one, "record.access_changed", access={"level": "exempt"}), "on": "2025-04-01"} for one in EXEMPT
    ]
    run("import", facts(str(folder / "access.jsonl"), *changes), "--log", path, "--by", "clerk-1")
    asker = PUBLIC if request.param == "everybody" else _of_the_cabinet(path)
    logs = Logs(Path(path))
    yield schemathesis.openapi.from_asgi("/v1/openapi.json", application(Service(logs, writes=True, anonymous=asker)))
    logs.close()


def _of_the_cabinet(path: str) -> Caller:
    with open_log(Path(path)) as found:
        made = new_key(found.log, NewKey("x", "tool-1", SCOPES, "clerk-1", datetime.now(UTC), ("northmoor-cabinet",)))
    return Caller("tool-1", frozenset(SCOPES), frozenset({"body:northmoor-cabinet"}), made.key.id)


@pytest.mark.parametrize(("path", "method"), OPERATIONS, ids=[f"{method} {path}" for path, method in OPERATIONS])
def test_whatever_is_asked_is_answered_as_the_description_says(schema, path, method):
    operation = schema[path][method.upper()]
    wanted = st.one_of(operation.as_strategy(GenerationMode.POSITIVE), operation.as_strategy(GenerationMode.NEGATIVE))

    @settings(
        max_examples=max(1, EXAMPLES // 3),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
    )
    @given(case=wanted)
    def holds(case):
        case.call_and_validate(checks=CHECKS)

    holds()

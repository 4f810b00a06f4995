"""The application in this process, over the log of Northmoor or one that a test makes."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from starlette.testclient import TestClient

from decisionlog.web.application import application
from decisionlog.web.callers import Caller, Scope
from decisionlog.web.logs import Logs
from decisionlog.web.service import Service
from tests.cli.running import northmoor

HERE = "http://localhost"
CLERK = Caller("clerk-2", frozenset(Scope))
"""Somebody who may do everything, as `recorded_by` clerk-2."""


@contextmanager
def served(path: str | Path | None = None, **told):
    """A client of a service over a log; that of Northmoor, where none is given."""
    logs = told.pop("logs", None) or Logs(Path(path or northmoor()))
    with TestClient(application(Service(logs, **told)), base_url=HERE, raise_server_exceptions=False) as client:
        yield client
    logs.close()


@contextmanager
def recording(path: str | Path | None = None, **told):
    """A client of a service that records, for somebody who may do everything."""
    with served(path, writes=True, **{"anonymous": CLERK, **told}) as client:
        yield client


def keyed(key: str | None = None, **more: str) -> dict[str, str]:
    """The headers of a request to record, with a key of its own."""
    return {"Idempotency-Key": key or str(uuid4()), **more}


def problem(response, status: int, code: str) -> dict:
    """The problem that a response tells, which must be of this kind."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told = json.loads(response.content)
    assert told["status"] == status
    assert told["code"] == code, told
    assert told["type"].endswith(f"/v1/problems#{code}")
    assert told["title"]
    assert told["detail"]
    return told

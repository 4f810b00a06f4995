"""The example's year, recorded once: its scheme, every meeting, what happened between them, and one correction."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import new_log, run
from tests.examples.northmoor.year import CORRECTION, FILES, SCHEME, Year

BY = ("--by", "clerk-1")


@pytest.fixture(scope="session")
def log(tmp_path_factory):
    """The log of the year, for reading alone."""
    log = ("--log", new_log(str(tmp_path_factory.mktemp("year") / "decisionlog.db")))
    run("scheme", "apply", str(SCHEME), *BY, *log)
    run("record", *map(str, FILES), *BY, *log)
    run("import", str(CORRECTION), *BY, *log)
    return log[1]


@pytest.fixture(scope="session")
def year(log):
    """Every fact of the year, as it is recorded."""
    return Year(
        [json.loads(line)["fact"] for line in run("log", "--log", log, "--format", "jsonl").stdout.splitlines()]
    )


@pytest.fixture
def ask(log, monkeypatch):
    """Ask the year's log, as somebody does whose settings name it."""
    monkeypatch.setenv("DECISIONLOG_URL", log)
    return run

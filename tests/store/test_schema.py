"""A log that an earlier version made goes on: it is given what it lacks, and its facts are not touched."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from decisionlog.store.sqlite_file import engine
from tests.cli.running import answer, facts, new_log, proposal, run


@pytest.fixture
def earlier():
    """A log as the first schema had it."""
    new_log()
    run("import", facts("facts.jsonl", proposal("P1", title="Paper 1")), "--by", "clerk-1")
    with closing(engine.connect("decisionlog.db", isolation_level=None)) as file:
        for table in ("checkpoints", "exports", "keys"):
            file.execute(f"DROP TABLE {table}")
        file.execute("PRAGMA user_version=1")
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path("decisionlog.db")


def test_a_log_of_an_earlier_version_is_brought_up_when_it_is_opened(earlier):
    root = answer("log")["basis"]["root"]
    run("checkpoint")
    assert answer("verify")["sound"]
    assert answer("log")["basis"]["root"] == root
    run("status")
    run("backup", "copy.db")
    assert "a log, schema 3, and nothing else" in run("doctor").stdout


def test_it_is_verified_as_it_is(earlier):
    before = earlier.read_bytes()
    assert answer("verify", str(earlier))["sound"]
    assert earlier.read_bytes() == before


def test_where_it_can_only_be_read_the_way_out_is_said(earlier):
    folder = Path("away")
    folder.mkdir()
    copy = Path(shutil.copy(earlier, folder))
    copy.chmod(0o400)
    said = run("status", "--log", str(copy), code=6).stderr
    assert "was made by an earlier version, and can only be read here" in said

"""A log on a server from the command line: how it gets there, how it comes back, and what is said when the server goes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from decisionlog.cli import receipts, recording
from decisionlog.domain.refusals import Unusable
from decisionlog.store.postgresql.faults import NOTHING_CHANGED
from tests import servers
from tests.cli.running import answer, facts, northmoor, proposal, run

GONE = f"The server of postgresql:///place cannot be reached now (it ended). {NOTHING_CHANGED} Once it can, run the same command again."


@pytest.fixture
def address(monkeypatch):
    """The example on a server, set as the log; its backup is friday.db."""
    northmoor()
    run("key", "new")
    run("backup", "friday.db")
    place = servers.place()
    address = f"{place.url}&schema={place.schema}"
    run("move", address)
    for file in Path().glob("decisionlog.db*"):
        file.unlink()
    monkeypatch.setenv("DECISIONLOG_URL", address)
    return address


def test_a_log_that_was_moved_is_told_with_what_its_settings_must_say():
    northmoor()
    run("key", "new")
    shown = run("move", "there.db").stdout
    assert f'log = "{Path("there.db").resolve()}" and key = "{Path("decisionlog.key").resolve()}"' in shown
    assert answer("move", "again.db")["key"] == str(Path("decisionlog.key").resolve())


def test_a_backup_is_restored_into_a_file_that_is_named(address):
    refused = run("restore", "friday.db", code=2).stderr
    assert (
        "is on a server, and a backup is restored into a file; nothing was restored. Name a new file as PATH" in refused
    )
    assert run("restore", "friday.db", "then.db").stdout.startswith("Restored 33 facts with ")
    assert Path("then.db").is_file()


def test_what_was_erased_on_the_server_since_is_erased_in_what_is_restored(address):
    run("import", facts("words.jsonl", proposal("W/1", title="A word to go")), "--by", "clerk-1")
    run("backup", "words.db")
    run("erase", "W/1", "--under", "NLB/24-25/031", "--reason", "on request", "--by", "clerk-1", "--yes")
    shown = run("restore", "words.db", "then.db", "--by", "clerk-1").stdout
    assert "1 sealed value that had been erased since was erased in it as well." in shown


def test_a_log_on_a_server_can_be_looked_at_as_it_was_and_is_no_backup(address):
    assert "no backup: `decisionlog backup` makes one of it" in run("restore", address, "then.db", code=2).stderr
    run("restore", address, "then.db", "--to", "20")
    assert answer("status", "--log", "then.db")["basis"]["position"] == 20


FILE = """between_meetings: {on: 2026-03-20, body: northmoor-locality-board}
also:
  - {type: decision.published, of: NLB/24-25/031, on: 2026-03-20, channel: website}
"""


@pytest.mark.parametrize(
    ("module", "command"),
    [(receipts, ("implement", "NLB/24-25/031", "--on", "2026-03-20")), (recording, ("record", "f.yaml"))],
    ids=["one fact", "a file"],
)
def test_what_was_recorded_before_the_server_went_away_is_not_said_to_be_nothing(module, command, monkeypatch):
    northmoor()
    Path("f.yaml").write_text(FILE, encoding="utf-8")

    def stop(_):
        raise Unusable(GONE)

    monkeypatch.setattr(module, "catch_up", stop)
    told = run(*command, "--by", "clerk-1", "--json", code=6)
    found = json.loads(told.stdout)
    assert found["recorded"] is True
    assert "Recorded 1 fact (position 34)" in found["error"]["sentence"]
    assert "That is safe. Once it can, run the same command again" in told.stderr
    assert "Nothing was changed" not in told.stderr
    assert answer("log", "--from", "34")["items"][0]["position"] == 34


def test_a_log_in_a_file_is_checked_after_one_on_a_server_by_the_same_program(address, monkeypatch):
    on_server = answer("check")["items"]
    monkeypatch.delenv("DECISIONLOG_URL")
    run("move", "back.db", "--log", address)
    assert answer("check", "--log", "back.db")["items"] == on_server


def test_a_log_on_a_server_takes_another_key_and_is_looked_over_and_verified_with_it(address, monkeypatch):
    monkeypatch.setenv("DECISIONLOG_KEY", "decisionlog.key")
    run("checkpoint")
    old = answer("key")["verifier_key"]
    told = answer("key", "change", "--by", "clerk-1")
    run("import", facts("later.jsonl", proposal("L/1")), "--by", "clerk-1")
    run("checkpoint")
    for known in (old, told["verifier_key"]):
        seen = answer("verify", "--key", known)["looked_at"]
        assert sum("this log continues it; signed by" in line for line in seen) == 3
    lines = {item["name"]: item["state"] for item in json.loads(run("doctor", "--json", code=None).stdout)["items"]}
    assert lines["unchanged"] == lines["key"] == "ok"
    assert answer("list", "copies")["items"]

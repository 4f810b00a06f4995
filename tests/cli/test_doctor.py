"""`doctor`: each thing that can be wrong with how a log is kept, in its own line, with the remedy; nothing is changed."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.store.batch import Batch, Draft
from tests.cli.running import answer, facts, new_log, northmoor, proposal, run


@pytest.fixture(autouse=True)
def log():
    """The example as it should be kept: with a key, a checkpoint and a backup."""
    path = northmoor()
    Path(path).chmod(0o600)
    run("key", "new")
    run("checkpoint")
    run("backup", "friday.db")
    return path


def told(name, code=0):
    """The line about one thing."""
    return next(item for item in looked_over(code)["items"] if item["name"] == name)


def looked_over(code=0):
    """What it answers."""
    return json.loads(run("doctor", "--json", code=code).stdout)


def changed(statement):
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        file.execute(statement)


def test_of_a_log_that_is_kept_as_it_must_be_everything_passes():
    shown = run("doctor").stdout
    assert shown.endswith("\nAll checks passed.\n")
    assert {item["state"] for item in answer("doctor")["items"]} == {"ok"}
    assert [promise["state"] for promise in answer("doctor")["promises"]] == ["ok"] * 10


def test_a_log_that_was_only_begun_lacks_nothing_but_its_key():
    new_log("new.db")
    items = answer("doctor", "--log", "new.db")["items"]
    assert {item["name"] for item in items if item["state"] != "ok"} <= {"key"}


def test_it_changes_nothing_and_is_quick():
    before = {file: file.read_bytes() for file in Path().iterdir()}
    began = time.process_time()
    run("doctor")
    assert time.process_time() - began < 1
    assert {file: file.read_bytes() for file in Path().iterdir()} == before


@pytest.mark.parametrize(
    ("done", "name", "state", "found", "code"),
    [
        (
            lambda: Path("decisionlog.db").chmod(0o604),
            "secrecy",
            "warn",
            "everybody on this computer can read the log",
            0,
        ),
        (lambda: Path("decisionlog.db").chmod(0o640), "secrecy", "ok", "read by its owner and group alone", 0),
        (
            lambda: Path().chmod(0o757),
            "secrecy",
            "warn",
            "everybody on this computer can put another file in its place",
            0,
        ),
        (
            lambda: Path("decisionlog.key").chmod(0o640),
            "key",
            "fail",
            "others on this computer may read decisionlog.key",
            6,
        ),
        (lambda: Path("decisionlog.key").write_text("x", encoding="utf-8"), "key", "fail", "is not a key", 6),
        (lambda: Path("decisionlog.key").unlink(), "key", "warn", "no checkpoint can be signed", 0),
        (lambda: Path("decisionlog.checkpoint").write_bytes(b"x"), "checkpoint", "fail", "is none", 3),
        (
            lambda: Path(".decisionlog.db.0a1b2c3d").touch(),
            "left-overs",
            "warn",
            ".decisionlog.db.0a1b2c3d: of a command",
            0,
        ),
        (lambda: changed("CREATE TABLE shopping (words)"), "contents", "warn", "not of the log: table shopping", 0),
        (
            lambda: changed("CREATE TRIGGER late AFTER INSERT ON vault BEGIN DELETE FROM vault; END"),
            "append-only",
            "fail",
            "triggers added: late",
            3,
        ),
        (lambda: changed("PRAGMA journal_mode=DELETE"), "durability", "warn", "journal delete", 0),
    ],
)
def test_what_is_not_as_it_must_be_is_told_in_its_own_line(done, name, state, found, code):
    done()
    line = told(name, code)
    assert line["state"] == state
    assert found in line["found"]
    assert line["remedy"] or state == "ok"


def change_a_fact():
    """Change what a fact says, and put back the guard that was in the way."""
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        named = "FROM sqlite_master WHERE name = 'stored_events_are_never_updated'"
        (guard,) = file.execute(f"SELECT sql {named}").fetchone()
        file.execute("DROP TRIGGER stored_events_are_never_updated")
        file.execute("UPDATE stored_events SET state = CAST(replace(state, 'approved', 'rejected') AS BLOB)")
        file.execute(guard)


def test_a_fact_that_was_changed_is_told_though_the_guards_are_there_again():
    change_a_fact()
    line = told("unchanged", 3)
    assert line["state"] == "fail"
    assert "its bytes, or the hash that was kept with them, were changed" in line["found"]
    assert "decisionlog verify" in line["remedy"]
    assert told("append-only", 3)["state"] == "ok"


def test_words_that_were_changed_beside_the_facts_are_told():
    changed("UPDATE vault SET value = '\"Something else\"' WHERE position = (SELECT min(position) FROM vault)")
    assert "not those that were recorded" in told("unchanged", 3)["found"]


def test_of_a_log_with_too_many_facts_it_says_that_only_verify_tells_whether_one_was_changed(monkeypatch):
    monkeypatch.setattr("decisionlog.questions.unchanged.QUICK", 32)
    change_a_fact()
    assert "unchanged" not in {item["name"] for item in looked_over()["items"]}
    assert "decisionlog verify tells" in run("doctor").stdout
    run("verify", code=3)


def test_it_says_what_only_a_checkpoint_of_somebody_else_can_tell():
    assert "only a checkpoint tells that somebody else kept" in answer("doctor")["not_looked_at"][0]


def test_of_a_copy_that_shows_the_log_as_it_was_it_asks_for_neither_key_nor_backup():
    run("restore", "decisionlog.db", "then.db", "--to", "20")
    items = answer("doctor", "--log", "then.db")["items"]
    assert {item["state"] for item in items} == {"ok"}
    assert [item["found"] for item in items if item["name"] == "a copy"] == [
        "the log as it was at fact 20, to be looked at; it does not go on"
    ]
    assert "key" not in {item["name"] for item in items}


def test_read_models_of_an_end_that_was_removed_are_told_in_one_line():
    run("status")
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        file.execute("DROP TRIGGER stored_events_are_never_deleted")
        file.execute("DELETE FROM stored_events WHERE rowid = (SELECT max(rowid) FROM stored_events)")
    assert "show facts that the log no longer has" in told("read models", 3)["found"]
    assert not [item for item in looked_over(3)["items"] if item["name"].startswith("read model ")]


@pytest.mark.parametrize(("gone", "first"), [("rowid = 3", "3"), ("rowid BETWEEN 5 AND 8", "5")])
def test_a_fact_that_is_missing_in_the_middle_is_told_with_its_position(gone, first):
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        file.execute("DROP TRIGGER stored_events_are_never_deleted")
        (number,) = file.execute(f"SELECT count(*) FROM stored_events WHERE {gone}").fetchone()
        file.execute(f"DELETE FROM stored_events WHERE {gone}")
    line = told("tree", 3)
    assert line["state"] == "fail"
    assert f"{number} of them {'is' if number == 1 else 'are'} missing, the first at position {first}" in line["found"]
    assert "decisionlog verify" in line["remedy"]


def test_an_end_that_was_removed_is_told():
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        file.execute("DROP TRIGGER stored_events_are_never_deleted")
        file.execute("DELETE FROM stored_events WHERE rowid = (SELECT max(rowid) FROM stored_events)")
    assert "the end was removed" in told("tree", 3)["found"]


def test_a_guard_that_was_altered_is_as_good_as_gone():
    changed("DROP TRIGGER stored_events_are_never_updated")
    changed("CREATE TRIGGER stored_events_are_never_updated BEFORE UPDATE ON stored_events BEGIN SELECT 1; END")
    assert "missing guards: stored_events_are_never_updated" in told("append-only", 3)["found"]


def test_the_key_of_another_log_is_told():
    run("init", "other.db", "--name", "S", "--origin", "southmoor.example", "--by", "clerk-1")
    run("key", "new", "--log", "other.db", code=None)
    Path("decisionlog.key").write_bytes(Path("other.key").read_bytes())
    Path("decisionlog.key").chmod(0o600)
    assert "is the key of southmoor.example" in told("key", 6)["found"]


def test_how_many_facts_came_after_the_checkpoint_and_that_some_were_removed():
    run("import", facts("later.jsonl", *(proposal(f"L/{n}") for n in range(3))), "--by", "clerk-1")
    assert told("checkpoint")["found"] == "the last covers 33 facts; 3 since"
    later = Path("decisionlog.db").read_bytes()
    run("checkpoint")
    Path("decisionlog.db").write_bytes(later)
    run("restore", "friday.db", "older.db")
    Path("decisionlog.db").write_bytes(Path("older.db").read_bytes())
    line = told("checkpoint", 3)
    assert (
        "decisionlog.checkpoint: the log has 33 facts, and the checkpoint saw 36: facts were removed" in line["found"]
    )
    promised = {one["promise"]: one["state"] for one in looked_over(3)["promises"]}
    assert promised["Any change to what was recorded is found by whoever kept a checkpoint."] == "fail"


def test_facts_that_this_version_does_not_know_are_counted():
    with open_log(Path("decisionlog.db")) as opened:
        opened.log.record(Batch([Draft("proposal.dreamt", "proposal:d", {}, opens=True)], "clerk-1", datetime.now(UTC)))
        opened.catch_up()
    assert told("types") == {
        "state": "warn",
        "name": "types",
        "found": "1 fact of types that it does not know: proposal.dreamt",
        "remedy": "They are kept and shown raw; install the version that recorded them.",
    }

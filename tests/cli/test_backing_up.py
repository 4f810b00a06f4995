"""`backup`: where it goes, what it is called, what is said of it, and that the log remembers it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.running import answer, new_log, northmoor, run


@pytest.fixture(autouse=True)
def log():
    """The example, in a file of its own."""
    return northmoor()


def test_it_says_what_was_kept_that_it_was_proved_and_what_is_in_it():
    shown = run("backup", "friday.db").stdout
    root = answer("status")["basis"]["root"]
    assert f"to friday.db; the copy was restored and verified (root {root})." in shown
    assert shown.startswith("Backed up 33 facts with ")
    assert "Names and prose are in it in clear" in shown
    assert "It lies on the disk that holds the log" in shown
    assert "key" not in shown


def test_the_key_is_not_in_it_and_it_says_where_the_key_is():
    run("key", "new")
    secret = Path("decisionlog.key").read_text(encoding="utf-8").strip().split("+", 4)[4]
    assert (
        "The key that signs is not in it (decisionlog.key): keep a copy of it too" in run("backup", "friday.db").stdout
    )
    assert secret.encode() not in Path("friday.db").read_bytes()
    assert answer("backup", "saturday.db")["key"] == "decisionlog.key"


def test_in_a_folder_it_is_called_by_its_log_its_day_and_its_size_and_is_never_written_over():
    Path("usb").mkdir()
    first, second = answer("backup", "usb")["file"], answer("backup", "usb")["file"]
    assert first.startswith("usb/northmoor.example-decisions-20")
    assert first.endswith("-33.db")
    assert second == first.replace("-33.db", "-33~2.db")
    assert sorted(map(str, Path("usb").iterdir())) == [first, second]
    assert "friday.db" in run("backup", "friday.db").stdout
    assert run("backup", "friday.db", code=2).stderr.startswith("friday.db exists already; nothing was changed.")
    assert "The folder none does not exist" in run("backup", "none/friday.db", code=2).stderr


def test_what_it_answers_in_json_is_what_is_in_the_file():
    made = answer("backup", "friday.db")
    assert made["bytes"] == Path("friday.db").stat().st_size
    assert (made["log"], made["position"]) == ("northmoor.example/decisions", 33)
    with closing(sqlite3.connect("friday.db")) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert file.execute("SELECT count(*) FROM vault").fetchone() == (made["words"],)
        assert file.execute("SELECT max(rowid) FROM stored_events").fetchone() == (33,)


def test_the_log_remembers_it_and_doctor_tells_how_old_it_is():
    def told():
        return next(item for item in answer("doctor")["items"] if item["name"] == "backup")

    assert (told()["state"], told()["found"]) == ("warn", "none was ever made here")
    run("backup", "friday.db")
    assert (told()["state"], told()["found"]) == (
        "ok",
        "the last within the last two hours, and nothing recorded since",
    )
    run("propose", "--ref", "X/1", "--title", "Beds", "--by", "clerk-1")
    assert "Last backup       20" in run("status").stdout
    assert run("status").stdout.count(" UTC, with 33 facts; 1 fact since\n") == 1
    assert (answer("status")["backup"]["position"], answer("status")["backup"]["since"]) == (33, 1)
    assert told()["found"] == "the last within the last two hours, 1 fact since"
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        file.execute("UPDATE exports SET made_at = '2025-01-01T00:00:00.000000Z'")
    assert told()["state"] == "warn"
    assert "days ago, 1 fact since" in told()["found"]


def test_a_log_that_is_not_there_cannot_be_backed_up():
    assert "There is no log at none.db" in run("backup", "friday.db", "--log", "none.db", code=7).stderr
    assert not Path("friday.db").exists()


def test_a_log_that_is_not_sound_is_not_backed_up_as_if_it_were():
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        file.execute("DROP TRIGGER stored_events_are_never_updated")
        file.execute("UPDATE stored_events SET state = replace(state, 'Northmoor', 'Southmoor') WHERE rowid = 1")
    said = run("backup", "friday.db", code=3).stderr
    assert said.startswith("The copy is not what the log should be: fact 1: ")
    assert "No backup was made. See: decisionlog verify" in said
    assert not Path("friday.db").exists()


def test_a_log_of_nothing_but_its_beginning_can_be_backed_up():
    new_log("empty.db")
    made = json.loads(run("backup", "friday.db", "--log", "empty.db", "--json").stdout)
    assert (made["position"], made["words"]) == (1, 0)

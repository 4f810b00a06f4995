"""What only shows goes on as far as a damaged log can be read, and says so; what judges or records does not."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from decisionlog.bootstrap import open_log
from decisionlog.store.batch import Batch, Draft
from tests.cli.running import northmoor, run

NOT_SOUND = 3
BAD = 35
SIZE = 37
SENTENCE = f"Entry {BAD} is not a fact of this log's format (JSON is malformed: invalid character (byte 4))."


def without_guards(statement, *values):
    """What somebody does who takes the triggers away first."""
    with closing(sqlite3.connect("decisionlog.db")) as file, file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute(statement, values)


@pytest.fixture(autouse=True)
def damaged():
    """The example, with four facts more that no read model has folded yet; the second of them is no fact any longer."""
    northmoor()
    drafts = [Draft("proposal.submitted", f"proposal:late-{n}", {"ref": f"late-{n}"}, opens=True) for n in range(4)]
    with open_log(Path("decisionlog.db")) as opened:
        opened.log.record(Batch(drafts, "clerk-1", datetime.now(UTC)))
    without_guards("UPDATE stored_events SET state = ? WHERE rowid = ?", b"not json", BAD)


@pytest.mark.parametrize("words", ["status", "list proposals", "search northmoor-icb"])
def test_it_shows_what_comes_before_the_damage_and_says_that_it_ends_there(words):
    result = run(*words.split(), code=NOT_SOUND)
    assert result.stdout.strip()
    assert result.stderr.strip() == (
        f"Note: {SENTENCE} Answers cover facts 1 to {BAD - 1} of {SIZE}; `decisionlog verify` tells what is wrong."
    )


def test_a_program_is_given_one_document_and_the_exit_code():
    result = run("list", "proposals", "--json", code=NOT_SOUND)
    refs = [item["ref"] for item in json.loads(result.stdout)["items"]]
    assert [ref for ref in refs if ref.startswith("late")] == ["late-0"]


def test_the_read_models_reach_the_last_fact_that_can_be_read():
    result = run("status", "--json", code=NOT_SOUND)
    assert {model["position"] for model in json.loads(result.stdout)["models"]} == {BAD - 1}
    assert f"are {SIZE - BAD + 1} facts behind\n" in run("status", code=NOT_SOUND).stdout


@pytest.mark.parametrize("words", ["check", "map", "agenda northmoor-locality-board"])
def test_what_judges_refuses(words):
    result = run(*words.split(), code=NOT_SOUND)
    assert result.stdout == ""
    assert result.stderr.strip() == SENTENCE


@pytest.mark.parametrize("form", ["terminal", "json", "jsonl", "markdown", "cloudevents"])
def test_the_log_itself_gives_nobody_what_is_no_fact(form):
    result = run("log", "--format", form, code=NOT_SOUND)
    assert SENTENCE in result.stderr
    assert "not json" not in result.stdout


def test_with_a_gap_it_is_the_same():
    without_guards("DELETE FROM stored_events WHERE rowid = ?", BAD)
    result = run("list", "proposals", code=NOT_SOUND)
    assert result.stderr.startswith(f"Note: Position {BAD} is missing: the next fact is {BAD + 1}.")
    assert result.stdout.strip()

"""The file as a whole: order, rejects, the script, and the real records where they are at hand."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples.peps.records import election, lines_of, opened, resolution, status

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "examples" / "peps" / "convert.py"
DATA = Path(os.environ.get("DECISIONLOG_PEPS", ROOT.parent / "shared" / "data" / "peps.jsonl"))
NOT_HERE = f"the records are not here ({DATA}); set DECISIONLOG_PEPS to their file"


def test_what_opens_comes_first_then_the_rest_by_the_clock_of_the_source(facts):
    written = facts(status("Final", "Draft", "2005-01-01T10:00:00Z"), opened(), status("Active", "Draft"))
    assert [fact["type"] for fact in written] == [
        "person.registered",
        "proposal.submitted",
        "proposal.status_noted",
        "proposal.status_noted",
    ]
    assert written[2]["source"]["recorded_at"] < written[3]["source"]["recorded_at"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "not a JSON object"),
        ('{"kind": "surprise"}', "the kind 'surprise' is not known"),
        ('{"kind": "meeting", "id": "m"}', "the field 'body' is missing"),
        ('{"kind": "minute_item", "meeting": "m", "proposals": "PEP 9", "text": "t"}', "'proposals' is not a list"),
        (json.dumps({**resolution("correction", previous="x"), "field": "colour"}), "the field 'colour' is not known"),
        (json.dumps(election(ended="some time")), "'some time' is not a day"),
    ],
)
def test_a_line_that_cannot_become_a_fact_is_rejected_with_its_reason(converted, line, reason):
    done = converted("peps.jsonl", f"{json.dumps(opened())}\n{line}\n".encode())
    (reject,) = done.rejects
    assert reject["line"] == 2
    assert reason in reject["reason"]
    assert any("proposal.submitted" in fact for fact in done.facts())


def test_the_script_writes_facts_and_says_what_it_rejected(tmp_path):
    source = tmp_path / "records.jsonl"
    source.write_text(f"{json.dumps(opened())}\n{{\n", encoding="utf-8")
    run = subprocess.run([sys.executable, str(SCRIPT), str(source)], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert json.loads(run.stdout.splitlines()[-1])["source"]["name"] == "records.jsonl"
    assert json.loads(run.stderr)["line"] == 2


@pytest.mark.skipif(not DATA.exists(), reason=NOT_HERE)
def test_every_real_record_becomes_a_fact_and_the_log_takes_them_all(converted, tmp_path):
    text = DATA.read_bytes()
    done = converted(DATA.name, text)
    written = list(done.facts())
    assert done.rejects == []
    told = {line for fact in written for line in lines_of(json.loads(fact))}
    assert told == set(range(1, len(text.splitlines()) + 1))

    (tmp_path / "facts.jsonl").write_text("\n".join(written), encoding="utf-8")

    def decisionlog(*arguments):
        command = [sys.executable, "-m", "decisionlog", *arguments, "--by", "importer"]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    made = decisionlog("init", "peps.db", "--name", "PEPs", "--origin", "example.org/peps", "--time-zone", "UTC")
    assert made.returncode == 0, made.stderr
    taken = decisionlog("import", "facts.jsonl", "--log", "peps.db")
    assert taken.returncode == 0, taken.stderr
    assert f"{len(written):,} facts" in taken.stdout + taken.stderr
    assert "disputed" not in taken.stderr, "a correction that does not fit what it corrects"

"""What if: answers from a copy in which something more is recorded; the log itself stays as it is, to the byte."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.running import answer, facts, northmoor, run

REVOKED = {
    "type": "delegation.revoked",
    "stream": "delegation:SORD-7.2",
    "on": "2025-05-01",
    "of": {"stream": "delegation:SORD-7.2", "n": 1},
    "data": {},
}
ASKED = ("urgent-community-response", "--on", "2025-06-13")


@pytest.fixture(autouse=True)
def log():
    return Path(northmoor())


def powers(asked):
    """The delegations on the chains of an answer."""
    return {hop["reference"] for chain in asked["chains"] for hop in chain if hop["kind"] == "delegation"}


def digest(log):
    return sha256(log.read_bytes()).hexdigest()


def test_a_power_that_is_taken_back_in_supposition_is_gone_in_the_answer(log):
    run("status")  # whoever opens a log first folds its rows
    before, held = digest(log), answer("who", "could", *ASKED)
    assert powers(held) == {"delegation:SORD-7.2"}
    supposed = answer("who", "could", *ASKED, "--what-if", facts("lapse.jsonl", REVOKED))
    assert powers(supposed) == set()
    assert digest(log) == before


def test_the_basis_is_that_of_the_log_and_what_is_supposed_is_said_beside_it():
    held = answer("who", "accountable", *ASKED)
    supposed = answer("who", "accountable", *ASKED, "--what-if", facts("lapse.jsonl", REVOKED))
    assert supposed["supposing"] == {"file": "lapse.jsonl", "first": 34, "last": 34}
    assert {name: supposed["basis"][name] for name in ("position", "root")} == {
        name: held["basis"][name] for name in ("position", "root")
    }
    assert "supposing" not in held


def test_a_person_reads_first_that_it_is_only_supposed():
    file = facts("lapse.jsonl", REVOKED)
    shown = run("who", "could", *ASKED, "--what-if", file).stdout
    assert shown.startswith("Supposing 1 fact of lapse.jsonl, [34], which is not recorded.\n")
    chart = run("who", "could", *ASKED, "--what-if", file, "--format", "mermaid").stdout
    assert chart.startswith("%% Supposing 1 fact of lapse.jsonl, [34], which is not recorded.\nflowchart TD\n")


def test_a_file_of_a_meeting_can_be_supposed_too():
    Path("taken-back.yaml").write_text(
        "between_meetings: {on: 2025-05-01, body: northmoor-icb-board}\n"
        "also:\n"
        "  - {type: delegation.revoked, of: SORD-7.2}\n",
        encoding="utf-8",
    )
    supposed = answer("who", "could", *ASKED, "--what-if", "taken-back.yaml")
    assert powers(supposed) == set()


@pytest.mark.parametrize(
    ("file", "content", "code", "sentence"),
    [
        ("none.jsonl", None, 2, "none.jsonl cannot be read"),
        ("odd.jsonl", '{"type": "delegation.revokd"}\n', 2, "odd.jsonl, line 1"),
        ("odd.yaml", "meeting: {body: nowhere, on: 2025-01-01}\n", 2, "odd.yaml, line 1"),
        ("empty.jsonl", "", 2, "The file holds no facts."),
    ],
)
def test_what_cannot_be_recorded_cannot_be_supposed(log, file, content, code, sentence):
    run("status")
    before = digest(log)
    if content is not None:
        Path(file).write_text(content, encoding="utf-8")
    refused = run("who", "could", *ASKED, "--what-if", file, code=code)
    assert sentence in refused.stderr
    assert refused.stdout == ""
    assert digest(log) == before

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.running import answer, in_a_shell, new_log, northmoor, run


def test_the_tour_records_asks_corrects_and_proves():
    said = in_a_shell("decisionlog demo", COLUMNS="80")
    assert (said.returncode, said.stderr) == (0, "")
    told = " ".join(said.stdout.split())
    for sentence in (
        "Recorded 138 facts (positions 2 to 139)",
        "Recorded 438 facts (positions 140 to 577) in 50 batches.",
        "it was urgent, and neither ratified nor declined",
        "its value of £540,000 is over the limit of SORD-7.2 (up to £500,000 per decision)",
        "UPDATE refused: the log is append-only: record a correction",
        "DELETE refused: the log is append-only: record a retraction",
        "SOUND: 594 facts of demo.example/northmoor",
        "Fact 30 (person:p-011): Its bytes were changed after it was recorded",
        "the log has 593 facts, and the checkpoint saw 594: facts were removed.",
        "To remove it all: rm -r demo",
    ):
        assert sentence in told


def test_what_was_believed_before_the_correction_is_told_in_the_same_names_and_without_it():
    shown = run("demo").stdout
    after, before = (
        [line for line in part.splitlines() if "approved this on" in line or "over the limit" in line]
        for part in shown.partition("What did people believe a week earlier?")[::2]
    )
    assert len([line for line in after if "over the limit" in line]) == 1
    assert before == [after[0]]


def test_the_tour_is_read_in_a_few_minutes():
    assert len(in_a_shell("decisionlog demo", COLUMNS="80").stdout.split()) < 1_250


def test_every_command_that_the_tour_names_works():
    shown = run("demo").stdout
    commands = re.findall(r"^  (?:\$ )?decisionlog (.*)$", shown, re.MULTILINE)
    assert len(commands) == 16
    for command in commands:
        if "verify COPY" in command:
            continue  # the copies that somebody tampered with are gone when the tour ends
        assert in_a_shell(f"decisionlog {command}").returncode == 0, command


def test_the_tour_can_be_taken_again():
    run("demo", "tour")
    first = answer("status", "--log", "tour/decisionlog.db")["basis"]["root"]
    run("demo", "tour")
    again = answer("status", "--log", "tour/decisionlog.db")
    assert again["size"] == 594
    assert again["basis"]["root"] != first


def test_the_files_of_the_example_are_the_ones_that_are_laid_out():
    run("demo")
    example = Path(__file__).parents[2] / "examples" / "northmoor"
    there = {path.relative_to(example) for path in example.rglob("*") if path.is_file()}
    laid_out = {path.relative_to("demo") for path in Path("demo").rglob("*") if path.is_file()}
    made = {Path(f"decisionlog.{what}") for what in ("db", "key", "checkpoint")}
    assert laid_out - made == there - {Path("README.md")}


def test_another_log_is_never_touched():
    Path("demo").mkdir()
    northmoor("demo/decisionlog.db")
    before = Path("demo/decisionlog.db").read_bytes()
    said = run("demo", code=2).stderr
    assert said.startswith(
        "demo/decisionlog.db is a log of its own (northmoor.example/decisions), not a demonstration;"
    )
    assert Path("demo/decisionlog.db").read_bytes() == before
    assert len(list(Path("demo").iterdir())) == 1


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (new_log, ". holds other files; nothing was made in it."),
        (lambda: Path("decisionlog.db").write_bytes(b"x"), "decisionlog.db is not a log"),
        (lambda: Path("notes.txt").write_bytes(b"x"), ". holds other files; nothing was made in it."),
    ],
)
def test_a_folder_in_use_is_left_alone(make, sentence):
    make()
    before = {path.name: path.read_bytes() for path in Path.cwd().iterdir()}
    said = run("demo", ".", code=2).stderr
    assert said.startswith((sentence, "decisionlog.db is a log of its own"))
    assert {path.name: path.read_bytes() for path in Path.cwd().iterdir()} == before


def test_a_file_is_no_folder():
    Path("demo").write_bytes(b"x")
    assert run("demo", code=2).stderr.startswith("demo cannot be used (")

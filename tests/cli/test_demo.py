from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.cli.running import answer, in_a_shell, new_log, northmoor, run


def test_the_tour_asks_corrects_and_proves():
    started = time.perf_counter()
    said = in_a_shell("decisionlog demo", COLUMNS="80")
    assert time.perf_counter() - started < 10
    assert (said.returncode, said.stderr) == (0, "")
    before, after, as_known_before = re.findall(r"per decision: (.*?) \[", " ".join(said.stdout.split()))
    assert (before, after, as_known_before) == (
        "not in force: granted from 2025-04-01",
        "in force",
        "not in force: granted from 2025-04-01",
    )
    for line in (
        "  UPDATE  refused: the log is append-only: record a correction",
        "  DELETE  refused: the log is append-only: record a retraction",
        "SOUND: it is the root that the log gives.",
        "To remove it all: rm -r demo",
    ):
        assert f"{line}\n" in said.stdout
    assert "One bit of fact 30 flipped in a copy: NOT SOUND" in said.stdout
    assert len(said.stdout.splitlines()) < 80
    assert {path.name for path in Path("demo").iterdir()} == {"decisionlog.db", "northmoor.jsonl", "correction.jsonl"}


def test_every_command_that_the_tour_names_works():
    shown = run("demo").stdout
    commands = re.findall(r"^  (?:\$ )?decisionlog (.*)$", shown, re.MULTILINE)
    assert len(commands) == 7
    for command in commands:
        assert in_a_shell(f"decisionlog {command}").returncode == 0, command


def test_the_tour_can_be_taken_again():
    run("demo", "tour")
    first = answer("status", "--log", "tour/decisionlog.db")["basis"]["root"]
    run("demo", "tour")
    again = answer("status", "--log", "tour/decisionlog.db")
    assert again["size"] == 34
    assert again["basis"]["root"] != first


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

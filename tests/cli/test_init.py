from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import Terminal, answer, in_a_shell, new_log, northmoor, run

NAMED = ("--name", "Northmoor", "--origin", "northmoor.example/decisions", "--by", "clerk-1")


def test_a_new_log_says_what_was_made_and_what_comes_next():
    said = run("init", *NAMED).stdout
    assert said == (
        "Made decisionlog.db, the log of Northmoor, and decisionlog.key, the key that signs for it.\n"
        "Position 1 says that it was opened, as northmoor.example/decisions, by clerk-1.\n"
        "Next:\n"
        "  decisionlog scheme template > scheme.yaml\n"
        "  decisionlog scheme apply scheme.yaml --by clerk-1\n"
    )
    (opened,) = answer("log")["items"]
    assert opened["fact"]["type"] == "log.opened"
    assert opened["fact"]["recorded_by"] == "clerk-1"
    assert opened["fact"]["data"] == {
        "name": "Northmoor",
        "origin": "northmoor.example/decisions",
        "time_zone": "Europe/London",
        "currency": "GBP",
    }


def test_a_program_is_told_the_root():
    made = answer("init", "new.db", *NAMED)
    (opened,) = answer("log", "--log", "new.db")["items"]
    assert made == {
        "recorded": True,
        "log": "new.db",
        "origin": "northmoor.example/decisions",
        "position": 1,
        "root": opened["hash"],
        "key": "new.key",
    }


@pytest.mark.parametrize("missing", ["--name", "--origin", "--by"])
def test_without_a_terminal_what_is_missing_is_named(missing):
    given = [word for pair in zip(NAMED[::2], NAMED[1::2], strict=True) if pair[0] != missing for word in pair]
    said = run("init", *given, code=2).stderr
    assert said.startswith(f"decisionlog init needs {missing} (no terminal to ask on).\n")
    assert said.endswith("Nothing was made.\n")
    assert list(Path.cwd().iterdir()) == []


def test_on_a_terminal_what_is_missing_is_asked_for():
    terminal = Terminal("init", "asked.db")
    terminal.types("Northmoor Place\n", after="Name of the partnership: ")
    terminal.types("\n", after="[northmoor-place/decisions]: ")
    terminal.types("clerk-2\n", after="[secretariat-1]: ")
    assert terminal.ends() == 0
    (opened,) = answer("log", "--log", "asked.db")["items"]
    assert opened["fact"]["data"]["origin"] == "northmoor-place/decisions"
    assert opened["fact"]["recorded_by"] == "clerk-2"


def test_a_program_on_a_terminal_is_not_asked():
    terminal = Terminal("init", "--json")
    assert terminal.ends() == 2
    assert "needs --name" in terminal.shown


def test_ctrl_c_at_a_question_makes_nothing():
    terminal = Terminal("init")
    terminal.types("\x03", after="Name of the partnership: ")
    assert terminal.ends() == 130
    assert terminal.shown.endswith("Interrupted. Nothing was made.\n")
    assert list(Path.cwd().glob("*.db*")) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--origin", "Northmoor Place"), "'Northmoor Place' cannot be an origin."),
        (("--by", "Jane Smith"), "'Jane Smith' cannot be who records."),
        (("--time-zone", "Mars/Phobos"), "'Mars/Phobos' is not a time zone;"),
        (("--currency", "pounds"), "'pounds' is not a currency;"),
        (("--name", "two\nlines"), "The name of the log contains a line break at position 4;"),
        (("--name", " "), "The name of the log is empty."),
        (("--vault", "words.jsonl"), "--vault goes with --from:"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left_behind(words, sentence):
    said = run("init", *NAMED, *words, code=2).stderr
    assert said.startswith(sentence)
    assert said.rstrip().endswith("Nothing was made.")
    assert list(Path.cwd().iterdir()) == []


def test_what_lies_there_is_not_touched():
    Path("notes.txt").write_text("mine", encoding="utf-8")
    assert run("init", "notes.txt", *NAMED, code=2).stderr.startswith("notes.txt exists already.")
    assert Path("notes.txt").read_text(encoding="utf-8") == "mine"
    Path("folder").mkdir()
    assert "Name the file in it, for example folder/decisionlog.db." in run("init", "folder", *NAMED, code=2).stderr
    assert run("init", "nowhere/new.db", *NAMED, code=2).stderr.startswith("The folder nowhere does not exist;")


def test_a_dry_run_makes_nothing():
    assert run("init", *NAMED, "--dry-run").stdout == (
        "decisionlog.db would be made, as northmoor.example/decisions. Nothing was made (dry run).\n"
    )
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize("path", ["with space.db", "émoji 🙂.db", "quote'd.db", "x" * 240 + ".db"])
def test_any_name_of_a_file_works(path):
    run("init", path, *NAMED)
    assert answer("status", "--log", path)["size"] == 1


def test_the_settings_say_where_and_who(monkeypatch):
    Path("decisionlog.toml").write_text('log = "kept/here.db"\nby = "clerk-9"\n', encoding="utf-8")
    Path("kept").mkdir()
    run("init", "--name", "Northmoor", "--origin", "northmoor.example")
    assert Path("kept/here.db").exists()
    assert answer("log")["items"][0]["fact"]["recorded_by"] == "clerk-9"
    monkeypatch.setenv("DECISIONLOG_URL", "sqlite:///other.db")
    run("init", "--name", "Northmoor", "--origin", "northmoor.example")
    assert Path("other.db").exists()
    run("--log", "third.db", "init", "--name", "Northmoor", "--origin", "northmoor.example")
    assert Path("third.db").exists()


# From an export


def exported():
    northmoor("first.db")
    run("export", "jsonl", "--log", "first.db", "-o", "log.jsonl", "--vault", "words.jsonl")


def test_an_export_starts_a_log_byte_for_byte():
    exported()
    said = run("init", "second.db", "--from", "log.jsonl", "--vault", "words.jsonl")
    assert said.stdout.startswith("Made second.db from log.jsonl: 33 facts, byte for byte.\n")
    assert said.stderr == ""
    assert run("export", "--log", "second.db").stdout == run("export", "--log", "first.db").stdout
    assert answer("log", "--log", "second.db")["basis"]["root"] == answer("log", "--log", "first.db")["basis"]["root"]
    again = run("show", "NLB/24-25/P14", "--log", "second.db", "--known", "@33").stdout
    assert "Urgent community response" in again
    assert again == run("show", "NLB/24-25/P14", "--log", "first.db", "--known", "@33").stdout


def test_without_the_vault_it_says_how_much_cannot_be_read():
    exported()
    sealed = Path("log.jsonl").read_bytes().count(b'{"$private":')
    assert sealed == len(Path("words.jsonl").read_bytes().splitlines())
    said = run("init", "second.db", "--from", "log.jsonl").stderr
    assert said.startswith(f"Note: {sealed} sealed values cannot be read here:")
    assert "(title withheld)" in run("show", "NLB/24-25/P14", "--log", "second.db").stdout


@pytest.mark.parametrize(
    ("spoil", "code", "sentence"),
    [
        (
            lambda lines: lines[:22] + lines[23:],
            3,
            "Line 23 is fact 3 of proposal:NLB/24-25/P14; fact 2 should come here.",
        ),
        (
            lambda lines: [*lines[:22], *lines[22:24][::-1], *lines[24:]],
            3,
            "Line 23 is fact 3 of proposal:NLB/24-25/P14;",
        ),
        (
            lambda lines: [*lines[:4], lines[4].replace(b'"v":1', b'"v": 1'), *lines[5:]],
            3,
            "Line 5 is not in canonical form",
        ),
        (lambda lines: lines[1:], 2, "Line 1 is organisation.registered"),
        (lambda _: [b"hello\n"], 2, "Line 1 is not a fact of an export."),
        (lambda _: [], 2, "The file is empty;"),
    ],
    ids=["cut", "swapped", "reformatted", "beheaded", "not an export", "empty"],
)
def test_what_is_not_a_whole_export_is_refused(spoil, code, sentence):
    exported()
    lines = Path("log.jsonl").read_bytes().splitlines(keepends=True)
    Path("log.jsonl").write_bytes(b"".join(spoil(lines)))
    said = run("init", "second.db", "--from", "log.jsonl", code=code).stderr
    assert said.startswith(sentence)
    assert said.count("Nothing was made.") == 1
    assert not list(Path.cwd().glob("second.db*"))


def test_what_was_altered_well_shows_in_the_root_and_the_program_says_to_compare_it():
    exported()
    content = Path("log.jsonl").read_bytes()
    Path("log.jsonl").write_bytes(content.replace(b"Northmoor GP Collaborative", b"Southmoor GP Collaborative"))
    said = run("init", "second.db", "--from", "log.jsonl").stdout
    root = answer("log", "--log", "second.db")["basis"]["root"]
    assert f"root {root}. Compare it with the root that the log had" in said
    assert root != answer("log", "--log", "first.db")["basis"]["root"]


def test_an_export_can_be_tried_without_making_anything():
    exported()
    assert "Nothing was made (dry run)" in run("init", "second.db", "--from", "log.jsonl", "--dry-run").stdout
    assert not Path("second.db").exists()


def test_an_export_comes_through_a_pipe():
    exported()
    piped = in_a_shell("decisionlog export --log first.db | decisionlog init second.db --from - --vault words.jsonl")
    assert piped.returncode == 0, piped.stderr
    assert answer("status", "--log", "second.db")["size"] == 33


@pytest.mark.parametrize("flag", ["--name", "--origin"])
def test_what_an_export_says_itself_is_not_said_again(flag):
    exported()
    assert f"{flag} does not go with --from" in run("init", "x.db", "--from", "log.jsonl", flag, "x", code=2).stderr


def test_a_file_that_is_not_there_is_named():
    said = run("init", "x.db", "--from", "none.jsonl", code=2).stderr
    assert said == "none.jsonl cannot be read (No such file or directory). Nothing was made.\n"


def test_an_error_is_json_for_a_program():
    new_log()
    document = json.loads(run("init", *NAMED, "--json", code=2).stdout)
    assert document["recorded"] is False
    assert document["error"]["kind"] == "bad-input"

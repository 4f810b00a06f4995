from __future__ import annotations

import json
import re

import pytest

from tests.cli.running import Terminal, facts, in_a_shell, new_log, northmoor, run

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "\x1b[2J\x1b]0;owned\x07 \u202egnp.exe \x9b31m"


def shown(*words, columns=80, **environment):
    terminal = Terminal(*words, columns=columns, **environment)
    assert terminal.ends() == 0, terminal.shown
    return terminal.shown


@pytest.fixture(autouse=True)
def _log():
    northmoor()


def test_colour_is_for_terminals_only():
    assert "\x1b[32mok\x1b[0m" in shown("doctor")
    assert "\x1b" not in in_a_shell("decisionlog doctor").stdout


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
@pytest.mark.parametrize("words", [("doctor",), ("who", "decided", "NLB/24-25/031")])
def test_who_wants_no_colour_gets_none(words, environment):
    assert "\x1b" not in shown(*words, **environment)


@pytest.mark.parametrize("words", [("doctor",), ("show", "NLB/24-25/P14")])
def test_colour_says_nothing_that_the_words_do_not(words):
    changing = re.compile(r"\d\d:\d\d|[\d,]+ MB")
    coloured = ESCAPES.sub("", shown(*words))
    assert changing.sub("", coloured) == changing.sub("", shown(*words, NO_COLOR="1"))


@pytest.mark.parametrize("columns", [20, 40, 80])
@pytest.mark.parametrize(
    "words",
    [
        ("list", "decisions"),
        ("show", "NLB/24-25/P14"),
        ("history", "SORD-7.2"),
        ("who", "decided", "NLB/24-25/P14"),
        ("log", "--from", "30"),
        ("status",),
        ("doctor",),
        ("config",),
        ("help", "exit-codes"),
    ],
    ids=" ".join,
)
def test_an_answer_fits_the_width(words, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run(*words).stdout.splitlines()
    too_long = [line for line in lines if len(line) > columns]
    assert [line for line in too_long if len(line.split()) > 1] == []
    assert not any(set(line) & set("─│┌┐└┘├┤┬┴┼═║") for line in lines)


def test_an_answer_fits_the_terminal():
    lines = shown("who", "decided", "NLB/24-25/031", columns=33, TERM="dumb").splitlines()
    assert 25 < max(len(line) for line in lines if " " in line.strip()) <= 33


def test_what_goes_into_a_pipe_is_not_wrapped():
    lines = in_a_shell("decisionlog who decided NLB/24-25/031").stdout.splitlines()
    (authority,) = [line for line in lines if line.startswith("  Authority ")]
    assert authority.endswith(" [21]")


def test_the_columns_that_are_asked_for_are_kept_in_a_pipe_too():
    lines = in_a_shell("decisionlog who decided NLB/24-25/031", COLUMNS="40").stdout.splitlines()
    assert max(map(len, lines)) <= 40


@pytest.fixture
def hostile():
    """Verbatim cells are kept as they were found, whatever they hold."""
    cells = [{"column": HOSTILE, "verbatim": HOSTILE}]
    run(
        "import", facts("row.jsonl", {"type": "row.imported", "data": {"ref": "R1", "cells": cells}}), "--by", "clerk-1"
    )


@pytest.mark.parametrize("words", [("show", "R1"), ("history", "R1"), ("log", "--from", "34"), ("list", "rows")])
def test_no_text_steers_the_terminal(words, hostile):
    assert not set("\x1b\x07\x9b\u202e") & set(run(*words).stdout)


def test_what_a_terminal_would_obey_is_shown(hostile):
    on_a_terminal = shown("show", "R1", NO_COLOR="1", columns=200)
    assert not set("\x1b\x07\x9b\u202e") & set(on_a_terminal)
    assert "\\x1b[2J\\x1b]0;owned\\x07 \\u202egnp.exe \\x9b31m" in on_a_terminal


def test_json_keeps_the_text_and_steers_no_terminal_either(hostile):
    piped = run("show", "R1", "--json").stdout
    on_a_terminal = shown("show", "R1", "--json")
    assert not set("\x1b\x07\x9b\u202e") & set(on_a_terminal)
    for text in (piped, on_a_terminal):
        assert json.loads(text)["fields"]["cells"][0]["verbatim"] == HOSTILE


def test_an_export_is_exact_in_a_pipe_and_harmless_on_a_terminal():
    new_log("odd.db")
    run(
        "import",
        facts("p.jsonl", {"type": "place.defined", "data": {"ref": "Llŷn"}}),
        "--by",
        "clerk-1",
        "--log",
        "odd.db",
    )
    assert "place:Llŷn" in shown("export", "--log", "odd.db")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
def test_a_letter_that_a_console_cannot_show_stops_nothing(encoding):
    run("import", facts("p.jsonl", {"type": "place.defined", "data": {"ref": "y", "name": "Llŷn"}}), "--by", "clerk-1")
    ended = in_a_shell("decisionlog show y > out.txt", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (ended.returncode, ended.stderr) == (0, "")


@pytest.mark.parametrize("locale", ["C", "tr_TR.UTF-8"])
def test_the_locale_changes_nothing(locale):
    here = in_a_shell("decisionlog who decided NLB/24-25/031 --known @33", LC_ALL=locale).stdout
    there = in_a_shell("decisionlog who decided NLB/24-25/031 --known @33").stdout
    assert here.splitlines()[:-1] == there.splitlines()[:-1]


def test_long_work_shows_how_far_it_is_on_a_terminal_only(monkeypatch):
    from decisionlog.cli import printing

    written = []
    clock = iter([0, 0.5, 1.5, 2.0])
    monkeypatch.setattr(printing.time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(printing, "is_terminal", lambda _: True)
    monkeypatch.setattr(printing.click, "echo", lambda text, **_: written.append(text))
    with printing.Progress("Reading", 4_000) as progress:
        for done in (1_000, 2_000, 3_000):
            progress(done)
    assert [text.strip() for text in written] == ["Reading: 2,000 of 4,000 (50%)", "Reading: 3,000 of 4,000 (75%)", ""]

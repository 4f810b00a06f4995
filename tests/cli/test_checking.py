"""`check`: its exit codes, its formats, and what it says to what cannot be asked."""

from __future__ import annotations

import csv
import json
import shlex
import shutil
from datetime import UTC, datetime

import pytest

from decisionlog.checks.finding import RULE_SET
from decisionlog.checks.rule import rules
from tests.cli.running import Terminal, answer, facts, in_a_shell, log_of, run

PLACE = (
    {"type": "person.registered", "data": {"ref": "p-001"}},
    {"type": "body.constituted", "on": "2024-04-01", "data": {"ref": "cabinet", "name": "Cabinet"}},
    {"type": "delegation.granted", "on": "2024-04-01", "data": {"ref": "S1", "delegates": ["body:cabinet"]}},
    {"type": "delegation.revoked", "about": "S1", "on": "2025-03-01"},
    {
        "type": "decision.taken",
        "on": "2025-03-12",
        "data": {
            "ref": "D1",
            "title": "=Winter beds",
            "outcome": "approved",
            "decision_makers": ["body:cabinet"],
            "authority": [{"delegation": "S1"}],
        },
    },
)
EXPIRED = ("--select", "GL04")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return log_of(tmp_path_factory.mktemp("place"), *PLACE)


@pytest.fixture(autouse=True)
def _log(made, monkeypatch):
    shutil.copy(made, "decisionlog.db")
    monkeypatch.setenv("DECISIONLOG_BY", "clerk-1")


def explain():
    run(*shlex.split("finding explain GL04 D1 --reason 'by letter' --on 2025-04-01"))


def test_it_finds_what_does_not_add_up():
    shown = run("check", *EXPIRED).stdout
    assert "D1 (=Winter beds): possible: it relies on S1, which had been revoked on 1 March 2025 [6, 5]" in shown
    assert "1 error. 1 thing was judged by 1 rule." in shown


def test_in_json_it_has_its_basis_and_its_items():
    told = answer("check", *EXPIRED)
    assert all(told["basis"].values())
    assert told["basis"]["rules"].endswith(f", findings {RULE_SET}")
    (item,) = told["items"]
    assert {"rule", "severity", "subject", "sentence", "source", "evidence", "status"} <= item.keys()
    assert [json.loads(line) for line in run("check", *EXPIRED, "--format", "jsonl").stdout.splitlines()] == [item]


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ("", 0),
        ("--fail-on error", 8),
        ("--fail-on warning", 8),
        ("--fail-on info", 8),
        ("--fail-on error --on 2025-03-11", 0),
        ("--fail-on error --known @5", 0),
        ("--fail-on error --status waived", 0),
        ("--fail-on error --format json", 8),
        ("--fail-on error --format sarif", 8),
    ],
)
def test_it_fails_on_open_findings_alone(flags, code):
    run("check", *EXPIRED, *shlex.split(flags), code=code)


def test_what_was_explained_does_not_fail_and_what_was_known_before_does():
    explain()
    run("check", *EXPIRED, "--fail-on", "error")
    run("check", *EXPIRED, "--fail-on", "error", "--known", "@6", code=8)
    run("check", *EXPIRED, "--fail-on", "error", "--on", "2025-03-31", code=8)


def test_before_anything_was_on_record_it_does_not_say_that_nothing_was_found():
    assert run("check", "--on", "1850-01-01").stdout.startswith(
        "Nothing was on record by then: what is known begins on 1 April 2024.\nAs at 1850-01-01"
    )
    assert "\nNothing of it was on record by then: what is known of it begins on 12 March 2025.\n" in (
        run("check", "D1", "--on", "2025-03-11").stdout
    )
    assert answer("check", "--on", "1850-01-01")["on_record_from"] == "2024-04-01"
    assert answer("check")["on_record_from"] == ""


def test_known_alone_does_not_move_the_day_that_is_asked_about():
    for question in ("check", "list decisions", "who decided D1", "show D1", "agenda cabinet", "search beds"):
        basis = answer(*question.split(), "--known", "@6")["basis"]
        assert (basis["as_at"][:10], basis["known_at"]) == (datetime.now(UTC).date().isoformat(), "@6")
    explain()
    assert "This is how it stands now by what was known then" in run("check", "--known", "@6").stdout
    assert "This is how it stands now" not in run("check", "--known", "@6", "--on", "2025-04-01").stdout


@pytest.mark.parametrize(
    "words", ["check ''", "check --body ' '", "check --on ''", "check --since ''", "check --known ''"]
)
def test_an_empty_word_is_not_taken_for_everything(words):
    refused = run(*shlex.split(words), code=2).stderr
    assert refused.splitlines()[0].endswith(" is empty. Write what is meant, or leave it out.")


OVERDUE = ("check", "D2", "--select", "GL33", "--on", "2025-06-30")


def test_what_was_overdue_and_was_done_is_told_as_over_in_every_form():
    decided = {**PLACE[-1], "data": {**PLACE[-1]["data"], "ref": "D2", "review_by": "2025-05-01"}}
    reviewed = {"type": "decision.reviewed", "about": "D2", "on": "2025-06-10"}
    run("import", facts("more.jsonl", decided, reviewed))
    assert answer(*OVERDUE)["items"] == []
    (item,) = answer(*OVERDUE, "--over")["items"]
    assert (item["status"], item["since"], item["until"]) == ("over", "2025-05-02", "2025-06-10")
    assert run(*OVERDUE, "--over", "--fail-on", "info").stdout == run(*OVERDUE, "--status", "over").stdout
    (row,) = csv.DictReader(run(*OVERDUE, "--over", "--format", "csv").stdout.splitlines())
    assert row["status"] == "over"
    assert "## Over: it was so, and is so no longer" in run(*OVERDUE, "--over", "--format", "md").stdout
    (result,) = json.loads(run(*OVERDUE, "--over", "--format", "sarif").stdout)["runs"][0]["results"]
    assert (result["kind"], result["properties"]["status"]) == ("pass", "over")


def test_a_table_for_a_spreadsheet():
    (row,) = csv.DictReader(run("check", *EXPIRED, "--format", "csv").stdout.splitlines())
    assert (row["rule"], row["subject"], row["evidence"]) == ("GL04", "decision:D1", "6 5")


def test_sarif_is_one_document():
    explain()
    told = json.loads(run("check", *EXPIRED, "--format", "sarif").stdout)
    (result,) = told["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == "by letter"


def test_markdown_has_a_short_name():
    short, whole = (
        run("check", *EXPIRED, "--known", "@6", "--on", "2026-01-01", "--format", form).stdout
        for form in ("md", "markdown")
    )
    assert short == whole
    assert short.startswith("## Errors\n\n### GL04 expired delegation\n\n- D1")


def test_a_rule_is_explained_where_there_is_no_log(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = run("check", "--explain", "gl4").stdout
    assert shown.startswith("GL04 expired delegation\n")
    assert rules()["GL04"].put_right in shown
    assert [rule["id"] for rule in answer("check", "--explain", "all")["items"]] == [*rules()]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("check --select GL999", 2, f"--select names 'GL999', which is no rule. They go from {min(rules())} to"),
        ("check --select GL53", 2, f"--select names 'GL53', which is no rule. Did you mean {max(rules())}?"),
        (
            "check --ignore expired",
            2,
            "--ignore names 'expired', which is no rule. Did you mean GL04 (expired delegation)?",
        ),
        ("check --select GL05-GL04", 2, "--select GL05-GL04 runs backwards; write GL04-GL05."),
        ("check --select ''", 2, "--select names no rule;"),
        ("check --select GL04 --ignore GL04", 2, "No rule is left to check by"),
        ("check --explain GL999", 2, "--explain names 'GL999', which is no rule."),
        ("check D1 --explain GL04", 2, "--explain tells what a rule says, and takes no REF."),
        ("check --explain GL04 --body cabinet", 2, "takes no --body."),
        ("check --explain GL04 --format csv", 2, "--format csv is for findings; --explain has terminal"),
        ("check --fail-on nonsense", 2, "'nonsense' is not one of 'error', 'warning', 'info'"),
        ("check --severity grave", 2, "'grave' is not one of 'error', 'warning', 'info'"),
        ("check --status done", 2, "'done' is not one of 'open', 'explained', 'accepted', 'waived'"),
        ("check --since soon", 2, "--since: "),
        ("check --on soon", 2, "soon"),
        ("check --known @99", 2, "beyond the end of the log"),
        ("check --format html", 2, "'html' is not one of"),
        ("check D9", 7, "Nothing here is called 'D9'"),
        ("check --body cabinett", 7, "Did you mean body:cabinet (Cabinet)?"),
        ("check D1 D2", 2, "extra argument"),
        ("check \udcff", 2, "contains half of a character (a lone surrogate); it is not valid text."),
        ("check --body \udcff", 2, "contains half of a character"),
        ("check --select \udcff", 2, "which is no rule."),
        ("show \udcff", 2, "contains half of a character"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(line, code, said):
    told = run(*shlex.split(line), code=code)
    assert said in " ".join(told.stderr.split())
    assert "Traceback" not in told.stderr
    assert told.stdout == ""


@pytest.mark.parametrize("begun", ["GL04", "GL04,GL05", "auth", "gl0"])
def test_rules_are_completed(begun):
    from click.shell_completion import CompletionItem

    from decisionlog.cli.checking import check

    (select,) = (param for param in check.params if param.name == "select")
    offered = select.shell_complete(None, begun)
    assert offered
    assert all(isinstance(one, CompletionItem) and one.value.lower().startswith(begun.lower()) for one in offered)


def test_in_a_pipe_no_colour_is_sent_and_on_a_terminal_it_is():
    assert "\x1b" not in in_a_shell("decisionlog check --select GL04 | cat").stdout
    terminal = Terminal("check", "--select", "GL04", COLUMNS="70")
    assert terminal.ends() == 0
    assert "\x1b[1mErrors" in terminal.shown
    plain = Terminal("check", "--select", "GL04", NO_COLOR="1")
    assert plain.ends() == 0
    assert "\x1b" not in plain.shown

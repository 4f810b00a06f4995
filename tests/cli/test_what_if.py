"""Findings that appear and vanish: supposed, forecast, and with a file that is recorded."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from tests.checks.clean import CLEAN, fact
from tests.cli.running import answer, facts, log_of, northmoor, run

REVOKED = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
EXPLAINED = fact("finding.explained", "decision:D1", "2026-05-01", rule="GL04", reason="renewed in private")


SOON_WRITTEN_DOWN = {**CLEAN["D1"], "source": {"name": "minutes.txt", "recorded_at": "2026-03-16T09:00:00Z"}}


@pytest.fixture
def log():
    return log_of(Path(), *{**CLEAN, "D1": SOON_WRITTEN_DOWN}.values())


def found(*words):
    return [(one["change"], one["rule"], one["subject"]) for one in answer("check", *words)["items"]]


def test_what_would_not_add_up_appears_and_the_log_stays_as_it_is(log):
    assert answer("check")["items"] == []
    before = sha256(Path(log).read_bytes()).hexdigest()
    supposed = facts("lapse.jsonl", REVOKED)
    assert found("--what-if", supposed) == [("appear", "GL04", "decision:D1")]
    shown = run("check", "--what-if", supposed).stdout
    assert shown.startswith("Supposing 1 fact of lapse.jsonl, [")
    assert "Findings that appear: 1\n  D1 (Discharge hub): possible: it relies on S1, which had been revoked" in shown
    assert sha256(Path(log).read_bytes()).hexdigest() == before
    assert answer("check")["items"] == []


def test_what_would_settle_a_finding_makes_it_vanish_or_stand_otherwise(log):
    run("import", facts("revoked.jsonl", REVOKED), "--by", "clerk-1")
    retracted = fact("record.retracted", "delegation:S1", None, of={"stream": "delegation:S1", "n": 2}, reason="wrong")
    assert found("--what-if", facts("retracted.jsonl", retracted)) == [("vanish", "GL04", "decision:D1")]
    assert found("--what-if", facts("said.jsonl", EXPLAINED)) == [("stand_otherwise", "GL04", "decision:D1")]
    nothing = run("check", "--what-if", facts("nothing.jsonl", CLEAN["A1-done"] | {"on": "2026-04-21"})).stdout
    assert "No finding appears, and none vanishes." in nothing


def test_a_supposition_can_fail_a_check(log):
    supposed = facts("lapse.jsonl", REVOKED)
    run("check", "--what-if", supposed, "--fail-on", "error", code=8)
    run("check", "--what-if", supposed, "--fail-on", "error", "--ignore", "GL04", code=0)
    run("check", "--fail-on", "info", code=0)


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--known", "@5"], "does not go with --known"), (["--format", "sarif"], "--what-if has no --format sarif")],
)
def test_what_makes_no_sense_beside_a_supposition_is_refused(log, words, said):
    refused = run("check", "--what-if", facts("lapse.jsonl", REVOKED), *words, code=2)
    assert said in refused.stderr


MEETING = """\
meeting: {ref: M3, body: committee, on: 2026-05-14, presiding: [p1]}
present:
  - {person: p1, for: icb, role: voting}
  - {person: p2, for: icb, role: voting}
  - {person: p3, for: icb, role: voting}
interests: none
items:
  - item: 1
    title: A dearer hub
    decision: {ref: D2, maker: committee, for: icb, outcome: approved, under: S1, value: £600000}
"""


def record(*words):
    Path("m3.yaml").write_text(MEETING, encoding="utf-8")
    return run("record", "m3.yaml", "--by", "clerk-1", *words)


def test_a_dry_run_says_what_the_file_would_trip(log):
    shown = record("--dry-run").stdout
    assert "Nothing was recorded (dry run)." in shown
    assert "its value of £600,000 is over the limit of S1 (up to £500,000)" in shown.replace("per decision ", "")
    run("show", "D2", code=7)


def test_a_recorded_file_says_what_it_newly_trips_and_says_it_once(log):
    told = json.loads(record("--json").stdout)
    assert "GL01" in [one["rule"] for one in told["findings"]["appear"]]
    assert all(one["subject"] != "decision:D1" for one in told["findings"]["appear"])
    assert "findings" not in json.loads(record("--json").stdout)


def test_what_was_found_stands_on_the_pages_of_the_thing(log):
    run("import", facts("revoked.jsonl", REVOKED, EXPLAINED), "--by", "clerk-1")
    for _ in ("judged now", "kept by check"):
        for asked in (["who", "decided", "D1"], ["show", "D1"]):
            (finding,) = answer(*asked)["findings"]
            assert (finding["rule"], finding["status"]) == ("GL04", "explained")
            assert "(GL04; explained on 1 May 2026)" in run(*asked).stdout
        assert answer("show", "D1", "--known", "@33")["findings"] == []
        assert answer("agenda", "committee")["findings"] == []
        run("check")


def test_an_agenda_has_what_nobody_answered(log):
    run("import", facts("revoked.jsonl", REVOKED), "--by", "clerk-1")
    (finding,) = answer("agenda", "committee")["findings"]
    assert (finding["rule"], finding["subject"]) == ("GL04", "decision:D1")
    assert "What does not add up\n  D1 (Discharge hub): possible: " in run("agenda", "committee").stdout


def test_of_the_power_that_a_decision_relied_on_it_is_told_how_it_was_given_and_not_what_else_was_owed(log):
    owed = [{"to": "body:board", "next_due": "2026-01-31"}]
    varied = fact("delegation.varied", "delegation:S1", "2025-06-01", reporting=owed)
    run("import", facts("varied.jsonl", varied), "--by", "clerk-1")
    run("correct", "S1", "legal_basis=lga1972-s101", "--reason", "misread", "--by", "clerk-1")
    assert {one["rule"] for one in answer("check", "--on", "2026-03-12")["items"]} >= {"GL29", "GL45"}
    (decided,) = [answer("who", "decided", "D1")]
    assert [(one["rule"], one["subject"]) for one in decided["findings"]] == [("GL45", "delegation:S1")]
    assert "\nS1, on which it relied: possible: " in run("who", "decided", "D1").stdout


BY_JUNE = ("--known", "2026-06-01", "--clock", "source")


@pytest.fixture
def said():
    """The same place, all of it said by a source in March or April 2026: what was to come then is so whenever this is run."""
    source = {"name": "minutes.txt", "recorded_at": "2026-03-16T09:00:00Z"}
    late = {**CLEAN["A1"], "stream": "action:A9", "data": {**CLEAN["A1"]["data"], "ref": "A9", "due": "2026-04-20"}}
    done = fact("action.completed", "action:A9", "2026-05-04", of={"stream": "action:A9", "n": 1})
    return log_of(Path(), *({**one, "source": source} for one in (*CLEAN.values(), late, done)))


def test_a_forecast_has_what_ends_and_what_falls_due(said):
    asked = ("forecast", "--on", "2027-03-01", "--until", "2027-07-31", *BY_JUNE)
    told = answer(*asked)
    assert {(one["rule"], one["subject"]) for one in told["falls_due"]} == {
        ("GL33", "decision:D1"),
        ("GL33", "body:committee"),
        ("GL33", "delegation:S1"),
        ("GL33", "instrument:sord"),
    }
    assert (told["until"], told["found"]) == ("2027-07-31", [])
    shown = run(*asked).stdout
    assert "\nWhat will not add up, and since when, unless it is done before (in the words of that day)\n" in shown
    assert "13 March 2027  D1 (Discharge hub): its review was due by 12 March 2027" in shown
    assert "What did not add up" not in shown
    assert run("forecast", "--on", "2026-06-01").stdout.startswith("From 1 June 2026 to 30 August 2026")
    assert "looks ahead" in run("forecast", "--on", "2026-06-01", "--until", "2026-06-01", code=2).stderr


def test_of_days_that_have_passed_it_tells_what_was_found_and_until_when(said):
    asked = ("forecast", "--on", "2026-04-10", "--until", "2026-05-31", *BY_JUNE)
    told = answer(*asked)
    assert [(one["rule"], one["since"], one["until"]) for one in told["found"]] == [
        ("GL47", "2026-04-21", "2026-05-04")
    ]
    assert told["falls_due"] == []
    shown = run(*asked).stdout
    since = "it was to be done by 20 April 2026, and nothing by then says that it was ["
    assert f"\nWhat did not add up, and since when\n  21 April 2026  A9: {since}" in shown
    assert "; until 3 May 2026 (GL47)" in shown
    assert "unless it is done before" not in shown


def test_a_time_of_which_a_part_has_passed_is_told_in_both_ways(said):
    asked = ("forecast", "--on", "2026-04-10", "--until", "2027-03-13", *BY_JUNE)
    told = answer(*asked)
    assert [[one["rule"] for one in told[part]] for part in ("found", "falls_due")] == [["GL47"], ["GL33"]]
    shown = run(*asked).stdout
    assert shown.index("What did not add up") < shown.index("GL47") < shown.index("What will not add up")


def test_by_a_position_it_knows_what_happened_until_its_fact_was_recorded(said):
    told = answer("forecast", "--on", "2026-04-10", "--until", "2026-05-31", "--known", f"@{len(CLEAN) + 3}")
    assert [one["rule"] for one in told["found"]] == ["GL47"]


def test_a_forecast_says_what_ends_by_itself(log):
    ends = fact("delegation.varied", "delegation:S1", "2026-05-01", until="2026-07-01")
    run("import", facts("ends.jsonl", ends), "--by", "clerk-1")
    told = answer("forecast", "--on", "2026-06-01", "--until", "2026-07-31")
    assert "delegation:S1" in [one["subject"] for one in told["items"]]


def test_a_forecast_goes_no_further_than_there_are_days():
    northmoor()
    shown = run("forecast", "--on", "9999-11-01").stdout
    assert shown.startswith("From 1 November 9999 to 31 December 9999, by what is recorded\n")
    assert "a forecast looks ahead." in run("forecast", "--on", "9999-12-31", code=2).stderr

"""`finding`: what is recorded of what people say to a finding, and what is refused."""

from __future__ import annotations

import json
import shlex

import pytest

from decisionlog.cli.acting.answering import ANSWERS
from decisionlog.cli.acting.flags import FLAGS, field_of
from decisionlog.cli.acting.verbs import types_of
from tests.cli.running import answer, facts, run
from tests.cli.test_checking import _log, made  # noqa: F401 - the same place

NOTHING = "Nothing was recorded."
SIZE = 6


def finding(line, **options):
    return run("finding", *shlex.split(line), **options)


def last():
    return json.loads(run("log", "--format", "jsonl").stdout.splitlines()[-1])["fact"]


@pytest.mark.parametrize("name", ANSWERS)
def test_every_flag_fills_a_field_and_every_example_is_of_its_own(name):
    verb = ANSWERS[name]
    for flag in verb.flags.split():
        assert any(field_of(FLAGS[flag], type_name) for type_name in types_of(verb)), flag
    assert all(example.startswith(f"finding {name} ") for example in verb.examples)
    shown = run("finding", name, "--help").stdout
    assert f"Usage: main finding {name} [OPTIONS] RULE REF" in shown.replace("decisionlog", "main")
    assert "For example:" in shown


@pytest.mark.parametrize("name", ["explain", "accept", "waive"])
def test_an_answer_is_a_fact_in_the_stream_of_its_subject(name):
    told = finding(f"{name} gl4 D1 --reason 'by letter' --on 2025-04-01 --by-whom p-001 --capacity chair")
    past = {"explain": "explained", "accept": "accepted", "waive": "waived"}[name]
    assert told.stdout.startswith(
        f"Recorded GL04 for D1 {past} (position {SIZE + 1}).\nFindings that are answered otherwise: 1\n"
    )
    assert told.stdout.endswith(f"(GL04; {past} on 1 April 2025)\nNext:\n  decisionlog check D1\n")
    assert told.stderr == ""
    fact = last()
    assert (fact["type"], fact["stream"], fact["on"]) == (f"finding.{past}", "decision:D1", "2025-04-01")
    assert fact["data"]["rule"] == "GL04"
    assert fact["data"]["rules"] == "england-2026.3"
    assert (fact["data"]["by"], fact["data"]["capacity"]) == ("person:p-001", "chair")
    (item,) = answer("check", "--select", "GL04")["items"]
    assert (item["status"], item["answers"][0]["reason"]) == (past, "by letter")


def test_a_waiver_has_a_last_day_and_can_be_ended():
    finding("waive GL04 D1 --reason x --by-whom p-001 --on 2025-04-01 --last-day 2025-04-30 --review-by 2025-04-15")
    assert (last()["data"]["until"], last()["data"]["review_by"]) == ("2025-05-01", "2025-04-15")
    told = finding("end-waiver GL04 D1 --by-whom p-001 --on 2025-04-10")
    assert told.stdout.startswith("Recorded waiver of GL04 for D1 ended (position 8).")
    assert last()["of"] == {"stream": "decision:D1", "n": 2}
    assert last()["data"] == {"rule": "GL04", "by": "person:p-001"}
    days = ("2025-04-09", "2025-04-10")
    assert [answer("check", "--select", "GL04", "--on", day)["items"][0]["status"] for day in days] == [
        "waived",
        "open",
    ]


def told_of_d1(day):
    shown = run("check", "D1", "--select", "GL04", "--on", day).stdout.splitlines()
    start = next(number for number, line in enumerate(shown) if line.startswith("    "))
    return " ".join(" ".join(shown[start : shown.index("", start)]).split())


def test_a_waiver_that_was_ended_stays_with_who_ended_it_when_and_why():
    finding(
        "waive GL04 D1 --reason 'no harm' --by-whom p-001 --on 2025-04-01 --last-day 2025-04-30 --review-by 2025-04-08"
    )
    finding("end-waiver GL04 D1 --reason 'asked again' --by-whom p-001 --on 2025-04-10")
    waived = "Waived on 1 April 2025 by person p-001"
    again = "to be looked at again by 8 April 2025"
    assert told_of_d1("2025-04-08").endswith(f"{waived}, until 9 April 2025, {again}: 'no harm' [7]")
    assert told_of_d1("2025-04-09").endswith(f"{again}, which is over: 'no harm' [7]")
    assert told_of_d1("2025-04-10").endswith(
        f"{waived}, {again}: 'no harm' [7]; ended on 10 April 2025 by person p-001: 'asked again' [8]"
    )
    (item,) = answer("check", "--select", "GL04", "--on", "2025-04-10")["items"]
    (waiver,) = item["answers"]
    assert (item["status"], waiver["holds"], waiver["is_over"]) == ("open", False, True)
    assert waiver["ended"] == {"by": "person:p-001", "on": "2025-04-10", "reason": "asked again", "position": 8}


def test_a_waiver_that_came_to_its_end_stays_too():
    finding("waive GL04 D1 --reason 'no harm' --by-whom p-001 --on 2025-04-01 --last-day 2025-04-30")
    assert told_of_d1("2025-05-01").endswith("until 30 April 2025: 'no harm' [7]; it holds no longer")
    assert "GL04; waived on 1 April 2025, which holds no longer)" in " ".join(
        run("show", "D1", "--on", "2025-05-01").stdout.split()
    )
    assert "GL04; waived on 1 April 2025)" in " ".join(run("show", "D1", "--on", "2025-04-30").stdout.split())


def test_a_waiver_by_somebody_who_is_not_recorded_is_told_so():
    waived = {
        "type": "finding.waived",
        "about": "decision:D1",
        "on": "2025-04-01",
        "data": {"rule": "GL04", "reason": "no harm"},
    }
    run("import", facts("waived.jsonl", waived))
    assert "Waived on 1 April 2025 by somebody who is not recorded: 'no harm' [7]" in told_of_d1("2025-04-02")


def test_evidence_is_cited_by_its_position():
    finding("explain GL04 D1 --reason x --evidence @6 --evidence 5 --on 2025-04-01")
    assert last()["data"]["evidence"] == [{"n": 1, "stream": "decision:D1"}, {"n": 2, "stream": "delegation:S1"}]


def test_the_same_request_again_is_recorded_once_unless_it_is_asked_for():
    line = "explain GL04 D1 --reason x --on 2025-04-01"
    finding(line)
    assert "Already recorded as position 7" in " ".join(finding(line).stdout.split())
    assert finding(f"{line} --again").stdout.startswith("Recorded GL04 for D1 explained (position 8).")


def test_a_dry_run_records_nothing():
    told = finding("explain GL04 D1 --reason x --on 2025-04-01 --dry-run")
    assert json.loads(told.stdout)["data"]["rule"] == "GL04"
    assert answer("status")["size"] == SIZE


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("explain GL05 D1 --reason x", "GL05 finds nothing of D1 now; recorded as it was said."),
        (
            "accept GL04 D1 --reason x --by-whom p-001 --evidence @4",
            "GL04 finds nothing of D1 now that rests on such a fact;",
        ),
        (
            "waive GL05 D1 --reason x --by-whom p-001 --dry-run",
            "GL05 finds nothing of D1 now; recorded as it was said.",
        ),
    ],
)
def test_an_answer_to_what_is_not_found_is_recorded_with_a_note(line, note):
    assert f"Note: {note}" in " ".join(finding(f"{line} --on 2025-04-01").stderr.split())


def test_the_end_of_a_waiver_needs_no_finding():
    finding("waive GL05 D1 --reason x --by-whom p-001 --on 2025-04-01")
    assert finding("end-waiver GL05 D1 --by-whom p-001 --on 2025-04-02").stderr == ""


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("explain GL999 D1 --reason x", 2, "'GL999' is no rule. They go from GL01 to GL52."),
        ("explain GL04-GL05 D1 --reason x", 2, "'GL04-GL05' is no rule."),
        ("explain GL04 S1 --reason x", 2, "GL04 (expired delegation) judges decisions, and delegation:S1 is none."),
        ("explain GL04 D9 --reason x", 7, "Nothing here is called 'D9'."),
        ("explain GL04 D1", 2, "finding explain needs --reason (no terminal to ask on)."),
        ("explain GL04", 2, "Missing argument 'REF'."),
        ("accept GL04 D1 --reason x --by-whom p-001 --until soon", 2, "--until"),
        (
            "waive GL04 D1 --reason x",
            2,
            "finding waive needs --by-whom or --for or --by-decision (no terminal to ask on).",
        ),
        (
            "waive GL04 D1 --reason x --by-whom ''",
            2,
            "Nobody is named who sets the rule aside: say who with --by-whom,",
        ),
        ("accept GL04 D1 --reason x --by-whom ''", 2, "Nobody is named who accepts it and bears it: say who"),
        ("end-waiver GL04 D1 --by-whom ''", 2, "Nobody is named who ends the waiver: say who"),
        (
            "explain GL04 D1 --reason ''",
            2,
            "Why is empty: what is said to a finding is the reason. Give it with --reason.",
        ),
        (
            "waive GL04 D1 --reason x --by-whom p-001 --until 2025-04-01",
            2,
            "It begins on 2025-04-01 and holds no longer from",
        ),
        (
            "waive GL04 D1 --reason x --by-whom p-001 --last-day 2025-03-30",
            2,
            "no longer from 2025-03-31: never. Give a later",
        ),
        (
            "waive GL04 D1 --reason x --by-whom p-001 --effective 2025-05-01 --until 2025-05-01",
            2,
            "It begins on 2025-05-01 and holds no longer from 2025-05-01: never.",
        ),
        (
            "accept GL04 D1 --reason x --by-whom p-001 --review-by 2025-03-31",
            2,
            "It begins on 2025-04-01 and was to be looked at again by 2025-03-31. Give a later --review-by,",
        ),
        ("accept GL04 D1 --reason x --by-whom p-001 --review-by 2025-04-01 --last-day 2025-04-01", 0, ""),
        (
            "accept GL04 D1 --reason x --by-whom p-001 --review-by 2025-05-01 --until 2025-05-01",
            0,
            "Note: it is to be looked at again by 2025-05-01, when it holds no longer: it ends before 2025-05-01.",
        ),
        ("waive GL04 D1 --reason x --by-decision D9", 2, "decision:D9 is not recorded here."),
        (
            "waive GL04 D1 --reason x --by-whom p-001 --evidence @99",
            2,
            "--evidence '@99' is beyond the end of the log, which has 6 facts;",
        ),
        (
            "waive GL04 D1 --reason x --by-whom p-001 --evidence x",
            2,
            "--evidence 'x' is no position; write the position of a fact",
        ),
        ("waive GL04 D1 --reason x --by-whom p-001 --evidence @0", 2, "--evidence '@0' is no position;"),
        ("end-waiver GL04 D1 --by-whom p-001", 7, "No waiver of GL04 for D1 is recorded."),
        ("end-waiver GL04 D1 --by-whom p-001 --fact x", 2, "--fact wants a position such as @12, not 'x'."),
        ("explode GL04 D1", 2, "No such command 'explode'"),
    ],
)
def test_what_cannot_be_recorded_is_said(line, code, said):
    told = finding(f"{line} --on 2025-04-01" if "explode" not in line else line, code=code)
    assert said in " ".join(told.stderr.split())
    assert "Traceback" not in told.stderr
    assert code == 0 or answer("status")["size"] == SIZE

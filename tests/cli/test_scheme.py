"""`scheme` as a person runs it: the example, files that are no schemes, somebody who records in between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from decisionlog.cli import scheme as scheme_commands
from tests.cli.running import Terminal, answer, new_log, run

EXAMPLE = Path(__file__).parents[2] / "examples" / "northmoor" / "scheme.yaml"
BY = ("--by", "secretariat-1")


def written(text: str | bytes, name: str = "scheme.yaml") -> str:
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def test_northmoor_applies_to_an_empty_log_and_then_there_is_no_difference():
    new_log()
    assert run("scheme", "plan", str(EXAMPLE)).stdout.count("\n+ ") > 130
    assert run("scheme", "apply", str(EXAMPLE), *BY).stdout.startswith("Recorded ")
    assert "No difference: the log has everything" in run("scheme", "plan", str(EXAMPLE)).stdout
    again = run("scheme", "apply", str(EXAMPLE), *BY).stdout
    assert "No difference" in again
    assert "Nothing was recorded." in again
    counts = answer("scheme", "plan", str(EXAMPLE))["counts"]
    assert (counts["to_come"], counts["corrections"], counts["left_alone"]) == (0, 0, 0)


def test_northmoor_goes_out_and_into_another_log():
    new_log()
    run("scheme", "apply", str(EXAMPLE), *BY)
    run("scheme", "export", "northmoor.yaml")
    run("scheme", "apply", "northmoor.yaml", "--log", new_log("other.db"), *BY)
    assert "No difference" in run("scheme", "plan", str(EXAMPLE), "--log", "other.db").stdout
    assert (
        run("scheme", "export", "--log", "other.db").stdout.splitlines()[3:]
        == Path("northmoor.yaml").read_text().splitlines()[3:]
    )


def test_the_template_applies_as_it_is():
    new_log()
    assert run("scheme", "--template").stdout == run("scheme", "template").stdout
    file = written(run("scheme", "template").stdout)
    assert "Recorded" in run("scheme", "apply", file, *BY).stdout
    assert "No difference" in run("scheme", "plan", file).stdout


def test_a_dry_run_shows_the_plan_and_records_nothing():
    new_log()
    file = written("people: [p-001]")
    shown = run("scheme", "apply", file, *BY, "--dry-run").stdout
    assert "+ person p-001: registered\n" in shown
    assert "1 fact would be recorded. Nothing was recorded (dry run)." in " ".join(shown.split())
    assert answer("status")["size"] == 1


def test_json_says_what_would_be_recorded():
    new_log()
    plan = answer("scheme", "plan", written("bodies: {nlb: {name: Board, kind: board, from: 2025-04-01}}"))
    assert plan["items"] == [
        {
            "stream": "body:nlb", "type": "body.constituted", "place": "scheme.yaml, line 1, bodies.nlb", "on": "2025-04-01",
            "sentence": "body nlb: Board from 2025-04-01 (board)", "data": {"name": "Board", "kind": "board"},
        }
    ]  # fmt: skip
    (fact,) = plan["facts"]
    assert fact.pop("source").keys() == {"name", "sha256"}
    assert [fact] == [
        {
            "type": "body.constituted",
            "stream": "body:nlb",
            "on": "2025-04-01",
            "data": {"name": "Board", "kind": "board"},
        }
    ]
    receipt = answer("scheme", "apply", "scheme.yaml", *BY)
    assert (receipt["recorded"], receipt["first"], receipt["last"]) == (True, 2, 2)
    assert answer("scheme", "apply", "scheme.yaml", *BY)["recorded"] is False


def test_every_fact_says_from_which_file_it_came_and_when_that_was_first_written():
    new_log()
    run("scheme", "apply", written("written: 2025-04-02\nbodies: {nlb: {name: Board, kind: board}}"), *BY)
    source = answer("log")["items"][-1]["fact"]["source"]
    assert (source["name"], source["recorded_at"], len(source["sha256"])) == ("scheme.yaml", "2025-04-02", 64)
    assert answer("show", "nlb", "--known", "2025-04-02", "--clock", "source")["thing"]["title"] == "Board"
    assert run("show", "nlb", "--known", "2025-04-01", "--clock", "source", code=7).stderr


def test_json_says_what_would_be_corrected_and_what_is_left_alone():
    new_log()
    run("scheme", "apply", written("bodies: {nlb: {name: Board, kind: board}}\npeople: [p-001]"), *BY)
    plan = answer("scheme", "plan", written("bodies: {nlb: {name: Locality Board, short_name: NLB}}"))
    (item,) = plan["items"]
    assert item["type"] == "record.corrected"
    assert item["changes"] == [
        {"path": "/name", "was": "Board", "now": "Locality Board"},
        {"path": "/short_name", "now": "NLB"},
    ]
    assert [(left["stream"], left["fields"], left["sentence"]) for left in plan["left_alone"]] == [
        ("body:nlb", ["kind"], "body nlb: kind"),
        ("person:p-001", [], "person p-001"),
    ]


def test_a_correction_is_told_and_wants_to_be_agreed_to_and_an_addition_does_not():
    new_log()
    run("scheme", "apply", written("delegations: {D: {limits: up to £1m per decision}}"), *BY)
    file = written("delegations: {D: {limits: up to £10m per decision}}\npeople: [p-001]")
    told = "1 correction: delegation D: limits, 1, money: £1,000,000 -> £10,000,000 [2]\n"
    refused = run("scheme", "apply", file, *BY, code=5).stderr
    assert refused.startswith(told)
    assert refused.endswith("To record corrections: --correct.\nNothing was recorded.\n")
    assert answer("status")["size"] == 2
    assert run("scheme", "apply", file, *BY, "--correct").stdout.startswith(
        f"{told}Recorded 2 facts (positions 3 to 4)"
    )
    added = written(f"{Path(file).read_text()}\nplaces: [northmoor]")
    assert "orrection" not in run("scheme", "apply", added, *BY).stdout


def test_a_program_that_does_not_agree_to_a_correction_is_told_so_in_json_and_one_that_does_how_many_there_were():
    new_log()
    run("scheme", "apply", written("posts: {p: {name: P}}"), *BY)
    file = written("posts: {p: {name: Q}}")
    refused = json.loads(run("scheme", "apply", file, *BY, "--json", code=5).stdout)
    assert (refused["error"]["kind"], refused["recorded"]) == ("conflict", False)
    assert answer("scheme", "apply", file, *BY, "--correct")["corrections"] == 1


@pytest.mark.parametrize(("typed", "code", "size"), [("y", 0, 3), ("n", 1, 2)])
def test_on_a_terminal_corrections_are_asked_about(typed, code, size):
    new_log()
    run("scheme", "apply", written("posts: {p: {name: P}}"), *BY)
    terminal = Terminal("scheme", "apply", written("posts: {p: {name: Q}}"), *BY)
    terminal.types(f"{typed}\n", after="Record corrections?")
    assert terminal.ends() == code, terminal.shown
    assert "1 correction: post p: name: P -> Q [2]" in terminal.shown
    assert answer("status")["size"] == size


def test_of_many_corrections_the_first_are_listed():
    new_log()
    keys = [f"p{number}" for number in range(25)]
    run("scheme", "apply", written("posts:\n" + "".join(f"  {key}: A\n" for key in keys)), *BY)
    file = written("posts:\n" + "".join(f"  {key}: B\n" for key in keys))
    told = run("scheme", "apply", file, *BY, code=5).stderr.splitlines()
    assert told[0] == "25 corrections:"
    assert told[20:22] == ["  post p19: name: A -> B [21]", "  ... and 5 more; `decisionlog scheme plan` shows all."]


def test_a_file_comes_from_standard_input():
    new_log()
    assert "Recorded 1 fact" in run("scheme", "apply", "-", *BY, stdin="people: [p-001]").stdout


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "scheme.yaml: is empty; nothing is written in it."),
        ("bodies:\n\t nlb: {}\n", "Indent with spaces, not tabs."),
        ("people: [&a p-001, *a]", "scheme.yaml, line 1: has an anchor or an alias (& or *), which are not read; write it out."),
        ("people: [p-001]\npeople: [p-002]", "scheme.yaml, line 2: has `people` given twice."),
        ("posts:\n  a: {}\n  a: {}\n", "scheme.yaml, line 3, posts: has `a` given twice."),
        (b"people: [p-\xff]", "scheme.yaml: is not UTF-8 (byte 12 is 0xff)."),
        ("- 1", "scheme.yaml, line 1: holds a list; sections are wanted, such as `bodies:` or `posts:`."),
        ("bodys: {}", "scheme.yaml, line 1, bodys: unknown key `bodys`. Did you mean `bodies`?"),
        ("bodies: {nlb: {knd: board}}", "scheme.yaml, line 1, bodies.nlb.knd: unknown key `knd`. Did you mean `kind`?"),
        ("bodies: {nlb: {kind: bord}}", "'bord' is not one of the words for this field. Did you mean 'board'?"),
        (
            "bodies: {nlb: {from: 31/02/2025}}",
            "bodies.nlb.from: '31/02/2025' is not a day, whichever way it is read; write the year, month and day as 2026-03-12.",
        ),
        (
            "people: [clerk-a]\nbodies:\n  nlb:\n    members:\n      - {person: clerk-b}",
            "scheme.yaml, line 5, bodies.nlb.members[0].person: person:clerk-b is not recorded here. Did you mean person:clerk-a?",
        ),
        ("funds: {f: {contributions: {partner: x, money: much}}}", "'much' is not an amount; write for example £500,000 or 500k."),
        ("delegations: {D: {limits: lots}}", "'lots' is not a limit; write for example: up to £500,000 per decision."),
        ("bodies: {b: {terms: [{under: {instrument: i, clause: 2}}]}}", "no clause is kept here; write the instrument alone."),
        ("delegations: {D: {last_day: 2025-02}}", "'2025-02' is not a whole day; write the last day on which it holds, or give `until`."),
        ("posts: {p: {holders: [{person: a, ended: true}]}}", "holds true"),
        ("also: [7]", "a plain fact is wanted, such as {type: delegation.reported, about: SORD-7.2}."),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_told_where_and_why(content, sentence):
    new_log()
    file = written(content)
    for words in (("plan", file), ("apply", file, *BY)):
        refused = run("scheme", *words, code=2).stderr
        assert sentence in refused
        assert "Traceback" not in refused
    assert answer("status")["size"] == 1


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines():
    new_log()
    file = written(
        "bodies:\n  nlb:\n    knd: board\n    members:\n      - {post: nobody}\n      - {person: p-001, role: chaire}\n"
        "people: [p-001]\nposts:\n  x: {organisation: none-such}\n"
    )
    told = run("scheme", "plan", file, code=2).stderr.splitlines()
    assert [line.partition(": ")[0] for line in told] == [
        "scheme.yaml, line 3, bodies.nlb.knd",
        "scheme.yaml, line 5, bodies.nlb.members[0].post",
        "scheme.yaml, line 6, bodies.nlb.members[1].role",
        "scheme.yaml, line 9, posts.x.organisation",
    ]


def test_a_wrong_reference_is_told_on_its_own_line():
    new_log()
    file = written(
        "delegations:\n  D:\n    kind: delegate\n    delegates:\n      - nobody\n    under:\n      instrument: nothing\n"
        "    onward:\n      rule: with-consent\n      consent_of: no-board\n"
    )
    told = run("scheme", "plan", file, code=2).stderr.splitlines()
    assert [line.partition(": ")[0] for line in told] == [
        "scheme.yaml, line 5, delegations.D.delegates[0]",
        "scheme.yaml, line 7, delegations.D.under.instrument",
        "scheme.yaml, line 10, delegations.D.onward.consent_of",
    ]


def test_a_file_that_cannot_be_read_is_told():
    new_log()
    Path("folder").mkdir()
    assert "folder is a folder; name a file in it." in run("scheme", "plan", "folder", code=2).stderr
    assert "There is no file none.yaml." in run("scheme", "apply", "none.yaml", *BY, code=2).stderr


def test_what_somebody_records_in_between_is_taken_into_account(monkeypatch):
    new_log()
    file = written("people: [p-001, p-002]")
    usual, times = scheme_commands._difference, []

    def meanwhile(*given, **more):
        found = usual(*given, **more)
        times.append(len(found.plain))
        if len(times) == 1:
            run("scheme", "apply", "-", *BY, stdin="people: [p-002]")
        return found

    monkeypatch.setattr(scheme_commands, "_difference", meanwhile)
    assert "Recorded 1 fact" in run("scheme", "apply", file, *BY).stdout
    assert times == [2, 1, 1]
    assert [item["ref"] for item in answer("list", "people")["items"]] == ["p-002", "p-001"]


def test_an_export_does_not_write_over_a_file_unasked():
    new_log()
    run("scheme", "export", "out.yaml")
    assert "exists already" in run("scheme", "export", "out.yaml", code=2).stderr
    run("scheme", "export", "out.yaml", "--force")
    assert "No difference" in run("scheme", "plan", "out.yaml").stdout


def test_an_export_as_at_a_day_holds_what_had_happened_by_then():
    new_log()
    text = "bodies: {b: {name: Old, from: 2024-01-01, renamed: [{name: New, from: 2025-01-01}]}}"
    run("scheme", "apply", written(text), *BY)
    before = run("scheme", "export", "--on", "2024-12-31").stdout
    assert "b: {name: Old, from: 2024-01-01}" in before
    assert "New" not in before
    assert "renamed" in run("scheme", "export").stdout
    assert json.loads(run("scheme", "export", "--json").stdout)["scheme"].startswith(
        "# The scheme of northmoor.example/decisions"
    )


def test_a_plan_against_what_was_known_earlier_says_what_had_been_to_come():
    new_log()
    file = written("people: [p-001]\nbodies: {b: {name: Board, from: 2025-04-01}}")
    run("scheme", "apply", file, *BY)
    assert "+ body b: Board from 2025-04-01\n" in run("scheme", "plan", file, "--known", "@1").stdout
    assert "+ body b: Board from 2025-04-01\n" in run("scheme", "plan", file, "--on", "2025-03-31").stdout
    assert "No difference" in run("scheme", "plan", file, "--known", "@3").stdout
    assert "No difference" in run("scheme", "plan", file, "--known", "today", "--clock", "source").stdout


def test_a_number_that_looks_like_a_patients_is_refused_unless_it_is_meant():
    new_log()
    file = written('bodies: {b: {words: "About 943 476 5919"}}')
    assert "scheme.yaml, line 1, bodies.b" in run("scheme", "plan", file, code=2).stderr
    run("scheme", "apply", file, *BY, code=2)
    assert "+ body b" in run("scheme", "plan", file, "--contains-personal-data").stdout
    assert "Recorded" in run("scheme", "apply", file, *BY, "--contains-personal-data").stdout

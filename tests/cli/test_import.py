from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import DEMO, Terminal, answer, facts, in_a_shell, new_log, northmoor, proposal, run

AS = ("--by", "clerk-1")


@pytest.fixture(autouse=True)
def _log():
    new_log()


def size():
    return answer("log")["basis"]["position"]


def test_facts_are_recorded_and_the_next_question_is_named():
    facts("march.jsonl", proposal("P 1", title="Type hints"), proposal("P2"))
    said = run("import", "march.jsonl", *AS)
    first, *rest = said.stdout.splitlines()
    assert first.startswith("Recorded 2 facts (positions 2 to 3) in batch ")
    assert rest == ["Next:", "  decisionlog show 'P 1'"]
    assert said.stderr == ""
    assert run("show", "P 1").stdout.startswith("P 1  Type hints\n")


def test_the_next_question_is_who_decided_and_names_the_log():
    new_log("other.db")
    said = run("--log", "other.db", "import", str(DEMO / "northmoor.jsonl"), *AS).stdout
    assert said.endswith("\n  decisionlog who decided NLB/24-25/031 --log other.db\n")


def test_one_fact_is_one_fact():
    facts("one.jsonl", proposal("P1"))
    assert run("import", "one.jsonl", *AS).stdout.startswith("Recorded 1 fact (position 2) in batch ")


def test_the_same_file_again_records_nothing_and_says_so():
    facts("march.jsonl", proposal("P1"), proposal("P2"))
    run("import", "march.jsonl", *AS)
    said = run("import", "march.jsonl", "--by", "clerk-2")
    assert said.stdout.startswith("Already recorded as positions 2 to 3 on ")
    assert said.stdout.endswith(" by clerk-1; nothing was added. (--again records it a second time.)\n")
    assert answer("import", "march.jsonl", *AS)["already"] is True
    assert size() == 3


def test_again_records_it_a_second_time():
    facts("march.jsonl", proposal("P1"))
    run("import", "march.jsonl", *AS)
    said = run("import", "march.jsonl", *AS, "--again")
    assert said.stdout.startswith("Recorded 1 fact (position 3)")
    assert said.stderr.startswith("Note: ")


def test_a_dry_run_says_what_would_be_recorded():
    facts("march.jsonl", *(proposal(f"P{n}") for n in range(1, 8)))
    assert run("import", "march.jsonl", *AS, "--dry-run").stdout.splitlines() == [
        *(f"  [{n + 1}] proposal.submitted in proposal:P{n}" for n in range(1, 6)),
        "  ... and 2 more; --json lists all.",
        "7 facts would be recorded. Nothing was recorded (dry run).",
    ]
    told = answer("import", "march.jsonl", *AS, "--dry-run")
    assert (told["recorded"], told["dry_run"], len(told["facts"])) == (False, True, 7)
    assert "batch" not in told
    assert size() == 1


def test_a_program_is_told_everything():
    facts("march.jsonl", proposal("P1"))
    told = answer("import", "march.jsonl", *AS)
    fact = answer("log")["items"][1]["fact"]
    assert told == {
        "recorded": True,
        "dry_run": False,
        "already": False,
        "first": 2,
        "last": 2,
        "facts": [{"position": 2, "type": "proposal.submitted", "stream": "proposal:P1", "n": 1}],
        "batch": fact["batch"],
        "recorded_at": fact["recorded_at"],
        "recorded_by": "clerk-1",
        "notes": [],
        "rejects": [],
    }


def test_every_mistake_is_told_with_its_file_line_and_field():
    facts(
        "march.jsonl",
        proposal("P1", titel="x"),
        proposal("P2"),
        {"type": "decision.taken", "stream": "decision:D1", "data": {"outcome": "aproved"}},
    )
    said = run("import", "march.jsonl", *AS, code=2).stderr
    assert said.splitlines() == [
        "march.jsonl, line 1, data: Unknown field `titel`. Did you mean `title`?",
        said.splitlines()[1],
        "Nothing was recorded.",
    ]
    assert said.splitlines()[1].startswith(
        "march.jsonl, line 3, data.outcome: 'aproved' is not one of the words for this field. Did you mean 'approved'?"
    )
    assert size() == 1


def test_twenty_mistakes_are_told_and_the_rest_counted():
    facts("march.jsonl", *(proposal(f"P{n}", titel="x") for n in range(26)))
    said = run("import", "march.jsonl", *AS, code=2).stderr.splitlines()
    assert len(said) == 22
    assert said[-2:] == ["... and 6 more.", "Nothing was recorded."]
    document = json.loads(run("import", "march.jsonl", *AS, "--json", code=2).stdout)
    assert len(document["error"]["mistakes"]) == 26
    assert document["error"]["mistakes"][0]["place"] == "march.jsonl, line 1, data"
    assert document["recorded"] is False


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("evil \u202etxt", "contains a hidden direction-changing character (U+202E) at position 6"),
        ("\x1b]0;owned\x07", "contains a control or invisible character (U+001B) at position 1"),
        ("a\x00b", "contains a NUL character at position 2"),
        ("\ud800", "half of a character"),
        ("\u200b \u200b", "is empty"),
        ("a" + "\u0301" * 200, "too many combined marks"),
        ("x" * 10_000, "is 10,000 characters; the limit is 200"),
        ("Patient 943 476 5919", "holds what reads as an NHS number"),
        (5, "text (in quotation marks) is wanted"),
    ],
)
def test_text_that_cannot_be_recorded_is_refused_with_the_reason(title, sentence):
    facts("march.jsonl", proposal("P1", title=title))
    assert sentence in run("import", "march.jsonl", *AS, code=2).stderr
    assert size() == 1


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", "{{7*7}} ${7*7}", "=HYPERLINK(1)", "ﬁ é", "Llŷn a'r Ŵyl", "مجلس الإدارة"]
)
def test_text_is_shown_as_it_was_typed(title):
    facts("march.jsonl", proposal("P1", title=title))
    run("import", "march.jsonl", *AS)
    assert answer("show", "P1")["fields"]["title"] == title
    assert run("show", "P1").stdout.startswith(f"P1  {title}\n")


def test_personal_data_is_kept_when_whoever_records_says_so():
    facts("march.jsonl", proposal("P1", title="Patient 943 476 5919"))
    run("import", "march.jsonl", *AS, "--contains-personal-data")
    assert b"943 476 5919" not in run("export").stdout_bytes


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"a,b\n", "a.csv is a spreadsheet; this version imports JSON lines only"),
        ("a.XLSX", b"PK\x03\x04", "a.XLSX is a spreadsheet; this version imports JSON lines only"),
        ("a.bin", b"PK\x03\x04", "a.bin is a spreadsheet or an archive;"),
        ("a.json", b'[\n{"type": 1}\n]\n', "a.json is one JSON document over several lines;"),
        ("a.json", b'{\n"type": 1\n}\n', "a.json is one JSON document over several lines;"),
        ("a.jsonl", "{}".encode("utf-16"), "a.jsonl is UTF-16; save it as UTF-8."),
        ("a.jsonl", b"", "The file holds no facts. Nothing was recorded."),
        ("a.jsonl", b"\n\n", "The file holds no facts. Nothing was recorded."),
        ("a.jsonl", b"\xff\n", "a.jsonl, line 1: is not UTF-8 (byte 1 is 0xff)."),
        ("a.jsonl", b"[" * 100_000, "a.jsonl, line 1: is nested too deeply;"),
        ("a.jsonl", b'{"type": NaN}\n', "a.jsonl, line 1: has NaN, which is not a JSON value."),
        ("a.jsonl", b'{"type": 1, "type": 2}\n', "a.jsonl, line 1: has `type` given twice."),
    ],
)
def test_a_file_that_is_not_lines_of_facts_is_told_so(name, content, sentence):
    Path(name).write_bytes(content)
    said = run("import", name, *AS, code=2).stderr
    assert said.startswith(sentence)
    assert said.count("othing was recorded") == 1


def test_a_log_and_its_export_are_told_where_they_belong():
    run("export", "-o", "log.jsonl")
    assert run("import", "log.jsonl", *AS, code=2).stderr == (
        "log.jsonl is an export of a log. To start a log from it:\n"
        "  decisionlog init NEW.db --from log.jsonl\n"
        "Nothing was recorded.\n"
    )
    assert "decisionlog export jsonl --log decisionlog.db" in run("import", "decisionlog.db", *AS, code=2).stderr
    assert run("import", ".", *AS, code=2).stderr == ". is a folder; name a file in it. Nothing was recorded.\n"
    assert "cannot be read (No such file or directory)" in run("import", "none.jsonl", *AS, code=2).stderr


def test_facts_come_through_a_pipe_with_a_mark_and_foreign_line_ends():
    line = json.dumps(proposal("P1")).encode()
    run("import", "-", *AS, stdin=b"\xef\xbb\xbf" + line + b"\r\n")
    assert answer("show", "P1")["thing"]["stream"] == "proposal:P1"
    wrong = run("import", "-", *AS, stdin=b"{}\n", code=2).stderr
    assert wrong.startswith("standard input, line 1: `type` is missing;")


def test_who_records_must_be_said_and_be_no_name():
    facts("march.jsonl", proposal("P1"))
    assert run("import", "march.jsonl", code=2).stderr == (
        "decisionlog import needs --by (no terminal to ask on).\nTry: decisionlog import --help\nNothing was recorded.\n"
    )
    assert "cannot be who records" in run("import", "march.jsonl", "--by", "Jane Smith", code=2).stderr
    terminal = Terminal("import", "march.jsonl")
    terminal.types("clerk-7\n", after="[secretariat-1]: ")
    assert terminal.ends() == 0
    assert answer("log")["items"][1]["fact"]["recorded_by"] == "clerk-7"


def test_the_environment_says_who_records(monkeypatch):
    monkeypatch.setenv("DECISIONLOG_BY", "clerk-3")
    facts("march.jsonl", proposal("P1"))
    run("import", "march.jsonl")
    assert answer("log")["items"][1]["fact"]["recorded_by"] == "clerk-3"


# Rejects


def mixed():
    return facts("mixed.jsonl", proposal("P1"), proposal("P2", titel="x"), {"type": "place.defind"}, proposal("P3"))


def test_sound_lines_are_recorded_and_the_others_kept_with_their_reasons():
    said = run("import", mixed(), *AS, "--rejects", "rejects.jsonl")
    assert said.stdout.startswith("Recorded 2 facts (positions 2 to 3)")
    assert (
        said.stderr
        == "2 lines of mixed.jsonl could not be recorded; they are in rejects.jsonl, each with its reasons.\n"
    )
    rejects = [json.loads(line) for line in Path("rejects.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["line"] for one in rejects] == [2, 3]
    assert rejects[0]["reasons"] == ["line 2, data: Unknown field `titel`. Did you mean `title`?"]
    assert json.loads(rejects[0]["text"]) == proposal("P2", titel="x")


def test_a_request_that_was_answered_before_rejects_nothing_anew():
    run("import", mixed(), *AS, "--rejects", "rejects.jsonl")
    again = run("import", "mixed.jsonl", *AS, "--rejects", "again.jsonl")
    assert again.stdout.startswith("Already recorded as positions 2 to 3 on ")
    assert again.stderr == ""
    assert not Path("again.jsonl").exists()
    assert answer("import", "mixed.jsonl", *AS, "--rejects", "again.jsonl")["rejects"] == []


def test_a_program_is_told_the_rejects():
    told = answer("import", mixed(), *AS, "--rejects", "rejects.jsonl")
    assert (told["recorded"], told["last"], [one["line"] for one in told["rejects"]]) == (True, 3, [2, 3])


def test_no_file_of_rejects_is_made_where_nothing_was_rejected():
    run("import", facts("good.jsonl", proposal("P1")), *AS, "--rejects", "rejects.jsonl")
    assert not Path("rejects.jsonl").exists()


def test_where_every_line_is_rejected_nothing_is_recorded_and_the_exit_code_says_so():
    result = run("import", facts("bad.jsonl", {"type": "x"}), *AS, "--rejects", "rejects.jsonl", code=2)
    assert result.stderr.endswith("No line of bad.jsonl can be recorded as it is. Nothing was recorded.\n")
    assert len(Path("rejects.jsonl").read_text(encoding="utf-8").splitlines()) == 1
    assert size() == 1


def test_a_file_that_is_there_is_not_written_over_with_rejects():
    Path("rejects.jsonl").write_text("mine", encoding="utf-8")
    assert "rejects.jsonl exists already." in run("import", mixed(), *AS, "--rejects", "rejects.jsonl", code=2).stderr
    assert Path("rejects.jsonl").read_text(encoding="utf-8") == "mine"
    assert size() == 1


def test_a_dry_run_tells_the_rejects_and_writes_no_file():
    result = run("import", mixed(), *AS, "--rejects", "rejects.jsonl", "--dry-run")
    assert "mixed.jsonl, line 2, data: Unknown field `titel`." in result.stderr
    assert not Path("rejects.jsonl").exists()


# Conflicts


def test_a_log_that_has_grown_is_a_conflict():
    file = facts("march.jsonl", proposal("P1"))
    said = run("import", file, *AS, "--if-size", "7", code=5).stderr
    assert said == "The log has 1 fact, not 7: somebody recorded in the meantime. Nothing was recorded.\n"
    run("import", file, *AS, "--if-size", "1")


def test_a_key_names_one_request():
    run("import", facts("one.jsonl", proposal("P1")), *AS, "--key", "monday")
    assert "Already recorded" in run("import", "one.jsonl", *AS, "--key", "monday").stdout
    said = run("import", facts("two.jsonl", proposal("P2")), *AS, "--key", "monday", code=1).stderr
    assert said.startswith("The key 'monday' was used for a different request on ")
    assert said.count("othing was recorded") == 1


def test_what_the_recorder_should_know_is_a_note():
    facts("march.jsonl", proposal("P1") | {"on": "2999-01-01"})
    assert (
        "Note: line 1: 2999-01-01 is in the future; recorded as written.\n" in run("import", "march.jsonl", *AS).stderr
    )


def test_what_was_recorded_is_read_at_once_by_the_next_command():
    northmoor("there.db")
    recorded = in_a_shell(
        f"decisionlog import '{DEMO}/correction.jsonl' --by clerk-1 --log there.db && decisionlog status --log there.db --json"
    )
    document = json.loads(recorded.stdout[recorded.stdout.index("{") :])
    assert document["size"] == 34
    assert {model["behind"] for model in document["models"]} == {0}


@pytest.mark.parametrize("endless", ["import - --by clerk-1 < /dev/zero", "import /dev/zero --by clerk-1"])
def test_a_line_without_an_end_is_not_waited_for(endless):
    result = in_a_shell(f"decisionlog {endless}")
    assert result.returncode == 2
    assert result.stderr.endswith(
        ", line 1: is longer than 67,108,864 bytes; write one fact on each line. Nothing was recorded.\n"
    )


@pytest.mark.parametrize("command", ["scheme plan /dev/zero", "init two.db --from /dev/zero"])
def test_nor_by_what_reads_other_files(command):
    result = in_a_shell(f"decisionlog {command}")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1


def test_what_comes_through_a_pipe_is_recorded():
    facts("march.jsonl", proposal("P1"), proposal("P2"))
    assert "Recorded 2 facts" in in_a_shell("cat march.jsonl | decisionlog import - --by clerk-1").stdout
    assert "Already recorded" in in_a_shell("decisionlog import <(cat march.jsonl) --by clerk-1").stdout

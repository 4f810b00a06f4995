"""`record` as a person and a program use it: what it prints, how it ends, and what it leaves behind."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from decisionlog.cli import recording as recording_commands
from decisionlog.exchange.meetings import recording
from tests.cli.running import Terminal, facts, in_a_shell, new_log, proposal, run
from tests.northmoor_stub import openings

MARCH = """\
# The Board in March.
meeting: {body: northmoor-locality-board, on: 2026-03-12}
items:
  - {item: 1, title: Winter, decision: noted}
  - {item: 2, title: Beds, decision: {maker: northmoor-cabinet, outcome: approved}}
"""


@pytest.fixture
def log():
    """A log in which Northmoor is known, and the file of one meeting."""
    new_log()
    run("import", facts("northmoor.jsonl", *openings()), "--by", "clerk-1")
    Path("march.yaml").write_text(MARCH, encoding="utf-8")
    return "decisionlog.db"


def record(*words, **more):
    return run("record", *words, "--by", "clerk-1", **more)


def size():
    return json.loads(run("status", "--json").stdout)["basis"]["position"]


def test_a_recording_tells_what_was_decided_what_was_allotted_and_what_to_ask_next(log):
    told = record("march.yaml").stdout
    assert "  NLB/25-26/001  noted\n  NLB/25-26/002  approved, by northmoor-cabinet\n" in told
    assert "  NLB/25-26/001  the decision at march.yaml, line 4, items[0].decision (item 1)\n" in told
    assert "  decisionlog who decided NLB/25-26/001\n" in told
    assert "  decisionlog agenda northmoor-locality-board\n" in told


def test_a_meeting_is_still_to_come_by_the_calendar_of_the_log(log, monkeypatch):
    Path("march.yaml").write_text(MARCH.replace("2026-03-12", "2026-07-02"), encoding="utf-8")
    for hour, noted in ((30, False), (-30, True)):  # half an hour after midnight in London is the day before in UTC
        at = datetime(2026, 7, 1, 23, tzinfo=UTC) + timedelta(minutes=hour)
        monkeypatch.setattr("decisionlog.cli.recording.now", lambda at=at: at)
        assert ("is still to come" in record("march.yaml", "--dry-run").stderr) is noted


def test_the_same_file_again_is_said_to_be_recorded(log):
    record("march.yaml")
    before = size()
    assert record("march.yaml").stdout == "march.yaml: already recorded (meeting NLB-2026-03-12).\nNothing was added.\n"
    assert size() == before


def test_a_file_is_recorded_already_also_where_its_record_was_corrected_otherwise_since(log):
    record("march.yaml")
    run("correct", "NLB/25-26/001", "outcome=received", "--by", "clerk-1")
    before = size()
    assert record("march.yaml").stdout.endswith("Nothing was added.\n")
    Path("march.yaml").write_text(MARCH.replace("decision: noted", "decision: endorsed"), encoding="utf-8")
    assert "outcome was received, now endorsed" in record("march.yaml", code=5).stderr
    assert size() == before


def test_what_a_file_corrected_differs_from_the_file_as_it_was_before(log):
    record("march.yaml")
    Path("march.yaml").write_text(MARCH.replace("decision: noted", "decision: endorsed"), encoding="utf-8")
    record("march.yaml", "--correct")
    Path("march.yaml").write_text(MARCH, encoding="utf-8")
    assert "outcome was endorsed, now noted" in record("march.yaml", code=5).stderr


def test_a_hand_correction_outlives_a_file_that_was_corrected_before_and_is_again(log):
    record("march.yaml")
    Path("march.yaml").write_text(MARCH.replace("Winter", "Winter plan"), encoding="utf-8")
    record("march.yaml", "--correct")
    run("correct", "NLB/25-26/001", "outcome=received", "--by", "clerk-1")
    assert record("march.yaml", "--correct").stdout.endswith("Nothing was added.\n")
    Path("march.yaml").write_text(MARCH.replace("Winter", "The winter"), encoding="utf-8")
    assert "outcome" not in record("march.yaml", code=5).stderr
    record("march.yaml", "--correct")
    told = run("who", "decided", "NLB/25-26/001").stdout
    assert "received" in told
    assert "The winter" in told


def test_a_file_that_changes_what_was_corrected_by_hand_is_told_so(log):
    record("march.yaml")
    run("correct", "NLB/25-26/001", "outcome=received", "--by", "clerk-1")
    position = size()
    Path("march.yaml").write_text(
        MARCH.replace("decision: noted", "decision: endorsed").replace("Beds", "All beds"), encoding="utf-8"
    )
    told = record("march.yaml", code=5).stderr
    assert f"outcome was received, now endorsed (corrected by hand since, in [{position}])\n" in told
    assert "now 'All beds'\n" in told
    changed = json.loads(record("march.yaml", "--correct", "--json").stdout)["files"][0]["changed"]
    assert {change["field"]: change["corrected_in"] for change in changed} == {"outcome": position, "title": None}


def test_a_line_that_is_put_back_after_it_was_retracted_is_told_how_to_have_it_back(log):
    record("march.yaml")
    Path("march.yaml").write_text(MARCH[: MARCH.index("  - {item: 2")], encoding="utf-8")
    record("march.yaml", "--correct", "--retract-missing")
    position = size()
    Path("march.yaml").write_text(MARCH, encoding="utf-8")
    told = record("march.yaml").stderr
    assert f"(retracted in [{position}])" in told
    assert f"decisionlog retract @{position} --reason 'put back'" in told
    run("retract", f"@{position}", "--reason", "put back", "--by", "clerk-1")
    assert "retracted" not in record("march.yaml").stderr


def test_a_short_file_for_a_recorded_meeting_is_told_how_to_add_to_it(log):
    Path("march.yaml").write_text(MARCH.replace("2026-03-12}", "2026-03-12, venue: Town Hall}"), encoding="utf-8")
    record("march.yaml")
    Path("more.yaml").write_text(
        "meeting: {body: northmoor-locality-board, on: 2026-03-12}\nitems: [{item: 9, title: Cars, decision: noted}]\n",
        encoding="utf-8",
    )
    told = record("more.yaml", code=5).stderr
    assert "To add to the meeting, and leave what is recorded of it, write meeting: NLB-2026-03-12\n" in told
    Path("more.yaml").write_text("meeting: NLB-2026-03-12\nitems: [{item: 9, title: Cars, decision: noted}]\n")
    assert "Recorded 1 fact" in record("more.yaml", "--correct").stdout


def test_after_a_correction_only_what_changed_is_listed_and_asked_about_next(log):
    record("march.yaml")
    Path("march.yaml").write_text(MARCH.replace("Beds", "All beds"), encoding="utf-8")
    told = record("march.yaml", "--correct").stdout
    assert "  NLB/25-26/002  approved, by northmoor-cabinet\n" in told
    assert "NLB/25-26/001" not in told
    assert "  decisionlog who decided NLB/25-26/002\n" in told


def test_a_dry_run_records_nothing_and_writes_nothing_back(log):
    before = size()
    assert "\nNothing was recorded (dry run).\n" in record("march.yaml", "--dry-run", "--write-back").stdout
    assert size() == before
    assert Path("march.yaml").read_text(encoding="utf-8") == MARCH


def test_references_are_written_back_and_the_rest_is_left_where_it_stands(log):
    record("march.yaml", "--write-back")
    assert Path("march.yaml").read_text(encoding="utf-8") == (
        "# The Board in March.\n"
        "meeting: {ref: NLB-2026-03-12, body: northmoor-locality-board, on: 2026-03-12}\n"
        "items:\n"
        "  - {item: 1, title: Winter, decision: {ref: NLB/25-26/001, outcome: noted}}\n"
        "  - {item: 2, title: Beds, decision: {ref: NLB/25-26/002, maker: northmoor-cabinet, outcome: approved}}\n"
    )
    assert "already recorded" in record("march.yaml").stdout


def test_a_changed_file_is_a_conflict_until_it_is_agreed_to(log):
    record("march.yaml")
    before = size()
    Path("march.yaml").write_text(MARCH.replace("approved", "rejected"), encoding="utf-8")
    told = record("march.yaml", code=5).stderr
    assert "item 2, decision of northmoor-cabinet 1: outcome was approved, now rejected" in told
    assert "--correct" in told
    assert "Nothing was recorded." in told
    assert size() == before
    assert "Recorded 1 fact " in record("march.yaml", "--correct").stdout
    assert "Nothing was added." in record("march.yaml").stdout


def test_on_a_terminal_what_changed_is_asked_about(log):
    record("march.yaml")
    Path("march.yaml").write_text(MARCH + "  - {item: 3, decision: deferred}\n", encoding="utf-8")
    terminal = Terminal("record", "march.yaml", "--by", "clerk-1")
    terminal.types("n\n", after="Record what is new")
    assert terminal.ends() == 1
    assert "new: item 3, decision 1" in terminal.shown
    assert "Nothing was recorded." in terminal.shown
    terminal = Terminal("record", "march.yaml", "--by", "clerk-1")
    terminal.types("y\n", after="Record what is new")
    assert terminal.ends() == 0
    assert "Recorded 1 fact" in terminal.shown


def test_a_program_gets_one_document(log):
    answer = json.loads(record("march.yaml", "--json").stdout)
    (file,) = answer["files"]
    assert answer["recorded"] is True
    assert file["gathering"] == "meeting NLB-2026-03-12"
    assert [one["ref"] for one in file["allotted"]] == ["NLB-2026-03-12", "NLB/25-26/001", "NLB/25-26/002"]
    assert file["receipt"]["facts"][0]["type"] == "meeting.held"
    assert json.loads(record("march.yaml", "--json").stdout)["recorded"] is False


def test_a_program_gets_the_mistakes_as_a_document(log):
    Path("march.yaml").write_text(MARCH.replace("noted", "notd"), encoding="utf-8")
    answer = json.loads(record("march.yaml", "--json", code=2).stdout)
    assert answer["recorded"] is False
    assert answer["error"]["mistakes"][0]["place"] == "march.yaml, line 4, items[0].decision (item 1)"


def test_several_files_are_each_a_batch_and_one_mistake_stops_them_all(log):
    Path("april.yaml").write_text(MARCH.replace("2026-03-12", "2026-04-16"), encoding="utf-8")
    Path("may.yaml").write_text("meeting: {body: northmoor-locality-board}\n", encoding="utf-8")
    before = size()
    assert "may.yaml, line 1, meeting: `on` is missing" in record("march.yaml", "april.yaml", "may.yaml", code=2).stderr
    assert size() == before
    assert "in 2 batches" in record("march.yaml", "april.yaml").stdout


def test_a_log_begun_from_an_export_knows_what_was_recorded(log):
    record("march.yaml")
    run("export", "jsonl", "-o", "log.jsonl", "--vault", "words.jsonl")
    run("init", "copy.db", "--from", "log.jsonl", "--vault", "words.jsonl")
    Path("march.yaml").rename("renamed.yaml")
    assert "already recorded" in record("renamed.yaml", "--log", "copy.db").stdout


def test_standard_input_is_a_file(log):
    assert "standard input: 3 facts" in record("-", stdin=MARCH).stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "FILE is missing"),
        (("march.yaml", "./march.yaml"), "The same file is named twice"),
        (("march.yaml", "--template"), "--template takes no FILE"),
        (("--template", "--edit"), "give one of them"),
        (("march.yaml", "--on", "2026-03-12"), "--on goes with --template or --edit"),
        (("--template", "--on", "31/02/2026"), "is not a day"),
        (("--template", "--json"), "--template prints YAML"),
        (("--edit", "--json"), "--edit needs a person"),
        (("none.yaml",), "There is no file none.yaml"),
        ((".",), "is a folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_wrong_command_line_is_told(log, words, sentence):
    assert sentence in record(*words, code=2).stderr


def test_who_records_must_be_said_where_nobody_can_be_asked(log):
    assert "needs --by (no terminal to ask on)" in run("record", "march.yaml", code=2).stderr


def test_an_nhs_number_stops_the_recording_until_it_is_said_that_it_is_to_be_kept(log):
    Path("march.yaml").write_text(MARCH.replace("Winter", '"Call 943 476 5919"'), encoding="utf-8")
    assert "line 4, items[0].title (item 1): holds what reads as an NHS number" in record("march.yaml", code=2).stderr
    assert "Recorded 3 facts" in record("march.yaml", "--contains-personal-data").stdout


def test_a_meeting_still_to_come_is_recorded_and_said(log):
    Path("march.yaml").write_text(MARCH.replace("2026", "2126"), encoding="utf-8")
    assert "which is still to come" in record("march.yaml").stderr


# Templates and editors


def members():
    seat = {"type": "body.member_appointed", "stream": "body:northmoor-locality-board", "on": "2025-04-01"}
    filled = {
        "type": "post.filled",
        "stream": "post:trust-chair",
        "on": "2025-04-01",
        "data": {"person": "person:p-008"},
    }
    return [
        {
            **seat,
            "data": {"member": "person:p-001", "on_behalf_of": ["organisation:northmoor-council"], "role": "chair"},
        },
        {**seat, "data": {"member": "post:trust-chair", "on_behalf_of": ["organisation:northmoor-ft"]}},
        {**seat, "data": {"member": "person:p-002", "until": "2026-01-01"}},
        {**seat, "data": {"member": "post:clerk"}},
        filled,
    ]


def test_a_template_has_the_members_of_the_day_and_what_was_left_open(log):
    run("import", facts("members.jsonl", *members()), "--by", "clerk-1")
    Path("march.yaml").write_text(
        MARCH + "  - {item: 3, actions: [{what: Write to carers, due: 2026-04-30}]}\n", encoding="utf-8"
    )
    record("march.yaml")
    shown = run("record", "--template", "--body", "northmoor-locality-board", "--on", "2026-04-16").stdout
    assert "  on: 2026-04-16\n" in shown
    assert (
        "  - {person: p-001, for: northmoor-council, role: chair}\n  - {person: p-008, for: northmoor-ft}\n#" in shown
    )
    assert "p-002" not in shown.partition("items:")[0]
    assert "the holder of clerk, who is not recorded" in shown
    examples = shown.partition("items:")[2]
    assert "for: northmoor-council, outcome: approved" in examples
    assert "maker: northmoor-locality-board, " in examples
    assert "p-022" not in shown
    assert "SORD-7.2" not in shown
    assert "minutes: {of: NLB-2026-03-12, status: confirmed}" in shown
    assert "  # presiding: [" in shown
    assert "# Left open by NLB-2026-03-12:\n#   NLB/25-26/A01  Write to carers (2026-04-30)\n" in shown


def test_a_template_that_is_filled_in_can_be_recorded(log):
    shown = run("record", "--template", "--body", "northmoor-locality-board", "--on", "2026-04-16").stdout
    Path("april.yaml").write_text(
        shown.replace("items:\n", "items:\n  - {item: 1, decision: noted}\n"), encoding="utf-8"
    )
    assert "Recorded 2 facts" in record("april.yaml").stdout


def test_a_template_without_a_body_needs_no_log():
    assert run("record", "--template").stdout.startswith("# What happened at the meeting.")


def test_a_template_of_an_unknown_body_names_the_nearest(log):
    assert "northmoor-cabinet" in run("record", "--template", "--body", "northmoor-cabnet", code=7).stderr


def editor(script):
    path = Path("editor").absolute()
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def edited(script, *words):
    return in_a_shell(f"decisionlog record --edit --by clerk-1 {' '.join(words)}", EDITOR=editor(script))


@pytest.mark.parametrize(
    "script",
    ["exit 1", "true", ': > "$1"', 'echo "# only a comment" > "$1"'],
    ids=["failed", "unchanged", "empty", "only comments"],
)
def test_an_editor_that_leaves_nothing_records_nothing_and_keeps_the_draft(log, script):
    before = size()
    ended = edited(script)
    assert ended.returncode == 1
    assert "Nothing recorded (empty text)." in ended.stderr
    (draft,) = [line for line in ended.stderr.splitlines() if line.startswith("The draft is kept in ")]
    assert Path(draft.removeprefix("The draft is kept in ").rstrip(".")).is_file()
    assert size() == before


def test_what_is_written_in_an_editor_is_recorded_and_the_draft_is_gone(log):
    Path("written.yaml").write_text(MARCH, encoding="utf-8")
    ended = edited(f'cp "{Path("written.yaml").absolute()}" "$1"; echo "$1" > "{Path("where").absolute()}"')
    assert ended.returncode == 0, ended.stderr
    assert "Recorded 3 facts" in ended.stdout
    assert not Path(Path("where").read_text(encoding="utf-8").strip()).exists()


def test_a_draft_with_mistakes_is_kept_and_its_path_is_said(log):
    ended = edited('echo "meeting: {}" > "$1"')
    assert ended.returncode == 2
    assert "`body` is missing" in ended.stderr
    assert "The draft is kept in " in ended.stderr


def test_on_a_terminal_a_draft_with_mistakes_may_be_edited_again(log):
    Path("good.yaml").write_text(MARCH, encoding="utf-8")
    script = f'if grep -q "meeting: {{}}" "$1"; then cp "{Path("good.yaml").absolute()}" "$1"; else echo "meeting: {{}}" > "$1"; fi'
    terminal = Terminal("record", "--edit", "--by", "clerk-1", EDITOR=editor(script), PATH=os.environ["PATH"])
    terminal.types("y\n", after="Edit it again?")
    assert terminal.ends() == 0
    assert "Recorded 3 facts" in terminal.shown


def test_two_secretaries_at_once_are_both_recorded_and_no_reference_is_allotted_twice(log):
    for month in ("01", "02", "04", "05"):
        Path(f"{month}.yaml").write_text(MARCH.replace("2026-03", f"2026-{month}"), encoding="utf-8")
    ended = in_a_shell(
        'for month in 01 02 04 05; do decisionlog record $month.yaml --by clerk-1 > $month.txt 2>&1 || echo "failed $month" & done; wait'
    )
    assert ended.stdout == "", [Path(f"{month}.txt").read_text(encoding="utf-8") for month in ("01", "02", "04", "05")]
    refs = [item["ref"] for item in json.loads(run("list", "decisions", "--json").stdout)["items"]]
    assert sorted(refs) == [f"NLB/{year}/00{number}" for year in ("25-26", "26-27") for number in range(1, 5)]


def test_of_several_who_record_the_same_file_at_once_one_does_and_the_others_are_told_that_it_was_done(log):
    before = size()
    ended = in_a_shell(
        'for who in 1 2 3 4; do decisionlog record march.yaml --by clerk-1 > $who.txt 2>&1 || echo "failed $who" & done; wait'
    )
    told = [Path(f"{who}.txt").read_text(encoding="utf-8") for who in range(1, 5)]
    assert ended.stdout == "", told
    assert sum("Recorded 3 facts" in one for one in told) == 1, told
    assert sum("march.yaml: already recorded (meeting NLB-2026-03-12).\n" in one for one in told) == 3, told
    assert size() == before + 3


def test_a_file_that_somebody_records_between_is_recorded_already(log, monkeypatch):
    usual = recording.MeetingFiles.record

    def overtaken(files):
        monkeypatch.setattr(recording.MeetingFiles, "record", usual)
        record("march.yaml")
        return usual(files)

    monkeypatch.setattr(recording.MeetingFiles, "record", overtaken)
    told = record("march.yaml").stdout
    assert told.startswith("march.yaml: already recorded (meeting NLB-2026-03-12).\n")
    assert "Recorded" not in told


def test_whoever_is_overtaken_every_time_is_told_to_run_the_command_again(log, monkeypatch):
    usual, count = recording.MeetingFiles.record, iter(range(1000))

    def overtaken(files):
        run("import", facts("more.jsonl", proposal(f"X{next(count)}")), "--by", "clerk-1")
        return usual(files)

    monkeypatch.setattr(recording.MeetingFiles, "record", overtaken)
    monkeypatch.setattr(recording_commands, "_TRIES", 3)
    told = record("march.yaml", code=5).stderr
    assert told.endswith(
        "somebody recorded in the meantime. Run the command again: nothing is recorded twice. Nothing was recorded.\n"
    )
    assert next(count) == 3

from __future__ import annotations

import hashlib
import json
import shlex
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from decisionlog.cli.acting.flags import FLAGS, field_of
from decisionlog.cli.acting.verbs import VERBS, types_of
from decisionlog.cli.acting.written import needed_flags
from decisionlog.cli.main import COMMANDS
from decisionlog.domain.facts import TYPES
from decisionlog.domain.facts.shape import fields_of
from tests.cli.running import answer, facts, in_a_shell, log_of, run

PLACE = (
    {"type": "organisation.registered", "data": {"ref": "council"}},
    {"type": "organisation.registered", "data": {"ref": "trust"}},
    {"type": "body.constituted", "on": "2022-07-01", "data": {"ref": "cabinet", "short_name": "CAB"}},
    {"type": "body.constituted", "on": "2022-07-01", "data": {"ref": "board", "short_name": "NLB"}},
    {"type": "post.established", "data": {"ref": "director"}},
    {"type": "person.registered", "data": {"ref": "p-001"}},
    {"type": "delegation.granted", "on": "2024-04-01",
     "data": {"ref": "L1", "delegator": "body:board", "delegates": ["body:cabinet"]}},
    {"type": "delegation.granted", "on": "2024-04-01", "data": {"ref": "L2"}},
    {"type": "delegation.suspended", "stream": "delegation:L2", "on": "2024-05-01"},
    {"type": "proposal.submitted", "on": "2025-02-26", "data": {"ref": "P1", "title": "Winter beds", "version": "1"}},
    {"type": "proposal.position_taken", "stream": "proposal:P1", "on": "2025-03-01",
     "data": {"on_behalf_of": ["trust"], "version": "1", "position": "support-with-conditions",
              "conditions": [{"id": "C1", "words": "money"}]}},
    {"type": "disagreement.raised", "on": "2025-03-02", "data": {"ref": "G1", "about": ["proposal:P1"]}},
    {"type": "decision.taken", "on": "2025-03-12", "data": {"ref": "D1", "outcome": "approved", "title": "Winter bedz"}},
    {"type": "decision.called_in", "stream": "decision:D1", "on": "2025-03-14"},
    {"type": "decision.taken", "on": "2025-03-12", "data": {"ref": "D2", "outcome": "noted"}},
    {"type": "action.assigned", "on": "2025-03-12", "data": {"ref": "A1", "what": "plan"}},
    {"type": "proposal.submitted", "on": "2025-03-05", "data": {"ref": "P2", "title": "More beds"}},
    {"type": "record.hold_placed", "stream": "decision:D2", "on": "2025-03-20"},
)  # fmt: skip
FIRST = 2
SIZE = 1 + len(PLACE)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return log_of(tmp_path_factory.mktemp("place"), *PLACE)


@pytest.fixture(autouse=True)
def _log(made, monkeypatch):
    shutil.copy(made, "decisionlog.db")
    monkeypatch.setenv("DECISIONLOG_BY", "clerk-1")


def last():
    """The newest fact of the log."""
    return answer("log")["items"][-1]["fact"]


def size():
    return answer("status")["size"]


def words(line):
    """A line of the shell as words."""
    return shlex.split(line)


# The table

LINES = [
    ("propose --title Beds --sponsor board", "proposal.submitted"),
    ("revise P1 --version 2 --no-material --reason why", "proposal.revised"),
    ("refer P1 --to cabinet --asked-to decide", "proposal.referred"),
    ("defer P1 --until-when 2025-05", "proposal.deferred"),
    ("request-sign-off P1 --asked council --due 2025-05-01", "proposal.sign_off_requested"),
    ("sign-off P1 --partner council --position support", "proposal.position_taken"),
    ("disagree P1 --partner council --grounds 'no plan'", "disagreement.raised"),
    ("disagree D1 --partner council --grounds 'no plan'", "disagreement.raised"),
    ("escalate G1 --to director --rung 2", "disagreement.escalated"),
    ("resolve G1 --as reconciled --terms 'a plan'", "disagreement.reconciled"),
    ("resolve G1 --as parked", "disagreement.parked"),
    ("resolve G1 --as upheld --who board", "disagreement.upheld"),
    ("resolve G1 --as overruled --who board --by-decision D1", "disagreement.overruled"),
    ("resolve G1 --as withdrawn --partner trust", "disagreement.withdrawn"),
    ("resolve G1 --as dissent --words 'we were not asked' --by-decision D1", "disagreement.dissent_recorded"),
    ("decide P1 --maker cabinet --outcome approved", "decision.taken"),
    ("delegate --delegator cabinet --delegate director --limit none", "delegation.granted"),
    ("revoke L1 --reason 'a deficit'", "delegation.revoked"),
    ("suspend L1 --reason 'an inquiry'", "delegation.suspended"),
    ("resume L2", "delegation.resumed"),
    ("ratify D1 --maker board", "decision.ratified"),
    ("ratify D1 --maker board --declined --no-stands", "decision.not_ratified"),
    ("report-back D1 --to board", "decision.reported_back"),
    ("report-back L1 --to board --period 2025-Q1", "delegation.reported"),
    ("discharge P1 C1", "condition.discharged"),
    ("discharge P1 C1 --accepted", "condition.accepted"),
    ("discharge P1 C1 --refused", "condition.refused"),
    ("discharge P1 C1 --failed", "condition.failed"),
    ("discharge P1 C1 --waived", "condition.waived"),
    ("implement D1 --partly", "decision.implemented"),
    ("publish D1 --channel website", "decision.published"),
    ("call-in D2 --who board --grounds why", "decision.called_in"),
    ("call-in D1 --concluded --result no-action", "decision.call_in_concluded"),
    ("call-in P1 --who board", "proposal.called_in"),
    ("vary D1 --value 480k", "decision.varied"),
    ("vary L1 --limit '< £480,000'", "delegation.varied"),
    ("supersede D1 --with D2", "decision.superseded"),
    ("supersede P1 --with P2", "proposal.superseded"),
    ("rescind D1 --maker board", "decision.rescinded"),
    ("lapse P1 --cause term-ended", "proposal.lapsed"),
    ("lapse D1", "decision.lapsed"),
    ("lapse L1", "delegation.lapsed"),
    ("withdraw P1 --reason 'to be costed again'", "proposal.withdrawn"),
    ("withdraw P1 --partner trust", "proposal.position_withdrawn"),
    ("withdraw G1 --partner trust", "disagreement.withdrawn"),
    ("correct D1 'title=Winter beds'", "record.corrected"),
    ("retract D2 --reason 'the wrong file'", "record.retracted"),
    ("assign --what 'a plan' --for trust", "action.assigned"),
    ("complete A1", "action.completed"),
    ("complete A1 --cancelled", "action.cancelled"),
    ("set-access D1 --level exempt --paragraph 1,3 --ground 'a bid' --review-on 2026-01-01", "record.access_changed"),
    ("hold D1 --reason 'an inquiry' --review-by 2026-01-01", "record.hold_placed"),
    ("lift-hold D2 --reason 'it reported'", "record.hold_lifted"),
]


@pytest.mark.parametrize(("line", "type_name"), LINES, ids=[line for line, _ in LINES])
def test_every_verb_records_the_type_that_the_table_says(line, type_name):
    verb = line.split()[0]
    assert type_name in types_of(VERBS[verb])
    told = run(*words(line), "--on", "2025-04-02")
    assert told.stdout.startswith("Recorded ")
    assert f"(position {SIZE + 1})" in " ".join(told.stdout.split())
    fact = last()
    assert (fact["type"], fact["on"], fact["recorded_by"]) == (type_name, "2025-04-02", "clerk-1")
    if "P1 --partner" not in line and verb not in {"propose", "disagree", "decide", "delegate", "assign", "sign-off"}:
        assert fact["of"]["stream"] == fact["stream"]


def test_every_type_of_the_table_is_tried():
    assert {type_name for _, type_name in LINES} == {name for verb in VERBS.values() for name in types_of(verb)}


def test_the_table_and_the_commands_are_the_same():
    assert [name for name, entry in COMMANDS.items() if entry.section == "Acting"] == [*VERBS, "finding"]


@pytest.mark.parametrize("name", VERBS)
def test_every_flag_fills_a_field_of_some_type_and_every_example_is_of_its_verb(name):
    verb = VERBS[name]
    for flag in verb.flags.split():
        assert any(field_of(FLAGS[flag], type_name) for type_name in types_of(verb)), flag
    assert {*needed_flags(verb)} <= {*verb.flags.split()}
    assert verb.prose in {"", *verb.flags.split()}
    assert all(example.split()[0] == name for example in verb.examples)
    assert verb.examples


def test_the_examples_of_the_help_are_understood():
    """Each ends with what is not recorded here, or with nothing wrong: never with a slip on the command line."""
    Path("letters").mkdir()
    Path("letters/icb-funding.pdf").write_text("letter")
    for verb in VERBS.values():
        for example in verb.examples:
            told = run(*words(example.replace("--edit", "--text x")), "--dry-run", code=None)
            assert told.exit_code in {0, 2, 5, 7}, (example, told.stderr)
            assert "Try: decisionlog" not in told.stderr, (example, told.stderr)


def test_whatever_a_type_holds_can_be_set():
    """Of every type of the table, every field that takes one word of a list, and some that hold more."""
    for verb in VERBS.values():
        for type_name in types_of(verb):
            assert fields_of(TYPES[type_name])
    line = "decide P1 --maker cabinet --outcome approved --set votes.counts.in_favour=5 --set votes.result=majority"
    more = ["--set", 'next=[{"to": "board", "asked_to": "note"}]', "--set", "lead=p-001", "--set", "key=true"]
    run(*words(line), *more)
    data = last()["data"]
    assert data["votes"] == {"counts": {"in_favour": 5}, "result": "majority"}
    assert data["next"] == [{"to": "body:board", "asked_to": "note"}]
    assert (data["lead"], data["key"]) == ("person:p-001", True)


# What is said afterwards


def test_what_changed_is_one_line_and_the_next_command_can_be_pasted():
    told = run(*words("decide P1 --maker cabinet --outcome approved --ref 'CAB/25 1' --on 2025-03-12")).stdout
    assert told.startswith(f"Recorded CAB/25 1 approved (position {SIZE + 1}).\nFindings that appear: ")
    assert told.endswith("\nNext:\n  decisionlog who decided 'CAB/25 1'\n")
    assert in_a_shell(told.splitlines()[-1]).returncode == 0


def decided(outcome, *more):
    return run(*words(f"decide P1 --maker cabinet --outcome {outcome} --on 2025-03-12"), *more).stdout


def test_who_decides_a_matter_second_and_otherwise_is_told_so():
    assert "GL46" not in decided("approved")
    said = decided("rejected")
    assert "and neither says what becomes of the other" in " ".join(said.split())
    assert "(GL46)" in said


def test_what_newly_does_not_add_up_is_in_the_document_too():
    decided("approved")
    found = json.loads(decided("rejected", "--json"))["findings"]
    assert "GL46" in {one["rule"] for one in found["appear"]}
    assert found["vanish"] == []


def test_what_is_not_recorded_trips_nothing():
    decided("approved", "--key", "once")
    assert "findings" not in json.loads(decided("approved", "--key", "once", "--json"))
    assert "findings" not in json.loads(decided("rejected", "--dry-run", "--json"))


def test_nothing_is_said_of_findings_where_none_appears_and_none_vanishes():
    assert "Findings" not in run(*words("sign-off P1 --partner trust --position support --on 2025-03-02")).stdout


def test_the_next_command_names_the_log_that_was_given():
    told = run(*words("ratify D1 --maker board --on 2025-04-01 --log decisionlog.db")).stdout
    assert told.endswith("  decisionlog who decided D1 --log decisionlog.db\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sign-off P1 --partner council --position object", "P1: council, object on version 1"),
        ("sign-off P2 --person p-001 --position-words 'not now' --position ''", "P2: p-001, position not recorded"),
        ("withdraw P1 --partner trust", "P1: position of trust withdrawn"),
        ("discharge P1 c1 --waived", "condition c1 of P1 waived"),
        ("resolve G1 --as dissent --partner trust", "G1: dissent of trust"),
        ("correct D1 value=£450k item=4", "D1 corrected: value is £450,000; item is '4'"),
        ("correct D1 title=", "D1 corrected: title is struck"),
        ("correct D1 on=2025-03-11 --fact @15", "@15 of D1 corrected: date is 11 March 2025"),
        ("retract @15 --reason ''", "@15 of D1 retracted"),
        ("call-in D1 --concluded", "D1 call-in concluded"),
    ],
)
def test_what_changed_is_said_in_the_words_of_the_matter(line, said):
    told = " ".join(run(*words(line)).stdout.split())
    assert told.startswith(f"Recorded {said} (position {SIZE + 1}).")


@pytest.mark.parametrize(
    ("written", "change"),
    [
        ("maker=board", {"path": "/decision_makers", "now": ["board"]}),
        ("for=trust", {"path": "/on_behalf_of", "now": ["trust"]}),
        ("effective=2025-04-01", {"path": "/from", "now": "2025-04-01"}),
        ("review=2026-04-01", {"path": "/review_by", "now": "2026-04-01"}),
        ("date=2025-03-11", {"path": "/on", "now": "2025-03-11"}),
    ],
)
def test_a_correction_knows_the_words_of_the_files(written, change):
    (made,) = answer(*words(f"correct D1 {written} --dry-run"))["plain"]["data"]["changes"]
    assert {name: made[name] for name in ("path", "now")} == change


def test_a_time_of_the_day_is_corrected_on_the_day_of_the_fact():
    held = {"type": "meeting.held", "stream": "meeting:M1", "on": "2025-07-10", "data": {"bodies": ["body:board"]}}
    run("import", facts("held.jsonl", held), "--by", "clerk-1")
    (made,) = answer(*words("correct M1 ended=17:00 --dry-run"))["plain"]["data"]["changes"]
    assert made["now"].startswith("2025-07-10T17:00:00")


def test_dissent_is_that_of_the_partner_that_disagreed_unless_another_is_named():
    run(*words("disagree P1 --partner council --ref G2 --grounds 'no plan'"))
    assert answer(*words("resolve G2 --as dissent --dry-run"))["plain"]["data"]["on_behalf_of"] == [
        "organisation:council"
    ]
    named = answer(*words("resolve G2 --as dissent --partner trust --dry-run"))["plain"]["data"]
    assert named["on_behalf_of"] == ["trust"]


def test_json_answers_with_one_document():
    told = answer(*words("ratify D1 --maker board --on 2025-04-01"))
    assert told["recorded"] is True
    assert told["facts"] == [{"position": SIZE + 1, "type": "decision.ratified", "stream": "decision:D1", "n": 3}]
    assert (told["ref"], told["stream"], told["plain"]["of"]) == (
        "D1",
        "decision:D1",
        {"stream": "decision:D1", "n": 1},
    )


def test_without_a_day_it_counts_from_when_it_is_recorded_and_that_is_said():
    told = run(*words("publish D1"))
    assert "Note: no day was given (--on)" in told.stderr
    assert "on" not in last()
    assert "no day" not in run(*words("correct D1 item=4")).stderr


def test_what_is_odd_is_noted_and_recorded():
    told = run(*words("sign-off P1 --partner council --position support --on 2025-02-01"))
    assert "Note: 2025-02-01 is before P1 was submitted on 2025-02-26 [11]; recorded as it was said." in told.stderr
    assert told.stdout.startswith("Recorded P1: council, support")


# Dry runs


@pytest.mark.parametrize("line", [line for line, _ in LINES])
def test_a_dry_run_prints_the_very_fact_and_records_nothing(line):
    dry = run(*words(line), "--on", "2025-04-02", "--dry-run")
    assert size() == SIZE
    assert "Nothing was recorded (dry run)." in dry.stderr
    Path("dry.jsonl").write_text(dry.stdout)
    shutil.copy("decisionlog.db", "other.db")
    run("import", "dry.jsonl", "--log", "other.db")
    there = answer("log", "--log", "other.db")["items"][-1]["fact"]
    run(*words(line), "--on", "2025-04-02")
    here = last()
    for fact in (here, there):
        for name in ("recorded_at", "batch", "salt"):
            fact.pop(name)
    assert shape(here) == shape(there)


def shape(value):
    """A fact without the salts of what is sealed."""
    if isinstance(value, dict):
        return "sealed" if value.keys() == {"$private"} else {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else value


def test_a_dry_run_finds_what_is_wrong():
    told = run(*words("decide --maker cabinett --ref D9 --outcome approved --dry-run"), code=2)
    assert "Did you mean body:cabinet?" in told.stderr


def test_a_dry_run_in_json_says_what_would_be_recorded():
    told = answer(*words("ratify D1 --maker board --dry-run"))
    assert (told["recorded"], told["dry_run"], told["plain"]["type"]) == (False, True, "decision.ratified")


# Once, twice, again


def test_the_same_request_again_is_answered_by_the_first_receipt():
    line = words("sign-off P1 --partner council --position support --on 2025-03-12")
    run(*line)
    told = run(*line)
    assert told.stdout.startswith(f"Already recorded as position {SIZE + 1} on ")
    assert size() == SIZE + 1
    assert answer(*line)["already"] is True
    run(*line, "--again")
    assert size() == SIZE + 2


@pytest.mark.parametrize("line", ["propose --title Beds --sponsor board", "ratify D1 --maker board", "correct D1 item=4",
                                  "assign --what x --for trust", "revoke L1", "discharge P1 C1"])  # fmt: skip
def test_a_retry_never_records_twice_whatever_became_of_it(line):
    run(*words(line))
    run(*words(line))
    assert size() == SIZE + 1


def test_signing_twice_is_said_and_not_recorded():
    run(*words("sign-off P1 --partner council --position support --on 2025-03-12"))
    told = run(*words("sign-off P1 --partner council --position support --on 2025-03-13"))
    assert " ".join(told.stdout.split()) == (
        f"council already signed on 2025-03-12 [{SIZE + 1}]: support on version 1 of P1. Nothing was recorded. "
        "(--again records it a second time.)"
    )
    assert size() == SIZE + 1
    told = answer(*words("sign-off P1 --partner council --position support --on 2025-03-14"))
    assert (told["recorded"], told["already"]) == (False, True)
    assert told["sentence"].startswith("council already signed on 2025-03-12")


def test_a_key_names_a_request_once():
    run(*words("publish D1 --channel website --key first"))
    assert run(*words("publish D1 --channel website --key first")).stdout.startswith("Already recorded as")
    told = run(*words("publish D1 --channel gazette --key first"), code=1)
    assert "The key 'first' was used for a different request on " in told.stderr
    assert size() == SIZE + 1


def test_a_log_that_has_grown_is_a_conflict_where_that_was_asked():
    told = run(*words(f"publish D1 --if-size {SIZE - 1}"), code=5)
    assert f"The log has {SIZE} facts, not {SIZE - 1}" in told.stderr
    run(*words(f"publish D1 --if-size {SIZE}"))


def test_what_is_so_already_says_when_and_where():
    run(*words("ratify D1 --maker board --on 2025-04-01"))
    told = run(*words("ratify D1 --maker board --on 2025-04-02"), code=1)
    assert f"D1 was ratified already on 2025-04-01 [{SIZE + 1}], recorded on " in told.stderr
    assert told.stderr.rstrip().endswith("give --again. Nothing was recorded.")
    run(*words("ratify D1 --maker board --on 2025-04-02 --again"))


# What is read, and how


def test_a_paper_is_kept_by_its_name_and_digest():
    Path("papers").mkdir()
    Path("papers/item 4.pdf").write_bytes(b"case")
    run(*words("propose --title Beds --sponsor board --paper 'papers/item 4.pdf'"))
    assert last()["data"]["paper"] == {"uri": "item 4.pdf", "sha256": hashlib.sha256(b"case").hexdigest()}
    assert (
        "is not there; name the file"
        in run(*words("propose --title Beds --sponsor board --paper x.pdf"), code=2).stderr
    )
    told = run(*words("propose --title Beds --sponsor board --paper papers"), code=2)
    assert "is not an ordinary file" in told.stderr
    told = run(*words("propose --title Beds --sponsor board --paper"), "x" * 300, code=2)
    assert "cannot be read (File name too long)" in told.stderr
    run(*words("publish D1 --document https://northmoor.example/d1"))
    assert last()["data"]["documents"] == [{"uri": "https://northmoor.example/d1"}]


@pytest.mark.parametrize(
    ("limit", "kept"),
    [
        ("up to £500,000 per decision", {"money": {"amount": 50_000_000, "currency": "GBP"}, "operator": "<=", "per": "decision"}),
        ("< 250k", {"money": {"amount": 25_000_000, "currency": "GBP"}, "operator": "<"}),
        ("£1m per financial year", {"money": {"amount": 100_000_000, "currency": "GBP"}, "per": "financial year"}),
    ],
)  # fmt: skip
def test_a_limit_is_read_as_it_is_written(limit, kept):
    run("delegate", "--delegator", "board", "--delegate", "cabinet", "--limit", limit)
    assert last()["data"]["limits"] == [kept]


def test_none_is_recorded_as_none_and_an_empty_text_is_not_recorded():
    run(*words("decide --maker cabinet --outcome approved --rejected none --consulted none --value none --title ''"))
    data = last()["data"]
    assert (data["options_rejected"], data["consulted"], data["value"]) == ([], [], [])
    assert "title" not in data


def test_a_last_day_is_the_day_before_the_first_on_which_it_no_longer_holds():
    run(*words("delegate --delegator board --delegate cabinet --last-day 2026-03-31"))
    assert last()["data"]["until"] == "2026-04-01"
    told = run(*words("delegate --delegator board --delegate cabinet --last-day 31/03/2026"), code=2)
    assert "31/03/2026" in told.stderr


def test_words_come_from_standard_input():
    run(*words("resolve G1 --as dissent --words -"), stdin="We were not asked.\nNobody was.\n")
    assert answer("history", "G1")["items"][-1]["data"]["words"] == "We were not asked.\nNobody was."
    assert (
        "Only one of"
        in run(*words("decide --maker cabinet --outcome noted --text - --reason -"), code=2, stdin="x").stderr
    )
    assert "is not UTF-8 (byte 1)" in run(*words("resolve G1 --as dissent --words -"), stdin=b"\xff", code=2).stderr


def test_today_is_by_the_calendar_of_the_log():
    run(*words("publish D1 --on yesterday"))
    run(*words("publish D2 --on today"))
    first, second = (item["fact"]["on"] for item in answer("log")["items"][-2:])
    assert date.fromisoformat(first) + timedelta(days=1) == date.fromisoformat(second)


def test_references_are_understood_in_every_way_that_things_are_called():
    run(*words("ratify 'd1' --maker body:board"))
    run(*words(f"publish @{FIRST + 12}"))
    run(*words("report-back decision:D1 --to Board"))
    assert [item["fact"]["stream"] for item in answer("log")["items"][-3:]] == ["decision:D1"] * 3


def test_json_is_for_machines_and_each_line_is_one_document():
    told = run(*words("publish D1 --format jsonl"))
    assert json.loads(told.stdout)["recorded"] is True


def test_an_amount_alone_corrects_the_money_of_the_one_value_and_leaves_the_rest_of_it():
    value = '[{"money": {"amount": 45000000, "currency": "GBP"}, "recurrence": "recurrent"}]'
    run(*words(f"decide --ref D9 --maker board --outcome approved --set 'value={value}'"))
    (made,) = answer(*words("correct D9 value=£540k --dry-run"))["plain"]["data"]["changes"]
    assert (made["path"], made["now"]["amount"]) == ("/value/0/money", 54_000_000)


@pytest.mark.parametrize(
    "line",
    [
        "retract @2 --reason x",
        "propose --ref X9 --title Beds",
        "import dry.jsonl",
        "record dry.yaml",
        "scheme apply dry-scheme.yaml",
    ],
)
def test_nobody_needs_to_be_named_for_a_dry_run(line, monkeypatch):
    monkeypatch.delenv("DECISIONLOG_BY", raising=False)
    size = answer("status")["size"]
    Path("dry.jsonl").write_text('{"type": "place.defined", "data": {"ref": "somewhere"}}\n', encoding="utf-8")
    Path("dry.yaml").write_text(
        "between_meetings: {on: 2026-03-12, post: director}\ndecisions: [{ref: X8, outcome: noted}]\n", encoding="utf-8"
    )
    Path("dry-scheme.yaml").write_text("from: 2025-04-01\nplaces: {somewhere: Somewhere}\n", encoding="utf-8")
    assert "--by" not in run(*words(f"{line} --dry-run")).stderr
    assert "needs --by" in run(*words(line), code=2).stderr
    assert answer("status")["size"] == size

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.domain.facts import KINDS
from decisionlog.render.words import PLURALS
from tests.cli.running import DEMO, answer, facts, in_a_shell, new_log, northmoor, proposal, run

BASIS = {"log", "as_at", "known_at", "clock", "position", "root", "rules"}


@pytest.fixture(autouse=True)
def _log():
    northmoor()


def with_the_correction():
    run("import", str(DEMO / "correction.jsonl"), "--by", "clerk-1")


# list


@pytest.mark.parametrize(("kind", "plural"), [*PLURALS.items()])
def test_everything_of_a_kind_is_listed(kind, plural):
    listing = answer("list", plural)
    assert listing["basis"].keys() == BASIS
    assert all(listing["basis"].values())
    assert all(item["stream"].startswith(f"{kind}:") for item in listing["items"])
    assert all(item["ref"] for item in listing["items"])
    opened = sum(
        line["fact"]["stream"].startswith(f"{kind}:") and line["fact"]["n"] == 1 for line in answer("log")["items"]
    )
    assert len(listing["items"]) == opened
    assert answer("list", kind)["items"] == listing["items"]


def test_every_kind_has_a_plural():
    assert tuple(PLURALS) == KINDS


def test_a_list_is_a_line_each_and_its_basis():
    first, second, empty, total, basis = run("list", "decisions").stdout.splitlines()
    assert first.startswith("NLB/24-25/031  Urgent community response  ")
    assert first.endswith("  [30]")
    assert second.startswith("CAB/25/018     Urgent community response: to note  ")
    assert (empty, total) == ("", "2 decisions.")
    assert basis.startswith("As at, and as known on, ")
    assert "northmoor.example/decisions: 33 facts, root " in basis


def test_a_list_is_whole_unless_it_is_limited():
    assert len(answer("list", "organisations")["items"]) == 5
    assert len(answer("list", "organisations", "--limit", "2")["items"]) == 2
    assert answer("list", "organisations", "--limit", "0")["items"] == []


def test_a_list_is_of_a_day_and_of_what_was_known():
    assert answer("list", "decisions", "--on", "2025-03-12")["items"] == []
    assert len(answer("list", "decisions", "--on", "2025-03-13")["items"]) == 2
    assert len(answer("list", "decisions", "--known", "@30")["items"]) == 1
    assert run("list", "decisions", "--on", "2025-03-12").stdout.startswith(
        "No decisions.\nAs at 2025-03-12, as known on "
    )
    assert "as known at position 30, by this log's clock" in run("list", "decisions", "--known", "@30").stdout


def test_a_list_is_narrowed_by_the_days_of_the_act_under_either_name():
    between = [
        item["ref"] for item in answer("list", "decisions", "--since", "2025-01-01", "--until", "2025-12-31")["items"]
    ]
    assert between == [
        item["ref"] for item in answer("list", "decisions", "--from", "2025-01-01", "--to", "2025-12-31")["items"]
    ]
    assert between
    assert answer("list", "decisions", "--since", "2030-01-01")["items"] == []


def test_words_are_found_and_told_as_a_list():
    found = answer("search", "community", "response", "--limit", "2")
    assert found["basis"].keys() == BASIS
    assert len(found["items"]) == 2
    assert {"NLB/24-25/P14", "NLB/24-25/031"} & {
        item["ref"] for item in answer("search", "community", "response")["items"]
    }
    assert len(run("search", "community", "--format", "jsonl").stdout.splitlines()) >= 2


def test_an_agenda_is_a_document_with_sections():
    body = answer("list", "bodies")["items"][0]["stream"]
    found = answer("agenda", body, "--on", "2025-06-01")
    assert found["basis"].keys() == BASIS
    assert found["body"] == body
    assert all({"section", "ref", "since", "due", "who", "evidence"} <= item.keys() for item in found["items"])


def test_a_list_can_be_of_one_state():
    (item, *more) = answer("list", "posts", "--state", "filled")["items"]
    assert (item["ref"], more) == ("council-leader", [])
    assert answer("list", "posts", "--state", "vacant")["items"] == []


def test_the_level_of_a_place_and_the_status_of_its_source_are_shown():
    assert "  place, defined  " in run("list", "places").stdout
    noted = {"type": "proposal.status_noted", "stream": "proposal:P1", "data": {"status": "Draft"}}
    run("import", facts("p.jsonl", proposal("P1"), noted), "--by", "clerk-1")
    assert "noted as 'Draft'" in run("list", "proposals").stdout


def test_two_things_of_one_ref_are_told_apart():
    run("import", facts("p.jsonl", proposal("P1"), proposal("P1")), "--by", "clerk-1")
    shown = run("list", "proposals").stdout
    assert "proposal:P1  " in shown
    assert "proposal:P1~2  " in shown


def test_jsonl_is_one_item_a_line():
    lines = run("list", "organisations", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == answer("list", "organisations")["items"]


# show and history


def test_a_thing_is_shown_with_its_fields_its_people_and_who_names_it():
    shown = run("show", "northmoor-icb-place-committee").stdout
    assert shown.startswith(
        "northmoor-icb-place-committee  Northmoor Place Committee of the ICB\n"
        "body:northmoor-icb-place-committee: constituted 2024-04-01 [11]\n"
    )
    assert "A committee of Northmoor ICB Board, for Northmoor, set up on 1 April 2024.\n" in shown
    assert (
        "\nMembers\n  Sam Okoro, chair, for NHS Northmoor Integrated Care Board, voting, since 1 April 2024 [19]\n"
        in shown
    )
    assert "\nRecent decisions\n  NLB/24-25/031 (Urgent community response): " in shown
    answered = answer("show", "northmoor-icb-place-committee")
    assert answered.keys() == {
        *(
            "basis",
            "thing",
            "sentences",
            "sections",
            "fields",
            "facts",
            "people",
            "cited_by",
            "names",
            "notes",
            "evidence",
            "findings",
        )
    }
    assert answered["people"][0]["who"] == "person:p-022"


@pytest.mark.parametrize("ref", ["NLB/24-25/P14", "nlb/24 25/p14", "proposal:NLB/24-25/P14"])
def test_a_thing_is_found_by_any_of_its_names(ref):
    assert answer("show", ref)["thing"]["stream"] == "proposal:NLB/24-25/P14"


def test_a_position_is_the_fact_that_stands_there_and_names_its_thing():
    with_the_correction()
    told = answer("show", "@21")
    assert (told["fact"]["position"], told["fact"]["type"], told["fact"]["n"]) == (21, "delegation.granted", 1)
    assert (told["fact"]["stream"], told["fact"]["data"]["from"], told["evidence"]) == (
        "delegation:SORD-7.2",
        "2024-04-01",
        [21],
    )
    (entry,) = answer("log", "--from", "21", "--limit", "1")["items"]
    assert (told["hash"], told["batch"]) == (entry["hash"], entry["fact"]["batch"])
    shown = run("show", "@21").stdout
    assert shown.startswith("[21] delegation.granted\nSORD-7.2: ")
    assert "\nCorrected by [34]: first day was 1 April 2025, now 1 April 2024.\n" in shown
    assert "\n  Effective from    2024-04-01\n" in shown
    assert f"\n  Leaf hash         {entry['hash']}\n\nWhat it is about: decisionlog show delegation:SORD-7.2\n" in shown


def test_a_fact_about_another_says_which_it_answers_and_is_read_as_it_was_known():
    with_the_correction()
    assert answer("show", "@34")["answers"] == 21
    shown = run("show", "@34").stdout
    assert "\n  Answers           [21]\n" in shown
    assert "\n  Happened          20 March 2025\n" in shown
    assert "\n  Effective from    2025-04-01\n" in run("show", "@21", "--known", "@33").stdout
    refused = run("show", "@34", "--known", "@33", code=7).stderr
    assert refused.startswith("The fact at position 34 was not known at position 33; it was recorded on ")


def test_what_is_not_there_is_not_found_and_the_nearest_are_named():
    said = run("show", "NLB/24-25/13", code=7).stderr
    assert said.startswith("Nothing here is called 'NLB/24-25/13'. Did you mean ")
    assert run("show", "@99", code=7).stderr == "There is no fact at position 99; the log has 33.\n"
    for command in ("show", "history"):
        said = run(command, f"@{'9' * 5000}", code=7).stderr
        assert said == f"There is no fact at position {'9' * 15}...; the log has 33.\n"
    assert "was known on @29" in run("history", "NLB/24-25/031", "--known", "@29", code=7).stderr


def test_a_name_that_fits_several_things_lists_them():
    run("import", facts("p.jsonl", proposal("NLB/24-25/031")), "--by", "clerk-1")
    said = run("show", "NLB/24-25/031", code=2).stderr
    assert "fits several things: " in said
    assert "decision:NLB/24-25/031" in said
    assert "proposal:NLB/24-25/031" in said


@pytest.fixture
def twice():
    """A file that was imported twice: everything in it is kept a second time, beside the first."""
    for again in ((), ("--again",)):
        run("import", facts("march.jsonl", proposal("P/1", title="Beds")), "--by", "clerk-1", *again)


def test_of_two_of_the_same_name_one_must_be_written(twice):
    said = run("show", "P/1", code=2).stderr
    assert said == "'P/1' fits several things: proposal:P/1, proposal:P/1~2. Write the one that is meant.\n"


def test_once_the_second_is_retracted_the_name_means_the_first(twice):
    receipt = run("retract", "P/1~2", "--reason", "the same file twice", "--by", "clerk-1").stdout
    assert receipt.splitlines() == [
        "Recorded P/1~2 retracted (position 36).",
        "Next:",
        "  decisionlog history 'P/1~2'",
    ]
    assert "proposal:P/1: submitted" in run("show", "P/1").stdout
    assert "retracted" in run("history", "P/1~2").stdout
    run("withdraw", "P/1", "--by", "clerk-1")


def test_of_two_that_were_both_retracted_neither_is_guessed(twice):
    for ref in ("P/1~2", "P/1"):
        run("retract", ref, "--reason", "the wrong file", "--by", "clerk-1")
    assert "fits several things: proposal:P/1, proposal:P/1~2." in run("show", "P/1", code=2).stderr


def test_what_was_corrected_is_shown_and_what_was_believed_before():
    with_the_correction()
    assert "  From              1 April 2024 [21]\n" in run("show", "SORD-7.2").stdout
    assert "Corrected by [34]: first day was 1 April 2025, now 1 April 2024." in run("show", "SORD-7.2").stdout
    assert "  From              1 April 2025 [21]\n" in run("show", "SORD-7.2", "--known", "@33").stdout
    history = run("history", "SORD-7.2").stdout
    assert "    Corrected by [34]: first day was 1 April 2025, now 1 April 2024.\n" in history
    assert "  [34] The record of [21] was corrected: first day was 1 April 2025, now 1 April 2024.\n" in history
    assert "Recorded " in history
    assert " by clerk-1.\n" in history
    assert [fact["position"] for fact in answer("history", "SORD-7.2", "--own")["items"]] == [21, 34]
    assert [fact["position"] for fact in answer("history", "SORD-7.2")["items"]] == [21, 30, 34]


# who decided


def test_who_decided_a_decision():
    shown = run("who", "decided", "NLB/24-25/031").stdout
    for line in (
        "NLB/24-25/031  Urgent community response",
        "  Asked to          decide",
        "  Decided by        Northmoor Place Committee of the ICB",
        "  On behalf of      NHS Northmoor Integrated Care Board",
        "  People            Sam Okoro",
        "  Proposal          NLB/24-25/P14 (Urgent community response), version 1",
        "  Options rejected  To do nothing.",
        "  Value             £450,000, recurrent",
        "  Effective from    1 April 2025",
    ):
        assert f"{line}\n" in shown
    assert (
        "Northmoor Place Committee of the ICB approved this on 13 March 2025, on behalf of NHS Northmoor Integrated "
        "Care Board, under delegation SORD-7.2 (Scheme of Reservation and Delegation of the ICB, clause 7.2) [30].\n"
    ) in shown
    assert "possible: it relies on SORD-7.2, which was not in force before 1 April 2025 [30, 21] (GL05)\n" in shown
    assert "up to £500,000 per decision: not in force: granted from 1 April 2025 [21]" in shown
    assert "Northmoor Voluntary Alliance (by Jo Winter): object, 'There is no plan for unpaid carers.'" in shown


def test_who_decided_is_answered_in_the_keys_of_the_contract():
    decided = answer("who", "decided", "NLB/24-25/031")
    assert decided.keys() >= {
        "basis", "decision", "decision_makers", "authority", "positions", "disagreements", "interests", "findings", "evidence"
    }  # fmt: skip
    assert decided["decision_makers"] == [
        {
            "body": "body:northmoor-icb-place-committee",
            "name": "Northmoor Place Committee of the ICB",
            "on_behalf_of": ["organisation:northmoor-icb"],
            "people": ["person:p-022"],
        }
    ]
    (hop,) = decided["authority"]
    assert hop.keys() >= {"from", "to", "legal_basis", "instrument", "limits", "valid", "evidence"}
    assert hop["from"] == "body:northmoor-icb-board"
    assert hop["limits"][0]["money"] == {"amount": 50_000_000, "currency": "GBP"}
    assert {30, 21} <= set(decided["evidence"])


@pytest.mark.parametrize("ref", ["NLB/24-25/P14", "NLB-2025-03-13"])
def test_a_proposal_and_a_meeting_are_answered_with_every_determination(ref):
    decided = answer("who", "decided", ref)
    assert decided.keys() >= {"basis", "items"}
    assert [item["decision"]["outcome"] for item in decided["items"]] == ["approved", "noted"]
    shown = run("who", "decided", ref).stdout
    assert shown.startswith("2 determinations of ")
    assert shown.index("NLB/24-25/031  ") < shown.index("CAB/25/018  ")
    assert len(run("who", "decided", ref, "--format", "jsonl").stdout.splitlines()) == 2


def test_nothing_decided_is_an_answer():
    run("import", facts("p.jsonl", proposal("P9", title="Later")), "--by", "clerk-1")
    shown = run("who", "decided", "P9").stdout
    assert shown.startswith("P9 (Later):\n\nNo determination of this proposal is recorded.")
    assert answer("who", "decided", "P9")["items"] == []


def test_the_authority_is_read_as_it_was_known():
    with_the_correction()
    now = answer("who", "decided", "NLB/24-25/031")
    before = answer("who", "decided", "NLB/24-25/031", "--known", "@33")
    assert now["authority"][0]["valid"] == "in force"
    assert before["authority"][0]["valid"] == "not in force: granted from 2025-04-01"
    assert (now["basis"]["position"], before["basis"]["position"]) == (34, 33)
    assert now["basis"]["root"] != before["basis"]["root"]


def test_only_decisions_proposals_and_meetings_are_decided():
    assert run("who", "decided", "northmoor-ft", code=1).stderr.startswith("organisation:northmoor-ft is of kind")


def test_the_sources_clock_can_be_asked_by():
    said = {**proposal("OLD"), "source": {"name": "old.csv", "recorded_at": "2020-01-01T00:00:00Z"}}
    run("import", facts("p.jsonl", said), "--by", "clerk-1")
    assert [
        item["ref"] for item in answer("list", "proposals", "--known", "2020-02-01", "--clock", "source")["items"]
    ] == ["OLD"]
    assert answer("list", "proposals", "--known", "2020-02-01")["items"] == []
    assert "by the sources' clocks" in run("list", "proposals", "--known", "2020-02-01", "--clock", "source").stdout


# log and export


def test_the_log_gives_the_stored_bytes_and_their_hashes():
    from decisionlog.audit.verify import leaf_hash, root_of

    exported = run("export", "jsonl").stdout_bytes.splitlines()
    document = run("log", "--json").stdout
    items = json.loads(document)["items"]
    assert [item["position"] for item in items] == list(range(1, 34))
    for line, item in zip(exported, items, strict=True):
        assert item.keys() == {"position", "hash", "fact"}
        assert leaf_hash(line).hex() == item["hash"]
        assert line.decode() in document
    assert root_of(exported).hex() == json.loads(document)["basis"]["root"]


def test_a_part_of_the_log_is_asked_for_by_position():
    assert [item["position"] for item in answer("log", "--from", "10", "--limit", "3")["items"]] == [10, 11, 12]
    lines = run("log", "--from", "32", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["position"] for line in lines] == [32, 33]
    assert "Nothing from position 99: the last is 33.\n" in run("log", "--from", "99").stdout
    assert run("log", "--from", "33").stdout.startswith(
        "[33]    action.assigned  action:NLB/24-25/A07  on 2025-03-13; recorded "
    )


@pytest.mark.parametrize(
    "words", [("--from", "0"), ("--limit", "-1"), ("--from", "x"), ("--follow", "--json"), ("--follow", "--limit", "1")]
)
def test_a_part_that_cannot_be_is_a_mistake(words):
    run("log", *words, code=2)


def test_words_stay_sealed_in_the_log_and_in_an_export():
    for shown in (run("log", "--json").stdout, run("log").stdout, run("export").stdout):
        assert "Alex Marsh" not in shown
        assert "unpaid carers" not in shown


def test_an_export_goes_into_new_files_only():
    said = run("export", "jsonl", "-o", "log.jsonl", "--vault", "words.jsonl")
    assert said.stdout == ""
    assert said.stderr.startswith("Wrote 33 facts to log.jsonl; root ")
    assert Path("log.jsonl").read_bytes() == run("export").stdout_bytes
    assert b"Alex Marsh" in Path("words.jsonl").read_bytes()
    assert Path("words.jsonl").stat().st_mode & 0o077 == 0
    assert run("export", "-o", "log.jsonl", code=2).stderr.startswith("log.jsonl exists already; nothing was written.")
    run("export", "-o", "log.jsonl", "--force")
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["decisionlog.db", "log.jsonl", "words.jsonl"]


@pytest.mark.parametrize("name", ["decisionlog.db", "decisionlog.db-wal", "./decisionlog.db"])
@pytest.mark.parametrize("option", ["-o", "--vault"])
def test_an_export_never_writes_over_the_log(name, option):
    before = Path("decisionlog.db").read_bytes()
    assert "belongs to the log itself" in run("export", option, name, "--force", code=2).stderr
    assert Path("decisionlog.db").read_bytes() == before


def test_an_export_that_cannot_be_written_says_so():
    Path("folder").mkdir()
    assert "folder is a folder" in run("export", "-o", "folder", code=2).stderr
    assert "The folder none does not exist" in run("export", "-o", "none/log.jsonl", code=2).stderr
    assert "This version exports jsonl, tiles, site only, not 'csv'." in run("export", "csv", code=2).stderr
    full = run("export", "-o", "/dev/full", code=6).stderr
    assert full == "/dev/full could not be written (No space left on device).\n"


# status, doctor, rebuild


def test_status_counts_things_and_says_where_everything_stands():
    shown = run("status").stdout
    assert shown.startswith("Northmoor\n  Log               northmoor.example/decisions\n")
    assert "5 organisations" in shown
    assert "2 decisions" in shown
    assert re.search(r"all \d+ caught up", shown)
    answered = answer("status")
    assert answered["basis"].keys() == BASIS
    assert (answered["size"], answered["kinds"]["decision"], answered["unread"]) == (33, 2, {})


def test_doctor_looks_and_changes_nothing():
    answer("status")
    before = Path("decisionlog.db").read_bytes()
    shown = run("doctor").stdout
    assert shown.endswith(" checks failed, 3 warnings.\n")
    states = {item["name"]: item["state"] for item in answer("doctor")["items"]}
    assert {name for name, state in states.items() if state == "warn"} == {"key", "checkpoint", "backup"}
    assert set(states.values()) == {"ok", "warn"}
    assert Path("decisionlog.db").read_bytes() == before


def test_doctor_ends_with_3_where_the_guards_are_gone():
    from decisionlog.store.sqlite_file import engine

    connection = engine.connect("decisionlog.db")
    connection.execute("DROP TRIGGER stored_events_are_never_updated")
    connection.commit()
    connection.close()
    result = run("doctor", code=3)
    assert "fail  append-only" in result.stdout
    assert "missing guards: stored_events_are_never_updated" in result.stdout
    assert "1 of " in result.stdout.splitlines()[-1]


def test_the_state_of_a_log_is_told_as_it_was_known():
    now, then = answer("status"), answer("status", "--known", "@14")
    assert (then["size"], then["basis"]["position"], now["size"]) == (14, 14, 33)
    assert then["kinds"]["person"] == 1
    assert sum(then["types"].values()) == 14
    assert answer("status", "--known", "@33")["types"] == now["types"]
    assert run("status", "--known", "@99", code=2).stderr.startswith("@99 is beyond the end of the log")


def test_the_facts_are_told_as_they_were_known():
    assert [item["position"] for item in answer("log", "--from", "3", "--known", "@4")["items"]] == [3, 4]
    assert answer("log", "--known", "@4")["basis"]["position"] == 4
    assert len(run("log", "--known", "@4", "--format", "jsonl").stdout.splitlines()) == 4
    assert "--known does not go with it" in run("log", "--follow", "--known", "@4", code=2).stderr
    assert run("log", "--limit", "1", "--format", "markdown").stdout.startswith(
        "- **[1]:** log.opened  ".replace("  ", " ")
    )


@pytest.mark.parametrize(
    "command", ["list decisions", "show @22", "history @22", "status", "doctor", "config", "who decided @30"]
)
def test_every_reading_command_writes_markdown(command):
    shown = run(*command.split(), "--format", "markdown").stdout
    assert shown.startswith(("#", "|", "- "))
    assert "\x1b" not in shown


def test_the_facts_alone_are_read_without_the_library_of_the_read_models():
    for command in ("log --limit 1", "export"):
        said = in_a_shell(f"{sys.executable} -X importtime -m decisionlog {command} 2>&1 >/dev/null")
        assert "decisionlog.store.sqlite" in said.stdout
        assert "sqlalchemy" not in said.stdout


def test_an_item_of_a_meeting_is_asked_about_in_two_ways():
    one, other = answer("who", "decided", "NLB-2025-03-13#4"), answer("who", "decided", "NLB-2025-03-13", "--item", "4")
    assert [item["decision"]["ref"] for item in one["items"]] == ["NLB/24-25/031", "CAB/25/018"]
    assert one["items"] == other["items"]
    assert (one["asked"], one["item"]) == ("meeting:NLB-2025-03-13", "4")
    assert "has no item '9'" in run("who", "decided", "NLB-2025-03-13#9", code=7).stderr


def test_a_batch_is_shown_by_its_name():
    name = answer("log", "--from", "2", "--limit", "1")["items"][0]["fact"]["batch"]
    shown = answer("show", name.lower())
    assert (shown["batch"], shown["first"], shown["last"]) == (name, 2, 33)
    assert len(shown["items"]) == 32


def test_read_models_are_built_anew():
    assert run("rebuild").stdout == f"Rebuilt all {len(MODELS)} read models from 33 facts.\n"
    assert run("rebuild", "register").stdout == "Rebuilt register from 33 facts.\n"
    assert len(answer("list", "decisions")["items"]) == 2


# Where the log is


def test_the_log_is_found_by_flag_then_environment_then_file(monkeypatch):
    for number, name in enumerate(("flag", "environment", "file"), start=1):
        new_log(f"{name}.db")
        run(
            "import",
            facts("p.jsonl", *(proposal(f"P{n}") for n in range(number))),
            "--by",
            "clerk-1",
            "--log",
            f"{name}.db",
        )
    assert answer("status")["size"] == 33
    Path("decisionlog.toml").write_text('log = "file.db"\n', encoding="utf-8")
    assert answer("status")["size"] == 4
    monkeypatch.setenv("DECISIONLOG_URL", "environment.db")
    assert answer("status")["size"] == 3
    assert answer("status", "--log", "flag.db")["size"] == 2
    assert json.loads(run("--log", "flag.db", "status", "--json").stdout)["size"] == 2
    assert json.loads(run("--log", "file.db", "status", "--log", "flag.db", "--json").stdout)["size"] == 2
    assert answer("status", "--log", f"sqlite:////{Path.cwd() / 'flag.db'}".replace("////", "///", 1))["size"] == 2


def test_every_setting_is_shown_with_where_it_comes_from(monkeypatch):
    Path("decisionlog.toml").write_text('by = "clerk-4"\n', encoding="utf-8")
    monkeypatch.setenv("DECISIONLOG_URL", "postgresql://clerk:secret@host/db")
    shown = run("config").stdout
    assert "  log             postgresql://clerk:***@host/db  (environment DECISIONLOG_URL)\n" in shown
    assert "  by              clerk-4  (" in shown
    assert {item["name"]: item["origin"] for item in answer("config")["items"]}["log"] == "environment DECISIONLOG_URL"
    assert "secret" not in run("config", "--format", "jsonl").stdout


@pytest.mark.parametrize(
    ("name", "make", "code", "sentence"),
    [
        ("none.db", None, 7, "There is no log at none.db. Make one with: decisionlog init none.db\n"),
        ("text.db", b"hello", 2, "text.db is not a log: it is not an SQLite file.\n"),
        ("empty.db", b"", 2, "empty.db is empty (0 bytes), not a log."),
        ("mysql://u:p@host/db", None, 2, "A log at mysql:// cannot be opened; write a path"),
    ],
)
@pytest.mark.parametrize("command", ["status", "log", "doctor", "export", "list decisions", "rebuild"])
def test_what_is_no_log_is_told_and_never_made(name, make, code, sentence, command):
    if make is not None:
        Path(name).write_bytes(make)
    before = sorted(Path.cwd().iterdir())
    assert run(*command.split(), "--log", name, code=code).stderr.startswith(sentence)
    assert sorted(Path.cwd().iterdir()) == before


def test_config_names_the_version_of_the_table_of_legal_bases(monkeypatch):
    named = {item["name"]: item.get("version") for item in answer("config")["items"]}
    assert named == {
        **dict.fromkeys(("log", "by", "key", "policy", "witness_within", "contact")),
        "rules": "england-2026.2",
    }
    Path("own.toml").write_text('version = "ours-7"\n', encoding="utf-8")
    monkeypatch.setenv("DECISIONLOG_RULES", "own.toml")
    assert "in use: ours-7" in run("config").stdout


@pytest.mark.parametrize("command", ["who holds northmoor-council", "list decisions", "who decided L1", "config"])
def test_a_named_table_that_is_no_file_is_refused_whatever_is_asked(command, monkeypatch):
    monkeypatch.setenv("DECISIONLOG_RULES", "missing.toml")
    refused = run(*command.split(), code=2)
    assert refused.stderr.startswith("There is no file")
    assert refused.stderr.count("missing.toml") == 1
    assert len(refused.stderr.splitlines()) == 1


def test_what_is_not_known_yet_or_not_taken_yet_is_told_by_day():
    refused = run("who", "accountable", "NLB/24-25/031", "--known", "2099-01-01", code=2)
    assert refused.stderr.startswith("What will be known on 2099-01-01 is not known yet")
    early = run("who", "decided", "NLB/24-25/031", "--on", "2020-01-01", code=7).stderr
    assert early == "decision:NLB/24-25/031 had not been taken by 2020-01-01: it was taken on 2025-03-13.\n"


@pytest.mark.parametrize("command", ["status", "import x", "config", "list decisions"])
def test_an_unknown_setting_is_refused(command, monkeypatch):
    monkeypatch.setenv("DECISIONLOG_DATABSE_URL", "x")
    said = run(*command.split(), code=2).stderr
    assert said.startswith("Unknown setting DECISIONLOG_DATABSE_URL in the environment. Did you mean DECISIONLOG_URL?")


@pytest.mark.parametrize("when", ["31/02/2025", "2025-02-30", "03/04/25", "tomorrow", "20226", "2025-10-26T01:30"])
@pytest.mark.parametrize("flag", ["--on", "--known"])
def test_what_is_no_date_is_told_so(flag, when):
    assert f"'{when}'" in run("list", "decisions", flag, when, code=2).stderr


# schema


def test_the_types_are_listed():
    from decisionlog.domain.facts import TYPES

    lines = run("schema", "--types").stdout.splitlines()
    assert [line.split()[0] for line in lines] == list(TYPES)
    assert "A legal decision-maker disposed of a matter" in next(
        line for line in lines if line.startswith("decision.taken")
    )


def test_what_is_exported_fits_the_published_schema():
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(json.loads(run("schema").stdout))
    for line in run("export").stdout.splitlines():
        validator.validate(json.loads(line))


def test_a_follower_sees_what_is_recorded_next():
    followed = in_a_shell(
        "decisionlog log --follow --from 33 --format jsonl > seen.jsonl & follower=$!\n"
        "while [ ! -s seen.jsonl ]; do sleep 0.1; done\n"
        f"decisionlog import '{DEMO}/correction.jsonl' --by clerk-1 > /dev/null\n"
        "for i in $(seq 50); do [ $(wc -l < seen.jsonl) -ge 2 ] && break; sleep 0.1; done\n"
        "pkill -P $follower; kill $follower; wait 2>/dev/null"
    )
    seen = [json.loads(line) for line in Path("seen.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [item["position"] for item in seen] == [33, 34], followed.stderr

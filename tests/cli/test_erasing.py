"""`erase`, `disclose`, `set-access`, `hold` and `export --public` as a person runs them."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from decisionlog.store.sqlite_file import engine
from tests.cli.running import Terminal, answer, facts, new_log, run

WHO = ("--by", "clerk-1")
NAME = "Ada Quillfeather"
_UNDER = ("--under", "D1", "--reason", "asked for", *WHO)


@pytest.fixture
def log():
    """A log with a person, a decision that names her, and one under which things may go."""
    path = new_log()
    plain = (
        {"type": "person.registered", "stream": "person:p-1", "data": {"name": NAME}},
        {
            "type": "decision.taken",
            "stream": "decision:D1",
            "data": {"ref": "D1", "outcome": "approved", "text": "Go."},
        },
        {
            "type": "decision.taken",
            "stream": "decision:D2",
            "data": {"ref": "D2", "outcome": "approved", "title": "A bed", "text": f"For {NAME}.", "reasons": "Need."},
        },
    )
    run("import", facts("f.jsonl", *plain), *WHO)
    return Path(path)


def raw() -> bytes:
    files = (Path(f"decisionlog.db{end}") for end in ("", "-wal", "-shm"))
    return b"".join(file.read_bytes() for file in files if file.exists()).lower()


def test_nothing_of_the_words_is_left_in_any_byte_and_everything_says_so(log):
    run("search", "quillfeather")
    assert b"quillfeather" in raw()
    run("erase", "p-1", "--everywhere", "--yes", *_UNDER)
    assert b"quillfeather" not in raw()
    assert run("search", "quillfeather").stdout.startswith("Nothing has")
    assert "(erased under @5 (D1))" in run("show", "p-1").stdout
    assert "erased under @6 (D1)" in run("who", "decided", "D2").stdout
    assert "Sealed words of [4] were erased, under D1" in run("history", "D2").stdout
    assert "'erased under" not in run("history", "D2").stdout + run("who", "decided", "D2").stdout
    assert "SOUND" in run("verify").stdout
    assert "1 erased under 5, 1 erased under 6" in run("verify").stdout


def test_no_table_but_the_vault_and_the_index_holds_a_sealed_word(log):
    """What is cleaned after an erasure is the whole file; what is emptied and written anew are these two."""
    run("finding", "explain", "GL06", "D2", "--reason", "zebracrossing", *WHO)
    for command in (("check",), ("completeness",), ("who", "decided", "D2"), ("list", "people")):
        run(*command)
    sealed = [NAME, f"For {NAME}.", "zebracrossing", "A bed"]
    with closing(engine.connect("decisionlog.db")) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        holding = {
            name
            for name in tables
            for row in file.execute(f'SELECT * FROM "{name}"')
            if any(word in str(value) for value in row for word in sealed)
        }
    assert {name for name in holding if not name.startswith("search_")} == {"vault"}
    assert any(name.startswith("findings") for name in tables)


def test_doctor_says_while_anything_may_remain(log):
    run("erase", "p-1", "--yes", *_UNDER)
    assert "erasing" not in run("doctor", code=None).stdout
    with closing(engine.connect("decisionlog.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM vault").fetchone()
        told = run("erase", "D2", "--yes", *_UNDER, code=6).stderr
        assert "Recorded at" in told
        assert "may still be in the raw bytes" in told
        assert "warn  erasing" in run("doctor", code=None).stdout
    run("list", "people")
    assert "erasing" not in run("doctor", code=None).stdout


def test_a_reader_of_json_is_told_the_same(log):
    run("erase", "@4", "--path", "/data/text", "--yes", *_UNDER)
    shown = answer("show", "D2")
    assert "erased under @5 (D1)" in json.dumps(shown)
    assert answer("who", "decided", "D2")["decision"]


def test_a_dry_run_lists_what_would_go_and_never_what_it_says(log):
    shown = run("erase", "p-1", "--dry-run", *_UNDER)
    assert "[2] person.registered of person:p-1: /name" in shown.stdout
    assert "[4] decision.taken of decision:D2: /text" in shown.stdout
    assert "quill" not in (shown.stdout + shown.stderr).lower()
    assert "Nothing was erased (dry run)." in shown.stderr
    assert NAME in run("show", "p-1").stdout
    as_json = answer("erase", "p-1", "--dry-run", *_UNDER)
    assert [value["path"] for value in as_json["values"]] == ["/name"]
    assert as_json["recorded"] is False
    assert "quill" not in json.dumps(as_json).lower()


def test_without_a_terminal_it_needs_to_be_told_yes(log):
    for form in ((), ("--json",)):
        refused = run("erase", "p-1", *_UNDER, *form, code=2)
        assert "needs --yes" in refused.stderr
    assert NAME in run("show", "p-1").stdout


@pytest.mark.parametrize(("says", "code", "there"), [("n\n", 1, True), ("y\n", 0, False)])
def test_on_a_terminal_it_shows_and_asks(log, says, code, there):
    terminal = Terminal("erase", "p-1", *_UNDER)
    terminal.types(says, after="for good [y/N]:")
    assert terminal.ends() == code
    assert "/name" in terminal.shown
    assert "quill" not in terminal.shown.lower()
    assert (NAME in run("show", "p-1").stdout) is there


@pytest.mark.parametrize("left_out", ["--under", "--reason"])
def test_what_it_rests_on_must_be_given(log, left_out):
    given = [*_UNDER]
    at = given.index(left_out)
    refused = run("erase", "p-1", "--yes", *given[:at], *given[at + 2 :], code=2)
    assert f"needs {left_out}" in refused.stderr


def test_a_second_time_there_is_nothing_left_and_nothing_is_recorded(log):
    run("erase", "p-1", "--yes", *_UNDER)
    again = run("erase", "p-1", "--yes", *_UNDER)
    assert "Nothing is left to erase of p-1: erased under @5 (D1)" in again.stdout
    assert answer("log", "--from", "5")["items"][-1]["position"] == 5


@pytest.mark.parametrize("held", ["p-1", "log:northmoor.example/decisions"])
def test_a_hold_is_named_until_it_is_lifted(log, held):
    run("hold", held, "--reason", "an inquiry", "--review-by", "2027-01-31", "--on", "2026-06-01", *WHO)
    refused = run("erase", "p-1", "--yes", *_UNDER, code=1)
    assert "a hold bars it (@5, placed on 2026-06-01)" in refused.stderr
    assert "Nothing was erased" in refused.stderr
    run("lift-hold", "@5", "--reason", "answered", "--on", "2026-06-02", *WHO)
    run("erase", "p-1", "--yes", *_UNDER)
    assert "was lifted already" in run("lift-hold", held, "--reason", "answered", *WHO, code=1).stderr


def test_lifting_a_hold_means_one_that_stands(log):
    assert "No hold on D2 is recorded" in run("lift-hold", "D2", "--reason", "answered", *WHO, code=7).stderr
    for _ in range(2):
        run("hold", "D2", "--reason", "an inquiry", "--again", *WHO)
    assert "Several holds stand on D2: @5, @6" in run("lift-hold", "D2", "--reason", "answered", *WHO, code=2).stderr
    run("lift-hold", "@5", "--reason", "answered", *WHO)
    run("lift-hold", "D2", "--reason", "answered", *WHO)
    run("erase", "D2", "--yes", *_UNDER)


def test_neither_a_file_of_facts_nor_one_of_a_meeting_can_erase(log):
    said = {
        "type": "record.value_erased", "stream": "person:p-1", "of": {"stream": "person:p-1", "n": 1},
        "data": {"paths": ["/name"]},
    }  # fmt: skip
    refused = run("import", facts("e.jsonl", said), *WHO, code=2)
    assert "only `decisionlog erase` records it" in refused.stderr
    assert NAME in run("show", "p-1").stdout


def test_what_was_given_out_with_the_words_is_listed(log):
    run("export", "jsonl", "-o", "all.jsonl", "--vault", "words.jsonl", *WHO)
    run("export", "jsonl", "-o", "sealed.jsonl")
    run("disclose", "D2", "--path", "text", "--to", "FOI 118", "-o", "foi.jsonl", *WHO)
    run("disclose", "D2", "--path", "title", "-o", "title.jsonl", *WHO)
    run("export", "jsonl", "--public", "-o", "public.jsonl", "--vault", "open.jsonl", *WHO)
    told = run("erase", "@4", "--path", "text", "--yes", *_UNDER).stdout
    assert "export words.jsonl" in told
    assert "disclose foi.jsonl" in told
    assert ", for FOI 118" in told
    assert "export open.jsonl" in told
    for other in ("sealed.jsonl", "all.jsonl", "title.jsonl"):
        assert other not in told


def test_an_older_vault_does_not_bring_it_back(log):
    run("export", "jsonl", "-o", "before.jsonl", "--vault", "words.jsonl", *WHO)
    run("erase", "p-1", "--yes", *_UNDER)
    run("export", "jsonl", "-o", "after.jsonl")
    made = run("init", "copy.db", "--from", "after.jsonl", "--vault", "words.jsonl")
    assert "1 sealed value in it was erased, and stays so" in made.stderr
    assert "erased under @5 (D1)" in run("show", "p-1", "--log", "copy.db").stdout
    with closing(sqlite3.connect("copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM vault WHERE value LIKE ?", (f'"{NAME}"',)).fetchone() == (0,)


def test_a_correction_cannot_bring_it_back_nor_say_what_it_was(log):
    run("erase", "@4", "--path", "title", "--yes", *_UNDER)
    refused = run("correct", "D2", "title=A bed", "--reason", "as it was", *WHO, code=1)
    assert "cannot be read here any more" in refused.stderr


def test_everybody_gets_the_log_without_what_is_exempt_and_can_check_what_is_disclosed(log):
    run("set-access", "D2", "--level", "exempt", "--paragraph", "1,2", "--ground", "a patient", *WHO)
    root = run("export", "jsonl", "-o", "all.jsonl").stderr.split("root ")[1]
    assert run("export", "jsonl", "--public", "-o", "public.jsonl").stderr.split("root ")[1] == root
    lines = Path("public.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines[3].startswith('{"$withheld":"')
    whole = Path("all.jsonl").read_text(encoding="utf-8").splitlines()
    assert [line for at, line in enumerate(lines) if at != 3] == [line for at, line in enumerate(whole) if at != 3]
    told = run("disclose", "D2", "--path", "text", "-o", "foi.jsonl", *WHO).stderr
    assert "[4] is not open to the public" in told
    assert (
        "1 of the withheld facts is what was disclosed" in run("verify", "public.jsonl", "--vault", "foi.jsonl").stdout
    )
    assert Path("foi.jsonl").stat().st_mode & 0o077 == 0
    assert "withheld: this is a public export" in run("init", "no.db", "--from", "public.jsonl", code=2).stderr


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"A bed", b"A bad", "does not open the commitment"),
        (b'\\"outcome\\":\\"approved\\"', b'\\"outcome\\":\\"rejected\\"', "is not the fact that is withheld here"),
        (b'"position":4,"private"', b'"position":3,"private"', "opens nothing in this fact"),
    ],
)
def test_a_disclosure_that_was_altered_is_found(log, old, new, why):
    run("set-access", "D2", "--level", "exempt", *WHO)
    run("export", "jsonl", "--public", "-o", "public.jsonl")
    run("disclose", "D2", "--path", "title", "-o", "foi.jsonl", *WHO)
    content = Path("foi.jsonl").read_bytes()
    assert old in content
    Path("foi.jsonl").write_bytes(content.replace(old, new))
    assert why in run("verify", "public.jsonl", "--vault", "foi.jsonl", code=3).stdout


def test_nothing_is_released_while_it_is_not_decided_whether_it_is_exempt(log):
    run("set-access", "D2", "--level", "withheld-pending", *WHO)
    for command in (("disclose", "D2"), ("set-access", "D2", "--level", "open", *WHO)):
        refused = run(*command, code=1)
        assert "(@5)" in refused.stderr
        assert "Nothing was released" in refused.stderr
    run("set-access", "D2", "--level", "open", "--by-decision", "D1", *WHO)
    run("disclose", "D2")


EXEMPT = ("set-access", "D2", "--level", "exempt", "--paragraph", "3", "--ground", "a bid")


def test_what_goes_along_with_the_words_of_an_exempt_fact_is_named(log):
    run(*EXEMPT, *WHO)
    run("export", "--public", "-o", "public.jsonl")
    told = run("disclose", "D2", "--path", "text", "-o", "foi.jsonl", *WHO).stderr
    assert "With it goes the whole line of [4] (decision.taken)" in told
    assert "in clear outcome, ref, when, and by whom it was recorded; 2 sealed values of it stay sealed" in told
    lines = [json.loads(line) for line in Path("foi.jsonl").read_text().splitlines()]
    assert [sorted(line) for line in lines] == [["line", "position"], ["position", "private", "salt", "value"]]


def test_no_other_line_of_an_exempt_thing_goes_along(log):
    change = {"path": "/outcome", "was": "approved", "now": "rejected"}
    corrected = {"type": "record.corrected", "stream": "decision:D2", "of": "D2", "data": {"changes": [change]}}
    run("import", facts("c.jsonl", {**corrected, "of": {"stream": "decision:D2", "n": 1}}), *WHO)
    run(*EXEMPT, *WHO)
    run("disclose", "D2", "--path", "text", "-o", "foi.jsonl", *WHO)
    lines = [json.loads(line) for line in Path("foi.jsonl").read_text().splitlines()]
    assert [line["position"] for line in lines] == [4, 4]


def test_without_the_line_the_words_alone_go_and_cannot_be_checked(log):
    run(*EXEMPT, *WHO)
    run("export", "--public", "-o", "public.jsonl")
    told = run("disclose", "D2", "--path", "text", "--words-only", "-o", "foi.jsonl", *WHO).stderr
    assert "goes the whole line" not in told
    assert [sorted(json.loads(line)) for line in Path("foi.jsonl").read_text().splitlines()] == [
        ["position", "private", "salt", "value"]
    ]
    said = " ".join(run("verify", "public.jsonl", "--vault", "foi.jsonl").stdout.split())
    assert "1 sealed value is of a fact that this export withholds, whose line was not disclosed" in said
    altered = Path("foi.jsonl").read_text().replace("Quillfeather", "Featherquill")
    Path("foi.jsonl").write_text(altered)
    run("verify", "public.jsonl", "--vault", "foi.jsonl", code=3)


@pytest.mark.parametrize(("says", "code", "there"), [("n\n", 1, False), ("y\n", 0, True)])
def test_on_a_terminal_it_is_asked_whether_the_line_may_go_along(log, says, code, there):
    run(*EXEMPT, *WHO)
    terminal = Terminal("disclose", "D2", "--path", "text", "-o", "foi.jsonl", *WHO)
    terminal.types(says, after="Hand that out [y/N]:")
    assert terminal.ends() == code
    assert Path("foi.jsonl").exists() is there


def test_there_is_nothing_to_disclose_of_what_was_erased(log):
    run("erase", "p-1", "--yes", *_UNDER)
    assert "erased under @5 (D1)" in run("disclose", "@2", code=1).stderr


def test_what_is_released_later_than_was_set_is_told(log):
    run("set-access", "D2", "--level", "exempt", "--review-on", "2026-01-01", *WHO)
    told = run("export", "jsonl", "--public", "-o", "public.jsonl").stderr
    assert "decision:D2 is still kept from the public [5]" in told
    assert "2026-01-01" in told


def test_a_meeting_s_file_that_still_has_the_words_does_not_bring_them_back(log):
    named = (
        {"type": "body.constituted", "data": {"ref": "board"}},
        {"type": "organisation.registered", "data": {"ref": "icb"}},
    )
    run("import", facts("names.jsonl", *named), *WHO)
    file = Path("march.yaml")
    file.write_text(
        "meeting: {body: board, on: 2026-03-12, presiding: [p-1]}\n"
        "items:\n"
        "  - item: 1\n"
        "    decisions:\n"
        "      - {ref: B1, maker: board, for: icb, outcome: approved, text: Beds for all, rejected: [none at all, one]}\n",
        encoding="utf-8",
    )
    run("record", str(file), *WHO)
    run("erase", "B1", "--yes", *_UNDER)
    assert "already recorded" in run("record", str(file), *WHO).stdout
    for old, new in (
        ("Beds for all", "Beds for many"),
        ("[none at all, one]", "[none at all]"),
        (", text: Beds for many", ""),
    ):
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert "already recorded" in run("record", str(file), *WHO).stdout
    file.write_text(file.read_text(encoding="utf-8").replace("outcome: approved", "outcome: noted"), encoding="utf-8")
    told = run("record", str(file), "--correct", *WHO).stdout
    assert "outcome was approved, now noted" in told
    assert b"beds for" not in raw()


def test_a_mark_that_no_fact_stands_behind_is_found(log):
    """Somebody who empties the vault by hand, and puts the mark there, is told apart from an erasure."""
    with closing(sqlite3.connect("decisionlog.db")) as by_hand:
        by_hand.execute("UPDATE vault SET salt = '', value = '\"erased under @3 (D1)\"' WHERE position = 2")
        by_hand.commit()
    told = run("verify", code=3).stdout
    assert "Fact 2 (person:p-1): A sealed value of it is missing, and no fact says that it was erased." in told


def test_an_older_backup_that_is_restored_beside_the_log_is_brought_up_to_what_was_erased_since(log):
    run("backup", "older.db")
    run("erase", "p-1", "--yes", *_UNDER)
    told = run("restore", "older.db", "beside.db", *WHO).stdout
    assert "1 sealed value that had been erased since" in told
    assert b'quillfeather"' not in Path("beside.db").read_bytes().lower()
    assert "erased under @5" in run("show", "p-1", "--log", "beside.db").stdout


def test_what_was_erased_in_another_log_is_not_erased_in_a_restored_one(log):
    run("backup", "older.db")
    run("init", "other.db", "--name", "Other", "--origin", "other.example", *WHO)
    run("import", "f.jsonl", "--log", "other.db", *WHO)
    run("erase", "p-1", "--yes", "--log", "other.db", *_UNDER)
    run("restore", "older.db", "beside.db", "--log", "other.db", *WHO)
    assert NAME in run("show", "p-1", "--log", "beside.db").stdout


def test_for_whom_and_into_which_file_may_be_any_bytes_and_are_shown_safely(log):
    run("disclose", "p-1", "--to", "FOI \udcff \x1b[31m", "-o", "f\udcff.jsonl", *WHO)
    told = run("erase", "p-1", "--dry-run", *_UNDER).stdout
    assert "disclose f?.jsonl" in told
    assert "\x1b" not in told


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("erase", "nobody", *_UNDER), 7, "Nothing here is called 'nobody'"),
        (("erase", "@99", *_UNDER), 7, "There is no fact at position 99"),
        (("erase", "p-1", "--under", "nothing", "--reason", "x", *WHO), 7, "No decision here is called 'nothing'"),
        (("erase", "p-1", "--under", "p-1", "--reason", "x", *WHO), 7, "is of kind person; this is about decision"),
        (("erase", "p-1", "--path", "/nam", *_UNDER), 2, "is no sealed value there. Sealed in it: /name"),
        (("erase", "p-1", "--under", "D1", "--reason", "\udcff", "--yes", *WHO), 2, "--reason: reason contains half"),
        (("disclose", "D1", "-o", "decisionlog.db"), 2, "belongs to the log itself"),
        (("disclose", "D1", "-o", "none/x.jsonl"), 2, "does not exist"),
        (("disclose", "D1", "--path", "/outcome"), 2, "is open there"),
        (("set-access", "D1", "--level", "secret", *WHO), 2, "secret"),
        (("set-access", "D1", "--level", "exempt", "--path", "outcome", *WHO), 2, "path"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(log, words, code, said):
    refused = run(*words, code=code)
    assert said in refused.stderr
    assert answer("status")["size"] == 4

"""What commands for one fact say to what cannot be recorded: each a sentence, an exit code, and nothing in the log."""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from decisionlog.cli.acting.verbs import VERBS
from tests.cli.running import answer, in_a_shell, log_of, run

PLACE = (
    {"type": "organisation.registered", "data": {"ref": "council"}},
    {"type": "body.constituted", "on": "2024-04-01", "data": {"ref": "cabinet", "short_name": "CAB"}},
    {"type": "body.constituted", "on": "2024-04-01", "data": {"ref": "board"}},
    {"type": "proposal.submitted", "on": "2025-02-26", "data": {"ref": "P1", "version": "1"}},
    {"type": "proposal.submitted", "on": "2025-02-27", "data": {"ref": "twin"}},
    {"type": "decision.taken", "on": "2025-03-12", "data": {"ref": "twin", "outcome": "approved"}},
    {"type": "decision.taken", "on": "2025-03-12", "data": {"ref": "D1", "outcome": "approved"}},
)
NOTHING = "Nothing was recorded."


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return log_of(tmp_path_factory.mktemp("place"), *PLACE)


@pytest.fixture(autouse=True)
def _log(made, monkeypatch):
    shutil.copy(made, "decisionlog.db")
    monkeypatch.setenv("DECISIONLOG_BY", "clerk-1")


def refused(*words, code, stdin=None):
    """What is said; nothing is recorded, and no traceback is shown."""
    before = answer("status")["size"]
    told = run(*words, code=code, stdin=stdin)
    assert answer("status")["size"] == before
    assert "Traceback" not in told.stderr
    assert NOTHING in told.stderr
    return told.stderr


# Text (rows 7 to 15)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("evil\u202egnp.exe", "--title: title contains a hidden direction-changing character (U+202E) at position 5."),
        ("a" + "\u0301" * 200, "--title: title has too many combined marks on one letter."),
        ("\u200b \u200b", "--title: title is empty."),
        ("   ", "--title: title is empty."),
        ("two\nlines", "--title: title contains a line break at position 4; it must be one line."),
        ("\x1b]0;owned\x07", "--title: title contains a control or invisible character (U+001B) at position 1."),
        ("x" * 10_000, "--title: title is 10,000 characters; the limit is 200."),
    ],
)
def test_a_text_that_cannot_be_recorded_is_refused_at_its_flag(title, said):
    assert said in refused("propose", "--ref", "P9", "--title", title, code=2)


def test_a_nul_in_words_that_are_piped_in_is_refused():
    assert "--grounds: grounds contains a NUL character" in refused(
        *shlex.split("disagree P1 --partner council --grounds -"), stdin="a\0b", code=2
    )


@pytest.mark.parametrize(
    ("typed", "kept"), [("ﬁt", "ﬁt"), ("caf\u0065\u0301", "caf\u00e9"), ("<script>alert(1)</script>",) * 2]
)
def test_a_text_is_kept_as_typed_in_composed_form(typed, kept):
    run("propose", "--ref", "P9", "--title", typed)
    assert answer("show", "P9")["fields"]["title"] == kept


def test_a_reference_that_only_looks_like_another_is_refused():
    told = refused("propose", "--ref", "Р1", "--title", "x", code=2)  # noqa: RUF001 - the letter is Cyrillic
    assert "looks like the proposal 'p1' that is recorded already" in told


# Acts (rows 60 and 61)


def test_signing_before_submission_and_after_withdrawal_is_recorded_and_noted():
    told = run(*shlex.split("sign-off P1 --partner council --position support --on 2025-02-01"))
    assert "2025-02-01 is before P1 was submitted" in told.stderr
    run(*shlex.split("withdraw P1 --on 2025-03-01 --reason ''"))
    told = run(*shlex.split("sign-off P1 --partner council --position object --on 2025-03-02"))
    assert "P1 was withdrawn on 2025-03-01 [10], before this; recorded as it was said." in told.stderr


def test_delegating_to_oneself_is_refused():
    told = refused(*shlex.split("delegate --delegator cabinet --delegate cabinet"), code=1)
    assert told.startswith("body:cabinet cannot delegate to itself")


# Dates (rows 65 and 66)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2025-02-31", "--on: '2025-02-31' is not a day: February 2025 has 28 days."),
        ("2027-02-29", "--on: '2027-02-29' is not a day: February 2027 has 28 days."),
        ("31/02/2025", "--on: '31/02/2025' is not a day, whichever way it is read"),
        ("03/04/26", "--on: '03/04/26' can be read in more than one way. Which one? 2026-04-03 or 2026-03-04."),
        ("20226-03-12", "--on: '20226-03-12' is not a date"),
        ("2025-10-26T01:30", "Which one? 2025-10-26T01:30:00+01:00 or 2025-10-26T01:30:00+00:00."),
        ("2025-03-30T01:30", "was skipped when the clocks went forward"),
        ("next Tuesday", "--on: 'next Tuesday' is not a date"),
    ],
)
@pytest.mark.parametrize(
    "line", ["publish D1", "propose --title x --issuer cabinet", "sign-off P1 --partner council --position support"]
)
def test_what_is_no_day_is_refused_with_the_choices(line, on, said):
    assert said in refused(*shlex.split(line), "--on", on, code=2)


@pytest.mark.parametrize("flag", ["--effective", "--until", "--review-by"])
def test_every_other_day_is_held_to_the_same(flag):
    told = refused(*shlex.split(f"decide --maker cabinet --outcome approved {flag} 31/04/2025"), code=2)
    assert f"{flag}: '31/04/2025' is not a day" in told


def test_a_day_in_the_future_is_recorded_and_noted_where_nobody_can_be_asked():
    told = run(*shlex.split("publish D1 --on 2999-01-01"))
    assert "Note: 2999-01-01 is in the future; recorded as written." in told.stderr


def test_a_decision_before_its_body_existed_is_recorded_and_noted():
    told = run(*shlex.split("decide --maker cabinet --outcome noted --on 2024-03-31"))
    assert "2024-03-31 is before cabinet was constituted on 2024-04-01 [3]" in told.stderr


# Once (rows 67 to 70)


def test_of_two_that_come_at_once_one_is_told_that_somebody_was_first():
    """Or both are told what was recorded: never are there two of one number."""
    codes = []

    def ask(outcome):
        line = f"decisionlog decide --maker cabinet --outcome {outcome} --on 2025-03-12"
        codes.append(in_a_shell(line, DECISIONLOG_BY="clerk-1").returncode)

    threads = [
        threading.Thread(target=ask, args=(outcome,)) for outcome in ("approved", "rejected", "noted", "deferred")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refs = [item["ref"] for item in answer("list", "decisions")["items"]]
    assert set(codes) <= {0, 5}
    assert len(refs) == len(set(refs)) == 2 + codes.count(0)


def test_a_correction_of_what_somebody_corrected_first_is_a_conflict():
    run(*shlex.split("correct D1 outcome=rejected --was approved"))
    told = refused(*shlex.split("correct D1 outcome=noted --was approved"), code=5)
    assert "The correction says that outcome was approved, but it stands as rejected." in told
    run(*shlex.split("correct D1 value=£450k"))
    told = refused(*shlex.split("correct D1 value=£90k --was £200k"), code=5)
    assert "The correction says that value was £200,000, but it stands as £450,000." in told


# Logs (row 71)


@pytest.mark.parametrize(
    ("make", "said", "code"),
    [
        (Path.absolute, "There is no log at other.db. Make one with: decisionlog init other.db\nNothing", 7),
        (Path.mkdir, "other.db is a folder, not a log.", 2),
        (Path.touch, "other.db is empty (0 bytes), not a log.", 2),
        (lambda path: path.write_text("words, whatever they are called"), "other.db is not a log: it is not an", 2),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close(), "other.db", 2),
    ],
    ids=["missing", "a folder", "empty", "not a database", "another database"],
)
def test_where_there_is_no_log_nothing_is_made(make, said, code):
    make(path := Path("other.db"))
    before = path.exists()
    told = run(*shlex.split("ratify D1 --maker cabinet --log other.db"), code=code)
    assert told.stderr.startswith(said)
    assert NOTHING in told.stderr
    assert path.exists() == before


# Nobody to ask (row 77)


@pytest.mark.parametrize(
    ("line", "needs"),
    [
        ("propose --ref P9", "--title"),
        ("sign-off P1 --partner council", "--position"),
        ("sign-off P1 --position support", "--partner or --person"),
        ("disagree P1 --partner council", "--grounds"),
        ("decide --outcome approved", "--maker"),
        ("delegate --delegator cabinet", "--delegate"),
        ("retract D1", "--reason"),
        ("assign --for council", "--what"),
        ("supersede D1", "--with"),
    ],
)
def test_what_is_missing_is_named_where_nobody_can_be_asked(line, needs):
    told = refused(*shlex.split(line), code=2)
    assert told.startswith(f"decisionlog {line.split()[0]} needs {needs} (no terminal to ask on).\n")
    assert f"Try: decisionlog {line.split()[0]} --help" in told


def test_how_a_disagreement_ended_must_be_said():
    run(*shlex.split("disagree P1 --partner council --grounds x --ref G1"))
    assert "needs --as (no terminal to ask on)" in refused("resolve", "G1", code=2)
    assert "Did you mean 'reconciled'?" in refused("resolve", "G1", "--as", "reconcilled", code=2)


def test_an_editor_needs_a_terminal():
    told = refused(*shlex.split("decide --maker cabinet --outcome noted --edit"), code=2)
    assert told.startswith("--edit needs a terminal; give --text -")
    assert "kept" not in told


# Personal data (row 88)


def test_an_nhs_number_is_refused_unless_it_is_meant():
    line = shlex.split("disagree P1 --partner council --ref G1 --grounds 'patient 943 476 5919'")
    told = refused(*line, code=2)
    assert told.startswith("--grounds: holds what reads as an NHS number.")
    run(*line, "--contains-personal-data")
    assert answer("show", "G1")["fields"]["grounds"] == "patient 943 476 5919"


# Words and references


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("decide --maker cabinet --outcome aproved", "--outcome: 'aproved' is not one of the words"),
        ("decide --maker cabinet --outcome aproved", "Did you mean 'approved'? The words are: approved, "),
        ("sign-off P1 --partner council --position suport", "--position: 'suport' is not one of the words"),
        ("sign-off P1 --partner counsil --position support", "Did you mean organisation:council?"),
        ("decide --maker cabinet --outcome noted --set titel=x", "Unknown field `titel`. Did you mean `title`?"),
        ("decide --maker cabinet --outcome noted --set votes.result=all", "--set votes, result: 'all' is not one of the words"),
        ("decide --maker cabinet --outcome noted --set recorded_at=2025", "`recorded_at` is set by the log; leave it out."),
        ("decide --maker cabinet --outcome noted --set title", "--set wants FIELD=VALUE, not 'title'."),
        ("decide --maker cabinet --outcome noted --set =x", "--set wants FIELD=VALUE"),
        ("decide --maker cabinet --outcome noted --set 'votes={\"a\": 1, \"a\": 2}'", "`a` given twice"),
        ("decide --maker cabinet --outcome noted --set 'next=[NaN]'", "NaN"),
        ("decide --maker cabinet --outcome noted --set title=x --set title.y=z", "title holds a list or a text"),
        ("decide --maker cabinet --outcome noted --value 'a lot'", "--value"),
        ("correct D1 titel=x", "/titel is not a field of decision.taken. Did you mean 'title'? `decisionlog schema decision.taken` lists"),
        ("correct D1 outcome=aproved", "FIELD=NOW, outcome=aproved: "),
        ("correct D1 title", "correct wants FIELD=NOW, not 'title'."),
        ("correct D1 outcome=aproved", "Did you mean 'approved'?"),
        ("correct D1 outcome=noted item=4 --was approved", "--was goes with one FIELD=NOW"),
        ("correct D1 outcome=noted --fact 8", "--fact wants a position such as @12, not '8'."),
        ("call-in P1 --concluded", "--concluded does not go with a proposal."),
        ("discharge P1 C1 --failed --waived", "Give one of --failed and --waived, not both."),
        ("vary D1 --limit 5k", "--limit says nothing of what is recorded here (decision.varied)."),
        ("retract twin --reason x", "'twin' fits several things: decision:twin, proposal:twin. Write the one that is meant."),
    ],
)  # fmt: skip
def test_a_slip_is_answered_with_what_was_meant(line, said):
    assert said in refused(*shlex.split(line), code=2)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("assign 'Write to carers'", "(Write to carers). Give the words with --what."),
        ("propose Beds", "(Beds). Give the words with --title."),
    ],
)
def test_words_that_stand_alone_are_told_to_which_flag_they_go(line, said):
    assert said in run(*shlex.split(line), code=2).stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ratify twinn --maker cabinet", "No decision here is called 'twinn'. Did you mean decision:twin?"),
        ("sign-off D1 --partner council --position support", "'D1' is of kind decision; this is about proposal."),
        ("publish @99", "There is no fact at position 99"),
        ("correct D1 outcome=noted --fact @2", "@2 is not a fact of D1."),
        ("discharge P1 C1", "P1 has no condition 'C1'. No condition of it is recorded."),
        (
            "decide tvin --maker cabinet --outcome noted",
            "No proposal here is called 'tvin'. Did you mean proposal:twin?",
        ),
    ],
)
def test_what_is_not_there_is_not_found(line, said):
    assert said in refused(*shlex.split(line), code=7)


def test_a_refusal_in_json_is_a_document_too():
    told = run(*shlex.split("decide --maker cabinet --outcome aproved --json"), code=2)
    document = json.loads(told.stdout)
    assert document["recorded"] is False
    assert document["error"]["mistakes"][0]["place"] == "--outcome"
    told = run(*shlex.split("propose --ref P9 --json"), code=2)
    assert "needs --title (no terminal to ask on)" in json.loads(told.stdout)["error"]["sentence"]


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_breaks_on_what_makes_no_sense(verb):
    """Nonsense for every flag at once: one clear refusal, never an unexpected fault."""
    words = [verb, *([] if "" in VERBS[verb].types else ["nonsense"])]
    words += {"condition": ["C1"], "changes": ["=", "a=b"], "proposals": ["nonsense"], "": []}[VERBS[verb].further]
    for flag in VERBS[verb].flags.split():
        if flag not in {"wholly", "stands", "bars", "key-decision", "material"}:
            words += [f"--{flag}", "{[:£"]
    told = run(*words, "--by", "clerk-1", code=None)
    assert told.exit_code in {1, 2, 7}
    assert "Something unexpected" not in told.stderr

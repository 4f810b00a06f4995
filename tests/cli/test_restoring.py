"""`restore`: the log again out of its backup, what it is held against first, and the log as it once was."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from decisionlog.audit import restoring
from decisionlog.bootstrap import make_log
from decisionlog.commands.begin import Begin
from decisionlog.store.batch import Batch, Draft
from tests.cli.running import answer, facts, log_of, northmoor, proposal, run
from tests.faults import checks


@pytest.fixture(autouse=True)
def log():
    """The example, in a file of its own, and its backup."""
    path = northmoor()
    run("key", "new")
    run("backup", "friday.db")
    return path


def lose_the_log():
    for file in Path().glob("decisionlog.*"):
        file.unlink()


def go_on(number=3):
    """Record facts after the backup."""
    refs = [proposal(f"LATER/{one}", title=f"Later {one}") for one in range(number)]
    run("import", facts("later.jsonl", *refs), "--by", "clerk-1")


PAGES = ("list decisions", "who decided NLB/24-25/031", "list people", "history NLB/24-25/P14", "search bed")


def pages():
    shown = [run(*page.split(), "--on", "2026-03-31", code=None) for page in PAGES]
    return [page.stdout.partition("As at")[0] for page in shown]


def test_the_backup_alone_gives_the_log_again_page_by_page():
    before, root = pages(), answer("status")["basis"]["root"]
    lose_the_log()
    shown = run("restore", "friday.db").stdout
    assert shown.startswith("Restored 33 facts with ")
    assert f"verified (root {root})" in shown
    assert "No key lies beside it" in shown
    assert pages() == before
    assert not checks.find_damage(Path("decisionlog.db"))
    assert not checks.unlike_a_rebuild(Path("decisionlog.db"))
    assert Path("decisionlog.db").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect("decisionlog.db")) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    go_on()
    assert answer("status")["size"] == 36


def test_a_log_is_never_written_over():
    said = run("restore", "friday.db", code=2).stderr
    assert said.startswith("decisionlog.db exists already; nothing was restored.")
    restored = answer("restore", "friday.db", "--replace")
    assert Path(restored["moved_aside"]).name.startswith("decisionlog.db.until-20")
    assert checks.stored_bytes(Path(restored["moved_aside"])) == checks.stored_bytes(Path("decisionlog.db"))
    assert run("restore", "friday.db", "friday.db", code=2).stderr.startswith("friday.db is the backup itself")
    assert "is a folder" in run("restore", "friday.db", ".", code=2).stderr


@pytest.mark.parametrize(
    ("what", "code", "sentence"),
    [
        ("missing", 7, "There is no backup at it.db."),
        ("nothing", 2, "it.db is empty (0 bytes), not a backup."),
        ("folder", 2, "it.db is a folder, not a backup."),
        ("text", 2, "it.db is not a backup: it is not an SQLite file."),
        ("another database", 2, "it.db is an SQLite file, but not a backup of decisionlog."),
        ("newer", 6, "it.db was written by a newer decisionlog (schema 99; this one knows 3)."),
    ],
)
def test_what_is_no_backup_is_told_so_each_in_its_own_words(what, code, sentence):
    file = Path("it.db")
    match what:
        case "nothing":
            file.touch()
        case "folder":
            file.mkdir()
        case "text":
            file.write_text("Minutes of the meeting\n" * 20, encoding="utf-8")
        case "another database":
            with closing(sqlite3.connect(file)) as other, other:
                other.execute("CREATE TABLE minutes (words)")
        case "newer":
            shutil.copy("friday.db", file)
            with closing(sqlite3.connect(file)) as newer, newer:
                newer.execute("PRAGMA user_version=99")
    said = run("restore", "it.db", "new.db", code=code).stderr
    assert said.startswith(sentence)
    assert "othing was " in said
    assert not Path("new.db").exists()


def test_a_backup_that_is_older_than_a_checkpoint_is_restored_only_with_a_reason_that_is_recorded():
    go_on()
    run("checkpoint")
    root = answer("status")["basis"]["root"]
    said = run("restore", "friday.db", "--replace", code=3).stderr
    assert said.startswith(
        "friday.db is older than what was seen of the log: the checkpoint kept in decisionlog.db saw 36: "
        "the 3 later facts are missing from it. Nothing was restored."
    )
    assert answer("status")["size"] == 36
    Path("decisionlog.db").unlink()  # the checkpoint beside the key is enough
    said = run("restore", "friday.db", code=3).stderr
    assert "the checkpoint in decisionlog.checkpoint saw 36: the 3 later facts are missing from it" in said
    assert not Path("decisionlog.db").exists()
    assert "needs --by" in run("restore", "friday.db", "--because", "the disk failed", code=2).stderr
    assert not Path("decisionlog.db").exists()
    shown = run("restore", "friday.db", "--because", "the disk failed", "--by", "clerk-1").stdout
    assert shown.startswith("Restored 33 facts with ")
    assert "The checkpoint in decisionlog.checkpoint saw 36: the 3 later facts are missing from this copy." in shown
    assert "That is on record as fact 34." in shown
    (entry,) = answer("log", "--from", "34")["items"]
    assert entry["fact"]["type"] == "log.moved"
    assert entry["fact"]["data"]["tree_size"] == 36
    assert entry["fact"]["data"]["root"] == root
    told = "[34] The log goes on from here; a log of 36 facts was left behind: 'the disk failed'."
    assert told in run("history", "log:northmoor.example/decisions").stdout


def test_the_key_that_signed_for_what_is_missing_signs_no_other_history_and_another_does():
    go_on()
    run("checkpoint")
    shown = run("restore", "friday.db", "--replace", "--because", "the disk failed", "--by", "clerk-1").stdout
    assert "decisionlog.key signed for what is missing, and signs no other history" in shown
    assert "facts were removed" in run("checkpoint", code=3).stderr
    run("key", "new", "--key-file", "new.key")
    Path("decisionlog.toml").write_text('key = "new.key"\n', encoding="utf-8")
    run("checkpoint")
    assert run("verify").stdout.startswith("SOUND: 34 facts")
    assert {item["name"] for item in answer("doctor")["items"] if item["state"] == "fail"} == set()


def test_a_checkpoint_that_somebody_kept_is_enough():
    go_on(1)
    run("checkpoint", "-o", "kept.checkpoint")
    lose_the_log()
    said = run("restore", "friday.db", "--checkpoint", "kept.checkpoint", code=3).stderr
    assert "the checkpoint in kept.checkpoint saw 34: the later fact is missing from it" in said
    assert "is not a checkpoint" in run("restore", "friday.db", "--checkpoint", "later.jsonl", code=2).stderr
    assert "cannot be read" in run("restore", "friday.db", "--checkpoint", "none", code=2).stderr


def test_the_log_that_is_there_counts_too_whether_it_was_signed_or_not():
    go_on(2)
    said = run("restore", "friday.db", "--replace", code=3).stderr
    assert "the log at decisionlog.db has 35: the 2 later facts are missing from it" in said
    restored = answer("restore", "friday.db", "--replace", "--because", "a drill", "--by", "clerk-1")
    assert (restored["position"], restored["recorded"]) == (33, 34)
    assert len(checks.stored_bytes(Path(restored["moved_aside"]))) == 35


def test_without_looking_at_what_was_seen_facts_are_lost_without_a_word(monkeypatch):
    go_on()
    run("checkpoint", "-o", "kept.checkpoint")
    monkeypatch.setattr(restoring, "_lost", lambda *_: None)
    assert "missing" not in run("restore", "friday.db", "--replace").stdout
    assert "facts were removed" in run("verify", "--checkpoint", "kept.checkpoint", code=3).stdout


def test_a_backup_that_is_newer_is_restored():
    run("checkpoint")
    before = Path("decisionlog.db").read_bytes()
    go_on(2)
    run("backup", "saturday.db")
    Path("decisionlog.db").write_bytes(before)
    restored = answer("restore", "saturday.db", "--replace")
    assert (restored["position"], restored["lost"], restored["recorded"]) == (35, [], None)


def test_a_backup_of_another_log_does_not_take_the_place_of_this_one():
    run("init", "other.db", "--name", "Southmoor", "--origin", "southmoor.example/decisions", "--by", "clerk-1")
    run("backup", "other-backup.db", "--log", "other.db")
    said = run("restore", "other-backup.db", "--replace", code=3).stderr
    assert "it is of a different log: it is of southmoor.example/decisions" in said
    assert "is of northmoor.example/decisions. Nothing was restored." in said


def test_a_backup_that_contradicts_a_signed_checkpoint_is_never_restored(tmp_path):
    twin = tmp_path / "twin"
    twin.mkdir()
    fork = log_of(twin, proposal("FORK/1", title="Another history"), *(proposal(f"F/{n}") for n in range(40)))
    run("backup", "fork.db", "--log", fork)
    run("checkpoint")
    Path("decisionlog.db").unlink()
    for reason in ([], ["--because", "it must", "--by", "clerk-1"]):
        said = run("restore", "fork.db", *reason, code=3).stderr
        assert "it does not continue the log that the checkpoint in decisionlog.checkpoint describes" in said
        assert not Path("decisionlog.db").exists()


def test_a_log_that_was_rewritten_can_be_replaced_by_the_backup_with_a_reason(tmp_path):
    Path("decisionlog.checkpoint").unlink(missing_ok=True)
    twin = tmp_path / "twin"
    twin.mkdir()
    shutil.copy(log_of(twin, proposal("FORK/1", title="Another history")), "decisionlog.db")
    said = run("restore", "friday.db", "--replace", code=3).stderr
    assert "the log at decisionlog.db has 2 facts, which are others and are missing from it" in said
    restored = answer("restore", "friday.db", "--replace", "--because", "it was rewritten", "--by", "clerk-1")
    assert restored["position"] == 33


def test_what_is_there_and_cannot_be_read_is_moved_aside_with_a_note():
    Path("decisionlog.db").write_bytes(Path("decisionlog.db").read_bytes()[:5_000])
    result = run("restore", "friday.db", "--replace")
    assert "Note: what is there could not be read, and was not compared." in result.stderr
    assert answer("status")["size"] == 33
    (aside,) = Path().glob("decisionlog.db.until-*")
    assert aside.stat().st_size == 5_000


def test_what_is_not_of_the_log_does_not_come_back():
    with closing(sqlite3.connect("friday.db")) as file, file:
        file.execute("CREATE TABLE shopping (words)")
        file.execute("CREATE TRIGGER late AFTER INSERT ON vault BEGIN DELETE FROM vault; END")
        file.execute("DROP TRIGGER stored_events_are_never_updated")
        file.execute(
            "CREATE TRIGGER stored_events_are_never_deleted2 AFTER INSERT ON stored_events BEGIN SELECT 1; END"
        )
    lose_the_log()
    run("restore", "friday.db")
    found = {item["name"]: item["state"] for item in answer("doctor")["items"]}
    assert (found["append-only"], found["contents"]) == ("ok", "ok")


def test_rows_that_were_changed_in_the_backup_are_made_anew():
    with closing(sqlite3.connect("friday.db")) as file, file:
        (table,) = file.execute(
            "SELECT name FROM sqlite_master WHERE name LIKE 'decisions_v%' AND type = 'table'"
        ).fetchone()
        assert file.execute(f"UPDATE {table} SET outcome = 'refused'").rowcount
    lose_the_log()
    run("restore", "friday.db")
    assert not checks.unlike_a_rebuild(Path("decisionlog.db"))


WORDS = "a private matter of Mrs Whitlow"


@pytest.fixture
def erased():
    """Words that are in the backup, and were erased in the log since."""
    run("import", facts("words.jsonl", proposal("W/1", title=WORDS)), "--by", "clerk-1")
    run("backup", "words.db")
    run("erase", "W/1", "--under", "NLB/24-25/031", "--reason", "on request", "--yes", "--by", "clerk-1")
    assert WORDS in run("show", "W/1", "--log", "words.db").stdout


@pytest.mark.usefixtures("erased")
def test_what_was_erased_since_the_backup_is_erased_again():
    assert "--because" in run("restore", "words.db", "--replace", code=3).stderr
    shown = run("restore", "words.db", "--replace", "--because", "the disk failed", "--by", "clerk-1").stdout
    assert "1 sealed value that had been erased since was erased in it as well." in shown
    assert WORDS not in run("show", "W/1").stdout
    assert "erased under @36" in run("show", "W/1").stdout
    assert run("verify").stdout.startswith("SOUND: 36 facts")
    for file in Path().glob("decisionlog.db*"):
        assert WORDS.encode() not in file.read_bytes()


@pytest.mark.usefixtures("erased")
def test_a_backup_of_after_the_erasure_does_not_hold_the_words():
    run("backup", "later.db")
    assert WORDS.encode() not in Path("later.db").read_bytes()
    assert answer("restore", "later.db", "--replace")["erased"] == 0
    assert "erased under @35" in run("show", "W/1").stdout


def test_what_was_given_out_is_known_in_the_restored_log():
    run("export", "jsonl", "-o", "given.jsonl", "--vault", "given.vault", "--by", "clerk-1")
    run("restore", "friday.db", "--replace")
    with closing(sqlite3.connect("decisionlog.db")) as file:
        given = file.execute("SELECT kind, size, file FROM exports ORDER BY number").fetchall()
    assert ("backup", 33, str(Path("friday.db").resolve())) in given
    assert ("log moved aside", 33, str(next(Path.cwd().glob("decisionlog.db.until-*")))) in given
    assert [kind for kind, _, _ in given].count("export") == 1


# the log as it was


def test_the_log_as_it_was_at_a_position_holds_exactly_the_facts_up_to_it():
    shown = run("restore", "decisionlog.db", "then.db", "--to", "20").stdout
    assert shown.startswith("then.db is the log as it was at fact 20, with ")
    then = Path("then.db")
    assert checks.stored_bytes(then) == checks.stored_bytes(Path("decisionlog.db"))[:20]
    assert not checks.find_damage(then)
    assert answer("status", "--log", "then.db")["basis"]["root"] == answer("status", "--known", "@20")["basis"]["root"]
    assert then.stat().st_mode & 0o777 == 0o400
    run("checkpoint", "-o", "kept.checkpoint")
    said = run("verify", "then.db", "--checkpoint", "kept.checkpoint", code=3).stdout
    assert "the log has 20 facts, and the checkpoint saw 33: facts were removed" in said
    assert run("restore", "friday.db", "again.db", "--to", "@20").stdout.startswith("again.db is the log as it was")
    assert checks.stored_bytes(Path("again.db")) == checks.stored_bytes(then)


@pytest.mark.usefixtures("erased")
def test_what_was_erased_later_is_not_in_the_log_as_it_was_and_the_copy_is_sound():
    made = answer("restore", "decisionlog.db", "then.db", "--to", "34")
    assert (made["left_out"], made["erasures_unknown"]) == (1, False)
    assert WORDS.encode() not in Path("then.db").read_bytes()
    found = answer("verify", "then.db")
    assert found["sound"]
    assert any("1 sealed value of it was erased later, as the copy says" in note for note in found["notes"])
    assert "erased under @35" in run("show", "W/1", "--log", "then.db").stdout
    refused = run("restore", "then.db", "again.db", code=3).stderr
    assert "it shows the log as it was at fact 34, without 1 sealed value that was erased later" in refused


@pytest.mark.usefixtures("erased")
def test_of_a_backup_from_before_an_erasure_the_log_that_goes_on_says_what_is_left_out():
    assert answer("restore", "words.db", "then.db", "--to", "34")["left_out"] == 1
    assert WORDS.encode() not in Path("then.db").read_bytes()
    alone = run("restore", "words.db", "elsewhere.db", "--to", "34", "--log", "nowhere.db").stdout
    assert "nothing tells what was erased since: such words are in it again" in " ".join(alone.split())


@pytest.mark.usefixtures("erased")
@pytest.mark.parametrize(
    "done",
    [
        "DELETE FROM secrets WHERE name = 'as-it-was'",
        "UPDATE secrets SET value = CAST('33' AS BLOB) WHERE name = 'as-it-was'",
        "DELETE FROM vault WHERE salt = ''",
        "UPDATE vault SET value = '\"erased under @34\"' WHERE salt = ''",
        "UPDATE vault SET salt = '', value = '\"erased under @20\"' WHERE position = 2",
    ],
)
def test_a_copy_that_lacks_words_without_saying_why_is_not_sound(done):
    """The twin: what the marks in a copy are for, and that they explain nothing else."""
    run("restore", "decisionlog.db", "then.db", "--to", "34")
    Path("then.db").chmod(0o600)
    with closing(sqlite3.connect("then.db")) as file, file:
        if "position = 2" in done:
            done = done.replace("position = 2", "position = (SELECT min(position) FROM vault WHERE salt > '')")
        assert file.execute(done).rowcount
    said = run("verify", "then.db", code=3).stdout
    assert "missing, and no fact says that it was erased" in " ".join(said.split())


def test_a_copy_and_where_it_lies_is_named_when_its_words_are_erased():
    run("restore", "decisionlog.db", "then.db", "--to", "33")
    run("import", facts("words.jsonl", proposal("W/1", title=WORDS)), "--by", "clerk-1")
    under = ("--under", "NLB/24-25/031", "--reason", "on request", "--dry-run", "--by", "clerk-1")
    shown = run("erase", "NLB/24-25/P14", *under).stdout
    assert f"copy {Path('then.db').resolve()} of" in shown
    assert f"backup {Path('friday.db').resolve()} of" in shown
    assert "copy" not in run("erase", "W/1", *under).stdout


def test_without_the_log_that_went_on_restoring_warns_of_what_may_be_back(tmp_path):
    there = str(tmp_path / "again.db")
    said = " ".join(run("restore", "friday.db", there, "--log", there).stdout.split())
    assert "nothing tells what was erased since: such words are in it again" in said
    assert "nothing tells" not in run("restore", "friday.db", "again.db").stdout


def test_the_log_as_it_was_on_a_day():
    assert (
        "Nothing was recorded by 2001-01-01"
        in run("restore", "decisionlog.db", "t.db", "--to", "2001-01-01", code=2).stderr
    )
    assert answer("restore", "decisionlog.db", "now.db", "--to", "today")["position"] == 33
    assert "beyond the end of the log" in run("restore", "decisionlog.db", "t.db", "--to", "99", code=2).stderr
    assert not Path("t.db").exists()


def test_the_log_as_it_was_on_a_day_holds_what_was_recorded_by_its_end():
    begun = datetime(2026, 3, 3, 9, tzinfo=UTC)
    with make_log(Path("march.db"), Begin("Northmoor", "march.example", "clerk-1", begun)) as march:
        for day in range(4, 9):
            draft = Draft("proposal.submitted", f"proposal:{day}", {}, opens=True)
            march.log.record(Batch([draft], "clerk-1", begun.replace(day=day)))
    made = answer("restore", "march.db", "then.db", "--to", "2026-03-05")
    assert made["position"] == 3
    assert checks.stored_bytes(Path("then.db")) == checks.stored_bytes(Path("march.db"))[:3]
    assert answer("restore", "march.db", "noon.db", "--to", "2026-03-05T08:00Z")["position"] == 2


def test_the_log_as_it_was_takes_no_place():
    assert "--to needs a PATH" in run("restore", "friday.db", "--to", "20", code=2).stderr
    assert (
        "--replace does not go with --to"
        in run("restore", "friday.db", "t.db", "--to", "20", "--replace", code=2).stderr
    )
    assert "exists already" in run("restore", "friday.db", "decisionlog.db", "--to", "20", code=2).stderr

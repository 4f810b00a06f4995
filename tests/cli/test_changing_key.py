"""A log that takes another key: the old one vouches for the new, each signs for its span, and no other key gets in."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from subprocess import run as run_process

import pytest

from decisionlog.audit import verify as standalone
from decisionlog.audit.checkpoints import text_of
from decisionlog.audit.key_changes import recorded
from decisionlog.audit.keys import new_signer, read_signer, signature_line
from decisionlog.bootstrap import open_log
from decisionlog.cli import changing_key
from tests.cli.running import answer, facts, new_log, proposal, run

WHO = ("--by", "clerk-1")
ORIGIN = "northmoor.example/decisions"


@pytest.fixture(autouse=True)
def old():
    """The verifier key of a log of two facts that has signed for them; its checkpoint is in `old.checkpoint`."""
    new_log()
    more("P1")
    run("checkpoint", "-o", "old.checkpoint")
    shutil.copy("decisionlog.key", "copy-of-old.key")
    return answer("key")["verifier_key"]


def more(ref):
    run("import", facts(f"{ref}.jsonl", proposal(ref)), *WHO)


def change(*flags):
    return answer("key", "change", *WHO, *flags)


def judged(*words, code=0):
    return json.loads(run("verify", *words, "--json", code=code).stdout)


def test_a_fact_says_which_key_signs_from_now_on_and_why(old):
    told = change("--reason", "the keeper left")
    assert told["vouched"]
    assert (told["previous"], told["position"]) == (old, 3)
    line = json.loads(run("export", "jsonl").stdout.splitlines()[2])
    assert line["type"] == "log.key_changed"
    assert set(line["data"]) == {"algorithm", "key_name", "previous_key", "public_key", "reason"}
    assert "the keeper left" not in json.dumps(line)
    assert answer("key")["verifier_key"] == told["verifier_key"] != old


def test_the_new_key_takes_the_place_of_the_old_one_which_is_moved_aside_and_signs_no_more(old):
    told = change()
    assert str(read_signer(Path(told["previous_place"]).read_text(encoding="utf-8")).key) == old
    assert Path("decisionlog.key").stat().st_mode & 0o777 == 0o600
    said = run("checkpoint", "--key-file", told["previous_place"], code=2).stderr
    assert "is not the key that this log signs with: since fact 3" in said
    assert "no key was made" in run("key", "new", "--key-file", "third.key", code=2).stderr


@pytest.mark.parametrize("which", ["old", "new"])
def test_who_knows_either_key_can_verify_what_was_signed_before_and_after(old, which):
    new = change()["verifier_key"]
    more("P2")
    run("checkpoint", "-o", "new.checkpoint")
    key = {"old": old, "new": new}[which]
    told = judged("--key", key, "--checkpoint", "old.checkpoint", "--checkpoint", "new.checkpoint")
    assert told["signer"] == ORIGIN
    assert sum("this log continues it; signed by" in line for line in told["looked_at"]) == 3


def test_the_checkpoint_that_covers_the_fact_is_signed_by_both(old):
    new = change()["verifier_key"]
    note = standalone.read_checkpoint(Path("decisionlog.checkpoint").read_bytes()).note
    assert {signature.id.hex() for signature in note.signatures} == {key.split("+")[1] for key in (old, new)}


def test_a_bundle_is_verified_with_the_key_of_its_time(old):
    run("import", facts("d.jsonl", {"type": "decision.taken", "stream": "decision:D", "data": {"ref": "D"}}), *WHO)
    run("checkpoint")
    run("bundle", "D", "-o", "before.bundle")
    new = change()["verifier_key"]
    more("P2")
    run("checkpoint", "-o", "new.checkpoint")
    run("bundle", "D", "-o", "after.bundle", "--checkpoint", "new.checkpoint")
    run(
        "bundle", "D", "-o", "again.bundle", "--checkpoint", "old.checkpoint", code=7
    )  # it does not have the decision yet

    def alone(bundle, *keys):
        words = [word for key in keys for word in ("--key", key)]
        return run_process(
            [sys.executable, "-I", "-S", standalone.__file__, bundle, *words],
            capture_output=True,
            text=True,
            check=False,
        )

    for bundle in ("before.bundle", "after.bundle"):
        assert alone(bundle, old, new).stdout.startswith("SOUND")
    refused = alone("after.bundle", old)
    assert refused.returncode == 3
    assert f"({new.split('+')[1]})" in refused.stdout


def test_what_the_old_key_signs_after_it_was_given_up_is_told(old):
    change()
    more("P2")
    thief = read_signer(Path("copy-of-old.key").read_text(encoding="utf-8"))
    with open_log(Path("decisionlog.db")) as opened:
        text = text_of(ORIGIN, 4, opened.log.root(4))
    Path("stolen.checkpoint").write_bytes(text + b"\n" + signature_line(thief, text))
    fault = judged("--checkpoint", "stolen.checkpoint", code=3)["faults"][0]["sentence"]
    assert f"it is signed by the key {old.split('+')[1]}, which the log gave up at fact 3" in fault


def test_a_key_that_only_the_file_speaks_for_is_not_believed(old):
    """Somebody who can record, and has no key, says that the log has theirs, and signs with it."""
    theirs = new_signer(ORIGIN)
    known = next(standalone.read_keys(old))
    plain = {
        "type": "log.key_changed",
        "stream": f"log:{ORIGIN}",
        "data": recorded(theirs.key, known, compromised=False),
    }
    run("import", facts("false.jsonl", plain), *WHO)
    with open_log(Path("decisionlog.db")) as opened:
        text = text_of(ORIGIN, 3, opened.log.root(3))
    Path("theirs.checkpoint").write_bytes(text + b"\n" + signature_line(theirs, text))
    said = run("verify", "--key", old, "--checkpoint", "theirs.checkpoint", code=2).stderr
    assert "The key is not known: theirs.checkpoint is signed by" in said


def test_a_key_that_others_may_have_had_vouches_for_nothing(old):
    told = change("--compromised")
    assert not told["vouched"]
    run("verify")  # who keeps the log knows the new key, and it leads to the old one
    new = Path("decisionlog.checkpoint").read_bytes()
    assert len(standalone.read_checkpoint(new).note.signatures) == 1
    Path("new.checkpoint").write_bytes(new)
    assert "The key is not known" in run("verify", "--key", old, "--checkpoint", "new.checkpoint", code=2).stderr
    assert "tell every partner at once" in run("key", "change", *WHO, "--compromised").stdout.replace("\n", " ")


def test_a_key_that_is_lost_is_followed_by_one_that_nothing_vouches_for():
    Path("decisionlog.key").unlink()
    told = change()
    assert (told["vouched"], told["previous"], told["previous_place"]) == (False, "", "")
    seen = judged()["looked_at"]
    assert "The checkpoint of 2 facts: this log continues it; its signer not checked" in seen
    assert f"The checkpoint of 3 facts: this log continues it; signed by {ORIGIN}" in seen
    more("P2")
    run("checkpoint")


def test_what_was_cut_short_goes_on_where_it_stopped_with_the_same_key(monkeypatch, old):
    def cut_off(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(changing_key, "_in_its_place", cut_off)
        run("key", "change", *WHO, code=130)
    waiting = read_signer(Path("decisionlog-next.key").read_text(encoding="utf-8"))
    told = change()
    assert told["verifier_key"] == str(waiting.key)
    assert told["position"] == 3
    assert answer("status")["size"] == 3
    assert not Path("decisionlog-next.key").exists()
    judged("--key", old)


def test_a_dry_run_changes_nothing(old):
    before = {file: file.read_bytes() for file in Path().iterdir()}
    assert "Nothing was changed (dry run)." in run("key", "change", *WHO, "--dry-run").stdout.replace("\n", " ")
    assert {file: file.read_bytes() for file in Path().iterdir()} == before
    assert answer("key")["verifier_key"] == old


def test_a_log_that_does_not_continue_what_was_signed_gets_no_other_key():
    shutil.copy("decisionlog.db", "older.db")
    more("P2")
    run("checkpoint")
    shutil.copy("older.db", "decisionlog.db")
    for beside in ("decisionlog.db-wal", "decisionlog.db-shm"):
        Path(beside).unlink(missing_ok=True)
    assert "Nothing was changed: the log has 2 facts" in run("key", "change", *WHO, code=3).stderr
    assert not Path("decisionlog-next.key").exists()


def test_the_key_of_the_time_before_is_not_taken_for_the_one_that_signs():
    change()
    shutil.copy("copy-of-old.key", "decisionlog.key")
    line = next(one for one in json.loads(run("doctor", "--json", code=6).stdout)["items"] if one["name"] == "key")
    assert line["state"] == "fail"
    assert "since fact 3 the log signs with" in line["found"]
    assert "Nothing was changed. Put back its copy" in run("key", "change", *WHO, code=2).stderr


def test_a_second_change_leads_from_the_first_key_to_the_third(old):
    change()
    more("P2")
    third = change()["verifier_key"]
    for key in (old, third):
        told = judged("--key", key, "--checkpoint", "old.checkpoint")
        assert told["signer"] == ORIGIN


@pytest.mark.parametrize("flags", [("--reason", "x"), ("--compromised",), ("--dry-run",), WHO])
def test_what_belongs_to_a_change_goes_with_nothing_else(flags):
    assert "go with `key change`" in run("key", *flags, code=2).stderr


def test_a_change_needs_somebody_who_records_it():
    assert "--by" in run("key", "change", code=2).stderr

"""What a partner does with a key, a checkpoint, a proof and a copy, on the command line."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from decisionlog.audit import keys, verify
from decisionlog.audit.checkpoints import text_of
from decisionlog.store.sqlite_file import engine
from tests.audit.attacks import attacked, one_bit_flipped, the_end_cut_off, the_end_cut_off_with_care
from tests.cli.running import answer, facts, new_log, northmoor, proposal, run

ORIGIN = "northmoor.example/decisions"


@pytest.fixture
def log():
    """A log of four facts with its key."""
    new_log()
    run(
        "import",
        facts("facts.jsonl", *(proposal(f"P{number}", title=f"Paper {number}") for number in (1, 2, 3))),
        "--by",
        "clerk-1",
    )
    return Path("decisionlog.db")


def vkey() -> str:
    return answer("key")["verifier_key"]


def more(ref: str) -> None:
    run("import", facts(f"{ref}.jsonl", proposal(ref, title=ref)), "--by", "clerk-1")


def refused(*words: str, code: int) -> str:
    return run(*words, code=code).stderr.strip()


def test_a_folder_is_no_file_for_a_checkpoint(log):
    Path("folder").mkdir()
    assert (
        refused("checkpoint", "-o", "folder", code=2) == "folder is a folder; nothing was written. Name a file in it."
    )


def test_a_page_of_markdown_holds_what_was_signed_and_what_was_proved_as_it_is(log):
    signed = run("checkpoint", "--format", "markdown").stdout
    assert signed.startswith(f"# Checkpoint of {ORIGIN}: 4 facts, signed by {ORIGIN}\n\n    {ORIGIN}\n    4\n")
    proved = run("prove", "2", "--format", "markdown").stdout
    assert proved.startswith(f"# Proof that fact 2 is one of the 4 of {ORIGIN}\n\n    c2sp.org/tlog-proof@v1\n")
    Path("older").write_text(run("checkpoint").stdout, encoding="utf-8")
    more("P9")
    continued = run("prove", "--from", "older", "--format", "markdown").stdout
    assert continued.startswith(f"# Proof that 5 facts of {ORIGIN} continue the first 4\n")


# Two checkpoints


def two(log):
    """Two checkpoints of one log, and the key."""
    run("checkpoint", "-o", "older")
    more("P8")
    run("checkpoint", "-o", "newer")
    return vkey()


def test_a_checkpoint_alone_says_what_it_saw_and_who_signed_it(log):
    key = two(log)
    found = answer("verify", "older", "--key", key)
    assert (found["what"], found["sound"], found["size"], found["signer"]) == ("checkpoint", True, 4, ORIGIN)
    assert run("verify", "older").stdout.startswith(
        "CONSISTENT; signer not checked: 4 facts at the time of this checkpoint"
    )
    assert "The key is not known" in refused("verify", "older", "--key", str(keys.new_signer(ORIGIN).key), code=2)


def test_two_checkpoints_of_one_size_say_the_same_or_prove_two_histories(log, monkeypatch):
    key = two(log)
    shutil.copy("older", "again")
    said = answer("verify", "older", "--checkpoint", "again", "--key", key)
    assert said["looked_at"][-1] == "The two say the same: one log, 4 facts, one root"
    forked = new_log("forked.db")
    run(
        "import",
        facts("x.jsonl", *(proposal(f"X{number}") for number in (1, 2, 3))),
        "--log",
        forked,
        "--by",
        "clerk-1",
    )
    run("checkpoint", "--log", forked, "-o", "fork")
    said = run("verify", "older", "--checkpoint", "fork", code=3).stdout
    assert "There are two histories of northmoor.example/decisions: both checkpoints are of 4 facts" in " ".join(
        said.split()
    )


def test_two_checkpoints_of_two_logs_contradict_each_other(log):
    two(log)
    run("init", "other.db", "--name", "Other", "--origin", "other.example/log", "--by", "clerk-1")
    run("checkpoint", "--log", "other.db", "-o", "other")
    assert "They are of two logs" in run("verify", "older", "--checkpoint", "other", code=3).stdout


def test_of_two_sizes_only_the_log_or_a_request_tells_whether_one_continues_the_other(log):
    two(log)
    said = refused("verify", "newer", "--checkpoint", "older", code=2)
    assert "one saw 4 facts and the other 5, and only the log can tell" in said
    assert "--log LOG" in said
    assert "--since older" in said
    with_log = answer("verify", "newer", "--checkpoint", "older", "--log", str(log))
    assert [with_log["what"], with_log["sound"]] == ["log", True]
    assert sum("this log continues it" in one for one in with_log["looked_at"]) == 2
    run("checkpoint", "--for-witness", "--since", "older", "-o", "request")
    proved = answer("verify", "request", "--checkpoint", "older")
    assert proved["looked_at"][-1] == "The first 4 of its facts are those that older saw: the request proves it"
    forged = Path("request").read_text().replace("\n", "\n" + "A" * 43 + "=\n", 1)
    Path("request").write_text(forged)
    run("verify", "request", "--checkpoint", "older", code=2)


def test_a_request_to_a_witness_is_taken_for_the_checkpoint_in_it(log):
    two(log)
    run("checkpoint", "--for-witness", "--since", "older", "-o", "request")
    said = answer("verify", "--checkpoint", "request")["looked_at"]
    assert any("The checkpoint of 5 facts (request): this log continues it" in one for one in said)


def test_a_forged_checkpoint_beside_the_log_is_noticed(log):
    two(log)
    beside = Path("decisionlog.checkpoint")
    true = beside.read_text()
    assert answer("verify")["sound"]
    beside.write_text(true.replace("\n5\n", "\n4\n"))
    said = " ".join(run("verify", code=3).stdout.split())
    assert (
        "(decisionlog.checkpoint), which lies beside the log and that the log does not have, is not what was signed here"
        in said
    )
    beside.write_text("hello")
    assert "The checkpoint beside the log, decisionlog.checkpoint, is none" in run("verify", code=3).stdout
    beside.unlink()
    assert answer("verify")["sound"]


# The key


def test_a_new_log_has_a_key_that_only_its_owner_can_read(log):
    key = Path("decisionlog.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    shown = answer("key")
    assert verify.read_key(shown["verifier_key"]).name == shown["origin"] == ORIGIN
    assert key.read_text() not in json.dumps(shown)


def test_a_key_that_is_given_is_used_and_another_logs_key_is_not():
    Path("ours.key").write_text(keys.written(keys.new_signer("a.example/b")))
    run("init", "a.db", "--name", "A", "--origin", "a.example/b", "--by", "clerk-1", "--key-file", "ours.key")
    assert not Path("a.key").exists()
    said = refused(
        "init", "c.db", "--name", "C", "--origin", "c.example/d", "--by", "clerk-1", "--key-file", "ours.key", code=2
    )
    assert said.startswith("ours.key is the key of a.example/b.")
    assert not Path("c.db").exists()
    assert "is the key of a.example/b, and this log is" in refused(
        "checkpoint", "--log", new_log(), "--key-file", "ours.key", code=2
    )


def test_a_log_that_is_not_made_leaves_no_key():
    refused("init", "no/where.db", "--name", "A", "--origin", "a.example/b", "--by", "clerk-1", code=2)
    assert not list(Path().glob("**/*.key"))


def test_a_key_is_never_written_over(log):
    before = Path("decisionlog.key").read_text()
    assert refused("key", "new", code=2).startswith("decisionlog.key exists already")
    assert Path("decisionlog.key").read_text() == before


def test_a_log_without_a_key_says_how_to_get_one():
    northmoor()
    assert refused("checkpoint", code=7) == (
        "There is no key at decisionlog.key. `decisionlog key new` makes one; --key-file names another."
    )
    run("key", "new")
    run("checkpoint")


def test_what_is_not_a_key_is_said_to_be_none(log):
    Path("decisionlog.key").write_text("PRIVATE+KEY+half")
    said = refused("checkpoint", code=2)
    assert said == "decisionlog.key is not a key (a key that signs is one line, PRIVATE+KEY+name+id+seed)."


def test_a_key_that_others_can_read_is_noted(log):
    Path("decisionlog.key").chmod(0o644)
    assert "can be read by others" in run("key").stderr


# Checkpoints


def test_a_checkpoint_is_signed_kept_and_given_again(log):
    first = run("checkpoint", "-o", "mine").stdout
    checkpoint = verify.read_checkpoint(first.encode())
    assert verify.is_signed(checkpoint.note, verify.read_key(vkey()))
    assert (checkpoint.origin, checkpoint.size) == (ORIGIN, 4)
    assert checkpoint.root.hex() == answer("log")["basis"]["root"]
    assert Path("mine").read_text() == Path("decisionlog.checkpoint").read_text() == first
    assert run("checkpoint").stdout == first
    assert answer("checkpoint")["again"] is True


def test_a_key_never_signs_what_does_not_continue_what_it_signed(log):
    shutil.copy(log, "older.db")
    more("P4")
    run("checkpoint")
    shutil.copy("older.db", log)
    assert refused("checkpoint", code=3).startswith(
        "Nothing was signed: the log has 4 facts, and the checkpoint saw 5: facts were removed."
    )
    more("P5")  # the old copy, continued
    assert "does not continue the log that the checkpoint describes" in refused("checkpoint", code=3)
    Path("decisionlog.checkpoint").unlink()  # the twin: without what lies beside the key, it would sign
    run("checkpoint")


def test_a_new_log_of_an_origin_that_was_signed_for_is_refused(log):
    run("checkpoint")
    log.unlink()
    said = refused("init", "--name", "A", "--origin", ORIGIN, "--by", "clerk-1", code=2)
    assert "has signed a log of this origin before" in said
    assert not log.exists()


# Proofs


@pytest.mark.parametrize("ref", ["P2", "proposal:P2", "3", "@3"])
def test_a_fact_is_proved_to_anybody(log, ref):
    run("prove", ref, "-o", "p.tlog-proof", "--fact", "p.json")
    found = run("verify", "p.tlog-proof", "--fact", "p.json", "--key", vkey())
    assert "Fact 3 lies in the log of 4 facts" in found.stdout
    alone = [sys.executable, "-I", "-S", verify.__file__, "p.tlog-proof", "--fact", "p.json", "--key", vkey()]
    told = subprocess.run(alone, check=False, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, f"SOUND: it is fact 3 of 4 of {ORIGIN}; signed by {ORIGIN}.\n")


def test_a_proof_of_another_fact_proves_nothing(log):
    run("prove", "P2", "-o", "p.tlog-proof")
    run("prove", "P3", "--fact", "other.json")
    found = run("verify", "p.tlog-proof", "--fact", "other.json", code=3)
    assert "other.json is not fact 3 of the log of this checkpoint" in found.stdout


def test_it_is_proved_that_a_log_continues_an_older_checkpoint(log):
    run("checkpoint", "-o", "old")
    more("P4")
    shown = answer("prove", "--from", "old")
    extension = verify.read_extension(shown["proof"].encode())
    old = verify.read_checkpoint(Path("old").read_bytes())
    assert (extension.old_size, extension.checkpoint.size) == (4, 5)
    verify.require_consistent(4, old.root, 5, extension.checkpoint.root, extension.path)


def test_what_cannot_be_proved_is_said(log):
    assert refused("prove", "9", code=7) == "There is no fact 9: the log has 4."
    assert "P9" in refused("prove", "P9", code=7)
    assert "Name a REF or a POSITION" in refused("prove", code=2)
    run("checkpoint", "-o", "theirs")
    text = text_of(ORIGIN, 4, bytes(32))
    signer = keys.read_signer(Path("decisionlog.key").read_text())
    Path("theirs").write_bytes(text + b"\n" + keys.signature_line(signer, text))
    assert "does not continue the log" in refused("prove", "--from", "theirs", code=3)


# Verifying


def test_a_partner_with_an_old_checkpoint_verifies_the_log(log):
    run("checkpoint", "-o", "old")
    more("P4")
    found = answer("verify", "--checkpoint", "old", "--key", vkey())
    assert (found["sound"], found["size"], found["signer"], found["faults"]) == (True, 5, ORIGIN, [])
    assert found["root"] == answer("log")["basis"]["root"]


def test_a_changed_log_is_not_sound_and_the_position_is_named(log):
    run("checkpoint", "-o", "old")
    more("P4")
    attacked(log, Path("copy.db"), one_bit_flipped)
    found = run("verify", "copy.db", "--json", code=3)
    answered = json.loads(found.stdout)
    assert [fault["position"] for fault in answered["faults"]] == [5]
    assert answered["size"] == 4
    attacked(log, Path("cut.db"), the_end_cut_off_with_care)
    assert run("verify", "cut.db", code=0)

    said = run("verify", "cut.db", "--checkpoint", "old", code=3).stdout
    assert "the log has 3 facts, and the checkpoint saw 4: facts were removed" in said


def test_what_was_verified_before_is_not_looked_at_again(log):
    run("checkpoint", "-o", "old")
    more("P4")
    assert answer("verify", "--since", "old")["looked_at"][0].startswith("1 fact after the 4 that were verified before")
    attacked(log, Path("copy.db"), one_bit_flipped)
    assert "Fact 5" in run("verify", "copy.db", "--since", "old", code=3).stdout


def test_malformed_and_false_are_different_sentences(log):
    run("checkpoint", "-o", "good")
    good = Path("good").read_text()
    Path("not").write_text("hello")
    assert refused("verify", "--checkpoint", "not", code=2).startswith("not is not a checkpoint (")
    Path("false").write_text(good.replace("\n4\n", "\n3\n"))
    assert (
        "the signature does not match the key" in run("verify", "--checkpoint", "false", "--key", vkey(), code=3).stdout
    )
    stranger = str(keys.new_signer(ORIGIN).key)
    assert refused("verify", "--checkpoint", "good", "--key", stranger, code=2).startswith(
        f"The key is not known: good is signed by {ORIGIN} ("
    )
    other = keys.new_signer("other.example")
    text = text_of("other.example", 4, bytes(32))
    Path("other").write_bytes(text + b"\n" + keys.signature_line(other, text))
    said = run("verify", "--checkpoint", "other", "--key", str(other.key), code=3).stdout
    assert "a different log: the checkpoint is of other.example, and this is" in said
    assert refused("verify", "--key", "nonsense+key", code=2).startswith("'nonsense+key' is not a verifier key (")
    assert "is neither a verifier key" in refused("verify", "--key", "nowhere", code=2)


def test_an_export_is_verified_with_what_opens_it(log):
    run("checkpoint", "-o", "old")
    run("export", "-o", "log.jsonl", "--vault", "words.jsonl")
    found = answer("verify", "log.jsonl", "--vault", "words.jsonl", "--checkpoint", "old", "--key", vkey())
    assert found["sound"]
    assert found["what"] == "export"
    lines = Path("log.jsonl").read_bytes().splitlines(keepends=True)
    for name, changed in {
        "swapped": [lines[0], lines[2], lines[1], lines[3]],
        "cut": lines[:3],
        "altered": [*lines[:2], lines[2].replace(b"clerk-1", b"clerk-2"), lines[3]],
    }.items():
        Path(name).write_bytes(b"".join(changed))
        assert not json.loads(run("verify", name, "--checkpoint", "old", "--json", code=3).stdout)["sound"], name
    words = Path("words.jsonl").read_text().replace("Paper 1", "Paper 9")
    Path("words.jsonl").write_text(words)
    assert "does not open the commitment" in run("verify", "log.jsonl", "--vault", "words.jsonl", code=3).stdout
    Path("empty").write_bytes(b"")
    assert refused("verify", "empty", code=2) == "empty is not an export of a log (it is empty)."
    Path("text").write_text("hello\n")
    assert refused("verify", "text", code=2).startswith("text is not an export of a log (")
    assert refused("verify", "nowhere", code=2) == "nowhere cannot be read (No such file or directory)."


def test_a_log_becomes_tiles_and_again_when_it_has_grown(log):
    run("export", "tiles", "t")
    assert answer("verify", "t", "--key", vkey())["sound"]
    assert Path("t/tile/0/000.p/4").stat().st_size == 4 * 32
    more("P4")
    run("export", "tiles", "t")
    assert answer("verify", "t", "--key", vkey())["size"] == 5
    entries = Path("t/tile/entries/000.p/5")
    raw = entries.read_bytes()
    entries.write_bytes(raw.replace(b"clerk-1", b"clerk-2", 1))
    found = json.loads(run("verify", "t", "--json", code=3).stdout)
    assert found["faults"][0]["position"] == 1
    entries.unlink()
    run("export", "tiles", "t")
    assert entries.read_bytes() == raw
    Path("t/tile/0/000.p/5").write_bytes(bytes(5 * 32))
    assert not json.loads(run("verify", "t", "--json", code=3).stdout)["sound"]


def test_tiles_of_another_log_are_not_written_over(log):
    run("export", "tiles", "t")
    run("init", "other.db", "--name", "O", "--origin", "other.example", "--by", "clerk-1")
    assert "a different log" in refused("export", "tiles", "t", "--log", "other.db", code=3)
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("keep me")
    assert "holds other files" in refused("export", "tiles", "mine", code=2)
    assert "Name the folder" in refused("export", "tiles", code=2)


def test_a_removal_is_told_before_what_else_it_left_behind(log):
    more("P4")
    run("checkpoint", "-o", "mine")
    attacked(log, Path("cut.db"), the_end_cut_off)
    found = json.loads(run("verify", "cut.db", "--checkpoint", "mine", "--json", code=3).stdout)
    assert "the log has 3 facts, and the checkpoint saw 5: facts were removed" in found["faults"][0]["sentence"]
    assert all((fault["position"] or 0) <= 3 for fault in found["faults"])


def test_another_key_signs_anew(log):
    first = run("checkpoint").stdout
    Path("decisionlog.key").rename("old.key")
    run("key", "new")
    second = run("checkpoint").stdout
    assert second != first
    assert verify.is_signed(verify.read_note(second.encode()), verify.read_key(vkey()))


def test_findings_that_somebody_took_away_are_noticed_and_come_back(log):
    run("check")
    with closing(engine.connect(str(log), isolation_level=None)) as file:
        before = file.execute("SELECT count(*) FROM findings_rest_on").fetchone()[0]
        file.execute("DELETE FROM findings_rest_on")
    assert before
    assert "show what the facts say was not compared" in run("verify").stdout
    assert "The findings that are kept are not what the facts give" in run("verify", "--views", code=3).stdout
    run("rebuild")
    run("check")
    assert "not compared" not in run("verify", "--views").stdout


def test_the_views_are_compared_with_ones_built_anew(log):
    run("list", "proposals")
    assert "30 read models: each the same as one built anew" in answer("verify", "--views")["looked_at"][-1]


@pytest.mark.parametrize(
    ("name", "make", "code", "said"),
    [
        ("missing.db", None, 2, "cannot be read"),
        ("empty.db", b"", 2, "is not an export of a log (it is empty)"),
        ("text.db", b"hello, I am text", 2, "is not an export of a log"),
        ("other.db", "sqlite", 2, "is an SQLite file, but not a log of decisionlog"),
    ],
)
def test_what_is_no_log_is_said_to_be_none(name, make, code, said):
    if make == "sqlite":
        from decisionlog.store.sqlite_file import engine

        engine.connect(name).execute("CREATE TABLE t (a)").connection.close()
    elif make is not None:
        Path(name).write_bytes(make)
    assert said in refused("verify", name, code=code)


def test_a_policy_of_witnesses_alone_leaves_the_logs_own_signature_to_the_key_beside_it(log):
    run("checkpoint")
    witness = keys.new_signer("icb.example/w", verify.COSIGNATURE)
    Path("icb.policy").write_text(f"witness icb {witness.key}\nquorum none\n")
    told = answer("verify", "--policy", "icb.policy")
    assert told["signer"] == ORIGIN
    assert not any("Signer not checked" in note for note in told["notes"])


def test_a_policy_says_how_many_must_have_cosigned(log):
    run("checkpoint", "-o", "mine")
    partners = {name: keys.new_signer(f"{name}.example/w", verify.COSIGNATURE) for name in ("icb", "trust")}
    lines = [f"witness {name} {signer.key}\n" for name, signer in partners.items()]
    Path("both.policy").write_text(f"log {vkey()}\n{''.join(lines)}group both all icb trust\nquorum both\n")
    raw = Path("mine").read_bytes()
    text = verify.read_note(raw).text
    Path("mine").write_bytes(raw + keys.cosignature_line(partners["icb"], text, 1_780_000_000))
    said = run("verify", "--checkpoint", "mine", "--policy", "both.policy", code=1).stdout
    assert said.startswith("SOUND, but not witnessed by enough: 4 facts")
    assert (
        "(mine) was cosigned by icb (2026-05-28T20:26:40Z); the policy asks for all of icb and trust. No"
        in " ".join(said.split())
    )
    told = json.loads(run("verify", "--checkpoint", "mine", "--policy", "both.policy", "--json", code=1).stdout)
    assert (told["sound"], told["quorum_met"], len(told["lacking"])) == (True, False, 1)
    more_of_it = raw + b"".join(keys.cosignature_line(one, text, 1_780_000_000) for one in partners.values())
    Path("mine").write_bytes(more_of_it)
    run("export", "-o", "log.jsonl")
    for what in ("decisionlog.db", "log.jsonl"):
        told = answer("verify", what, "--checkpoint", "mine", "--policy", "both.policy")
        assert (told["sound"], told["quorum_met"], told["lacking"]) == (True, True, [])
        assert "cosigned by icb (2026-05-28T20:26:40Z) and trust" in told["looked_at"][-1]
        assert told["looked_at"][-1].endswith("the policy asks for all of icb and trust: that is met")
    assert answer("verify", "--checkpoint", "mine")["quorum_met"] is None
    assert (
        "No checkpoint was given or kept that anybody cosigned"
        in run("verify", "log.jsonl", "--policy", "both.policy", code=1).stdout
    )
    Path("mine").write_bytes(raw + keys.cosignature_line(partners["icb"], text + b"x", 1_780_000_000))
    assert (
        "the cosignature does not match the key icb.example/w"
        in run("verify", "--checkpoint", "mine", "--policy", "both.policy", code=3).stdout
    )
    Path("mine").write_bytes(more_of_it)
    more("P9")
    run("checkpoint", "-o", "newer")
    waiting = ("verify", "--checkpoint", "mine", "--checkpoint", "newer", "--policy", "both.policy")
    said = " ".join(run(*waiting, code=1).stdout.split())
    assert "Enough have cosigned the first 4 facts; the 1 since wait for it." in said
    Path("no.policy").write_text("quorum")
    assert "The policy no.policy cannot be used" in refused("verify", "--policy", "no.policy", code=2)

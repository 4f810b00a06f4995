"""Partners cosign checkpoints, by e-mail and over HTTP; a fork, a rollback and a truncation are each noticed by one of them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from decisionlog.audit.keys import cosignature_line, new_signer, read_signer
from decisionlog.audit.verify import COSIGNATURE, read_checkpoint
from tests.cli.running import PROGRAM, answer, facts, new_log, proposal, run
from tests.web.witnesses import answering, refusing_connections, says

PARTNERS = ("icb", "council", "trust")
REQUEST = "request.txt"
BESIDE = ("decisionlog.db", "decisionlog.db-wal", "decisionlog.db-shm", "decisionlog.checkpoint")


def recorded(*numbers: int) -> None:
    """Record a proposal of each number."""
    run("import", facts("some.jsonl", *(proposal(f"P{number}") for number in numbers)), "--by", "clerk-1")


def vkey() -> str:
    return answer("key")["verifier_key"]


def become(partner: str) -> str:
    """Become a witness that looks after the log; its verifier key."""
    run("witness", "init", partner, "--name", f"{partner}.example/witness")
    run("witness", "trust", vkey(), "--folder", partner)
    return answer("witness", "show", "--folder", partner)["key"]


def policy(*lines: str) -> None:
    Path("partners.policy").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    Path("decisionlog.toml").write_text('policy = "partners.policy"\n', encoding="utf-8")


def ask(partner: str, *more: str) -> None:
    """Write the request to a partner."""
    run("checkpoint", "--for-witness", "-o", f"{partner}.txt", *more)


def cosigned(partner: str, code: int = 0):
    Path(f"{partner}.txt.cosigned").unlink(missing_ok=True)
    return run("witness", "cosign", f"{partner}.txt", "--folder", partner, code=code)


def witnessed(partner: str, *more: str) -> None:
    """The whole way of one checkpoint: there and back."""
    ask(partner, *more)
    cosigned(partner)
    run("witness", "add", f"{partner}.txt.cosigned")


@cache
def made() -> tuple[Path, dict[str, str]]:
    """A folder with a log of four facts and three partners, of which two are to cosign; their keys."""
    folder, here = Path(mkdtemp(prefix="partners-")), Path.cwd()
    os.chdir(folder)
    try:
        new_log()
        recorded(1, 2, 3)
        keys = {partner: become(partner) for partner in PARTNERS}
        policy(
            f"log {vkey()}",
            *(f"witness {partner} {key}" for partner, key in keys.items()),
            "group partners 2 icb council trust",
            "quorum partners",
        )
    finally:
        os.chdir(here)
    return folder, keys


@pytest.fixture
def log():
    """That folder is the current one; the keys of the partners."""
    folder, keys = made()
    shutil.copytree(folder, Path.cwd(), dirs_exist_ok=True)
    return keys


def status():
    return answer("status")["witnessing"]


# ------------------------------------------------------------------ by e-mail


def test_two_of_three_partners_witness_what_is_recorded(log):
    for partner in PARTNERS[:2]:
        assert not status()["quorum_met"]
        witnessed(partner, "--since", partner)
    found = status()
    assert (found["recorded"], found["checkpointed"], found["witnessed"], found["quorum_met"]) == (4, 4, 4, True)
    assert found["by"] == ["icb", "council"]
    assert [(one["name"], one["size"]) for one in found["witnesses"]] == [("icb", 4), ("council", 4), ("trust", 0)]
    recorded(5)
    found = status()
    assert (found["recorded"], found["checkpointed"], found["witnessed"], found["quorum_met"]) == (5, 4, 4, True)
    run("checkpoint")
    found = status()
    assert (found["recorded"], found["checkpointed"], found["witnessed"], found["quorum_met"]) == (5, 5, 4, False)


def test_the_next_request_continues_what_the_witness_cosigned(log):
    witnessed("icb", "--since", "icb")
    recorded(5, 6)
    ask("icb", "--since", "icb")
    assert Path("icb.txt").read_text(encoding="utf-8").startswith("old 4\n")
    said = cosigned("icb").stdout
    assert "icb.example/witness observed northmoor.example/decisions with 6 facts and root " in said
    assert "It continues the 4 facts that were cosigned on " in said
    assert "none of them was changed or taken out." in said


@pytest.mark.parametrize("since", ["4", "icb.txt.cosigned", "icb"])
def test_a_request_can_be_asked_from_a_size_a_file_or_a_witness(log, since):
    witnessed("icb", "--since", "icb")
    recorded(5)
    ask("icb", "--since", since)
    assert "It continues the 4 facts" in cosigned("icb").stdout


def test_witnesses_that_differ_each_need_their_own_request(log):
    witnessed("icb", "--since", "icb")
    said = run("checkpoint", "--for-witness", code=2).stderr
    assert "(icb 4, council 0, trust 0), so each needs its own request: --since NAME." in said


def test_the_same_request_again_gives_the_same_answer(log):
    ask("icb", "--since", "icb")
    cosigned("icb")
    first = Path("icb.txt.cosigned").read_bytes()
    assert "Cosigned already, and given again" in cosigned("icb").stdout
    assert Path("icb.txt.cosigned").read_bytes() == first


def test_a_clock_that_was_set_back_is_told(log):
    import time_machine

    with time_machine.travel(time.time() + 3600):
        witnessed("icb", "--since", "icb")
    recorded(5)
    ask("icb", "--since", "icb")
    found = cosigned("icb")
    assert found.stderr.startswith("Note: this computer's clock is behind the last cosignature")
    assert "It continues the 4 facts" in found.stdout


def test_a_request_from_another_size_is_answered_with_the_way_out(log):
    witnessed("icb", "--since", "icb")
    recorded(5)
    ask("icb", "--since", "2")
    said = cosigned("icb", code=5).stderr
    assert "icb.txt continues from 2 facts, and 4 were cosigned on " in said
    assert "decisionlog checkpoint --for-witness --since 4" in said
    assert "Nothing was cosigned." in said


def test_a_witness_of_another_log_does_not_cosign_it(log):
    run("witness", "init", "stranger", "--name", "stranger.example/witness")
    ask("stranger", "--since", "0")
    said = cosigned("stranger", code=7).stderr
    assert "This witness does not look after northmoor.example/decisions." in said
    assert "decisionlog witness trust VKEY" in said


def test_what_is_no_request_is_told(log):
    run("checkpoint", "-o", "icb.txt")
    said = cosigned("icb", code=2).stderr
    assert said.startswith("icb.txt is not a request to a witness (")
    assert "decisionlog checkpoint --for-witness" in said
    assert not Path("icb.txt.cosigned").exists()


def test_a_folder_is_no_request(log):
    become("icb-2")
    said = run("witness", "cosign", ".", "--folder", "icb-2", code=2).stderr
    assert said == ". is a folder. Name a file in it. Nothing was cosigned.\n"


def test_a_file_that_exists_is_not_written_over(log):
    ask("icb", "--since", "icb")
    Path("icb.txt.cosigned").write_text("mine", encoding="utf-8")
    said = run("witness", "cosign", "icb.txt", "--folder", "icb", code=2).stderr
    assert "icb.txt.cosigned exists already." in said
    assert Path("icb.txt.cosigned").read_text(encoding="utf-8") == "mine"
    assert answer("witness", "show", "--folder", "icb")["logs"][0]["at"] == ""


def test_standard_input_and_output_will_do(log):
    request = run("checkpoint", "--for-witness", "--since", "icb").stdout
    note = run("witness", "cosign", "-", "--folder", "icb", stdin=request).stdout
    assert read_checkpoint(note.encode()).size == 4
    assert "Took in the cosignature of icb.example/witness" in run("witness", "add", "-", stdin=note).stdout


def test_only_what_a_witness_of_the_policy_signed_is_taken_in(log):
    note = run("checkpoint").stdout.encode()
    text = read_checkpoint(note).note.text
    stranger = new_signer("stranger.example/witness", COSIGNATURE)
    Path("strange").write_bytes(note + cosignature_line(stranger, text, 1_780_000_000))
    said = run("witness", "add", "strange", code=1).stdout
    assert said == "Left out: stranger.example/witness, which the policy does not name.\n"
    icb = read_signer(Path("icb/witness.key").read_text(encoding="utf-8"))
    Path("false").write_bytes(note + cosignature_line(icb, b"another text\n", 1_780_000_000))
    said = run("witness", "add", "false", code=3).stdout
    assert said == "Left out: a signature that does not match its key, icb.example/witness.\n"
    assert status()["witnessed"] == 0


def test_cosignatures_of_another_log_are_not_taken_in(log):
    run("init", "other.db", "--name", "Other", "--origin", "other.example/decisions", "--by", "clerk-1")
    run("checkpoint", "--log", "other.db", "-o", "other.checkpoint")
    said = run("witness", "add", "other.checkpoint", code=3).stderr
    assert said.startswith(
        "other.checkpoint: a different log: the checkpoint is of other.example/decisions, and this is "
    )
    assert status()["witnessed"] == 0


def test_several_files_are_one_answer(log):
    for partner in PARTNERS[:2]:
        ask(partner, "--since", partner)
        cosigned(partner)
    run("checkpoint", "-o", "bare")
    items = answer("witness", "add", "icb.txt.cosigned", "council.txt.cosigned")["items"]
    assert [one["added"][0]["key"] for one in items] == [log["icb"], log["council"]]
    found = run("witness", "add", "icb.txt.cosigned", "bare", "--json", code=1)
    assert [len(one["already"]) for one in json.loads(found.stdout)["items"]] == [1, 0]


def test_what_was_taken_in_before_a_mistake_stays(log):
    ask("icb", "--since", "icb")
    cosigned("icb")
    said = run("witness", "add", "icb.txt.cosigned", "missing", code=7).stderr
    assert said == "There is no file missing. What came in the file before is taken in.\n"
    assert status()["witnesses"][0]["size"] == 4


def test_a_checkpoint_that_nobody_cosigned_is_told(log):
    run("checkpoint", "-o", "bare")
    assert run("witness", "add", "bare", code=1).stdout == "Nobody has cosigned the checkpoint of 4 facts in bare.\n"


def test_the_last_checkpoint_beside_the_key_has_the_cosignatures_too(log):
    witnessed("icb", "--since", "icb")
    beside = Path("decisionlog.checkpoint").read_text(encoding="utf-8")
    assert "— icb.example/witness " in beside
    assert run("checkpoint").stdout == beside


# ------------------------------------------------------------------ the three attacks


def kept(name: str) -> None:
    """A copy of the log with what lies beside it, as an insider could keep it."""
    Path(name).mkdir()
    for file in BESIDE:
        if Path(file).exists():
            shutil.copy(file, name)


def put_back(name: str) -> None:
    """Put that copy in the place of the log: whoever has the key and the files can do it."""
    for file in BESIDE:
        Path(file).unlink(missing_ok=True)
        if (Path(name) / file).exists():
            shutil.copy(Path(name) / file, file)


def test_a_fork_is_caught_by_a_partner_who_cosigned_what_it_replaces(log):
    kept("before")
    recorded(5)
    witnessed("icb", "--since", "icb")
    put_back("before")
    recorded(55, 56)
    ask("icb", "--since", "5")
    said = cosigned("icb", code=3).stderr
    assert "This log does not continue the log that was cosigned on " in said
    assert "the first 5 facts of the 6 in icb.txt are not those that were seen then" in said
    assert "What was recorded was changed, or the proof was damaged on the way." in said
    assert not Path("icb.txt.cosigned").exists()
    (proof,) = answer("witness", "show", "--folder", "icb")["evidence"]
    assert Path(proof).read_bytes() == Path("icb.txt").read_bytes()
    assert f"What was sent is kept as {proof}." in said


def test_a_fork_of_the_same_size_is_caught_as_two_histories(log):
    kept("before")
    recorded(5)
    witnessed("icb", "--since", "icb")
    put_back("before")
    recorded(55)
    ask("icb", "--since", "5")
    said = cosigned("icb", code=3).stderr
    assert (
        "northmoor.example/decisions has two histories: icb.txt is signed for 5 facts, and so is what was cosigned on "
        in said
    )
    assert "The log was forked." in said


def test_a_fork_that_is_shown_to_another_partner_is_caught_when_they_compare(log):
    """Each partner sees a sound history of its own; that there are two shows as soon as one sees the other's."""
    kept("before")
    recorded(5)
    witnessed("icb", "--since", "icb")
    put_back("before")
    recorded(55)
    ask("council", "--since", "0")
    cosigned("council")
    shutil.copy("council.txt", "icb.txt")
    assert "has two histories" in run("witness", "cosign", "icb.txt", "--folder", "icb", "-o", "x", code=3).stderr


def test_a_rollback_is_caught_by_a_partner_who_cosigned_more(log):
    kept("before")
    recorded(5, 6)
    witnessed("icb", "--since", "icb")
    put_back("before")
    shutil.copy("icb.txt.cosigned", "seen")
    ask("icb", "--since", "4")
    said = cosigned("icb", code=3).stderr
    assert "The log has 4 facts in icb.txt; the checkpoint that was cosigned on " in said
    assert "saw 6: facts were removed, unless the request is an old one." in said
    said = run("checkpoint", "--for-witness", "--since", "6", code=3).stderr
    assert said == "The log has 4 facts; the checkpoint saw 6: facts were removed.\n"
    said = run("checkpoint", "--for-witness", "--since", "seen", code=3).stderr
    assert said.startswith("seen: the log has 4 facts, and the checkpoint saw 6: facts were removed")


def test_a_truncation_is_caught_by_a_partner_who_cosigned_more(log):
    recorded(5, 6)
    witnessed("icb", "--since", "icb")
    with sqlite3.connect("decisionlog.db") as database:
        database.execute("DROP TRIGGER stored_events_are_never_deleted")
        database.execute("DELETE FROM stored_events WHERE rowid > 4")
        database.execute("DELETE FROM streams WHERE position > 4")
        database.execute("DELETE FROM checkpoints WHERE size > 4")
    database.close()
    Path("decisionlog.checkpoint").unlink()
    ask("icb", "--since", "4")
    said = cosigned("icb", code=3).stderr
    assert "The log has 4 facts in icb.txt; the checkpoint that was cosigned on " in said
    assert "saw 6: facts were removed" in said


def test_a_partner_who_has_forgotten_catches_nothing(log):
    """The twin of the tests above: without what was remembered, the fork looks sound."""
    kept("before")
    recorded(5)
    witnessed("icb", "--since", "icb")
    put_back("before")
    recorded(55, 56)
    next(Path("icb/logs").iterdir()).unlink()
    run("witness", "trust", vkey(), "--folder", "icb")
    ask("icb", "--since", "0")
    assert "It is the first checkpoint of this log" in cosigned("icb").stdout


def test_what_comes_back_for_a_log_that_was_rolled_back_is_told(log):
    kept("before")
    recorded(5, 6)
    ask("icb", "--since", "icb")
    cosigned("icb")
    put_back("before")
    said = run("witness", "add", "icb.txt.cosigned", code=3).stderr
    assert said == (
        "icb.txt.cosigned: the log has 4 facts, and the checkpoint saw 6: facts were removed. Nothing was taken in.\n"
    )


# ------------------------------------------------------------------ keys


def test_a_new_key_of_the_log_must_be_trusted_by_a_person(log):
    witnessed("icb", "--since", "icb")
    Path("decisionlog.key").rename("old.key")
    run("key", "new")
    recorded(5)
    ask("icb", "--since", "4")
    said = cosigned("icb", code=3).stderr
    assert (
        "The key that signed icb.txt is not known here: no signature on it is by northmoor.example/decisions+" in said
    )
    assert "decisionlog witness trust VKEY --also" in said
    refused = run("witness", "trust", vkey(), "--folder", "icb", code=1).stderr
    assert "looks after northmoor.example/decisions already, by another key." in refused
    run("witness", "trust", vkey(), "--folder", "icb", "--also")
    assert "It continues the 4 facts" in cosigned("icb").stdout
    assert len(answer("witness", "show", "--folder", "icb")["logs"][0]["keys"]) == 2


def test_a_key_that_was_taken_is_trusted_no_longer(log):
    witnessed("icb", "--since", "icb")
    Path("decisionlog.key").rename("old.key")
    run("key", "new")
    run("witness", "trust", vkey(), "--folder", "icb", "--instead")
    (seen,) = answer("witness", "show", "--folder", "icb")["logs"]
    assert (seen["keys"], seen["size"]) == ([vkey()], 4)


def test_a_request_that_was_changed_on_the_way_is_told(log):
    ask("icb", "--since", "icb")
    text = Path("icb.txt").read_text(encoding="utf-8")
    Path("icb.txt").write_text(text.replace("\n4\n", "\n5\n"), encoding="utf-8")
    said = cosigned("icb", code=3).stderr
    assert "The signature on icb.txt does not match the key that this witness trusts" in said


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("a+b+c", "a+b+c is not the key of a log"),
        ("missing.vkey", "There is no file missing.vkey."),
        ("empty.vkey", "empty.vkey holds no key; give the key of one log."),
    ],
)
def test_what_is_no_key_of_a_log_is_told(log, word, sentence):
    Path("empty.vkey").touch()
    assert sentence in run("witness", "trust", word, "--folder", "icb", code=None).stderr


def test_the_key_of_a_witness_is_not_taken_for_a_log_s(log):
    said = run("witness", "trust", log["council"], "--folder", "icb", code=2).stderr
    assert "council.example/witness is the key of a witness, not of a log." in said


def test_a_key_file_that_others_can_read_is_refused(log):
    Path("icb/witness.key").chmod(0o644)
    ask("icb", "--since", "icb")
    assert (
        "icb/witness.key can be read by others than its owner. Make it private: chmod 600."
        in cosigned("icb", code=6).stderr
    )


def test_a_memory_that_was_tampered_with_is_told(log):
    witnessed("icb", "--since", "icb")
    (file,) = Path("icb/logs").iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("\n4\n", "\n3\n"), encoding="utf-8")
    said = run("witness", "show", "--folder", "icb", code=3).stderr
    assert said.startswith("What is in icb is not what this witness remembered (")


def test_the_secret_is_never_printed(log):
    secret = Path("icb/witness.key").read_text(encoding="utf-8").strip().split("+", 4)[4]
    for words in (("show",), ("show", "--json"), ("init", "icb", "--name", "a.example/w")):
        more = () if "init" in words else ("--folder", "icb")
        result = run("witness", *words, *more, code=None)
        assert secret not in result.stdout + result.stderr


@pytest.mark.parametrize("name", ["two words", "a+b", "a\nb"])
def test_a_name_that_no_key_can_have_is_told(name):
    said = run("witness", "init", "--name", name, code=2).stderr
    assert said.startswith("A key cannot be called ")
    assert said.endswith("Nothing was made.\n")
    assert not Path("witness").exists()


# ------------------------------------------------------------------ over HTTP


@pytest.fixture
def serving(log):
    """The council's witness as a process of its own; its address."""
    process = subprocess.Popen(
        [*PROGRAM, "witness", "serve", "--folder", "council", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    first = process.stdout.readline()
    assert first.startswith("The witness council.example/witness listens on http://127.0.0.1:"), process.communicate()
    yield first.split()[5].rstrip(".")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (0, "Stopped.\n"), err


def with_address(log, **urls: str) -> None:
    policy(
        *(f"witness {partner} {key} {urls.get(partner, '')}" for partner, key in log.items()),
        "group partners 2 icb council trust",
        "quorum partners",
    )


def one_after_another(*sizes: bytes):
    """Another size in each conflict."""
    left = iter(sizes)

    def respond(handler, body):
        says(409, next(left))(handler, body)

    return respond


def sent(code: int):
    found = run("witness", "send", "--json", code=code)
    return {one["name"]: one for one in json.loads(found.stdout)["items"]}, json.loads(found.stdout)["standing"]


def test_a_partner_cosigns_over_http_and_another_by_e_mail(log, serving):
    with_address(log, council=serving)
    items, standing = sent(code=1)
    assert {name: one["outcome"] for name, one in items.items()} == {
        "icb": "no-address",
        "council": "cosigned",
        "trust": "no-address",
    }
    assert not standing["quorum_met"]
    ask("icb", "--since", "icb")
    cosigned("icb")
    run("witness", "add", "icb.txt.cosigned")
    assert status()["quorum_met"]
    recorded(5)
    items, _ = sent(code=1)
    assert items["council"]["outcome"] == "cosigned"
    assert answer("witness", "show", "--folder", "council")["logs"][0]["size"] == 5


def test_a_witness_that_saw_more_than_is_known_here_is_asked_from_there(log, serving):
    """Its answer was lost: it is asked again from the size that it names."""
    with_address(log, council=serving)
    sent(code=1)
    with sqlite3.connect("decisionlog.db") as database:
        database.execute("DELETE FROM checkpoints")
    database.close()
    Path("decisionlog.checkpoint").unlink()
    recorded(5)
    items, _ = sent(code=1)
    assert items["council"]["outcome"] == "cosigned"


def test_a_fork_is_caught_over_http(log, serving):
    with_address(log, council=serving)
    kept("before")
    recorded(5)
    sent(code=1)
    put_back("before")
    recorded(55, 56)
    items, standing = sent(code=3)
    assert "it says that the checkpoint does not continue the last that it cosigned" in items["council"]["sentence"]
    assert items["council"]["alarming"]
    assert standing["witnessed"] == 0


def test_a_rollback_is_caught_over_http(log, serving):
    with_address(log, council=serving)
    kept("before")
    recorded(5, 6)
    sent(code=1)
    put_back("before")
    items, _ = sent(code=3)
    assert items["council"]["sentence"].startswith("it cosigned 6 facts, and this checkpoint has 4: facts were removed")


@pytest.mark.parametrize(
    ("respond", "code", "outcome", "sentence"),
    [
        (says(200, b"ok\n"), 1, "declined", "what it answered is not a cosignature: "),
        (
            says(200, "— council.example/witness AAAAAAAAAAAAAAAA\n".encode()),
            3,
            "declined",
            "it did not cosign with the key",
        ),
        (says(403, b"no\n"), 1, "declined", "it does not know the key that signed the checkpoint (HTTP 403)"),
        (says(404, b"no\n"), 1, "declined", "it does not look after this log (HTTP 404)"),
        (
            one_after_another(b"3\n", b"1\n", b"2\n"),
            1,
            "declined",
            "it was asked 3 times, and wanted another size each time (last: 2)",
        ),
        (says(409, b"0\n"), 3, "declined", "it cosigned another history of 0 facts"),
        (says(409, b"400\n"), 3, "declined", "it cosigned 400 facts, and this checkpoint has 4: facts were removed"),
        (says(422, b"no\n"), 3, "declined", "it says that the checkpoint does not continue"),
        (says(500, b"<html>"), 1, "declined", "it does not answer as a witness does (HTTP 500)"),
        (lambda *_: time.sleep(2), 6, "unreachable", "it took longer than 0.5 seconds"),
        (None, 6, "unreachable", "it cannot be reached ("),
    ],
    ids=["odd", "another key", "403", "404", "409 three times", "409 same", "409 beyond", "422", "500", "slow", "down"],
)
def test_a_witness_that_is_down_slow_or_wrong_is_told_and_recording_goes_on(
    log, monkeypatch, respond, code, outcome, sentence
):
    monkeypatch.setattr("decisionlog.web.asking.ask.__defaults__", (0.5,))
    if respond is None:
        with_address(log, council=refusing_connections())
        items, standing = sent(code)
    else:
        with answering(respond) as url:
            with_address(log, council=url)
            items, standing = sent(code)
    assert items["council"]["outcome"] == outcome
    assert items["council"]["sentence"].startswith(sentence)
    assert items["council"]["alarming"] == (code == 3)
    assert (standing["witnessed"], standing["quorum_met"]) == (0, False)
    recorded(9)
    assert status()["recorded"] == 5


def test_one_that_lies_about_the_cosignature_is_told_and_not_taken_in(log):
    icb = read_signer(Path("council/witness.key").read_text(encoding="utf-8"))
    false = cosignature_line(icb, b"another text\n", 1_780_000_000)
    with answering(says(200, false)) as url:
        with_address(log, council=url)
        items, standing = sent(code=3)
    assert items["council"]["sentence"] == "the cosignature does not match the key council.example/witness"
    assert standing["wrong"] == []
    assert "council" not in run("checkpoint").stdout


def test_a_log_that_lost_what_it_signed_asks_nobody(log):
    """The key is elsewhere, so nothing new is signed; what is kept says more than the log has."""
    with answering(says(200, b"never asked")) as url:
        with_address(log, council=url)
        recorded(5)
        run("checkpoint")
        Path("decisionlog.key").rename("elsewhere.key")
        with sqlite3.connect("decisionlog.db") as database:
            database.execute("DROP TRIGGER stored_events_are_never_deleted")
            database.execute("DELETE FROM stored_events WHERE rowid > 4")
            database.execute("DELETE FROM streams WHERE position > 4")
        database.close()
        said = run("witness", "send", code=3).stderr
    assert said.startswith(
        "Nothing can be asked of witnesses: the log has 4 facts, and the checkpoint saw 5: facts were removed."
    )


def test_without_a_key_what_was_signed_before_is_sent(log, serving):
    with_address(log, council=serving)
    run("checkpoint")
    recorded(5)
    Path("decisionlog.key").rename("elsewhere.key")
    found = json.loads(run("witness", "send", "--json", code=1).stdout)
    assert (found["size"], found["items"][1]["outcome"]) == (4, "cosigned")


def test_a_port_that_is_taken_is_told(log):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = run("witness", "serve", "--folder", "council", "--port", port, code=6).stderr
    assert f"Nothing can listen on 127.0.0.1 port {port} (" in said


# ------------------------------------------------------------------ status and doctor


def test_without_a_policy_nothing_is_asked_of_witnesses():
    new_log()
    assert "no witnesses are set" in run("status").stdout
    assert [check["state"] for check in answer("doctor")["items"] if check["name"] == "witnesses"] == ["ok"]
    assert "No policy says which witnesses there are." in run("witness", "send", code=2).stderr


def test_facts_that_wait_too_long_are_a_warning(log, monkeypatch):
    monkeypatch.setenv("DECISIONLOG_WITNESS_WITHIN", "1 day")
    assert not status()["overdue"]
    import time_machine

    with time_machine.travel(time.time() + 25 * 3600):
        assert status()["overdue"]
        assert "wait for the witnesses longer than they may" in run("status").stdout
        (check,) = [check for check in answer("doctor")["items"] if check["name"] == "witnesses"]
        assert check["state"] == "warn"
        monkeypatch.setenv("DECISIONLOG_WITNESS_WITHIN", "2 days")
        assert not status()["overdue"]


def test_a_log_that_is_all_witnessed_never_waits(log):
    for partner in PARTNERS[:2]:
        witnessed(partner, "--since", partner)
    import time_machine

    with time_machine.travel(time.time() + 900 * 24 * 3600):
        assert not status()["overdue"]
        assert status()["waiting_since"] == ""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("quorum none", "The policy {here}/partners.policy cannot be used. Line 1 does not end with a newline"),
        (None, "There is no file {here}/partners.policy."),
    ],
)
def test_a_policy_that_cannot_be_used_is_told_everywhere_and_stops_nothing_else(log, text, sentence):
    Path("partners.policy").unlink()
    if text:
        Path("partners.policy").write_text(text, encoding="utf-8")
    sentence = sentence.format(here=Path.cwd())
    assert sentence in run("witness", "send", code=2).stderr
    assert sentence in run("status").stdout
    (check,) = [
        check for check in json.loads(run("doctor", "--json", code=6).stdout)["items"] if check["name"] == "policy"
    ]
    assert (check["state"], check["found"]) == ("fail", "cannot be used")
    assert sentence in check["remedy"]
    recorded(5)


def test_a_length_of_time_that_is_none_is_told(monkeypatch):
    new_log()
    monkeypatch.setenv("DECISIONLOG_WITNESS_WITHIN", "soon")
    said = run("status", code=2).stderr
    assert said == "'soon' is no length of time for witness_within; write 1 day, 36 hours or 2 weeks.\n"


def test_a_checkpoint_that_the_log_does_not_continue_is_shown_as_wrong(log):
    witnessed("icb", "--since", "icb")
    with sqlite3.connect("decisionlog.db") as database:
        database.execute(
            "UPDATE checkpoints SET note = "
            "CAST(replace(CAST(note AS TEXT), char(10) || '4' || char(10), char(10) || '9' || char(10)) AS BLOB)"
        )
    database.close()
    assert "The log has 4 facts, and the checkpoint saw 9: facts were removed." in status()["wrong"]
    (check,) = [
        check for check in json.loads(run("doctor", "--json", code=3).stdout)["items"] if check["name"] == "witnesses"
    ]
    assert check["state"] == "fail"

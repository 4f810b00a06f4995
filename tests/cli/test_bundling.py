from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from decisionlog.audit import verify
from tests.cli.running import answer, facts, new_log, northmoor, run

REF = "NLB/24-25/031"
DECISION = f"decision:{REF}"


@pytest.fixture(autouse=True)
def _log():
    northmoor()
    run("key", "new")


def bundled(*options: str, file: str = "b.bundle", ref: str = REF) -> dict:
    """A bundle in a file, and what is in it."""
    run("bundle", ref, "-o", file, "--force", *options)
    return json.loads(Path(file).read_text(encoding="utf-8"))


def key_given() -> str:
    """The log's verifier key, in a file."""
    Path("vkey").write_text(answer("key")["verifier_key"], encoding="utf-8")
    return "vkey"


def alone(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The verifier on its own, in an empty folder beside the file."""
    Path("elsewhere").mkdir(exist_ok=True)
    shutil.copy(verify.__file__, "elsewhere/verify.py")
    command = [sys.executable, "-I", "-S", "elsewhere/verify.py", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def positions(bundle: dict) -> list[int]:
    return [fact["position"] for fact in bundle["facts"]]


def import_facts(*plain: dict) -> None:
    run("import", facts("more.jsonl", *plain), "--by", "clerk-1")


def exempt(about: str, level: str = "exempt", **data) -> dict:
    access = {"level": level, "paragraphs": ["3"]}
    return {"type": "record.access_changed", "stream": about, "data": {"access": access, **data}}


# What is made


def test_a_bundle_is_checked_by_the_verifier_alone():
    bundled()
    sound = alone("b.bundle", "--key", key_given())
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sound.stdout.splitlines()[0].startswith("SOUND: ")
    assert f'is called "{REF}"' in sound.stdout
    assert "Text: withheld" in sound.stdout


def test_the_program_says_the_same_of_it_as_the_verifier_alone():
    bundled()
    said = alone("b.bundle", "--key", key_given()).stdout.splitlines()[1:]
    assert answer("verify", "b.bundle", "--key", "vkey")["looked_at"] == [line.removesuffix(".") for line in said]
    assert run("verify", "b.bundle", "--key", "vkey").stdout.startswith("SOUND: 33 facts at the time of this bundle")
    unsigned = run("verify", "b.bundle").stdout
    assert unsigned.startswith("CONSISTENT; signer not checked: 33 facts at the time of this bundle")


def test_it_holds_all_that_who_decided_cites_and_each_stream_whole():
    bundle = bundled()
    decided = answer("who", "decided", REF)
    assert set(decided["evidence"]) <= set(positions(bundle))
    lines = {item["position"]: item["fact"] for item in answer("log")["items"]}
    streams = {lines[position]["stream"] for position in positions(bundle)}
    assert positions(bundle) == [position for position, fact in lines.items() if fact["stream"] in streams]
    assert "delegation:SORD-7.2" in streams
    assert 1 in positions(bundle)


def test_words_are_sealed_unless_they_are_asked_for():
    text = run("bundle", REF)
    assert json.loads(text.stdout)["openings"] == []
    assert "Its words are sealed" in text.stderr
    assert run("bundle", REF, "--sealed").stdout == text.stdout
    words = [opening["value"] for opening in bundled("--openings")["openings"]]
    assert answer("who", "decided", REF)["decision"]["title"] in words
    assert not any(json.dumps(word)[1:-1] in text.stdout for word in words)


def test_with_words_it_can_be_read_by_its_owner_alone_and_is_remembered():
    bundled(file="sealed.bundle")
    bundled("--openings", "--to", "the auditor", "--by", "clerk-1")
    assert Path("b.bundle").stat().st_mode & 0o077 == 0
    assert Path("sealed.bundle").stat().st_mode & 0o044
    from decisionlog.bootstrap import open_log

    with open_log(Path("decisionlog.db")) as opened:
        (remembered,) = opened.log.recorder.exports()
    assert (remembered.kind, remembered.made_by, remembered.file, remembered.to) == (
        "bundle",
        "clerk-1",
        "b.bundle",
        "the auditor",
    )
    assert set(remembered.opened) == {opening["private"] for opening in bundled("--openings")["openings"]}


def test_only_the_words_of_what_is_cited_are_opened():
    import_facts(
        {
            "type": "meeting.item_considered",
            "stream": "meeting:NLB-2025-03-13",
            "data": {"item": "9", "words": "Gossip"},
        }
    )
    values = [opening["value"] for opening in bundled("--openings")["openings"]]
    assert "Gossip" not in values


def test_a_meeting_or_a_proposal_of_one_decision_stands_for_it():
    for ref in ("NLB/24-25/P14", "NLB-2025-03-13"):
        decided = answer("who", "decided", ref)["items"]
        if len(decided) == 1:
            assert bundled(ref=ref)["decision"] == decided[0]["decision"]["stream"]
        else:
            refused = run("bundle", ref, code=1).stderr
            assert all(one["decision"]["stream"] in refused for one in decided)


# Under which checkpoint


def test_a_checkpoint_that_covers_it_is_taken_and_another_is_signed_where_none_does():
    first = bundled()["checkpoint"]
    import_facts(
        {"type": "place.defined", "stream": "place:elsewhere", "data": {"ref": "elsewhere", "name": "Elsewhere"}}
    )
    assert bundled()["checkpoint"] == first
    import_facts({"type": "decision.rescinded", "stream": DECISION, "data": {}})
    second = bundled()
    assert second["checkpoint"] != first
    assert positions(second)[-1] == 35
    assert "decision.rescinded" in alone("b.bundle").stdout


def test_what_somebody_records_while_the_checkpoint_is_signed_is_in_it_too(monkeypatch):
    from decisionlog.questions import bundling

    gathered, late = bundling.gathered, [{"type": "decision.rescinded", "stream": DECISION, "data": {}}]

    def and_then_somebody_records(*arguments):
        found = gathered(*arguments)
        if late:
            import_facts(late.pop())
        return found

    monkeypatch.setattr(bundling, "gathered", and_then_somebody_records)
    assert positions(bundled())[-1] == 34


def test_under_an_older_checkpoint_it_says_what_was_recorded_by_then():
    run("checkpoint", "-o", "march.checkpoint")
    import_facts({"type": "decision.rescinded", "stream": DECISION, "data": {}})
    assert 34 in positions(bundled())
    older = bundled("--checkpoint", "march.checkpoint")
    assert older["checkpoint"] == Path("march.checkpoint").read_text(encoding="utf-8")
    assert 34 not in positions(older)
    assert alone("b.bundle", "--key", key_given(), "--checkpoint", "march.checkpoint").returncode == 0


def test_a_decision_that_was_not_recorded_by_the_checkpoint_is_not_found():
    run("checkpoint", "-o", "march.checkpoint")
    import_facts({"type": "decision.taken", "stream": "decision:new", "data": {"ref": "new"}})
    assert "new" in run("bundle", "new", "--checkpoint", "march.checkpoint", code=7).stderr


def test_without_a_key_and_a_checkpoint_it_says_so():
    Path("decisionlog.key").unlink(missing_ok=True)
    refused = run("bundle", REF, code=7).stderr
    assert "No checkpoint covers fact 32, and there is no key at decisionlog.key to sign one." in refused


def test_a_checkpoint_of_another_log_or_of_a_fork_is_refused():
    new_log("other.db")
    run("checkpoint", "--log", "other.db", "-o", "other.checkpoint")
    refused = run("bundle", REF, "--checkpoint", "other.checkpoint", code=3).stderr
    assert "does not continue" in refused or "a different log" in refused
    assert "No bundle was made." in refused
    Path("none").write_text("northmoor\n", encoding="utf-8")
    assert "none is not a checkpoint" in run("bundle", REF, "--checkpoint", "none", code=2).stderr


def test_a_checkpoint_that_another_key_signed_is_refused():
    from decisionlog.audit.keys import new_signer, signature_line

    run("checkpoint", "-o", "ours.checkpoint")
    text = Path("ours.checkpoint").read_bytes().partition(b"\n\n")[0] + b"\n"
    forged = text + b"\n" + signature_line(new_signer("northmoor.example/decisions"), text)
    Path("forged.checkpoint").write_bytes(forged)
    refused = run("bundle", REF, "--checkpoint", "forged.checkpoint", code=2).stderr
    assert "forged.checkpoint is not signed by the key of this log" in refused


# What is kept from the public


def test_an_exempt_fact_is_withheld_unless_it_is_asked_for():
    import_facts(exempt("disagreement:NLB/24-25/D02"))
    public = bundled()
    hidden = [fact["position"] for fact in public["facts"] if "$withheld" in fact["line"]]
    assert hidden
    assert alone("b.bundle", "--key", key_given()).returncode == 0
    shown = bundled("--exempt")
    assert positions(shown) == positions(public)
    assert not any("$withheld" in fact["line"] for fact in shown["facts"])
    words = {opening["position"] for opening in bundled("--openings")["openings"]}
    assert words.isdisjoint(hidden)
    assert {opening["position"] for opening in bundled("--openings", "--exempt")["openings"]} > words


def test_an_exempt_decision_makes_no_bundle_unless_it_is_asked_for():
    import_facts(exempt(DECISION))
    refused = run("bundle", REF, code=1).stderr
    assert f"{REF} is exempt [34]" in refused
    assert "--exempt makes one" in refused
    assert bundled("--exempt")["decision"] == DECISION


def test_what_is_exempt_in_part_is_shown_and_none_of_its_words():
    import_facts(exempt(DECISION, "part-exempt"))
    bundle = bundled("--openings")
    own = {fact["position"] for fact in bundle["facts"] if f'"stream":"{DECISION}"' in fact["line"]}
    assert own
    assert own.isdisjoint(opening["position"] for opening in bundle["openings"])


def test_while_it_is_undecided_whether_it_is_exempt_nothing_is_released():
    import_facts(exempt("disagreement:NLB/24-25/D02", "withheld-pending"))
    assert "is withheld until it is decided" in run("bundle", REF, "--exempt", code=1).stderr
    assert bundled()


# Bad input


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("bundle",), 2, "Missing argument 'REF'"),
        (("bundle", "nothing"), 7, "'nothing'"),
        (("bundle", "northmoor-cabinet"), 1, "is of kind body"),
        (("bundle", REF, "-o", "decisionlog.db"), 2, "belongs to the log itself"),
        (("bundle", REF, "-o", "nowhere/b.bundle"), 2, "does not exist"),
        (("bundle", REF, "--checkpoint", "nowhere"), 2, "cannot be read"),
    ],
)
def test_bad_input_is_one_sentence_and_makes_nothing(words, code, sentence):
    before = sorted(Path.cwd().iterdir())
    refused = run(*words, code=code).stderr
    assert sentence in refused
    assert "Traceback" not in refused
    assert sorted(Path.cwd().iterdir()) == before


def test_a_file_that_exists_is_written_over_only_if_it_is_asked_for():
    bundled()
    assert "exists already" in run("bundle", REF, "-o", "b.bundle", code=2).stderr


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b'{"authority":[]}\n', 2, "is not a bundle"),
        (b'{"authority":', 2, "is not a bundle"),
    ],
)
def test_what_is_not_a_bundle_is_told_so(content, code, sentence):
    Path("b").write_bytes(content)
    assert sentence in run("verify", "b", code=code).stderr


def test_an_altered_bundle_is_not_sound():
    bundled()
    altered = Path("b.bundle").read_bytes().replace(b"approved", b"rejected")
    Path("altered").write_bytes(altered)
    said = run("verify", "altered", code=3).stdout
    assert said.startswith("NOT SOUND")
    assert "is not that of the log of the checkpoint" in said


def test_a_bundle_of_another_time_is_not_compared_with_a_checkpoint():
    run("checkpoint", "-o", "march.checkpoint")
    import_facts({"type": "decision.rescinded", "stream": DECISION, "data": {}})
    bundled()
    said = run("verify", "b.bundle", "--checkpoint", "march.checkpoint", code=2).stderr
    assert "takes a proof between them" in said


def test_what_was_erased_is_told_so_and_is_no_tampering():
    erase = ("--under", "NLB/24-25/031", "--reason", "asked for", "--by", "clerk-1", "--yes")
    run("erase", REF, "--path", "/data/text", *erase)
    bundle = bundled("--openings")
    said = alone("b.bundle", "--key", key_given())
    assert said.returncode == 0
    (erased,) = [line for line in said.stdout.splitlines() if line.startswith("Text: ")]
    assert re.fullmatch(r"Text: erased under \[(\d+)\] \[\d+\]\.", erased)
    assert "were erased, as the log records" in said.stdout
    assert not any(
        "urgent community response" in str(one["value"]).lower() and len(one["value"]) > 60
        for one in bundle["openings"]
    )

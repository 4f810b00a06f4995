"""What comes back from witnesses is kept with the checkpoint where it is verified, once, and nothing else of it."""

from __future__ import annotations

import pytest

from decisionlog.audit.checkpoints import keep, signed
from decisionlog.audit.cosignatures import cosigned_by, request_for, take
from decisionlog.audit.keys import cosignature_line, new_signer, signature_line
from decisionlog.audit.verify import (
    COSIGNATURE,
    Malformed,
    Mismatch,
    read_checkpoint,
    read_extension,
    require_consistent,
)
from decisionlog.audit.witnessing import Cosigned, Watched, add_checkpoint
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.sqlite import SQLiteRecorder
from tests.audit.signing import COUNCIL, ICB, LOG, MORNING, ORIGIN
from tests.scenario import given, new_log, record

WITNESSES = (ICB.key, COUNCIL.key)


def proposal(number):
    return {"type": "proposal.submitted", "stream": f"proposal:p{number}", "data": {"ref": f"P{number}"}}


@pytest.fixture(params=["memory", "sqlite"])
def log(request, tmp_path):
    recorder = MemoryRecorder() if request.param == "memory" else SQLiteRecorder.create(tmp_path / "log.db")
    found = given(*map(proposal, range(4)), log=new_log(recorder)).log
    yield found
    found.close()


def checkpointed(log):
    note = signed(log, LOG)
    keep(log, read_checkpoint(note).size, note)
    return note


def line(signer, note, at=MORNING):
    return cosignature_line(signer, read_checkpoint(note).note.text, at)


def kept(log):
    return {kept.size: kept.note for kept in log.recorder.checkpoints()}


def test_a_cosignature_is_kept_with_its_checkpoint(log):
    note = checkpointed(log)
    taken = take(log, note + line(ICB, note), WITNESSES)
    assert taken.added == ((ICB.key, MORNING),)
    assert kept(log) == {5: note + line(ICB, note)}
    assert (cosigned_by(log, ICB.key), cosigned_by(log, COUNCIL.key)) == (5, 0)


def test_cosignatures_that_come_one_after_another_are_kept_together(log):
    note = checkpointed(log)
    take(log, note + line(ICB, note), WITNESSES)
    taken = take(log, note + line(COUNCIL, note), WITNESSES)
    assert taken.added == ((COUNCIL.key, MORNING),)
    assert kept(log) == {5: note + line(ICB, note) + line(COUNCIL, note)}


def test_the_same_cosignature_is_kept_once(log):
    note = checkpointed(log)
    for _ in range(2):
        taken = take(log, note + line(ICB, note), WITNESSES)
    assert (taken.added, taken.already) == ((), ((ICB.key, MORNING),))
    assert kept(log) == {5: note + line(ICB, note)}


def test_the_latest_cosignature_of_a_witness_is_the_one_that_is_kept(log):
    note = checkpointed(log)
    for at in (MORNING + 60, MORNING):
        take(log, note + line(ICB, note, at), WITNESSES)
    assert kept(log) == {5: note + line(ICB, note, MORNING + 60)}
    take(log, note + line(ICB, note, MORNING + 90), WITNESSES)
    assert kept(log) == {5: note + line(ICB, note, MORNING + 90)}


def test_what_no_witness_signed_is_left_out_and_named(log):
    note = checkpointed(log)
    stranger = new_signer("stranger.example/witness", COSIGNATURE)
    other = note.replace(b"\n5\n", b"\n4\n")
    taken = take(log, note + line(stranger, note) + line(ICB, other) + line(COUNCIL, note), WITNESSES)
    assert taken.added == ((COUNCIL.key, MORNING),)
    assert taken.false == (ICB.key,)
    assert taken.unknown == ("stranger.example/witness",)
    assert kept(log) == {5: note + line(COUNCIL, note)}


def test_signature_lines_without_the_log_s_own_are_taken(log):
    """A witness may answer with its line alone, put behind the text."""
    note = checkpointed(log)
    take(log, read_checkpoint(note).note.text + b"\n" + line(ICB, note), WITNESSES)
    assert kept(log) == {5: note + line(ICB, note)}


def test_an_older_checkpoint_can_be_completed(log):
    old = checkpointed(log)
    record(log, proposal(9))
    new = checkpointed(log)
    take(log, old + line(ICB, old), WITNESSES)
    assert kept(log) == {5: old + line(ICB, old), 6: new}


def test_a_checkpoint_that_is_not_kept_here_needs_the_log_s_signature(log):
    note = signed(log, LOG)
    with pytest.raises(Mismatch, match="no checkpoint of 5 facts was signed here"):
        take(log, note + line(ICB, note), WITNESSES)
    forged = read_checkpoint(note).note.text
    forged += b"\n" + signature_line(new_signer(ORIGIN), forged)
    with pytest.raises(Mismatch):
        take(log, forged + line(ICB, note), WITNESSES, LOG.key)
    take(log, note + line(ICB, note), WITNESSES, LOG.key)
    assert kept(log) == {5: note + line(ICB, note)}


def test_a_checkpoint_of_another_history_is_not_taken(log):
    note = checkpointed(log)
    other = signed(given(*map(proposal, range(4))).log, LOG)
    with pytest.raises(Mismatch, match="does not continue the log that the checkpoint describes"):
        take(log, other + line(ICB, other), WITNESSES, LOG.key)
    assert kept(log) == {5: note}


def test_a_checkpoint_of_more_facts_than_there_are_is_not_taken(log):
    longer = given(*map(proposal, range(9))).log
    note = signed(longer, LOG)
    with pytest.raises(Mismatch, match="the log has 5 facts, and the checkpoint saw 10: facts were removed"):
        take(log, note + line(ICB, note), WITNESSES, LOG.key)


def test_what_is_no_checkpoint_is_not_taken(log):
    with pytest.raises(Malformed):
        take(log, b"thanks, looks good", WITNESSES)


def test_a_request_proves_that_the_checkpoint_continues(log):
    old = checkpointed(log)
    for number in range(9, 14):
        record(log, proposal(number))
    new = checkpointed(log)
    asked = read_extension(request_for(log, new, 5))
    before, after = read_checkpoint(old), read_checkpoint(new)
    require_consistent(5, before.root, 10, after.root, asked.path)
    with pytest.raises(Mismatch, match="cannot continue from 11"):
        request_for(log, new, 11)


def test_a_witness_that_is_asked_again_and_again_has_seen_everything(log):
    watched = Watched(ORIGIN, (LOG.key,))
    for number in range(10, 30):
        note = checkpointed(log)
        body = request_for(log, note, cosigned_by(log, ICB.key))
        answer = add_checkpoint(body, lambda _, known=watched: known, ICB, MORNING + number)
        assert isinstance(answer, Cosigned)
        watched = answer.after
        take(log, answer.after.note, WITNESSES)
        record(log, proposal(number))
    assert (watched.last.size, cosigned_by(log, ICB.key)) == (24, 24)

"""What a witness answers is believed only where its own key proves it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.audit.keys import cosignature_line, new_signer, signature_line
from decisionlog.audit.replies import Declined, FromSize, Reply, Took, meaning
from decisionlog.audit.verify import COSIGNATURE, read_checkpoint
from tests.audit.signing import COUNCIL, ICB, LOG, MORNING, SmallLog

LOG_OF_9 = SmallLog(9)
CHECKPOINT = read_checkpoint(LOG_OF_9.checkpoint())
LINE = cosignature_line(ICB, CHECKPOINT.note.text, MORNING)


def meant(status: int, body: bytes, old_size: int = 5):
    return meaning(Reply(status, body), CHECKPOINT, old_size, ICB.key)


def test_a_cosignature_is_taken():
    assert meant(200, LINE) == Took(LINE, MORNING)


def test_of_several_lines_that_of_the_key_is_taken():
    other = cosignature_line(COUNCIL, CHECKPOINT.note.text, MORNING)
    later = cosignature_line(ICB, CHECKPOINT.note.text, MORNING + 5)
    assert meant(200, other + LINE + later) == Took(later, MORNING + 5)


def test_a_witness_that_changed_its_key_is_told_and_not_believed():
    new = new_signer(ICB.key.name, COSIGNATURE)
    answer = meant(200, cosignature_line(new, CHECKPOINT.note.text, MORNING))
    assert answer == Declined(
        "it did not cosign with the key that the policy names, but with another (of icb.example/witness)", alarming=True
    )


@pytest.mark.parametrize(
    "body",
    [
        cosignature_line(ICB, read_checkpoint(LOG_OF_9.checkpoint(8)).note.text, MORNING),
        LINE[:-4] + b"AA=\n",
        cosignature_line(ICB, b"", MORNING),
    ],
    ids=["another checkpoint", "another signature", "nothing"],
)
def test_a_witness_that_lies_is_told(body):
    answer = meant(200, body)
    assert isinstance(answer, Declined)
    assert "icb.example/witness" in answer.reason or "base64" in answer.reason


@pytest.mark.parametrize(
    "body", [b"", b"\n", b"ok\n", LINE[:-1], b"\n" + LINE, LINE + b"\n", b"\xff\n", LINE * 100], ids=range(8)
)
def test_what_is_no_cosignature_is_told(body):
    answer = meant(200, body)
    assert isinstance(answer, Declined)


def test_a_log_s_signature_is_no_cosignature():
    assert isinstance(meant(200, signature_line(LOG, CHECKPOINT.note.text)), Declined)


def test_a_line_that_pretends_to_be_more_text_is_not_taken():
    """What is answered is put behind the checkpoint: it must not become a part of it."""
    text = CHECKPOINT.note.text + b"\nmore\n"
    body = b"more\n\n" + cosignature_line(ICB, text, MORNING)
    assert isinstance(meant(200, body), Declined)


def test_another_size_is_asked_from():
    assert meant(409, b"3\n") == FromSize(3)
    assert meant(409, b"0\n") == FromSize(0)
    assert meant(409, b"9\n") == FromSize(9)


def test_a_size_beyond_the_checkpoint_says_that_facts_were_removed():
    answer = meant(409, b"12\n")
    assert answer == Declined(
        "it cosigned 12 facts, and this checkpoint has 9: facts were removed from the log, or the witness errs",
        alarming=True,
    )


def test_the_size_that_was_asked_from_says_that_the_log_was_forked():
    answer = meant(409, b"5\n")
    assert answer == Declined(
        "it cosigned another history of 5 facts: the log was forked, or the witness errs", alarming=True
    )


@pytest.mark.parametrize("body", [b"", b"5", b"05\n", b"-1\n", b"5\r\n", b"five\n", b"9" * 40 + b"\n"], ids=range(7))
def test_a_conflict_without_a_size_is_told(body):
    assert meant(409, body) == Declined("it cosigned another size last, and does not say which (HTTP 409)")


@pytest.mark.parametrize(
    ("status", "reason", "alarming"),
    [
        (400, "it could not read the request (HTTP 400)", False),
        (403, "it does not know the key that signed the checkpoint (HTTP 403)", False),
        (404, "it does not look after this log (HTTP 404)", False),
        (422, "it says that the checkpoint does not continue the last that it cosigned (HTTP 422)", True),
        (503, "it cannot answer now (HTTP 503)", False),
        (302, "it does not answer as a witness does (HTTP 302)", False),
        (500, "it does not answer as a witness does (HTTP 500)", False),
        (201, "it does not answer as a witness does (HTTP 201)", False),
    ],
)
def test_every_refusal_has_its_sentence(status, reason, alarming):
    assert meant(status, LINE) == Declined(reason, alarming)


@given(st.binary(max_size=300), st.sampled_from([200, 409, 500]))
def test_any_answer_means_something_and_none_is_taken_without_a_signature(body, status):
    assert not isinstance(meant(status, body), Took)

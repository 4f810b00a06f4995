"""A witness cosigns what continues what it saw, remembers it before it answers, and says why it does not cosign."""

from __future__ import annotations

import os
import stat
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisionlog.audit.keys import new_signer, signature_line, written
from decisionlog.audit.verify import COSIGNATURE, Malformed, Mismatch, cosigned_at, is_signed, read_checkpoint
from decisionlog.audit.witness import Witness
from decisionlog.audit.witnessing import Cosigned, Refused, Watched, Why, add_checkpoint, read_watched
from decisionlog.audit.witnessing import written as remembered
from decisionlog.domain.refusals import BadInput, NotFound, Unusable
from decisionlog.store.witness_folder import WitnessFolder
from tests.audit.signing import ICB, LOG, MORNING, ORIGIN, SmallLog, base64_of

NEW = Watched(ORIGIN, (LOG.key,))


def seen(log: SmallLog, size: int, at: int = MORNING, signer=ICB) -> Watched:
    """What a witness remembers that cosigned this log at a size, and nothing before."""
    answer = add_checkpoint(log.request(0, size), lambda _: NEW, signer, at)
    assert isinstance(answer, Cosigned)
    return answer.after


def asked(body: bytes, watched: Watched | None, at: int = MORNING + 60) -> Cosigned | Refused:
    return add_checkpoint(body, lambda origin: watched if watched and watched.origin == origin else None, ICB, at)


def refused(body: bytes, watched: Watched | None) -> tuple[Why, int]:
    answer = asked(body, watched)
    assert isinstance(answer, Refused)
    return answer.why, answer.size


@pytest.fixture
def folder(tmp_path):
    return WitnessFolder.made(tmp_path / "icb", written(ICB))


@pytest.fixture
def witness(folder):
    found = Witness(folder)
    found.look_after([LOG.key])
    return found


# ------------------------------------------------------------------ cosigning


def test_the_first_checkpoint_of_a_log_is_cosigned():
    log = SmallLog(5)
    answer = asked(log.request(), NEW)
    assert isinstance(answer, Cosigned)
    note = read_checkpoint(answer.after.note).note
    assert is_signed(note, LOG.key)
    assert cosigned_at(note, ICB.key) == MORNING + 60
    assert note.text == read_checkpoint(log.checkpoint()).note.text
    assert answer.line == answer.after.note.splitlines(keepends=True)[-1]
    assert answer.line.startswith("— icb.example/witness ".encode())


@pytest.mark.parametrize(("old", "size"), [(old, size) for size in range(1, 18) for old in range(size + 1)])
def test_every_continuation_is_cosigned(old, size):
    log = SmallLog(size)
    answer = asked(log.request(old), seen(log, old) if old else NEW)
    assert isinstance(answer, Cosigned)
    assert answer.after.last.size == size


def test_the_same_checkpoint_is_cosigned_again_with_a_later_time():
    log = SmallLog(5)
    answer = asked(log.request(5), seen(log, 5))
    assert isinstance(answer, Cosigned)
    assert (answer.before.at, answer.after.at) == (MORNING, MORNING + 60)


def test_the_time_of_a_cosignature_never_goes_back():
    """It says that nothing larger was seen at that time, so an earlier one could be untrue."""
    log = SmallLog(6)
    answer = asked(log.request(5), seen(log, 5, at=MORNING + 3600))
    assert isinstance(answer, Cosigned)
    assert answer.after.at == MORNING + 3600


def test_the_empty_log_can_be_cosigned():
    log = SmallLog(3)
    answer = asked(log.request(0, 0), NEW)
    assert isinstance(answer, Cosigned)
    assert isinstance(asked(log.request(0), answer.after), Cosigned)


def test_signatures_of_other_keys_are_ignored_and_not_remembered():
    log = SmallLog(5)
    text = read_checkpoint(log.checkpoint()).note.text
    other = signature_line(new_signer("other.example/log"), text)
    answer = asked(log.request() + other, NEW)
    assert isinstance(answer, Cosigned)
    assert [signature.name for signature in read_checkpoint(answer.after.note).note.signatures] == [
        ORIGIN,
        ICB.key.name,
    ]


def test_extension_lines_are_cosigned_with_the_rest():
    log = SmallLog(5)
    text = read_checkpoint(log.checkpoint()).note.text + b"extension\n"
    answer = asked(b"old 0\n\n" + text + b"\n" + signature_line(LOG, text), NEW)
    assert isinstance(answer, Cosigned)
    assert cosigned_at(read_checkpoint(answer.after.note).note, ICB.key) == MORNING + 60


# ------------------------------------------------------------------ refusing, in the order of the specification


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old\n\n",
        b"old 0\n",
        b"old 00\n\n%s",
        b"old 01\n\n%s",
        b"old -1\n\n%s",
        b"old 1 \n\n%s",
        b"new 0\n\n%s",
        b"old 0\nnot base64\n\n%s",
        b"old 0\nQUJD\n\n%s",
        b"%s",
        b"old 0\n" + b"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 64 + b"\n%s",
        b"\xff\n\n%s",
    ],
    ids=range(13),
)
def test_what_is_no_request_is_malformed(body):
    body = body.replace(b"%s", SmallLog(5).checkpoint())
    assert refused(body, NEW) == (Why.MALFORMED, 0)


def test_a_log_that_is_not_looked_after_is_unknown():
    log = SmallLog(5)
    assert refused(log.request(), None)[0] is Why.UNKNOWN_LOG
    assert refused(SmallLog(5, signer=new_signer("other.example/log")).request(), NEW)[0] is Why.UNKNOWN_LOG


def test_a_key_that_is_not_trusted_does_not_sign():
    forger = new_signer(ORIGIN)
    answer = asked(SmallLog(5, signer=forger).request(), NEW)
    assert isinstance(answer, Refused)
    assert (answer.why, answer.reason) == (Why.NOT_SIGNED, f"no signature on it is by {LOG.key}")


def test_a_signature_of_another_text_does_not_sign():
    log = SmallLog(5)
    body = log.request().replace(base64_of(log.root(5)).encode(), base64_of(log.root(4)).encode())
    answer = asked(body, NEW)
    assert isinstance(answer, Refused)
    assert (answer.why, answer.reason) == (Why.NOT_SIGNED, f"the signature does not match the key {ORIGIN}")


def test_a_new_key_signs_once_it_is_trusted_beside_the_old_one():
    new = new_signer(ORIGIN)
    body = SmallLog(6, signer=new).request(5)
    before = seen(SmallLog(5), 5)
    assert refused(body, before) == (Why.NOT_SIGNED, 5)
    assert isinstance(asked(body, before._replace(keys=(LOG.key, new.key))), Cosigned)


def test_an_old_size_beyond_the_checkpoint_is_refused_before_it_is_compared():
    log = SmallLog(9)
    body = log.request(5, 5).replace(b"old 5\n", b"old 7\n")
    assert refused(body, seen(log, 7)) == (Why.OLD_SIZE_TOO_LARGE, 7)


def test_another_size_is_answered_with_the_size_that_was_cosigned():
    log = SmallLog(9)
    assert refused(log.request(3), seen(log, 7)) == (Why.ANOTHER_SIZE, 7)
    assert refused(log.request(3), NEW) == (Why.ANOTHER_SIZE, 0)
    assert refused(log.request(0), seen(log, 9)) == (Why.ANOTHER_SIZE, 9)


def test_a_rollback_is_refused():
    """The log was restored from an old backup, and goes on from there."""
    log = SmallLog(9)
    assert refused(log.request(5, 7), seen(log, 9)) == (Why.ANOTHER_SIZE, 9)


def test_another_root_of_the_same_size_is_refused_as_two_histories():
    answer = asked(SmallLog(5, "forged", shared=3).request(5), seen(SmallLog(5), 5))
    assert isinstance(answer, Refused)
    assert answer.why is Why.ANOTHER_ROOT
    assert answer.shows_two_histories


def test_two_histories_are_seen_also_where_the_old_size_is_another():
    answer = asked(SmallLog(5, "forged", shared=3).request(3), seen(SmallLog(5), 5))
    assert isinstance(answer, Refused)
    assert answer.why is Why.ANOTHER_SIZE
    assert answer.shows_two_histories


@pytest.mark.parametrize("shared", [0, 1, 2, 3, 4])
def test_a_fork_is_refused_whatever_its_proof(shared):
    answer = asked(SmallLog(9, "forged", shared=shared).request(5), seen(SmallLog(5), 5))
    assert isinstance(answer, Refused)
    assert answer.why is Why.NOT_CONTINUED


def test_a_fork_after_what_was_seen_is_a_continuation():
    """Which of two futures is shown first is the one that counts: only a second witness sees the other."""
    assert isinstance(asked(SmallLog(9, "other", shared=5).request(5), seen(SmallLog(5), 5)), Cosigned)


def test_a_proof_that_lacks_or_has_too_much_is_refused():
    log = SmallLog(9)
    whole = log.request(5)
    lines = whole.split(b"\n")
    for changed in (
        lines[:1] + lines[2:],
        [*lines[:2], lines[1], *lines[2:]],
        [lines[0], lines[2], lines[1], *lines[3:]],
    ):
        assert refused(b"\n".join(changed), seen(log, 5))[0] is Why.NOT_CONTINUED


def test_a_proof_from_nothing_must_be_empty():
    body = SmallLog(5).request().replace(b"old 0\n", b"old 0\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n")
    assert refused(body, NEW)[0] is Why.NOT_CONTINUED


@given(st.data())
def test_no_request_with_one_bit_changed_makes_it_remember_another_history(data):
    log = SmallLog(9)
    body = bytearray(log.request(5))
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    answer = asked(bytes(body), seen(log, 5))
    if isinstance(answer, Cosigned):  # an unknown signature line, or a letter of it, may be changed
        assert answer.after.last.root == log.root(9)


# ------------------------------------------------------------------ remembering


def test_what_is_remembered_is_a_text_that_is_read_again():
    watched = seen(SmallLog(5), 5)._replace(keys=(LOG.key, new_signer(ORIGIN).key))
    assert read_watched(remembered(watched), ICB.key) == watched
    assert read_watched(remembered(NEW), ICB.key) == NEW
    assert remembered(watched).startswith(f"log {LOG.key}\n".encode())


def test_a_memory_that_was_changed_is_told_from_what_was_remembered():
    text = remembered(seen(SmallLog(5), 5))
    with pytest.raises(Mismatch):
        read_watched(text.replace(b"\n5\n", b"\n4\n"), ICB.key)
    with pytest.raises(Mismatch, match=r"was not cosigned by icb\.example/witness"):
        read_watched(b"\n".join(text.split(b"\n")[:-2]) + b"\n", ICB.key)
    with pytest.raises(Malformed):
        read_watched(text.replace(b"log ", b"lag ", 1), ICB.key)
    with pytest.raises(Malformed):
        read_watched(b"", ICB.key)


def test_a_witness_remembers_what_it_cosigned(witness, folder):
    log = SmallLog(9)
    assert isinstance(witness.add_checkpoint(log.request(0, 5), MORNING), Cosigned)
    again = Witness(WitnessFolder(folder.path))
    assert [(one.origin, one.last.size, one.at) for one in again.all_watched()] == [(ORIGIN, 5, MORNING)]
    assert isinstance(again.add_checkpoint(log.request(5), MORNING), Cosigned)
    assert isinstance(witness.add_checkpoint(log.request(5), MORNING), Refused)


def test_a_cosignature_leaves_only_after_it_is_remembered(witness, folder, monkeypatch):
    def fails(*_):
        raise Unusable("full")

    monkeypatch.setattr(folder, "keep", fails)
    with pytest.raises(Unusable):
        witness.add_checkpoint(SmallLog(5).request(), MORNING)
    monkeypatch.undo()
    assert witness.watched(ORIGIN).last is None


def test_what_is_remembered_is_synced_with_its_name(witness, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(stat.S_IFMT(os.fstat(handle).st_mode)) or real(handle)
    )
    witness.add_checkpoint(SmallLog(5).request(), MORNING)
    assert synced == [stat.S_IFREG, stat.S_IFDIR]


def test_the_proof_of_two_histories_is_kept_once(witness, folder):
    forged = SmallLog(5, "forged", shared=3)
    witness.add_checkpoint(SmallLog(5).request(), MORNING)
    for _ in range(2):
        witness.add_checkpoint(forged.request(5), MORNING)
    (kept,) = folder.evidence()
    assert kept.read_bytes() == forged.request(5)
    assert folder.evidence_in(forged.request(5)) == kept
    assert folder.evidence_in(b"other") is None


def test_what_shows_nothing_is_not_kept(witness, folder):
    log = SmallLog(9)
    witness.add_checkpoint(log.request(0, 5), MORNING)
    witness.add_checkpoint(log.request(3), MORNING)
    witness.add_checkpoint(SmallLog(9, signer=new_signer(ORIGIN)).request(5), MORNING)
    witness.add_checkpoint(b"nothing", MORNING)
    assert folder.evidence() == []


def test_two_logs_with_names_that_differ_in_case_alone_are_two(witness):
    upper = new_signer(ORIGIN.upper())
    witness.look_after([upper.key])
    assert isinstance(witness.add_checkpoint(SmallLog(3, signer=upper).request(), MORNING), Cosigned)
    assert witness.watched(ORIGIN).last is None


def test_keys_can_be_changed_and_what_was_seen_stays(witness):
    witness.add_checkpoint(SmallLog(5).request(), MORNING)
    new = new_signer(ORIGIN)
    witness.look_after([new.key])
    assert isinstance(witness.add_checkpoint(SmallLog(6).request(5), MORNING), Refused)
    assert isinstance(witness.add_checkpoint(SmallLog(6, signer=new).request(5), MORNING), Cosigned)


def _ask(path: Path, key: str, start: int, sizes: range, answers) -> None:
    from decisionlog.audit.keys import read_signer

    log = SmallLog(40, signer=read_signer(key))
    witness = Witness(WitnessFolder(path))
    taken = []
    for size in sizes:
        old = start
        while isinstance(answer := witness.add_checkpoint(log.request(old, size), MORNING), Refused):
            old = answer.size
            if old > size:
                break
        else:
            taken.append(answer.after.last.size)
        start = old
    answers.put(taken)


def test_of_requests_at_the_same_moment_none_takes_the_memory_back(witness, folder):
    """The race in the specification: several ask at once, each with other sizes."""
    processes = get_context("spawn")
    answers = processes.Queue()
    sizes = [range(1, 41, 3), range(2, 41, 3), range(3, 41, 3)]
    asking = [processes.Process(target=_ask, args=(folder.path, written(LOG), 0, some, answers)) for some in sizes]
    for one in asking:
        one.start()
    taken = [answers.get(timeout=60) for _ in asking]
    for one in asking:
        one.join(60)
    assert witness.watched(ORIGIN).last.size == max(size for some in taken for size in some) == 40
    assert all(some == sorted(some) for some in taken)
    assert len({size for some in taken for size in some}) == sum(map(len, taken))


def test_without_the_lock_the_memory_is_taken_back(witness, folder):
    """The twin of the test above: what happens between looking and remembering, if nobody waits."""
    log = SmallLog(9)
    witness.add_checkpoint(log.request(0, 3), MORNING)
    late = add_checkpoint(log.request(3, 5), witness.watched, witness.signer, MORNING)
    assert isinstance(witness.add_checkpoint(log.request(3, 9), MORNING), Cosigned)
    folder.keep(ORIGIN, remembered(late.after))
    assert witness.watched(ORIGIN).last.size == 5


def test_who_waits_too_long_is_told(witness, folder, monkeypatch):
    monkeypatch.setattr("decisionlog.store.witness_folder.SECONDS", 0.2)
    with folder.locked(), pytest.raises(Unusable, match=r"Another program is at work in .*nothing was cosigned"):
        witness.add_checkpoint(SmallLog(5).request(), MORNING)


# ------------------------------------------------------------------ the folder


def test_only_the_owner_can_read_the_key(folder):
    assert stat.S_IMODE((folder.path / "witness.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    (folder.path / "witness.key").chmod(0o644)
    with pytest.raises(Unusable, match="can be read by others than its owner"):
        folder.key()


def test_a_second_key_is_never_made_over_the_first(folder):
    with pytest.raises(BadInput, match="is a witness already"):
        WitnessFolder.made(folder.path, written(new_signer("other.example/witness", COSIGNATURE)))
    assert Witness(folder).signer.key == ICB.key


def test_a_folder_that_is_none_is_told_and_not_made(tmp_path):
    nothing = WitnessFolder(tmp_path / "nothing")
    with pytest.raises(NotFound, match="is not the folder of a witness"):
        nothing.key()
    with pytest.raises(NotFound), nothing.locked():
        pass
    assert not nothing.path.exists()


def test_a_log_s_key_is_no_key_of_a_witness(tmp_path):
    with pytest.raises(Malformed, match="signs notes, and does not cosign"):
        _ = Witness(WitnessFolder.made(tmp_path / "log", written(LOG))).signer


def test_nothing_half_written_stays(folder, monkeypatch):
    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Unusable, match="No space left on device"):
        folder.keep(ORIGIN, b"half")
    assert list((folder.path / "logs").iterdir()) == []


@pytest.mark.parametrize("name", ["witness.key", "logs", ""])
def test_what_is_not_as_a_witness_left_it_is_told_in_a_sentence(folder, tmp_path, name):
    """A folder where a file should be, or the other way round."""
    broken = folder.path / name
    moved = tmp_path / "moved"
    broken.rename(moved)
    if moved.is_dir():
        broken.write_text("", encoding="utf-8")
    else:
        broken.mkdir()
    with pytest.raises((NotFound, Unusable)):
        Witness(WitnessFolder(folder.path)).add_checkpoint(SmallLog(5).request(), MORNING)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_memory_that_cannot_be_read_is_told(witness, folder):
    next((folder.path / "logs").iterdir()).chmod(0)
    with pytest.raises(Unusable, match="Permission denied"):
        witness.watched(ORIGIN)


def test_a_memory_that_is_longer_than_any_is_refused_unread(witness, folder):
    with next((folder.path / "logs").iterdir()).open("ab") as file:
        file.truncate(3_000_000)
    with pytest.raises(Unusable, match="which no witness writes"):
        witness.watched(ORIGIN)

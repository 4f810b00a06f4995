"""A witness is killed at any moment: what it answered it remembers, and what it remembers can be read."""

from __future__ import annotations

import time
from multiprocessing import get_context

import pytest

from decisionlog.audit.keys import written
from decisionlog.audit.witness import Witness
from decisionlog.audit.witnessing import Cosigned, add_checkpoint
from decisionlog.audit.witnessing import written as remembered
from decisionlog.store.witness_folder import WitnessFolder
from tests.audit.signing import ICB, LOG, MORNING, ORIGIN, SmallLog
from tests.faults.rounds import SEED, chance_of, rounds

pytestmark = pytest.mark.faults
FEW = 8
SIZES = 400


def cosign(folder, key, answered):
    """Cosign one size after another, and say each when it is answered."""
    witness, log = Witness(WitnessFolder(folder)), _log(key)
    for size in range(witness.watched(ORIGIN).last.size, SIZES):
        assert isinstance(witness.add_checkpoint(log.request(size, size + 1), MORNING), Cosigned)
        answered.send(size + 1)


def answer_first(folder, key, answered):
    """The twin: answer, and remember a moment later."""
    witness, log = Witness(WitnessFolder(folder)), _log(key)
    size = witness.watched(ORIGIN).last.size
    found = add_checkpoint(log.request(size, size + 1), witness.watched, witness.signer, MORNING)
    answered.send(size + 1)
    time.sleep(5)
    witness.folder.keep(ORIGIN, remembered(found.after))


def _log(key):
    from decisionlog.audit.keys import read_signer

    return SmallLog(SIZES, signer=read_signer(key))


@pytest.fixture
def folder(tmp_path):
    made = WitnessFolder.made(tmp_path / "icb", written(ICB))
    witness = Witness(made)
    witness.look_after([LOG.key])
    witness.add_checkpoint(SmallLog(1).request(), MORNING)
    return made.path


def killed(task, folder, seconds):
    """The last size that a process answered before it was killed, so long after its first answer."""
    spawn = get_context("spawn")
    heard, answered = spawn.Pipe(duplex=False)
    process = spawn.Process(target=task, args=(folder, written(LOG), answered))
    process.start()
    answered.close()
    last = heard.recv()
    time.sleep(seconds)
    process.kill()
    process.join()
    while heard.poll():
        try:
            last = heard.recv()
        except EOFError:
            break
    return last


def test_what_was_answered_is_remembered(folder):
    chance = chance_of(f"cosigning {SEED}")
    for _ in range(rounds(FEW, share=0.1)):
        answered = killed(cosign, folder, chance.random() / 50)
        seen = Witness(WitnessFolder(folder)).watched(ORIGIN).last.size
        assert seen >= answered, f"DECISIONLOG_TEST_FAULT_SEED={SEED}"
        if seen > SIZES // 2:
            break
    assert Witness(WitnessFolder(folder)).all_watched()


def test_one_that_answers_first_forgets(folder):
    answered = killed(answer_first, folder, 0)
    assert Witness(WitnessFolder(folder)).watched(ORIGIN).last.size < answered

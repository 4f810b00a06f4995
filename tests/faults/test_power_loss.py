"""The power goes: whatever the disk had not been told to keep may be lost or torn, and nothing acknowledged is."""

from __future__ import annotations

import shutil

import pytest

from tests.faults import checks, power
from tests.faults.processes import NO_TRACER, TRACER
from tests.faults.rounds import ROUNDS, rounds

pytestmark = pytest.mark.skipif(not TRACER, reason=NO_TRACER)


def harm(folder, found):
    """What is wrong with a log that is found so when the power is back."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in found.files.items():
        (folder / name).write_bytes(content)
    log = folder / "northmoor.db"
    damage = checks.find_damage(log)
    if not damage and (size := len(checks.stored_bytes(log))) < found.acknowledged:
        damage.append(f"{found.acknowledged} facts were acknowledged and {size} are there")
    return damage


@pytest.mark.faults
def test_what_was_acknowledged_survives_the_loss_of_power(path, tmp_path, chance):
    log = tmp_path / "disk" / path.name
    log.parent.mkdir()
    log = shutil.move(path, log)
    states = 0
    each = max(2, rounds(0, share=0.05))
    for found in power.losses(log, tmp_path / "calls", chance, count=12 if ROUNDS else 6, each=min(each, 400)):
        assert not harm(tmp_path / "after", found), f"state {states}"
        states += 1
    print(f"{states} states of the disk")  # noqa: T201
    assert states >= 100
    assert found.acknowledged > 20


def test_without_full_sync_an_acknowledged_fact_is_found_to_be_lost(path, tmp_path, chance):
    log = tmp_path / "disk" / path.name
    log.parent.mkdir()
    log = shutil.move(path, log)
    for found in power.losses(log, tmp_path / "calls", chance, count=3, without="full_sync"):
        if any("were acknowledged" in sentence for sentence in harm(tmp_path / "after", found)):
            return
    pytest.fail("nothing was lost")

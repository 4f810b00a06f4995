"""The file itself is damaged: bits flipped, pages zeroed, its end torn off. `verify` says so, or what it holds is unchanged.

SQLite notices little of it; what it notices is told as damage, never as a fault of the program.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from decisionlog.domain.refusals import DecisionlogError
from decisionlog.questions.verifying.log import verified_log
from decisionlog.store.sqlite_file import engine
from tests.audit.test_tampering import own, small_log
from tests.faults.rounds import SEED, chance_of, rounds

PAGE = 4096
OF_THE_RECORD = ("stored_events", "streams", "vault", "checkpoints")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A log in one file, nothing written ahead of it, and its bytes."""
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    with closing(engine.connect(str(small_log()))) as source, closing(engine.connect(str(path))) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    return path


def contents(path: Path) -> list[list[tuple]]:
    with closing(engine.connect(f"file:{path}?mode=ro", uri=True)) as file:
        return [sorted(map(repr, file.execute(f"SELECT * FROM {table}"))) for table in OF_THE_RECORD]


def judged(path: Path) -> str:
    """What `verify` makes of a file: sound, not sound, or no log that can be used. Anything else is a fault of ours."""
    try:
        return "sound" if verified_log(path, own(path)).sound else "not sound"
    except DecisionlogError as told:
        return f"told: {told}"


def bit_flipped(raw: bytearray, chance) -> str:
    at, bit = chance.randrange(len(raw)), chance.randrange(8)
    raw[at] ^= 1 << bit
    return f"bit {bit} of byte {at}"


def page_zeroed(raw: bytearray, chance) -> str:
    page = chance.randrange(len(raw) // PAGE)
    raw[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    return f"page {page} zeroed"


def page_of_noise(raw: bytearray, chance) -> str:
    page = chance.randrange(len(raw) // PAGE)
    raw[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    return f"page {page} full of noise"


def end_torn_off(raw: bytearray, chance) -> str:
    size = chance.randrange(len(raw))
    del raw[size:]
    return f"only {size} bytes left"


@pytest.mark.parametrize(
    ("damage", "few"), [(bit_flipped, 150), (page_zeroed, 60), (page_of_noise, 60), (end_torn_off, 40)]
)
def test_what_is_called_sound_is_unchanged(whole, tmp_path, damage, few):
    before, chance = contents(whole), chance_of(f"{SEED} {damage.__name__}")
    path, found = tmp_path / "damaged.db", 0
    for turn in range(rounds(few, share=2.0)):
        raw = bytearray(whole.read_bytes())
        what = f"{damage(raw, chance)} (seed {SEED}, turn {turn})"
        path.write_bytes(raw)
        said = judged(path)
        if said == "sound":
            assert contents(path) == before, f"{what}: called sound, and it is not what it was"
        else:
            found += 1
        for beside in tmp_path.glob("damaged.db-*"):
            beside.unlink()
    assert found > 0


def test_sqlite_alone_would_call_a_changed_record_sound(whole, tmp_path):
    """The twin: a word of a fact changed in the file's own bytes, which the database's check does not notice."""
    raw = whole.read_bytes()
    at = raw.index(b'"stream":"proposal:P5"')
    path = Path(shutil.copy(whole, tmp_path / "damaged.db"))
    path.write_bytes(raw[:at] + b'"stream":"proposal:P6"' + raw[at + 22 :])
    with closing(engine.connect(str(path))) as file:
        assert file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert judged(path) == "not sound"

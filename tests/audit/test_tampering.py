"""Whatever is done to the file of a log is found: by recomputing it, or by a checkpoint that somebody else kept."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from decisionlog.audit import verify
from decisionlog.bootstrap import views_that_differ
from decisionlog.cli.keyring import signer_in
from decisionlog.questions.verifying.held import Held
from decisionlog.questions.verifying.log import verified_log
from decisionlog.store.sqlite_file import engine
from tests.audit import attacks
from tests.audit.attacks import ATTACKS, attacked, unguard
from tests.cli.running import facts, new_log, proposal, run

FOUND = Path(__file__).parent / "what_finds_what.txt"
EVERY = int(os.environ.get("DECISIONLOG_TEST_FLIP_EVERY", "7"))
"""Of the bytes of every row, each so many-th is changed; 1 changes them all."""


@cache
def small_log() -> Path:
    """A log of eleven facts with sealed words, its read models, its key, and a checkpoint that a partner keeps."""
    folder = Path(mkdtemp(prefix="tampering-"))
    before = Path.cwd()
    os.chdir(folder)
    try:
        new_log()
        things = [
            {"type": "organisation.registered", "stream": "organisation:council", "data": {"name": "Council"}},
            {"type": "person.registered", "stream": "person:p-1", "data": {"name": "Ada Hill"}},
            *(
                proposal(f"P{number}", title=f"Paper {number}", recommendation=f"Words of paper {number}.")
                for number in range(1, 8)
            ),
        ]
        run("import", facts("facts.jsonl", *things), "--by", "clerk-1")
        run("checkpoint")
        run("import", facts("more.jsonl", proposal("P8", title="Paper 8")), "--by", "clerk-1")
        run("checkpoint")
        run("list", "proposals")
    finally:
        os.chdir(before)
    return folder / "decisionlog.db"


@pytest.fixture
def log():
    return small_log()


def held_by_a_partner() -> Held:
    """The key and the checkpoint of eleven facts, which lie elsewhere."""
    key = signer_in(small_log().with_suffix(".key")).key
    raw = small_log().with_suffix(".checkpoint").read_bytes()
    return Held((key,), (("kept.checkpoint", verify.read_checkpoint(raw)),))


def own(log: Path) -> Held:
    return Held((signer_in(small_log().with_suffix(".key")).key,))


def sqlite_says(log: Path) -> bool:
    with closing(engine.connect(str(log))) as file:
        return file.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_sound_log_is_sound(log):
    answer = verified_log(log, held_by_a_partner())
    assert answer.sound, answer.faults
    assert (answer.size, answer.signer) == (11, "northmoor.example/decisions")
    assert not views_that_differ(log)


def test_what_finds_what(log, tmp_path, pytestconfig, capsys):
    """Each attack, and which of four looks at the file finds it: the database's own check, verify, --checkpoint, --views."""
    lines = [f"{'':42}{'integrity_check':17}{'verify':8}{'--checkpoint':14}--views"]
    for number, attack in enumerate(ATTACKS):
        copy = attacked(log, tmp_path / f"{number}.db", attack)
        alone, with_checkpoint = verified_log(copy, own(log)), verified_log(copy, held_by_a_partner())
        found = [not sqlite_says(copy), not alone.sound, not with_checkpoint.sound]
        views = bool(views_that_differ(copy)) if alone.sound and attack is attacks.a_read_model_changed else None
        words = ["found" if one else "-" for one in found] + [{None: "", True: "found", False: "-"}[views]]
        lines.append(f"{attack.__name__.replace('_', ' '):42}{words[0]:17}{words[1]:8}{words[2]:14}{words[3]}".rstrip())
        assert any(found) or views, f"{attack.__name__} was found by nothing"
        if not with_checkpoint.sound:
            lines += [
                f"    {f'Fact {fault.position}: ' if fault.position else ''}{fault.sentence}"
                for fault in with_checkpoint.faults
            ]
    text = "\n".join(lines) + "\n"
    with capsys.disabled():
        if pytestconfig.get_verbosity() > 0:
            sys.stdout.write(f"\n{text}")
    if pytestconfig.getoption("approve"):
        FOUND.write_text(text, encoding="utf-8")
    assert text == FOUND.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("stored_events", ("rowid", "originator_id", "originator_version", "topic", "nodes", "state")),
        ("vault", ("position", "digest", "salt", "value")),
        ("streams", ("name", "issuer", "stream", "position")),
        ("checkpoints", ("size", "note")),
    ],
)
def test_every_byte_that_is_changed_is_found(log, tmp_path, table, columns):
    copy, held = Path(shutil.copy(log, tmp_path)), own(log)
    tried = missed = 0
    with closing(engine.connect(str(copy), isolation_level=None)) as file:
        unguard(file)
        for row in file.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall():
            for column, value in enumerate(row):
                for changed in changes_of(value, table == "stored_events"):
                    other = (*row[:column], changed, *row[column + 1 :])
                    if not put(file, table, columns, row, other):
                        continue
                    tried += 1
                    missed += verified_log(copy, held).sound
                    assert put(file, table, columns, other, row)
    assert tried > 10
    assert not missed, f"{missed} of {tried} changes were not found"
    assert verified_log(copy, held).sound


def changes_of(value, sparse):
    """The value with a bit of one of its bytes flipped, for many or for all of its bytes."""
    if isinstance(value, int):
        yield from (value + 1, value + 1000, -value, None)
        return
    raw = value.encode() if isinstance(value, str) else value
    step = EVERY if sparse else max(1, EVERY // 2)
    for at in range(0, len(raw), step):
        changed = raw[:at] + bytes([raw[at] ^ 1 << at % 7]) + raw[at + 1 :]
        yield changed.decode("utf-8", "replace") if isinstance(value, str) else changed


def put(file, table, columns, row, other):
    """Put one row in the place of another; whether the database took it."""
    where = " AND ".join(f"{column} IS ?" for column in columns)
    sets = ", ".join(f"{column} = ?" for column in columns)
    try:
        return file.execute(f"UPDATE {table} SET {sets} WHERE {where}", (*other, *row)).rowcount == 1
    except engine.IntegrityError:
        return False


# The twin: what a check that believes stored hashes would make of the same file.


def test_a_check_that_believes_stored_hashes_notices_nothing(log, tmp_path):
    copy = attacked(log, tmp_path / "copy.db", attacks.one_bit_flipped)
    with closing(engine.connect(str(copy))) as file:
        tree = verify.Tree()
        for (nodes,) in file.execute("SELECT nodes FROM stored_events ORDER BY rowid"):
            tree.add(nodes[:32])
    kept = held_by_a_partner().checkpoints[0][1]
    assert tree.root() == kept.root
    assert not verified_log(copy, own(log)).sound


def test_words_that_are_no_text_are_told_as_damage(log, tmp_path):
    copy = attacked(
        log, tmp_path / "copy.db", lambda file: file.execute("UPDATE vault SET salt = CAST(x'54ff4b' AS TEXT)")
    )
    fault = verified_log(copy, own(log)).faults[0]
    assert "The file is damaged here" in fault.sentence

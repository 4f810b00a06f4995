"""What is not a log, or lies where one would be damaged, is refused in a sentence of its own; nothing is made."""

from __future__ import annotations

import os
import re
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.domain.refusals import BadInput, NotFound, Unusable
from decisionlog.store import places, sqlite_file
from tests.faults import checks

BEGIN = Begin("Northmoor", "northmoor.example/decisions", "secretariat-1", datetime(2026, 3, 12, tzinfo=UTC))


def missing(path):
    path.unlink()


def folder(path):
    path.unlink()
    path.mkdir()


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def empty(path):
    path.write_bytes(b"")


def text(path):
    path.write_text("meeting: {body: northmoor-locality-board}\n" * 50, encoding="utf-8")


def cut_short(path):
    path.write_bytes(path.read_bytes()[:16])


def another_database(path):
    path.unlink()
    with closing(checks.connect(path)) as file:
        file.execute("CREATE TABLE stored_events (originator_id, originator_version, topic, state)")


def newer(path):
    with closing(checks.connect(path)) as file:
        file.execute(f"PRAGMA user_version = {sqlite_file.SCHEMA_VERSION + 1}")


STATES = {
    missing: (NotFound, "There is no log at"),
    folder: (BadInput, "is a folder, not a log"),
    pipe: (BadInput, "is not a file"),
    empty: (BadInput, r"is empty \(0 bytes\)"),
    text: (BadInput, "it is not an SQLite file"),
    cut_short: (BadInput, "is an SQLite file, but not a log"),
    another_database: (BadInput, "is an SQLite file, but not a log"),
    newer: (Unusable, "was written by a newer decisionlog"),
}


def contents(folder):
    return {file: file.read_bytes() if file.is_file() else None for file in sorted(folder.rglob("*"))}


@pytest.mark.parametrize(("make", "refusal"), STATES.items(), ids=[state.__name__ for state in STATES])
def test_what_is_not_a_log_is_refused_and_nothing_is_made(path, make, refusal):
    make(path)
    before = contents(path.parent)
    kind, sentence = refusal
    with pytest.raises(kind, match=sentence) as told:
        open_log(path)
    assert str(path) in str(told.value)
    assert contents(path.parent) == before


def test_a_log_is_not_made_over_what_is_there(path):
    before = path.read_bytes()
    with pytest.raises(BadInput, match="exists already; nothing was changed"):
        make_log(path, BEGIN)
    assert path.read_bytes() == before


def test_a_log_is_not_made_in_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(BadInput, match="make it first"):
        make_log(tmp_path / "none" / "northmoor.db", BEGIN)


def test_a_name_that_leaves_no_room_for_the_names_beside_it_is_refused(tmp_path):
    with pytest.raises(BadInput, match="too long"):
        make_log(tmp_path / ("n" * 253), BEGIN)
    assert not (tmp_path / ("n" * 253)).exists()


@pytest.mark.parametrize(
    "version",
    [(3, 53, 4), (3, 51, 3), (3, 50, 7), (3, 50, 9), (3, 44, 6), (4, 0, 0)],
    ids=lambda v: ".".join(map(str, v)),
)
def test_a_sound_sqlite_is_taken(version):
    sqlite_file.require_sound_sqlite(version)


@pytest.mark.parametrize(
    "version",
    [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)],
    ids=lambda v: ".".join(map(str, v)),
)
def test_a_sqlite_that_can_corrupt_a_log_is_refused(version):
    with pytest.raises(Unusable, match=rf"SQLite {re.escape('.'.join(map(str, version)))} can corrupt a log"):
        sqlite_file.require_sound_sqlite(version)


def test_the_sqlite_in_use_is_sound_and_the_one_that_is_checked(path):
    with open_log(path) as opened, opened.log.recorder.writing() as writer:
        writer._run("SELECT sqlite_version()")
        used = writer._next()[0]
    assert tuple(map(int, used.split("."))) == sqlite_file.engine.sqlite_version_info
    sqlite_file.require_sound_sqlite()


def test_no_log_is_opened_with_an_unsound_sqlite(path, monkeypatch):
    monkeypatch.setattr(sqlite_file.require_sound_sqlite, "__defaults__", ((3, 40, 1),))
    with pytest.raises(Unusable, match="can corrupt a log"):
        open_log(path)
    with pytest.raises(Unusable, match="can corrupt a log"):
        make_log(path.with_name("new.db"), BEGIN)
    assert not path.with_name("new.db").exists()


MOUNTS = """\
proc /proc proc rw,nosuid 0 0
/dev/vda1 / ext4 rw,relatime 0 0
server:/srv /shared nfs4 rw,vers=4.2 0 0
//server/minutes /mnt/the\\040minutes cifs rw 0 0
/dev/sdb1 /shared/disk xfs rw 0 0
user@host: /home/secretary/remote fuse.sshfs rw 0 0
drive: /home/secretary/cloud fuse.rclone rw 0 0
malformed
"""


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("/shared/log.db", "nfs4 at /shared"),
        ("/shared/board/2026/log.db", "nfs4 at /shared"),
        ("/mnt/the minutes/log.db", "cifs at /mnt/the minutes"),
        ("/home/secretary/remote/log.db", "fuse.sshfs"),
        ("/home/secretary/cloud/log.db", "fuse.rclone"),
        ("/shared/disk/log.db", ""),
        ("/shared-not/log.db", ""),
        ("/home/secretary/log.db", ""),
    ],
)
def test_a_network_drive_is_refused_and_a_disk_is_not(place, told):
    if not told:
        places.require_local_folder(Path(place), mounts=MOUNTS)
        return
    with pytest.raises(Unusable, match=re.escape(told)) as refused:
        places.require_local_folder(Path(place), mounts=MOUNTS)
    assert "local disk" in str(refused.value)


SYNCHRONISED = ["Dropbox", "OneDrive - Northmoor Council", "Google Drive", "My Drive", "Nextcloud", "iCloud Drive"]


@pytest.mark.parametrize("name", SYNCHRONISED)
def test_a_synchronised_folder_is_refused(path, tmp_path, name):
    shared = tmp_path / name / "board"
    shared.mkdir(parents=True)
    moved = path.rename(shared / path.name)
    with pytest.raises(Unusable, match=rf"in a synchronised folder \({name}\)"):
        open_log(moved)
    with pytest.raises(Unusable, match="Nothing was done"):
        make_log(shared / "new.db", BEGIN)
    assert sorted(shared.iterdir()) == [moved]


@pytest.mark.parametrize("mark", [".dropbox", ".stfolder", ".sync"])
def test_a_folder_with_the_mark_of_a_program_that_synchronises_is_refused(path, mark):
    (path.parent / mark).touch()
    with pytest.raises(Unusable, match="that a program synchronises"):
        open_log(path)


def test_a_link_is_followed_to_where_the_log_lies(path, tmp_path):
    shared = tmp_path / "Dropbox"
    shared.mkdir()
    moved = path.rename(shared / path.name)
    path.symlink_to(moved)
    with pytest.raises(Unusable, match="synchronised"):
        open_log(path)

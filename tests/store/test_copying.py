"""A copy of a log's file: of one moment, on the disk, under its name when it is whole and not before."""

from __future__ import annotations

import os
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.domain.refusals import BadInput, Unusable
from decisionlog.store import copying
from decisionlog.store.batch import Batch, Draft
from decisionlog.store.copying import BESIDE, copy, give_name, new_file, only_to_be_read, set_aside, unfinished
from decisionlog.store.sqlite_file import engine
from tests.faults import checks

BEGUN = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def log(tmp_path):
    """A log of a hundred facts, closed."""
    path = tmp_path / "log.db"
    with make_log(path, Begin("Northmoor", "northmoor.example", "clerk-1", BEGUN)) as opened:
        drafts = [Draft("proposal.submitted", f"proposal:{n}", {"ref": f"R{n}"}, opens=True) for n in range(99)]
        opened.log.record(Batch(drafts, "clerk-1", BEGUN))
    return path


@pytest.fixture
def folder(tmp_path):
    """A folder with nothing in it."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


@pytest.fixture
def busy(log, monkeypatch):
    """A log, open, that somebody else records in without end; a copy of it is taken page by page."""
    monkeypatch.setattr(copying, "_PAGES", 1)
    enough = threading.Event()

    def write():
        with open_log(log) as opened:
            for number in count():
                if enough.is_set():
                    return
                draft = Draft("proposal.submitted", f"proposal:w{number}", {}, opens=True)
                opened.log.record(Batch([draft], "clerk-2", BEGUN))

    writer = threading.Thread(target=write)
    with open_log(log) as opened:
        writer.start()
        while opened.log.size() < 110:
            pass
        yield opened.log
        enough.set()
        writer.join()


class Restarted(Exception):
    """The copy began again."""


def must_go_on():
    """To be told how much is done, which never becomes less, and to take one's time over it."""
    last = [0]

    def told(done, total):
        if done < last[0]:
            raise Restarted
        last[:] = [done]
        time.sleep(0.01)

    return told


def test_a_copy_is_of_one_moment_however_long_it_takes(busy, tmp_path):
    before = busy.size()
    copied = copy(Path(busy.recorder.place), tmp_path / "copy.db", must_go_on())
    assert before <= copied.size < busy.size()
    assert len(checks.stored_bytes(tmp_path / "copy.db")) == copied.size
    assert not checks.find_damage(tmp_path / "copy.db")


class WithoutBegin:
    """A connection that holds on to no moment."""

    def __init__(self, connection):
        self._connection = connection
        self.backup, self.close = connection.backup, connection.close

    def execute(self, statement):
        return self._connection.execute("SELECT 1" if statement == "BEGIN" else statement)


def test_without_holding_on_to_its_moment_it_begins_again_and_again(busy, tmp_path, monkeypatch):
    reader = copying._reader
    monkeypatch.setattr(copying, "_reader", lambda path: WithoutBegin(reader(path)))
    with pytest.raises(Restarted):
        copy(Path(busy.recorder.place), tmp_path / "copy.db", must_go_on())


@pytest.mark.parametrize(("written_ahead", "journal"), [(True, "wal"), (False, "delete")])
def test_a_copy_is_written_ahead_only_where_it_is_to_be_recorded_in(log, tmp_path, written_ahead, journal):
    to = tmp_path / "copy.db"
    copy(log, to, written_ahead=written_ahead)
    assert to.stat().st_mode & 0o777 == 0o600
    with closing(engine.connect(to)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == (journal,)
    assert not [file for suffix in BESIDE if (file := Path(f"{to}{suffix}")).exists()]
    with pytest.raises(FileExistsError):
        copy(log, to)


def fail_half_way(file):
    with new_file(file) as part:
        for suffix in ("", *BESIDE):
            Path(f"{part}{suffix}").write_bytes(b"half")
        raise RuntimeError


def test_a_new_file_has_its_name_when_it_is_whole_and_leaves_nothing_where_it_is_not(folder):
    file = folder / "new.db"
    with new_file(file) as part:
        part.write_bytes(b"whole")
        assert not file.exists()
    assert file.read_bytes() == b"whole"
    with pytest.raises(RuntimeError):
        fail_half_way(folder / "other.db")
    assert list(folder.iterdir()) == [file]


def be_second(file):
    with new_file(file) as part:
        part.write_bytes(b"ours")
        if not copying.left_beside(file):
            file.write_bytes(b"theirs")


@pytest.mark.parametrize("links", [True, False], ids=["with links", "without links"])
def test_what_came_there_in_the_meantime_is_not_written_over(folder, monkeypatch, links):
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(BadInput, match=r"new\.db exists already"):
        be_second(folder / "new.db")
    assert (folder / "new.db").read_bytes() == b"theirs"
    part = folder / ".part"
    part.write_bytes(b"ours")
    give_name(part, folder / "another.db")
    assert (folder / "another.db").read_bytes() == b"ours"
    assert sorted(file.name for file in folder.iterdir()) == ["another.db", "new.db"]


def test_what_is_left_of_a_file_that_is_gone_is_never_taken_for_part_of_a_new_one(folder):
    (folder / "new.db-wal").write_bytes(b"of another file")
    with pytest.raises(BadInput, match=r"new\.db-wal lies there, of a file that is gone"):
        be_second(folder / "new.db")
    assert [file.name for file in folder.iterdir()] == ["new.db-wal"]


def no_links(*_):
    """A file system such as that of most sticks."""
    raise PermissionError


def test_what_a_command_that_was_cut_off_has_left_is_told_from_all_other_files(tmp_path):
    with new_file(tmp_path / "new.db") as part:
        part.touch()
        Path(f"{part}-wal").touch()
        for other in ("new.db", ".new.db", ".hidden.123", "new.db.0a1b2c3d"):
            (tmp_path / other).touch()
        assert unfinished(tmp_path) == [part, Path(f"{part}-wal")]
        (tmp_path / "new.db").unlink()
    assert unfinished(tmp_path) == []
    assert unfinished(tmp_path / "none") == []


def test_a_log_moved_aside_takes_along_what_was_written_ahead(log):
    with open_log(log) as opened:
        opened.log.record(Batch([Draft("proposal.submitted", "proposal:late", {}, opens=True)], "clerk-1", BEGUN))
        size = opened.log.size()
        with pytest.raises(Unusable, match="Another program has"):
            set_aside(log, "now")
        assert Path(f"{log}-wal").stat().st_size
    aside = set_aside(log, "now")
    assert aside.name == "log.db.until-now"
    assert not log.exists()
    assert len(checks.stored_bytes(aside)) == size


def test_a_damaged_log_is_moved_aside_with_all_its_files(log):
    log.write_bytes(b"SQLite format 3\x00 and nothing that follows")
    for suffix in ("-wal", "-shm"):
        Path(f"{log}{suffix}").write_bytes(suffix.encode())
    aside = set_aside(log, "now")
    assert not [file for suffix in ("", *BESIDE) if (file := Path(f"{log}{suffix}")).exists()]
    assert aside.read_bytes().startswith(b"SQLite format 3\x00 and")
    log.touch()
    again = set_aside(log, "now")
    assert (again.name, again.read_bytes()) == (f"{aside.name}~2", b"")
    assert aside.read_bytes().startswith(b"SQLite format 3\x00 and")


def test_a_log_that_is_only_to_be_read_is_read_by_everybody_and_written_by_nobody(log):
    only_to_be_read(log)
    before = log.read_bytes()
    with open_log(log) as opened:
        assert opened.log.size() == 100
        with pytest.raises(Unusable, match="can only be read here"):
            opened.log.record(Batch([Draft("proposal.submitted", "proposal:x", {}, opens=True)], "clerk-1", BEGUN))
    assert log.read_bytes() == before


def test_where_nothing_can_be_written_nothing_is_copied(log, folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(
        Unusable, match=r"Nothing can be written in .*folder \(Permission denied\). Name another folder."
    ):
        copy(log, folder / "copy.db")
    assert list(folder.iterdir()) == []

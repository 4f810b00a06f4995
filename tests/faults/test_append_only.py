"""Another program with the file open: it cannot change or take away a fact while the guards are there."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pysqlite3.dbapi2 as engine
import pytest

from decisionlog.bootstrap import open_log
from decisionlog.domain.refusals import BadInput, NotSound
from decisionlog.store.sqlite_file import APPLICATION_ID
from tests.faults import checks
from tests.faults.workload import ask

STATEMENTS = {
    "update": "UPDATE stored_events SET state = '{}' WHERE rowid = 3",
    "update of a position": "UPDATE stored_events SET rowid = 1000 WHERE rowid = 3",
    "delete": "DELETE FROM stored_events WHERE rowid = 3",
    "delete of the last": "DELETE FROM stored_events WHERE rowid = (SELECT max(rowid) FROM stored_events)",
    "delete of all": "DELETE FROM stored_events",
    "replace by position": (
        "REPLACE INTO stored_events "
        "SELECT 3, 'proposal:other', 1, topic, nodes, state FROM stored_events WHERE rowid = 3"
    ),
    "replace by version": (
        "REPLACE INTO stored_events (originator_id, originator_version, topic, state) "
        "SELECT originator_id, originator_version, topic, '{}' FROM stored_events WHERE rowid = 3"
    ),
    "upsert": (
        "INSERT INTO stored_events SELECT * FROM stored_events WHERE rowid = 3 "
        "ON CONFLICT DO UPDATE SET state = excluded.state || ' '"
    ),
    "update of the tree": "UPDATE stored_events SET nodes = zeroblob(32) WHERE rowid = 3",
}


@pytest.fixture
def path(path):
    with open_log(path) as opened:
        ask(opened, "one")
        ask(opened, "two")
    return path


def attempt(path, statement):
    with closing(engine.connect(path, isolation_level=None)) as stranger:
        stranger.execute("PRAGMA recursive_triggers=OFF")  # with it, a replacement fires the guard against deleting
        stranger.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_a_stranger_s_change_is_refused(path, statement):
    before = checks.stored_bytes(path)
    with pytest.raises(engine.IntegrityError, match="the log is append-only"):
        attempt(path, statement)
    assert checks.stored_bytes(path) == before
    assert not checks.find_damage(path)


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_without_the_guards_the_change_is_made_and_found(path, statement):
    without_guards(path)
    attempt(path, statement)
    assert checks.find_damage(path)


def without_guards(path):
    with closing(checks.connect(path)) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")


def positions(path, order="rowid"):
    with closing(checks.connect(path)) as file:
        return file.execute(
            f"SELECT rowid, originator_id, originator_version FROM stored_events ORDER BY {order}"
        ).fetchall()


def test_vacuum_keeps_every_position(path):
    before = positions(path)
    attempt(path, "VACUUM")
    assert positions(path) == before
    assert not checks.find_damage(path)


def test_vacuum_into_another_file_keeps_every_position(path, tmp_path):
    copy = tmp_path / "copy.db"
    attempt(path, f"VACUUM INTO '{copy}'")
    assert positions(copy) == positions(path)
    assert not checks.find_damage(copy)


def dumped(path, copy):
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
        new.executescript("\n".join(old.iterdump()))


def test_a_copy_by_dump_keeps_every_position_and_is_told_apart_from_a_log(path, tmp_path):
    copy = tmp_path / "copy.db"
    dumped(path, copy)
    assert positions(copy) == positions(path)
    assert not checks.find_damage(copy)
    with pytest.raises(BadInput, match="is an SQLite file, but not a log"):
        open_log(copy)
    with closing(checks.connect(copy)) as file:
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    with open_log(copy) as opened:
        ask(opened, "three")
    assert not checks.find_damage(copy)


def remove_the_last(path):
    without_guards(path)
    attempt(path, STATEMENTS["delete of the last"])


def test_a_position_that_was_removed_is_never_given_again(path):
    last = positions(path)[-1][0]
    remove_the_last(path)
    with (
        open_log(path) as opened,
        pytest.raises(NotSound, match=f"had {last} facts and has {last - 1}: its end was removed"),
    ):
        ask(opened, "three")
    assert positions(path)[-1][0] == last - 1


def test_a_position_that_was_removed_under_an_open_log_is_never_given_again(path):
    with open_log(path) as opened:
        ask(opened, "three")
        remove_the_last(path)
        with pytest.raises(NotSound, match="its end was removed"):
            ask(opened, "four")


def library_table(folder):
    """The table as the library makes it, with facts of which the first two are gone."""
    from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

    path = folder / "library.db"
    datastore = SQLiteDatastore(str(path))
    SQLiteApplicationRecorder(datastore).create_table()
    datastore.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for key in "cba":
            file.execute("INSERT INTO stored_events VALUES (?, 1, '', '')", (key,))
        file.execute("DELETE FROM stored_events WHERE rowid < 3")
    return path


def test_the_library_s_own_table_gives_a_position_twice(tmp_path):
    path = library_table(tmp_path)
    assert positions(path) == [(3, "a", 1)]
    attempt(path, "DELETE FROM stored_events")
    attempt(path, "INSERT INTO stored_events VALUES ('d', 1, '', '')")
    assert positions(path) == [(1, "d", 1)]


def test_the_library_s_own_table_is_renumbered_by_a_dump(tmp_path):
    path, copy = library_table(tmp_path), tmp_path / "copy.db"
    dumped(path, copy)
    assert positions(path) == [(3, "a", 1)]
    assert positions(copy) == [(1, "a", 1)]

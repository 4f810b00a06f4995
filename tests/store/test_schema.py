"""What a log's file consists of, and what is taken out of it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.store.schema import is_own, leave_only_the_log, own, parts
from decisionlog.store.sqlite_file import connect, uri
from tests.faults import checks

ALTERED = "CREATE TRIGGER stored_events_are_never_updated BEFORE UPDATE ON stored_events BEGIN SELECT 1; END"


@pytest.fixture
def log(tmp_path):
    """A log whose read models are built."""
    path = tmp_path / "log.db"
    with make_log(path, Begin("Northmoor", "northmoor.example", "clerk-1", datetime(2026, 3, 4, tzinfo=UTC))) as opened:
        opened.catch_up()
    return path


def parts_of(path):
    with closing(connect(uri(path, read_only=False))) as connection:
        return set(parts(connection))


def run(path, *statements):
    with closing(connect(uri(path, read_only=False))) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_new_log_has_the_parts_of_a_log_and_others_that_are_derived(log):
    assert own() < parts_of(log)
    assert any(part.is_virtual for part in parts_of(log))


def test_what_is_not_of_the_log_goes_whatever_it_is_called(log):
    run(
        log,
        'CREATE TABLE "shopping ""list""" (words)',
        'CREATE INDEX "by words" ON "shopping ""list""" (words)',
        "CREATE VIEW seen AS SELECT * FROM vault",
        "CREATE TRIGGER late AFTER INSERT ON vault BEGIN DELETE FROM vault; END",
        "CREATE VIRTUAL TABLE aside USING fts5(words)",
    )
    leave_only_the_log(log)
    assert parts_of(log) == own()
    with open_log(log) as opened:
        opened.catch_up()
        assert opened.log.size() == 1
    assert not checks.find_damage(log)
    assert not checks.unlike_a_rebuild(log)


def test_a_guard_that_is_gone_or_altered_is_put_back(log):
    run(log, "DROP TRIGGER stored_events_are_never_deleted", "DROP TRIGGER stored_events_are_never_updated", ALTERED)
    assert [part.name for part in parts_of(log) if part.sql == ALTERED and not is_own(part)]
    leave_only_the_log(log)
    assert parts_of(log) == own()


def test_a_table_that_a_later_version_added_is_made(log):
    run(log, "DROP TABLE exports")
    leave_only_the_log(log)
    assert parts_of(log) == own()


def test_what_is_left_is_as_small_as_it_can_be(log):
    before = log.stat().st_size
    leave_only_the_log(log)
    assert log.stat().st_size < before / 2
    assert len(checks.stored_bytes(log)) == 1

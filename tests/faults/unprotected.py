"""The same program with one protection taken away: what a check must find, or it checks nothing.

Each takes how to put one thing in the place of another: `setattr` for the rest of a child's life, `monkeypatch.setattr`
for the length of a test.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from typing import Any

from sqlalchemy import Connection

from decisionlog.audit import backups
from decisionlog.audit.examining import Examined
from decisionlog.store import catch_up, log, sqlite, sqlite_file, sqlite_rows
from decisionlog.store.codec import Line

Put = Callable[[Any, str, Any], None]


def one_transaction(put: Put, *, killed_at: int) -> None:
    """Facts in one transaction, what lies beside them in another; killed between the two, at the given batch."""
    add_lines, count = sqlite.SQLiteWriter.add_lines, 0

    def split(self: sqlite.SQLiteWriter, lines: Sequence[Line], nodes: Sequence[bytes]) -> None:
        nonlocal count
        count += 1
        add_lines(self, lines, nodes)
        self._run("COMMIT")
        if count == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self._run("BEGIN IMMEDIATE")

    put(sqlite.SQLiteWriter, "add_lines", split)


def journal(put: Put) -> None:
    """Pages are written over the old ones, with nothing to fall back on."""
    _set_on_every_connection(put, "PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF")


def full_sync(put: Put) -> None:
    """What was acknowledged may still lie in memory when the power goes."""
    _set_on_every_connection(put, "PRAGMA synchronous=NORMAL")


def request_keys(put: Put) -> None:
    """A request that is repeated is recorded again."""
    put(log._Recording, "_answered", lambda *_: None)


def immediate_lock(put: Put) -> None:
    """The library's way to begin: deferred, and too late for the lock once it has read."""

    def begin(self: sqlite._Writing) -> sqlite.SQLiteWriter:
        cursor = self._borrow()
        cursor.execute("BEGIN")
        return sqlite.SQLiteWriter(cursor)

    put(sqlite._Writing, "__enter__", begin)


def expected_versions(put: Put) -> None:
    """Whoever comes later adds to what the first one did, without knowing of it."""
    record = log.Log.record

    def record_blindly(self: log.Log, batch: log.Batch, **options: Any) -> log.Receipt:
        batch.expected.clear()
        return record(self, batch, **options)

    put(log.Log, "record", record_blindly)


def monotone_clock(put: Put) -> None:
    """The time of recording is what the computer tells, even where that is before the last fact."""
    tip = log.Log.tip

    def forgetful(self: log.Log, writer: Any) -> log.Tip:
        end = tip(self, writer)
        return end._replace(head=end.head._replace(recorded_at=""))

    put(log.Log, "tip", forgetful)


def waiting(put: Put) -> None:
    """A writer that finds the lock taken gives up at once."""
    _set_on_every_connection(put, "PRAGMA busy_timeout=0")


def written_ahead(put: Put) -> None:
    """What can only be read is opened as a file that cannot change, whatever lies beside it."""
    put(sqlite_file, "_is_written_ahead", lambda _: False)


def troubles_told_apart(put: Put) -> None:
    """Whatever goes wrong in a fold is the fault of a fact."""
    put(sqlite_rows.SQLite, "is_trouble", lambda *_: False)


def settling(put: Put) -> None:
    """An unclear answer of the store is passed on as it is."""
    put(log.Log, "_settled", lambda *_: None)


def rows_with_position(put: Put, *, killed_at: int) -> None:
    """Rows first, their position in another transaction; killed between the two, at the given step."""
    advance, pause = catch_up.ReadModels._advance, _Pause(killed_at)

    def afterwards(self: catch_up.ReadModels, connection: Connection, *rest: Any) -> None:
        pause(connection)
        advance(self, connection, *rest)

    put(catch_up.ReadModels, "_advance", afterwards)


def position_with_rows(put: Put, *, killed_at: int) -> None:
    """The position first, its rows in another transaction; killed between the two, at the given step."""
    pause = _Pause(killed_at)
    for model in catch_up.ReadModel.__subclasses__():

        def beforehand(self: Any, facts: Any, rows: Connection, *rest: Any, fold: Any = model.fold) -> None:
            rows.exec_driver_sql(f"UPDATE read_models SET position = {facts[-1].position} WHERE name = '{self.name}'")
            pause(rows)
            fold(self, facts, rows, *rest)

        put(model, "fold", beforehand)


def savepoint(put: Put) -> None:
    """What a model wrote in the transaction that records, before it failed, stays there."""

    def follow(self: catch_up.ReadModels, log_: log.Log, writer: Any, lines: Sequence[Line]) -> bool:
        with suppress(Exception):
            return self._beside.fold(log_, writer.connection, lines)
        return False

    put(catch_up.ReadModels, "follow", follow)


class _Pause:
    """Ends a transaction too early and begins another; a kill may fall between the two."""

    def __init__(self, killed_at: int) -> None:
        self._left = killed_at

    def __call__(self, connection: Connection) -> None:
        connection.exec_driver_sql("COMMIT")
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _set_on_every_connection(put: Put, *settings: str) -> None:
    prepare = sqlite.prepare

    def prepare_badly(connection: Any, **options: Any) -> None:
        prepare(connection, **options)
        for setting in settings:
            connection.execute(setting)

    put(sqlite, "prepare", prepare_badly)


def proof_of_backups(put: Put) -> None:
    """What was copied is called a backup as it is."""
    nothing = Examined("", 0, 0, b"", 0, 0, 0, 0, without_words=False, erased={}, later=0, roots={}, is_whole=True)
    put(backups, "_restored_and_proved", lambda *_: nothing)
    put(backups, "_require_same", lambda *_: None)


def names_for_whole_files(put: Put) -> None:
    """A file has its name from its first byte on."""
    put(backups, "new_file", nullcontext)


WITHOUT: dict[str, Callable[..., None]] = {
    taken_away.__name__: taken_away
    for taken_away in (
        one_transaction,
        journal,
        full_sync,
        expected_versions,
        rows_with_position,
        position_with_rows,
    )
}
"""What a child can be told to do without."""

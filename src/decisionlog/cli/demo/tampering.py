"""What becomes of an attempt to change what is recorded, and how it is found where somebody succeeds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from decisionlog.cli.printing import page, print_lines, say

_ATTEMPTS: Final = {
    "UPDATE": "UPDATE stored_events SET state = 'something else' WHERE rowid = 30",
    "DELETE": "DELETE FROM stored_events WHERE rowid = 30",
}
_CHANGED: Final = 30
_GUARDS: Final = ("updated", "deleted", "replaced")


def try_to_tamper(log: Path) -> None:
    """Try on a copy of the file to change a fact, and to take one out."""
    say("Nothing recorded is ever changed or taken out. Tried on a copy of the file:")
    with _copy(log) as (_, connection):
        for what, statement in _ATTEMPTS.items():
            try:
                connection.execute(statement)
                answer = "was obeyed, which must never happen"
            except Exception as refusal:  # noqa: BLE001 - whatever the database says is shown
                answer = f"refused: {refusal}"
            print_lines(page().entry(what, [answer], label_width=8))


@contextmanager
def one_bit_flipped(log: Path) -> Iterator[Path]:
    """A copy in which somebody took the guards away and changed one bit of one fact."""
    with _copy(log) as (copy, connection):
        _unguard(connection)
        state = bytearray(connection.execute(f"SELECT state FROM stored_events WHERE rowid = {_CHANGED}").fetchone()[0])  # noqa: S608 - a number of ours
        state[len(state) // 2] ^= 1
        connection.execute("UPDATE stored_events SET state = ? WHERE rowid = ?", (bytes(state), _CHANGED))
        yield copy


@contextmanager
def history_rewritten(log: Path) -> Iterator[Path]:
    """A copy in which somebody who knows how left out the last fact, and whatever in the file could tell of it."""
    with _copy(log) as (copy, connection):
        _unguard(connection)
        last = connection.execute("SELECT max(rowid) FROM stored_events").fetchone()[0]
        for statement in (
            "DELETE FROM stored_events WHERE rowid = ?",
            "DELETE FROM streams WHERE position = ?",
            "DELETE FROM vault WHERE position = ?",
            "DELETE FROM requests WHERE last = ?",
            "DELETE FROM checkpoints WHERE size = ?",
            "UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'stored_events' AND seq = ?",
        ):
            connection.execute(statement, (last,))
        yield copy


@contextmanager
def _copy(log: Path) -> Iterator[tuple[Path, Any]]:
    from decisionlog.store.sqlite_file import engine

    with TemporaryDirectory(prefix=".tampered-", dir=log.parent) as place:
        copy = Path(shutil.copy(log, place))
        with closing(engine.connect(str(copy), isolation_level=None)) as connection:
            yield copy, connection


def _unguard(connection: Any) -> None:
    for guard in _GUARDS:
        connection.execute(f"DROP TRIGGER stored_events_are_never_{guard}")

"""What can be seen of a log's file from outside its facts: settings, guards, space, and whether the database is whole."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from decisionlog.store.schema import Part, is_own, own, parts
from decisionlog.store.sqlite_file import engine, in_plain_words, is_writable, prepare, uri
from decisionlog.store.tree import HASH


class Health(NamedTuple):
    """The state of the file."""

    sqlite: tuple[int, ...]
    journal: str
    synchronous: int
    schema: int
    triggers: frozenset[str]
    """Those of the log's own guards that are there, to the letter."""
    strange: tuple[Part, ...]
    """What is in the file and is not of the log itself; a trigger that was altered too."""
    whole: str
    """`ok`, or what SQLite's own check found."""
    completed: int
    """How many nodes of the tree the last fact carries."""
    facts: int
    """How many rows of facts there are."""
    given: int
    """The last position that was ever given in this file."""
    missing: int
    """The first position before the last fact that has no row; 0, where there is none."""
    writable: bool
    bytes: int
    free_bytes: int


GUARDS = frozenset(f"stored_events_are_never_{done}" for done in ("updated", "deleted", "replaced"))
"""The triggers that keep the log append-only."""


_LAST_NODES = (
    "SELECT coalesce(max(length(nodes)), 0) FROM (SELECT nodes FROM stored_events ORDER BY rowid DESC LIMIT 1)"
)

_GIVEN = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'stored_events'"
_MISSING = (
    "SELECT coalesce(min(at + 1), 0) FROM (SELECT 0 AS at UNION ALL SELECT rowid FROM stored_events) "
    "WHERE at < (SELECT max(rowid) FROM stored_events) "
    "AND NOT EXISTS (SELECT 1 FROM stored_events AS next WHERE next.rowid = at + 1)"
)
_COUNTED = "SELECT count(*), coalesce(max(rowid), 0) FROM stored_events"


def whole(path: Path) -> str:
    """`ok`, or the first thing that SQLite's whole check finds wrong with a file: pages, order, indexes."""
    with closing(
        engine.connect(uri(path, read_only=not is_writable(path)), uri=True, isolation_level=None)
    ) as connection:
        try:
            return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        except engine.DatabaseError as damaged:
            return str(damaged)


def examine(path: Path) -> Health:
    """Look at a log's file, changing nothing. Raises `Unusable` where it is too damaged to be looked at."""
    writable = is_writable(path)
    connection = engine.connect(uri(path, read_only=not writable), uri=True, isolation_level=None)
    with in_plain_words(path, writing=False), closing(connection):
        prepare(connection)

        def one(sql: str) -> object:
            return connection.execute(sql).fetchone()[0]

        there, ours = parts(connection), own()
        facts, last = connection.execute(_COUNTED).fetchone()
        return Health(
            sqlite=engine.sqlite_version_info,
            journal=str(one("PRAGMA journal_mode")),
            synchronous=int(str(one("PRAGMA synchronous"))),
            schema=int(str(one("PRAGMA user_version"))),
            triggers=frozenset(part.name for part in there if part.type == "trigger" and part in ours),
            strange=tuple(part for part in there if not is_own(part)),
            whole=str(one("PRAGMA quick_check(1)")),
            completed=int(str(one(_LAST_NODES))) // HASH,
            facts=facts,
            given=int(str(one(_GIVEN))),
            missing=int(str(one(_MISSING))) if facts != last else 0,
            writable=writable,
            bytes=path.stat().st_size,
            free_bytes=shutil.disk_usage(path.resolve().parent).free,
        )

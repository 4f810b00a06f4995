"""What a log's file consists of, as this program makes it; all else in it is derived from the facts, or somebody else's."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

from decisionlog.store.sqlite_file import SCHEMA_VERSION, connect, in_plain_words, prepare, uri

_OBJECTS: Final = (
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)
_DROPPED_FIRST: Final = (("trigger", False), ("view", False), ("table", True), ("table", False))
"""In this order: a virtual table cannot be dropped without its shadows."""


class Part(NamedTuple):
    """A table, index, trigger or view of a file."""

    type: str
    name: str
    table: str
    sql: str

    @property
    def is_virtual(self) -> bool:
        """Whether it is a table of a module, as of a search, which keeps tables of its own."""
        return self.sql.upper().startswith("CREATE VIRTUAL")


def statements() -> str:
    """The statements that make the parts of a log."""
    return files("decisionlog.store").joinpath("sqlite_schema.sql").read_text(encoding="utf-8")


@cache
def own() -> frozenset[Part]:
    """The parts of a log."""
    with closing(connect(":memory:")) as connection:
        connection.executescript(statements())
        return frozenset(parts(connection))


def is_own(part: Part) -> bool:
    """Whether a part of a file is one of a log's own; of a trigger, to the letter."""
    return any(ours[:2] == part[:2] and (part.type != "trigger" or part == ours) for ours in own())


def parts(connection: Any) -> list[Part]:
    """The parts of a file."""
    return [Part(*row) for row in connection.execute(_OBJECTS).fetchall()]


def leave_only_the_log(path: Path) -> None:
    """Take out of a log's file what is not of the log itself, and put back what should guard it.

    What is derived from the facts is made anew from them; a trigger that somebody added does nothing any more.
    """
    with in_plain_words(path, writing=False), closing(connect(uri(path, read_only=False))) as connection:
        prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        for kind, is_virtual in _DROPPED_FIRST:
            for part in parts(connection):  # asked again: shadows go with the tables that cast them
                if part.type == kind and part.is_virtual >= is_virtual and not is_own(part):
                    connection.execute(f"DROP {kind} IF EXISTS {_quoted(part.name)}")
        there = {part.name for part in parts(connection)}
        for part in sorted(own(), key=lambda part: part.type == "trigger"):
            if part.name not in there:
                connection.execute(part.sql)
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def bring_up(path: Path) -> None:
    """Make the parts that a log of an earlier version lacks. Whoever else does the same at once makes nothing twice."""
    with in_plain_words(path, writing=False), closing(connect(uri(path, read_only=False))) as connection:
        prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        there = {part.name for part in parts(connection)}
        for part in sorted(own(), key=lambda part: part.type == "trigger"):
            if part.type == "table" and part.name not in there:
                connection.execute(part.sql)
        connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
        connection.execute("COMMIT")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

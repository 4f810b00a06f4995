"""Letting nothing remain of what was erased in the raw bytes of a log's file: free pages, gaps in pages, the file written ahead.

`secure_delete` overwrites what is deleted where it lay; copies that SQLite left behind when it moved rows between pages
go only when the file is written anew.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from decisionlog.domain.refusals import Unusable
from decisionlog.store.erasing import UNCLEAN
from decisionlog.store.sqlite_file import connect, in_plain_words, prepare, uri


def clean(path: Path, *, patient: bool = True) -> None:
    """Write the file anew without anything that is free, and empty the file written ahead.

    Positions are explicit, so none moves. May be repeated; another erasure that is recorded meanwhile stays to be cleaned.
    Without patience nobody is waited for.
    Raises `Unusable` where there is no room, or somebody reads what the file written ahead still holds.
    """
    with in_plain_words(path, writing=False), closing(connect(uri(path, read_only=False))) as connection:
        prepare(connection)
        run = connection.execute
        if not patient:
            run("PRAGMA busy_timeout=100")
        found = run("SELECT value FROM secrets WHERE name = ?", (UNCLEAN,)).fetchone()
        _empty_what_was_written_ahead(run, path)
        run("VACUUM")
        _empty_what_was_written_ahead(run, path)
        if found:
            run("DELETE FROM secrets WHERE name = ? AND value = ?", (UNCLEAN, found[0]))
            run("PRAGMA wal_checkpoint(TRUNCATE)")


def _empty_what_was_written_ahead(run: Callable[..., Any], path: Path) -> None:
    """Raises `Unusable` where somebody still reads from it."""
    if run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        msg = (
            f"Another program is reading {path}, so what was erased is still in the file beside it ({path.name}-wal). "
            "Close the other program; the next command cleans it."
        )
        raise Unusable(msg)

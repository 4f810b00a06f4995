"""What was made of rows, kept for as long as nothing is written to their database: not a fact, and not a row.

It is kept beside the connection that read it, which one question uses at a time, and goes with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from sqlalchemy import Connection

from decisionlog.store.databases import database_of

T = TypeVar("T")

_MOST: Final = 8
"""How many things are kept: what was made first goes first."""
_STATE: Final = "decisionlog state"
_KEPT: Final = "decisionlog kept"


def kept_while_unchanged(
    rows: Connection, what: tuple[Any, ...], make: Callable[[], T], fits: Callable[[T], bool]
) -> T:
    """What is kept under a name, where nothing was written since it was made and it `fits` still; else it is made anew.

    Where the database does not tell whether anything was written, nothing is kept.
    Whoever makes it may go on reading into it what is asked of it: what is asked for later is then read as it stands, and
    all of it is forgotten by the next question if anything was written meanwhile.
    """
    state = database_of(rows).state(rows.connection.dbapi_connection)
    if state is None:
        return make()
    beside = rows.info
    if beside.get(_STATE) != state:
        beside[_STATE], beside[_KEPT] = state, {}
    kept: dict[tuple[Any, ...], Any] = beside[_KEPT]
    if what not in kept or not fits(kept[what]):
        kept.pop(what, None)
        while len(kept) >= _MOST:
            del kept[next(iter(kept))]
        kept[what] = make()
    found: T = kept[what]
    return found

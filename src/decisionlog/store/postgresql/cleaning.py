"""Words that were erased leave the tables of the server: each table is written anew without what is free."""

from __future__ import annotations

from typing import Final

from psycopg.sql import SQL, Identifier

from decisionlog.addresses import Server
from decisionlog.store.erasing import UNCLEAN
from decisionlog.store.postgresql.connecting import connected

_OTHERS: Final = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename <> 'stored_events' ORDER BY tablename"


def clean(server: Server, *, patient: bool = True) -> None:
    """Write every table but that of the facts anew: in theirs no word was ever in clear.

    What PostgreSQL keeps elsewhere (archived WAL, standbys, base backups) is whoever runs the server's to renew.
    Raises `Unusable` where somebody holds a table, or this user may not.
    """
    with connected(server, as_role=False, patience=None) as connection:
        if not patient:
            connection.execute("SET lock_timeout = '100ms'")
        found = connection.execute("SELECT value FROM secrets WHERE name = ?", (UNCLEAN,)).fetchone()
        for (table,) in connection.execute(_OTHERS).fetchall():
            connection.execute(SQL("VACUUM (FULL) {}").format(Identifier(table)))
        if found:
            connection.execute("DELETE FROM secrets WHERE name = ? AND value = ?", (UNCLEAN, found[0]))

"""What a log consists of on a server: its schema, made once, and who may use it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from importlib.resources import files
from typing import Final

import psycopg
from psycopg import errors
from psycopg.sql import SQL, Identifier

from decisionlog.addresses import Server
from decisionlog.domain.refusals import Forbidden, NotFound, NotSound, Unusable
from decisionlog.store.postgresql.connecting import Connection, connected
from decisionlog.store.postgresql.role_names import roles_of, roles_to_be
from decisionlog.store.postgresql.roles import Given, give_roles

SCHEMA_VERSION: Final = 1


def make(server: Server) -> None:
    """Make the schema of a new log, and its roles where this user may make roles.

    Raises `FileExistsError` where the schema has a log already, `Unusable` where it cannot be made.
    """
    with connected(server, as_role=False) as connection:
        if has_log(connection, server.schema):
            raise FileExistsError(str(server))
        with connection.transaction():
            connection.execute(SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(server.schema)))
            if connection.execute("SELECT 1 FROM pg_tables WHERE schemaname = ?", (server.schema,)).fetchone():
                msg = f"The schema {server.schema} has tables of something else. Nothing was made; name another: ?schema=NAME."
                raise Unusable(msg)
            connection.execute(SQL(statements()))
            connection.execute("INSERT INTO written_by VALUES (?)", (SCHEMA_VERSION,))
        with suppress(Forbidden):
            give_roles(connection, server)


def give_roles_to(server: Server, recorders: Sequence[str], readers: Sequence[str]) -> Given:
    """Make the roles of a log where they are missing, and give them to users. Raises `Forbidden` and `NotFound`."""
    with connected(server, as_role=False) as connection:
        require_log(connection, server)
        for user in (*recorders, *readers):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = ?", (user,)).fetchone():
                msg = f"The server has no user '{user}'. Nothing was changed; make it first: createuser."
                raise NotFound(msg)
        with connection.transaction():
            given = give_roles(connection, server)
            for role, users in zip(given.roles, (recorders, readers), strict=True):
                for user in users:
                    connection.execute(SQL("GRANT {} TO {}").format(Identifier(role), Identifier(user)))
        return given


def without_roles(server: Server) -> str:
    """As whom this user is known to the server, where the roles of the log were not made; empty, where they were."""
    with connected(server, as_role=False) as connection:
        if roles_of(connection, server.schema):
            return ""
        return str((connection.execute("SELECT session_user").fetchone() or ("",))[0])


def remove(server: Server) -> None:
    """Take away the schema of a log that was not begun."""
    with suppress(psycopg.Error), connected(server, as_role=False) as connection:
        connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(server.schema)))


def require_log(connection: Connection, server: Server) -> None:
    """Refuse a schema that is not there, is not a log's, or was written by a newer program."""
    if not has_log(connection, server.schema):
        raise NotFound(_no_log(connection, server))
    may_look = connection.execute("SELECT has_schema_privilege(?, 'USAGE')", (server.schema,)).fetchone()
    if may_look == (False,):
        reader = (roles_of(connection, server.schema) or roles_to_be(connection, server.schema)).reader
        msg = f"{server} does not let this user read it. Ask whoever keeps it for the role {reader}."
        raise Unusable(msg)
    try:
        written_by = connection.execute("SELECT schema_version FROM written_by").fetchone()
    except errors.UndefinedTable:
        written_by = None
    if written_by is None:
        msg = f"{server} lacks the table that says by what it was written; it is damaged. Restore the last backup beside it."
        raise NotSound(msg)
    if written_by[0] > SCHEMA_VERSION:
        msg = (
            f"{server} was written by a newer decisionlog (schema {written_by[0]}; this one knows {SCHEMA_VERSION}). "
            "Nothing was done; install the newer version."
        )
        raise Unusable(msg)


def _no_log(connection: Connection, server: Server) -> str:
    """That there is none, the logs of this server that may be meant, and how one is made."""
    sql = "SELECT schemaname FROM pg_tables WHERE tablename = 'stored_events' AND has_schema_privilege(schemaname, 'USAGE')"
    there = [name for (name,) in connection.execute(sql).fetchall()]
    near = get_close_matches(server.schema, there, n=3, cutoff=0.6)
    meant = f" Did you mean {' or '.join(f'?schema={name}' for name in near)}?" if near else ""
    secret = " The password comes from PGPASSWORD, ~/.pgpass or a service file." if server.holds_password else ""
    made = f"decisionlog init '{server.without_password}' --name NAME --origin ORIGIN"
    return f"There is no log at {server.without_password}.{meant} Make one with: {made}{secret}"


def has_log(connection: Connection, schema: str) -> bool:
    """Whether a schema has the table of a log's facts."""
    sql = "SELECT 1 FROM pg_tables WHERE schemaname = ? AND tablename = 'stored_events'"
    return connection.execute(sql, (schema,)).fetchone() is not None


def statements() -> str:
    """The statements that make the tables of a log."""
    return files("decisionlog.store.postgresql").joinpath("schema.sql").read_text(encoding="utf-8")

"""The roles of a log on a server: made once, and given what belongs to whoever records or only reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from psycopg import errors
from psycopg.sql import SQL, Composed, Identifier

from decisionlog.addresses import Server
from decisionlog.domain.refusals import Forbidden
from decisionlog.store.postgresql.connecting import Connection
from decisionlog.store.postgresql.role_names import Roles, formerly_named, roles_of, roles_to_be

_TABLES: Final = (
    "stored_events, streams, requests, exports, vault, checkpoints, secrets, keys, positions_given, written_by".split(
        ", "
    )
)
"""Those of the log itself stay their owner's; what is made of them is the recorder's, who makes it anew."""
_GRANTS: Final = (
    "GRANT {recorder} TO {owner}",
    "GRANT {recorder} TO CURRENT_USER",
    "GRANT USAGE, CREATE ON SCHEMA {schema} TO {recorder}",
    "GRANT SELECT, INSERT ON stored_events, streams, requests, exports, vault, checkpoints, secrets, keys TO {recorder}",
    "GRANT UPDATE ON positions_given, vault, checkpoints, secrets, keys TO {recorder}",
    "GRANT DELETE ON requests, secrets, keys TO {recorder}",
    "GRANT SELECT ON positions_given, written_by TO {recorder}",
    "GRANT USAGE ON SCHEMA {schema} TO {reader}",
    "GRANT SELECT ON stored_events, streams, vault, requests, checkpoints, exports, positions_given, written_by TO {reader}",
    "GRANT SELECT ON keys TO {reader}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {recorder} IN SCHEMA {schema} GRANT SELECT ON TABLES TO {reader}",
)
"""Facts are added and read, never changed: what may be emptied lies beside them."""
_TAKEN_BACK: Final = (
    "ALTER DEFAULT PRIVILEGES FOR ROLE {recorder} IN SCHEMA {schema} REVOKE SELECT ON TABLES FROM {reader}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {recorder}, {reader}",
    "REVOKE ALL ON SCHEMA {schema} FROM {recorder}, {reader}",
)
"""From roles that other logs of the server have too."""
_OWNER: Final = "SELECT pg_get_userbyid(relowner), pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'stored_events'::regclass"
_MADE_OF_FACTS: Final = (
    "SELECT relname FROM pg_class WHERE relnamespace = ?::regnamespace AND relkind IN ('r', 'p', 'v', 'm') "
    "AND relname <> ALL(?) AND (pg_get_userbyid(relowner) = ANY(?) OR relowner IN (SELECT oid FROM pg_roles WHERE rolsuper))"
)
_HELD_BY: Final = (
    "SELECT pg_get_userbyid(member) FROM pg_auth_members WHERE roleid = (SELECT oid FROM pg_roles WHERE rolname = ?) "
    "AND member <> ALL(ARRAY[(SELECT relowner FROM pg_class WHERE oid = 'stored_events'::regclass), current_user::regrole]) ORDER BY 1"
)
"""Beside the owner, who has the new ones already."""


class Given(NamedTuple):
    """The roles of a log as they are now."""

    roles: Roles
    replaced: Roles | None
    """Those that it had before, and that may do nothing in it any more."""
    recorders: tuple[str, ...]
    """Who had a role that was replaced, and so has the one in its place."""
    readers: tuple[str, ...]


def give_roles(connection: Connection, server: Server) -> Given:
    """Make the roles of a log and let each do what it is for, whoever made what is there; also where they are there already.

    Raises `Forbidden` with what this user lacks.
    """
    roles = roles_to_be(connection, server.schema)
    owner, is_owner = connection.execute(_OWNER).fetchone() or ("", False)
    if not is_owner:
        msg = (
            f"The roles of {server} are made by {owner}, who owns it and needs CREATEROLE for it, or by a superuser of the server. "
            "Nothing was changed."
        )
        raise Forbidden(msg)
    try:
        with connection.transaction():
            return _give(connection, server.schema, roles, owner)
    except errors.InsufficientPrivilege as fault:
        raise Forbidden(_why_not(connection, server, roles, fault)) from fault


def _give(connection: Connection, schema: str, roles: Roles, owner: str) -> Given:
    had = roles_of(connection, schema)
    replaced = had if had != roles else None
    for role in roles:
        if not _is_there(connection, role):
            connection.execute(SQL("CREATE ROLE {} NOLOGIN").format(Identifier(role)))
    for grant in _GRANTS:
        connection.execute(_written(grant, schema, roles, owner))
    _hand_over(connection, schema, roles, [owner, *formerly_named(schema), *(had or ())])
    if replaced is None:
        return Given(roles, None, (), ())
    for taken in _TAKEN_BACK:
        connection.execute(_written(taken, schema, replaced, owner))
    return Given(roles, replaced, *(tuple(_pass_on(connection, *pair)) for pair in zip(replaced, roles, strict=True)))


def _hand_over(connection: Connection, schema: str, roles: Roles, owners: Sequence[str]) -> None:
    """Make what was made of the facts the recorder's, who must be able to make it anew, and let the reader read it."""
    for (name,) in connection.execute(_MADE_OF_FACTS, (schema, _TABLES, list(owners))).fetchall():
        for statement in ("ALTER TABLE {} OWNER TO {}", "GRANT SELECT ON {} TO {}"):
            role = roles.recorder if statement.startswith("ALTER") else roles.reader
            connection.execute(SQL(statement).format(Identifier(name), Identifier(role)))


def _pass_on(connection: Connection, old: str, new: str) -> Iterator[str]:
    """Whoever had a role has the one that is in its place."""
    for (user,) in connection.execute(_HELD_BY, (old,)).fetchall():
        connection.execute(SQL("GRANT {} TO {}").format(Identifier(new), Identifier(user)))
        yield user


def _written(statement: str, schema: str, roles: Roles, owner: str) -> Composed:
    names = {"schema": schema, "recorder": roles.recorder, "reader": roles.reader, "owner": owner}
    return SQL(statement).format(**{key: Identifier(name) for key, name in names.items()})


def _is_there(connection: Connection, role: str) -> bool:
    return connection.execute("SELECT 1 FROM pg_roles WHERE rolname = ?", (role,)).fetchone() is not None


def _why_not(connection: Connection, server: Server, roles: Roles, fault: errors.InsufficientPrivilege) -> str:
    """What an owner of a log lacks to make its roles, and who has it."""
    if there := [role for role in roles if _is_there(connection, role)]:
        names, them = " and ".join(there), "it" if len(there) == 1 else "them"
        return (
            f"The server has {names} already, and this user may not give {them} to anybody ({str(fault).partition(chr(10))[0]}). "
            f"Nothing was changed; whoever made {them}, or a superuser, may run: decisionlog roles."
        )
    return (
        f"This user owns {server}, and may not make roles. Nothing was changed; give this user CREATEROLE, or have a superuser "
        "of the server run: decisionlog roles."
    )

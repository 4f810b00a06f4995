"""What the roles of a log are called: roles are the whole server's, so their names say the database and the schema."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256
from typing import Any, Final, NamedTuple

_MOST: Final = 63
"""Bytes of a name; the server cuts off what is more."""
_DIGITS: Final = 24
_ADDS: Final = "_recorder"

MAY_ADD: Final = (
    "SELECT r.rolname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "CROSS JOIN LATERAL aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee "
    "WHERE n.nspname = ? AND c.relname = 'stored_events' AND a.privilege_type = 'INSERT'"
)
"""Of a schema: the roles that were given the table of its facts to add to."""


class Roles(NamedTuple):
    """The two roles of a log."""

    recorder: str
    """It may add facts, and neither change nor remove one."""
    reader: str
    """It may only read."""


def roles_named(database: str, schema: str) -> Roles:
    """What the roles of a log are called. Two logs of one server never have the same.

    A schema's name has no full stop, so the last one tells where it begins; and no `~`, which stands in names that were cut.
    """
    begun = f"{database}.{schema}"
    if not database.isascii() or len(f"{begun}_recorder") > _MOST:
        digest = sha256(begun.encode()).hexdigest()[:_DIGITS]
        kept = _MOST - len(f"~{digest}_recorder")
        begun = f"{begun.encode('ascii', 'ignore').decode()[:kept]}~{digest}"
    return Roles(f"{begun}_recorder", f"{begun}_reader")


def formerly_named(schema: str) -> Roles:
    """What they were called once: the same for every schema of that name on the server."""
    return Roles(f"{schema}_recorder", f"{schema}_reader")


def among(granted: Collection[str], database: str, schema: str) -> Roles | None:
    """The roles of a log by what was granted in it; none, where they were not made.

    Where the database was renamed or copied since, they are called after what it was.
    """
    of_another = (Roles(name, f"{name.removesuffix(_ADDS)}_reader") for name in sorted(granted) if _is_ours(name))
    known = (roles_named(database, schema), formerly_named(schema), *of_another)
    return next((roles for roles in known if roles.recorder in granted), None)


def _is_ours(name: str) -> bool:
    return name.endswith(_ADDS) and not {".", "~"}.isdisjoint(name)


def roles_of(connection: Any, schema: str) -> Roles | None:
    """The roles that a log has; none, where they were not made yet."""
    (database,) = connection.execute("SELECT current_database()").fetchone()
    return among([name for (name,) in connection.execute(MAY_ADD, (schema,)).fetchall()], database, schema)


def roles_to_be(connection: Any, schema: str) -> Roles:
    """What the roles of a log are called that are made now."""
    (database,) = connection.execute("SELECT current_database()").fetchone()
    return roles_named(database, schema)

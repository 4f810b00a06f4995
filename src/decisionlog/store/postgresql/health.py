"""What can be seen of a log's schema from outside its facts: the server's settings, guards, roles, standbys, room."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from decisionlog.addresses import Server
from decisionlog.store.postgresql import schema
from decisionlog.store.postgresql.connecting import connected
from decisionlog.store.postgresql.role_names import Roles, roles_of
from decisionlog.store.tree import HASH

_SETTINGS = "server_version fsync full_page_writes synchronous_commit data_checksums synchronous_standby_names".split()
_TRIGGERS = (
    "SELECT tgname, pg_get_triggerdef(t.oid) || ' ' || p.prosrc || ' ' || tgenabled::text FROM pg_trigger t "
    "JOIN pg_proc p ON p.oid = t.tgfoid WHERE tgrelid = 'stored_events'::regclass AND NOT tgisinternal"
)
_MAY_CHANGE = (
    "SELECT privilege FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS privilege "
    "WHERE has_table_privilege('stored_events', privilege)"
)
_OWNS = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'stored_events'::regclass"
_COUNTED = (
    "SELECT count(*), coalesce(max(notification_id), 0), (SELECT max(position) FROM positions_given), "
    "coalesce((SELECT length(nodes) FROM stored_events ORDER BY notification_id DESC LIMIT 1), 0) FROM stored_events"
)
_MISSING = (
    "SELECT coalesce(min(at + 1), 0) FROM (SELECT 0 AS at UNION ALL SELECT notification_id FROM stored_events) AS all_of_them "
    "WHERE at < (SELECT max(notification_id) FROM stored_events) "
    "AND NOT EXISTS (SELECT 1 FROM stored_events AS next WHERE next.notification_id = at + 1)"
)
_SIZE = "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c WHERE relnamespace = current_schema()::regnamespace"

GUARDS = frozenset(
    {
        "stored_events_stand_at_the_end",
        *(f"stored_events_are_never_{done}" for done in ("updated", "deleted", "emptied")),
    }
)
"""The triggers that keep the log append-only."""


class ServerHealth(NamedTuple):
    """The state of a log on a server."""

    version: str
    fsync: bool
    full_page_writes: bool
    synchronous_commit: str
    data_checksums: bool
    synchronous_standbys: str
    standbys: int | None
    """Those that follow now; none, where this user may not see it."""
    in_recovery: bool
    triggers: frozenset[str]
    """Those of the log's own guards that are there, to the letter, and are fired."""
    strange_triggers: tuple[str, ...]
    acts_as: str
    """The role in which facts are recorded."""
    signed_in: str
    """The user who asks, whatever role it takes."""
    roles: Roles | None
    """The log's own; none, where they were not made."""
    may_add: bool
    may_change: tuple[str, ...]
    """What the role may do to facts beyond adding and reading, if no guard refuses it."""
    owns: bool
    """Whether it could take the guards away."""
    facts: int
    last: int
    given: int
    missing: int
    """The first position before the last fact that has no row; 0, where there is none."""
    completed: int
    """How many nodes of the tree the last fact carries."""
    writable: bool
    bytes: int


def examine(server: Server) -> ServerHealth:
    """Look at a log's schema, changing nothing. Raises the refusals of its store."""
    with connected(server) as connection:
        schema.require_log(connection, server)

        def one(sql: str) -> object:
            found = connection.execute(sql).fetchone()
            return found[0] if found else None

        settings = {name: str(one(f"SHOW {name}")) for name in _SETTINGS}
        triggers = dict(connection.execute(_TRIGGERS).fetchall())
        facts, last, given, nodes = connection.execute(_COUNTED).fetchone() or (0, 0, 0, 0)
        in_recovery = bool(one("SELECT pg_is_in_recovery()"))
        acts_as = str(one("SELECT current_user"))
        may_add = bool(one("SELECT has_table_privilege('stored_events', 'INSERT')"))
        return ServerHealth(
            version=settings["server_version"],
            fsync=settings["fsync"] == "on",
            full_page_writes=settings["full_page_writes"] == "on",
            synchronous_commit=settings["synchronous_commit"],
            data_checksums=settings["data_checksums"] == "on",
            synchronous_standbys=settings["synchronous_standby_names"],
            standbys=_standbys(server),
            in_recovery=in_recovery,
            triggers=frozenset(name for name, written in triggers.items() if _is_ours(name, written)),
            strange_triggers=tuple(sorted(triggers.keys() - GUARDS)),
            acts_as=acts_as,
            signed_in=str(one("SELECT session_user")),
            roles=roles_of(connection, server.schema),
            may_add=may_add,
            may_change=tuple(row[0] for row in connection.execute(_MAY_CHANGE)),
            owns=bool(one(_OWNS)),
            facts=facts,
            last=last,
            given=given or 0,
            missing=int(str(one(_MISSING))) if facts != last else 0,
            completed=nodes // HASH,
            writable=not in_recovery and may_add,
            bytes=int(str(one(_SIZE))),
        )


def _standbys(server: Server) -> int | None:
    """How many standbys follow; none, where this user may not see it."""
    with connected(server, as_role=False) as connection:
        allowed = connection.execute("SELECT pg_has_role('pg_monitor', 'MEMBER')").fetchone()
        if not allowed or not allowed[0]:
            return None
        found = connection.execute("SELECT count(*) FROM pg_stat_replication").fetchone()
        return int(found[0]) if found else 0


def _is_ours(name: str, written: str) -> bool:
    """Whether a trigger does what ours does, and is not switched off."""
    return name in GUARDS and _body(name) in written and written.endswith(" O")


@cache
def _body(guard: str) -> str:
    """The body of one of our own guards, as the statements that make a schema have it."""
    _, at_the_end, _, never, *_ = schema.statements().split("$$")
    return at_the_end if guard == "stored_events_stand_at_the_end" else never

"""Connections to the server of a log: bounded in time, on its schema, as the role that can only add."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl, urlsplit

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from decisionlog.addresses import Server
from decisionlog.domain.refusals import BadInput
from decisionlog.store.postgresql.faults import in_plain_words
from decisionlog.store.postgresql.role_names import MAY_ADD, among

LOCK_TIMEOUT: Final = 5
"""Seconds that a writer waits for another."""
PATIENCE: Final = 12.0
"""Seconds that one answer of the server may take: a network that was cut gives none."""

_BOUNDED: Final = {
    "connect_timeout": "5",
    "keepalives": "1",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
    "application_name": "decisionlog",
    "client_encoding": "utf8",
}
"""What the database's own library should do where the address does not say; without it a cut hangs for minutes."""
_SESSION: Final = {
    "lock_timeout": f"{LOCK_TIMEOUT}s",
    "idle_in_transaction_session_timeout": "60s",
    "timezone": "UTC",
    "default_transaction_isolation": "read\\ committed",
}


_Answer = TypeVar("_Answer")


class Connection(psycopg.Connection[Any]):
    """A connection that takes `?` for a value, as SQLite does, and that does not wait for ever."""

    patience: float | None = PATIENCE

    def wait(self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None) -> _Answer:
        """As the library waits, but for so long only."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.errors._WaitTimeout as late:  # noqa: SLF001 - the library gives it no other name
            if timeout is not None:  # whoever asks for a time of their own knows what to do when it is over
                raise
            self.close()
            msg = f"the server gave no answer within {self.patience:g} seconds"
            raise psycopg.OperationalError(msg) from late


class _Cursor(psycopg.Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(marked(query) if isinstance(query, str) else query, params, **options)

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        super().executemany(marked(query) if isinstance(query, str) else query, params_seq, **options)


@lru_cache(maxsize=4_096)
def marked(query: str) -> str:
    """A statement with the driver's own mark for a value in the place of `?`."""
    return query.replace("%", "%%").replace("?", "%s") if "?" in query else query


def parts_of(server: Server) -> dict[str, Any]:
    """The parts of an address, as the database's own library reads it. Raises `BadInput`."""
    try:
        return conninfo_to_dict(server.url)
    except psycopg.ProgrammingError as wrong:
        msg = f"{server} cannot be read as an address of PostgreSQL ({str(wrong).strip()}). Nothing was done."
        raise BadInput(msg) from wrong


def connect(server: Server, *, as_role: bool = True) -> Connection:
    """A connection in autocommit mode on the log's schema. Raises `psycopg.Error`.

    Whoever connects takes the role that may record, where they have it: even an owner then cannot change a fact by accident.
    """
    given = dict(parse_qsl(urlsplit(server.url).query))
    session = {**_SESSION, "search_path": server.schema}
    options = " ".join([given.get("options", ""), *(f"-c {name}={value}" for name, value in session.items())]).strip()
    bounded: dict[str, Any] = {name: value for name, value in _BOUNDED.items() if name not in given}
    parts_of(server)
    connection = Connection.connect(server.url, autocommit=True, cursor_factory=_Cursor, options=options, **bounded)
    assert isinstance(connection, Connection)
    try:
        _settle(connection, server.schema, as_role=as_role)
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(connection: Connection, schema: str, *, as_role: bool) -> None:
    found = connection.execute(
        "SELECT current_setting('synchronous_commit'), current_database(), "
        f"ARRAY({MAY_ADD} AND pg_has_role(session_user, r.oid, 'MEMBER'))",
        (schema,),
    ).fetchone()
    assert found is not None, "a setting is always there"
    if found[0] in {"off", "local"}:
        connection.execute("SET synchronous_commit = on")  # what was said to be recorded must survive
    roles = among(found[2], found[1], schema)
    if as_role and roles:
        connection.execute(SQL("SET ROLE {}").format(Identifier(roles.recorder)))


@contextmanager
def connected(server: Server, *, as_role: bool = True, patience: float | None = PATIENCE) -> Iterator[Connection]:
    """A connection for the length of a `with`; its faults leave in plain words."""
    with in_plain_words(server, writing=False):
        connection = connect(server, as_role=as_role)
        connection.patience = patience
        with connection:
            yield connection

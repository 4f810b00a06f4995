"""Where a log lies: in a file, or in a schema of a PostgreSQL server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from msgspec import Struct

SCHEMA: Final = "decisionlog"
"""The schema of a log where its address names none."""

_SERVERS: Final = ("postgresql", "postgres")
_SCHEMA: Final = re.compile(r"[a-z][a-z0-9_]{0,47}")
_TAKEN: Final = frozenset({"public", "information_schema"})
"""Schemas that are the server's, or everybody's."""
_THIS_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})
_VERIFIED: Final = "verify-full"


class BadAddress(ValueError):
    """An address that cannot be a log's; its sentence says why."""


class Server(Struct, frozen=True):
    """A log on a server. `url` is as the database's own library reads it; it may hold a password, `shown` does not."""

    url: str
    schema: str

    @property
    def shown(self) -> str:
        """The address for people."""
        parts = urlsplit(self.url)
        user, at, hosts = parts.netloc.rpartition("@")
        name, colon, _ = user.partition(":")
        query = parse_qsl(parts.query)
        hidden = [(key, "***" if key == "password" else value) for key, value in query]
        hidden += [("schema", self.schema)] if self.schema != SCHEMA else []
        netloc = f"{name}{':***' if colon else ''}{at}{hosts}"
        return _written(netloc, parts.path, urlencode(hidden, safe="*/,"))

    @property
    def without_password(self) -> str:
        """The address as it can be typed again: its password is left out, and comes from elsewhere."""
        return (
            self.shown.replace(":***@", "@")
            .replace("?password=***&", "?")
            .replace("&password=***", "")
            .replace("?password=***", "")
        )

    @property
    def holds_password(self) -> bool:
        """Whether a password stands in the address, where whoever sees the process list sees it."""
        parts = urlsplit(self.url)
        return ":" in parts.netloc.rpartition("@")[0] or "password" in dict(parts_of(parts.query))

    @property
    def is_elsewhere(self) -> bool:
        """Whether its words cross a network."""
        parts = urlsplit(self.url)
        named = dict(parts_of(parts.query)).get("host") or parts.netloc.rpartition("@")[2]
        hosts = (re.sub(r":\d+$", "", host) for host in unquote(named).split(","))
        return any(host and not host.startswith("/") and host not in _THIS_MACHINE for host in hosts)

    @property
    def is_unguarded(self) -> bool:
        """Whether its words cross a network without the server having proved who it is (`sslmode=verify-full`)."""
        return self.is_elsewhere and dict(parts_of(urlsplit(self.url).query)).get("sslmode") != _VERIFIED

    def __str__(self) -> str:
        return self.shown


Place = Path | Server


def place_of(log: str) -> Place:
    """The place that a log's address names. Raises `BadAddress`."""
    return _server_of(log) if log.partition("://")[0] in _SERVERS and "://" in log else path_of(log)


def path_of(log: str) -> Path:
    """The path that an address names. Raises `BadAddress` for one that is no file's."""
    scheme, separator, rest = log.partition("://")
    if not separator:
        return _expanded(log)
    if scheme == "sqlite":
        return _expanded(rest.removeprefix("/"))
    shown = scheme if scheme.isidentifier() else log[:20]
    if scheme in _SERVERS:
        msg = f"A file is needed here, and {shown}:// is a server; write a path."
    else:
        msg = (
            f"A log at {shown}:// cannot be opened; write a path, sqlite:///PATH (sqlite:////PATH for an absolute one), "
            "or postgresql://HOST/DATABASE?schema=NAME."
        )
    raise BadAddress(msg)


def parts_of(query: str) -> list[tuple[str, str]]:
    """The names and values of the end of an address."""
    return parse_qsl(query, keep_blank_values=True)


def key_beside(place: Place) -> Path:
    """Where the key of a log lies if nothing else is said: beside its file, or here, under the name of its schema."""
    return Path(f"{place.schema}.key") if isinstance(place, Server) else place.with_suffix(".key")


def _server_of(log: str) -> Server:
    try:
        parts = urlsplit(log)
    except ValueError as wrong:
        msg = f"The address of the server cannot be read ({wrong}); write postgresql://HOST/DATABASE?schema=NAME."
        raise BadAddress(msg) from wrong
    options = parts_of(parts.query)
    names = [name for name, _ in options]
    if parts.fragment or len(set(names)) < len(names):
        msg = "The address of the server has a part twice, or a '#' in it (written %23); write postgresql://HOST/DATABASE?schema=NAME."
        raise BadAddress(msg)
    schema = dict(options).get("schema", SCHEMA)
    if not _SCHEMA.fullmatch(schema) or schema.startswith("pg_") or schema in _TAKEN:
        msg = f"'{schema[:60]}' cannot be the schema of a log; a letter, then letters, digits and _, in small letters, 48 at most."
        raise BadAddress(msg)
    if not parts.path.strip("/"):
        msg = "The address of the server names no database; write postgresql://HOST/DATABASE?schema=NAME."
        raise BadAddress(msg)
    rest = urlencode([(name, value) for name, value in options if name != "schema"], safe="/,")
    return Server(_written(parts.netloc, parts.path, rest), schema)


def _written(netloc: str, path: str, query: str) -> str:
    return f"postgresql://{netloc}{path}{'?' if query else ''}{query}"


def _expanded(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError as unknown:
        msg = f"{path} begins with a home folder that is not known here; write the whole path."
        raise BadAddress(msg) from unknown

"""`doctor` of a log on a server: what the server promises, who may do what, and whether its words cross a network in clear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.addresses import Server
from decisionlog.domain.answers.standing import Check
from decisionlog.store.log import Log
from decisionlog.store.postgresql.health import GUARDS, ServerHealth, examine
from decisionlog.store.tree import completed_by

_OLDEST: Final = 14
_MEGABYTE: Final = 1024 * 1024
_DURABLE: Final = frozenset({"on", "remote_write", "remote_apply"})


def checks_of(server: Server, log: Log) -> Iterator[Check]:
    """A line for each thing that can be seen of the server and the schema. Raises the refusals of the store."""
    health = examine(server)
    yield _version(health)
    yield _durability(health)
    yield _pages(health)
    yield _standby(health)
    yield from _way_there(server)
    yield _permission(health)
    yield Check("ok", "contents", f"a log in the schema {server.schema}")
    yield _guards(health)
    yield _facts(log, health)


def _version(health: ServerHealth) -> Check:
    recent = int(health.version.partition(".")[0]) >= _OLDEST
    remedy = "" if recent else f"It is no longer mended; move to PostgreSQL {_OLDEST} or later."
    return Check(
        "ok" if recent else "warn", "PostgreSQL", f"{health.version}, {health.bytes // _MEGABYTE:,} MB", remedy
    )


def _durability(health: ServerHealth) -> Check:
    off = [name for name in ("fsync", "full_page_writes") if not getattr(health, name)]
    if health.synchronous_commit not in _DURABLE:
        off.append("synchronous_commit")
    if off:
        remedy = "A power cut can lose what was recorded: set them to on, and reload the server."
        return Check("fail", "durability", f"off: {', '.join(off)}", remedy)
    return Check("ok", "durability", f"fsync, full_page_writes, synchronous_commit {health.synchronous_commit}")


def _pages(health: ServerHealth) -> Check:
    if health.data_checksums:
        return Check("ok", "database", "pages carry checksums")
    remedy = (
        "A disk that changes a page is noticed by decisionlog verify only; pg_checksums --enable has the server notice."
    )
    return Check("warn", "database", "pages carry no checksums", remedy)


def _standby(health: ServerHealth) -> Check:
    if health.in_recovery:
        return Check("ok", "standby", "this is one: it can be read, and what is recorded arrives a moment later")
    if health.synchronous_standbys:
        return Check("ok", "standby", f"waited for when recording: {health.synchronous_standbys}")
    if health.standbys is None:
        return Check("ok", "standby", "this user may not see whether there is one; none is waited for")
    if health.standbys:
        remedy = "Replication is asynchronous: a failover may lose the newest facts. Set synchronous_standby_names."
        return Check("warn", "standby", f"{health.standbys} follow, and none is waited for", remedy)
    return Check("warn", "standby", "none", "If this server is lost, so is what came after the last backup.")


def _way_there(server: Server) -> Iterator[Check]:
    if server.is_unguarded:
        remedy = "Add sslmode=verify-full to the address, so that the server proves who it is."
        yield Check("fail", "place", "its words cross a network, and the server need not prove who it is", remedy)
    else:
        yield Check(
            "ok", "place", "a server elsewhere, verified by TLS" if server.is_elsewhere else "a server on this computer"
        )
    if server.holds_password:
        remedy = "Put it into ~/.pgpass or a service file: an address is seen in process lists and histories."
        yield Check("warn", "secrecy", "the address holds a password", remedy)
    else:
        yield Check("ok", "secrecy", "no password in the address; who may read the words, the server's own roles say")


def _permission(health: ServerHealth) -> Check:
    if health.writable:
        return Check("ok", "permission", "can be written")
    remedy = f"Reading works; to record, whoever keeps the server runs: decisionlog roles --recorder {health.signed_in}"
    return Check("warn", "permission", "can only be read", "" if health.in_recovery else remedy)


def _guards(health: ServerHealth) -> Check:
    missing = sorted(GUARDS - health.triggers)
    said = [f"missing, altered or switched off: {', '.join(missing)}"] * bool(missing)
    said += [f"triggers added: {', '.join(health.strange_triggers)}"] * bool(health.strange_triggers)
    if said:
        remedy = "Somebody changed what keeps the log from being changed; compare with an export or a backup."
        return Check("fail", "append-only", "; ".join(said), remedy)
    guards, who = f"{len(GUARDS)} guards in place", health.acts_as
    if health.owns and not health.in_recovery:
        found = f"{guards}, and {who}, who records and owns the table of the facts, could take them away"
        return Check("warn", "append-only", found, _remedy(health))
    if health.may_change and not health.in_recovery:
        found = f"{guards}, and they alone refuse {who} {', '.join(health.may_change)}"
        return Check("warn", "append-only", found, _remedy(health))
    if not health.may_add:
        return Check("ok", "append-only", f"{guards}, read by {who}, who may only read")
    return Check("ok", "append-only", f"{guards}, recorded by {who}, who may only add")


def _remedy(health: ServerHealth) -> str:
    """How the user comes to record in a role that may only add."""
    whoever = "whoever keeps the server" if health.roles else "somebody who may make roles"
    return f"Have {whoever} run: decisionlog roles --recorder {health.signed_in}"


def _facts(log: Log, health: ServerHealth) -> Check:
    size = health.last
    facts = f"{size:,} fact{'s' * (size != 1)}"
    if health.facts != health.last:
        gone = f"{health.last - health.facts:,} of them missing, the first at position {health.missing:,}"
        return Check(
            "fail", "tree", f"{facts}, {gone}", "decisionlog verify names what is still sound; then restore a backup."
        )
    if health.given > size:
        found = f"{facts}, and there were {health.given:,}: the end was removed"
        return Check("fail", "tree", found, "decisionlog verify names what is still sound; then restore a backup.")
    if health.completed != completed_by(size):
        found = f"{facts}, but the last carries {health.completed} of its {completed_by(size)} nodes"
        return Check(
            "fail", "tree", found, "Facts and tree do not belong together; compare with an export or a backup."
        )
    return Check("ok", "tree", f"{facts}, none missing, root {log.root(size).hex()[:16]}")

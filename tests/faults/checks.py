"""What must hold of a log's file after any fault, computed again from the stored bytes without our store."""

from __future__ import annotations

import json
import sqlite3
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as engine
import rfc8785

from decisionlog.domain.references import fold


def connect(path: Path) -> Any:
    """A plain connection, as any other program would make it. It recovers what a killed process left."""
    return engine.connect(path, isolation_level=None)


def find_damage(path: Path) -> list[str]:
    """Everything that is not as it must be, in words; nothing, if the file is sound."""
    try:
        with closing(connect(path)) as file:
            found = [f"integrity_check: {row[0]}" for row in file.execute("PRAGMA integrity_check") if row[0] != "ok"]
            facts = file.execute(
                "SELECT rowid, originator_id, originator_version, topic, state FROM stored_events"
            ).fetchall()
            facts.sort()
            found += _facts(facts)
            stated = [json.loads(fact[4]) for fact in facts]
            found += _tree(file, [fact[4] for fact in facts])
            found += _batches(file, stated)
            found += _names(file, stated)
            found += _vault(file, stated)
            return found
    except (engine.DatabaseError, sqlite3.DatabaseError, ValueError, KeyError, TypeError) as unreadable:
        return [f"cannot be read: {unreadable!r}"]


def root(leaves: list[bytes]) -> bytes:
    """The root of a Merkle tree, straight from RFC 6962, section 2.1."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()


def stored_bytes(path: Path) -> list[bytes]:
    """The bytes of every fact, in order."""
    with closing(connect(path)) as file:
        return [row[0] for row in file.execute("SELECT state FROM stored_events ORDER BY rowid")]


def batches(path: Path) -> dict[str, tuple[int, int]]:
    """Every act of recording, with its first and last position."""
    found: dict[str, tuple[int, int]] = {}
    for position, state in enumerate(stored_bytes(path), start=1):
        name = json.loads(state)["batch"]
        found[name] = (found.get(name, (position,))[0], position)
    return found


def _facts(facts: list[tuple[Any, ...]]) -> Iterator[str]:
    versions: dict[str, int] = {}
    latest = ""
    for expected, (position, stream, n, topic, state) in enumerate(facts, start=1):
        if position != expected:
            yield f"position {position} stands where {expected} should"
        fact = json.loads(state)
        if (fact["stream"], fact["n"], fact["type"]) != (stream, n, topic):
            yield f"fact {position} is not what its row says"
        if rfc8785.dumps(fact) != state:
            yield f"fact {position} is not canonical"
        if n != versions.get(stream, 0) + 1:
            yield f"{stream} goes from version {versions.get(stream, 0)} to {n} at position {position}"
        versions[stream] = n
        if fact["recorded_at"] < latest:
            yield f"fact {position} was recorded before the one above it"
        latest = fact["recorded_at"]


def _tree(file: Any, leaves: list[bytes]) -> Iterator[str]:
    """Each fact carries the nodes that it completes, its own leaf hash first."""
    nodes: list[bytes] = []
    open_ends: list[tuple[int, bytes]] = []
    for leaf in leaves:
        level, node = 0, sha256(b"\x00" + leaf).digest()
        completed = node
        while open_ends and open_ends[-1][0] == level:
            node = sha256(b"\x01" + open_ends.pop()[1] + node).digest()
            completed += node
            level += 1
        open_ends.append((level, node))
        nodes.append(completed)
    stored = [row[0] for row in file.execute("SELECT nodes FROM stored_events ORDER BY rowid")]
    if stored != nodes:
        yield "the nodes of the tree are not those of the facts"
    top = open_ends.pop()[1] if open_ends else sha256(b"").digest()
    while open_ends:
        top = sha256(b"\x01" + open_ends.pop()[1] + top).digest()
    if top != root(leaves):
        yield "the nodes do not lead to the root"


def _batches(file: Any, facts: list[dict[str, Any]]) -> Iterator[str]:
    runs: list[list[Any]] = []
    for position, fact in enumerate(facts, start=1):
        stated = (fact["batch"], fact["recorded_at"], fact["recorded_by"], fact.get("clock"))
        if not runs or runs[-1][0] != stated:
            runs.append([stated, position, position])
        runs[-1][2] = position
    if len({run[0][0] for run in runs}) != len(runs):
        yield "a batch is in two places"
    answered = [tuple(row) for row in file.execute("SELECT first, last FROM requests")]
    if not {(run[1], run[2]) for run in runs}.issuperset(answered):
        yield "a request was answered by what is not a whole batch"
    if len(answered) != len(set(answered)):
        yield "two requests were answered by one batch"


def _names(file: Any, facts: list[dict[str, Any]]) -> Iterator[str]:
    given: dict[tuple[str, str, str], int] = {}
    for position, fact in enumerate(facts, start=1):
        kind, _, key = fact["stream"].partition(":")
        if fact["n"] == 1 or fact["type"] == "record.renumbered":
            ref, issuer = fact["data"].get("ref", key), fact["data"].get("issuer", "")
            for name in (key, ref) if fact["n"] == 1 else (ref,):
                given.setdefault((f"{kind}:{fold(name)}", issuer, fact["stream"]), position)
    stored = {tuple(row) for row in file.execute("SELECT name, issuer, stream, position FROM streams")}
    if stored != {(*name, position) for name, position in given.items()}:
        yield f"{len(stored)} names are not the {len(given)} of the facts"


def _vault(file: Any, facts: list[dict[str, Any]]) -> Iterator[str]:
    rows = file.execute("SELECT position, digest, salt, value FROM vault").fetchall()
    for position, digest, salt, value in rows:
        disclosure = urlsafe_b64encode(rfc8785.dumps([salt, json.loads(value)])).rstrip(b"=")
        if urlsafe_b64encode(sha256(disclosure).digest()).rstrip(b"=").decode() != digest:
            yield f"what lies behind a commitment of fact {position} does not open it"
    sealed = {(position, digest) for position, fact in enumerate(facts, start=1) for digest in _commitments(fact)}
    if sealed != {(row[0], row[1]) for row in rows}:
        yield f"{len(rows)} sealed values are not the {len(sealed)} of the facts"


def _commitments(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.keys() == {"$private"}:
            yield value["$private"]
        for inner in value.values():
            yield from _commitments(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _commitments(inner)


def unlike_a_rebuild(path: Path) -> list[str]:
    """Where the read models in the file differ from the same models built anew from the log, row by row."""
    from decisionlog.bootstrap import MODELS, open_log
    from decisionlog.store.catch_up import ReadModels, engine_of

    found = []
    with open_log(path) as opened:
        size = opened.log.head().size
        anew = ReadModels(opened.log, engine_of(None), MODELS)
        anew.catch_up()
        found += [f"{s.name} stands at {s.position} of {size}" for s in opened.models.standings() if s.position != size]
        with opened.models.reading() as kept, anew.reading() as built:
            for model in MODELS:
                rows, wanted = (
                    sorted(map(tuple, side.exec_driver_sql(f"SELECT * FROM {model.name}"))) for side in (kept, built)
                )
                found += [f"{model.name} has a row twice: {one}" for one, other in pairwise(rows) if one == other]
                if rows != wanted:
                    found.append(f"{model.name} has {len(rows)} rows that are not the {len(wanted)} of a rebuild")
    return found

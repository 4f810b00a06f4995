"""What lies beside the facts of a log: names, requests, and the database's own order, each held against the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import orjson
from msgspec import Struct

from decisionlog.audit.stretch import RENUMBERED, Name, digest_of_names
from decisionlog.audit.vault import FIRST, Fault, number
from decisionlog.store.transfer import names_of

if TYPE_CHECKING:
    from decisionlog.store.raw import AnyRawLog


class Beside(Struct):
    """What was read of it: how the names of each stretch are kept, and what the database's own check says."""

    names: list[bytes]
    complaint: str


def read_beside(raw: AnyRawLog, after: int, ends: Sequence[int]) -> Beside:
    """What lies beside the facts after a position, in stretches that end at these."""
    return Beside(list(_names_kept(raw, after, ends)), raw.complaints(after))


def faults_beside(raw: AnyRawLog, after: int, size: int, names: Sequence[bytes], read: Beside) -> Iterator[Fault]:
    """What does not fit to the facts, which give names of these digests, stretch by stretch."""
    if read.names != names:
        yield from _names_that_differ(raw, after, size)
    if (given := raw.positions_given()) > size:
        yield Fault(0, f"The log has {size:,} facts and had {given:,}: its end was removed.")
    if beyond := raw.requests_beyond(size):
        what = "A request is" if beyond == 1 else f"{beyond:,} requests are"
        yield Fault(0, f"{what} said to be answered by facts that the log does not have.")
    if read.complaint != "ok":
        yield Fault(0, f"The database is damaged: {read.complaint}.")


def _names_kept(raw: AnyRawLog, after: int, ends: Sequence[int]) -> Iterator[bytes]:
    """The digest of the names that are kept of each stretch; one more, where there are more than those."""
    kept = raw.names(after)
    row = next(kept, None)
    for until in ends:
        names: list[Name] = []
        while row is not None and number(row[3]) <= until:
            names.append(row)
            row = next(kept, None)
        yield digest_of_names(names)
    if row is not None:
        yield b""


def _names_that_differ(raw: AnyRawLog, after: int, size: int) -> Iterator[Fault]:
    """Names that the facts give and the table lacks, and the other way round."""
    given: dict[tuple[Any, ...], int] = {}
    for position, stream, n, type_, _, state, _, _ in raw.rows(after):
        if n == 1 or type_ == RENUMBERED:
            for name in names_of(stream, n, position, orjson.loads(state or b"{}")["data"]):
                given.setdefault(name[:3], position)  # the same name given again is kept as it was given first
    kept = {(name, issuer, stream): position for name, issuer, stream, position in raw.names(after)}
    missing = [(given[name], name, "is missing") for name in given if kept.get(name) != given[name]]
    strange = [(kept[name], name, "was given by no fact") for name in kept if kept[name] != given.get(name)]
    for position, (name, _, stream), what in sorted(missing + strange, key=lambda one: number(one[0]))[:FIRST]:
        yield Fault(
            number(position) if number(position) <= size else 0,
            f"In the table of names, '{name}' of {stream} {what}.",
        )


def origin_of(raw: AnyRawLog) -> str:
    """What position 1 calls the log."""
    data = fact_at(raw, 1).get("data")
    return str(data.get("origin", "")) if isinstance(data, dict) else ""


def fact_at(raw: AnyRawLog, position: int) -> dict[str, Any]:
    """What the bytes at a position hold, as far as they can be read."""
    row = raw.row(position)
    try:
        fact = orjson.loads(row.state or b"") if row else None
    except orjson.JSONDecodeError:
        fact = None
    return fact if isinstance(fact, dict) else {}

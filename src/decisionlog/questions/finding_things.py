"""From what people call a thing to the thing, and back to what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts import KINDS
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.projections import register
from decisionlog.store.bitemporal import AsOf
from decisionlog.store.directory import name_of
from decisionlog.store.log import Log

_SUGGESTED_FROM = 5_000


def find(log: Log, reference: str) -> str:
    """The stream that a REF names: a ref, `kind:ref`, `issuer:ref`, or the fact at a position (`@12`).

    Raises `NotFound` with the nearest references, and `BadInput` where several things fit.
    """
    if reference.startswith("@") and reference[1:].isdecimal():
        return _at_position(log, int(reference[1:]))
    prefix, rest = split(reference)
    matches = _named(log, (prefix,), rest) if prefix in KINDS else _named(log, KINDS, reference)
    if not matches and prefix and prefix not in KINDS:
        matches = [row for row in _named(log, KINDS, rest) if split(row[1])[1] == prefix]
    streams = list(dict.fromkeys(stream for stream, _ in matches))
    if not streams:
        raise NotFound(
            f"Nothing here is called '{reference}'.{_nearest(log, prefix, rest if prefix in KINDS else reference)}"
        )
    exact = [stream for stream in streams if stream == reference]
    if len(streams) > 1 and not exact:
        msg = f"'{reference}' fits several things: {', '.join(streams)}. Write the one that is meant."
        raise BadInput(msg)
    return exact[0] if exact else streams[0]


def names_of(log: Log, rows: Connection, streams: Iterable[str], point: AsOf) -> dict[str, str]:
    """What things are called, as far as a name is recorded and open or can be opened."""
    found = [known for stream in dict.fromkeys(streams) if (known := _known(rows, stream, point))]
    titles = titles_of(log, found)
    called = {known.stream: known.thing.name or titles.get(known.stream, "") for known in found}
    return {stream: name for stream, name in called.items() if name and name != split(stream)[1]}


def _known(rows: Connection, stream: str, point: AsOf) -> register.Registered | None:
    """A thing as at the day asked about; or, if it was first met later, as it was first met: a name is no act."""
    return register.thing(rows, stream, point) or register.thing(rows, stream, point._replace(on=OPEN_END - 1))


def titles_of(log: Log, things: Iterable[register.Registered]) -> dict[str, str]:
    """The sealed titles and names of things, as far as they can be opened; `withheld` where they cannot."""
    sealed = {known.stream: known.thing for known in things if known.thing.title}
    opened = {o.digest: o.value for o in log.recorder.openings({known.title_position for known in sealed.values()})}
    return {stream: str(opened.get(known.title, "withheld")) for stream, known in sealed.items()}


def references_in(value: Any) -> set[str]:
    """Every text in plain data that is a reference kind:key."""
    if isinstance(value, str):
        return {value} if split(value)[0] in KINDS else set()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return set().union(*(references_in(item) for item in inner)) if inner else set()


def mentioned_in(part: Any) -> set[str]:
    """Every reference in an answer or in a part of one."""
    if not is_dataclass(part):
        return references_in(part)
    found: set[str] = set()
    for field in fields(part):
        value = getattr(part, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            found |= mentioned_in(one)
    return found


def _at_position(log: Log, position: int) -> str:
    fact = next(log.facts(position - 1, position), None) if position else None
    if fact is None:
        msg = f"There is no fact at position {position}; the log has {log.head().size}."
        raise NotFound(msg)
    return fact.stream


def _named(log: Log, kinds: Iterable[str], ref: str) -> list[tuple[str, str]]:
    names = [name_of(kind, ref) for kind in kinds]
    return [(standing.named.stream, standing.named.issuer) for standing in log.recorder.named(names)]


def _nearest(log: Log, prefix: str, ref: str) -> str:
    kinds = (prefix,) if prefix in KINDS else KINDS
    known = (row for kind in kinds for row in log.recorder.names_of_kind(kind, _SUGGESTED_FROM))
    names = {split(row.name)[1]: row.stream for row in known}
    near = get_close_matches(fold(ref), names, n=3, cutoff=0.6)
    if near:
        return f" Did you mean {' or '.join(names[name] for name in near)}?"
    return " `decisionlog list KIND` shows what there is."

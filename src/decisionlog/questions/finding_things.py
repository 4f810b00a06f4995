"""From what people call a thing to the thing, and back to what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts import KINDS
from decisionlog.domain.references import split
from decisionlog.projections import register
from decisionlog.store.bitemporal import AsOf
from decisionlog.store.finding import find
from decisionlog.store.log import Log

__all__ = ["find", "names_of", "references_in", "titles_of"]


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
    if isinstance(part, tuple):
        return set[str]().union(*map(mentioned_in, part))
    if not is_dataclass(part):
        return references_in(part)
    return set[str]().union(*(mentioned_in(getattr(part, field.name)) for field in fields(part)))

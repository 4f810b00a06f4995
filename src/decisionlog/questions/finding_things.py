"""From what people call a thing to the thing, and back to what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts import KINDS
from decisionlog.domain.known import AsOf
from decisionlog.domain.references import split
from decisionlog.projections import register
from decisionlog.store.histories import Held
from decisionlog.store.log import Log


def names_of(log: Log, rows: Connection, streams: Iterable[str], point: AsOf) -> dict[str, str]:
    """What things are called, as far as a name is recorded and open or can be opened."""
    found = met(rows, streams, point)
    titles = titles_of(log, found)
    called = {known.stream: known.thing.name or titles.get(known.stream, "") for known in found}
    return {stream: name for stream, name in called.items() if name}


def met(rows: Connection, streams: Iterable[str], point: AsOf) -> list[register.Registered]:
    """Things as at the day asked about; what was first met later, as it stands at last: to be met, or named, is no act."""
    wanted = list(dict.fromkeys(streams))
    found = register.things_among(rows, wanted, point)
    missing = sorted(set(wanted) - {known.stream for known in found})
    return found + register.things_among(rows, missing, point._replace(on=OPEN_END - 1))


def titles_of(log: Log, things: Iterable[register.Registered]) -> dict[str, str]:
    """The sealed titles and names of things, as far as they can be opened; `withheld` where they cannot."""
    sealed = {known.stream: known.thing for known in things if known.thing.title}
    opened = _opened(log, (known.title_position for known in sealed.values()))
    return {stream: str(opened.get(known.title, "withheld")) for stream, known in sealed.items()}


def tasks_of(log: Log, actions: Iterable[Held]) -> dict[str, str]:
    """What is to be done, of each of these actions that says it; `withheld` where that cannot be opened."""
    sealed = {one.stream: one.values for one in actions if one.values.what}
    opened = _opened(log, (action.what_position for action in sealed.values()))
    return {stream: str(opened.get(action.what, "withheld")) for stream, action in sealed.items()}


def _opened(log: Log, positions: Iterable[int]) -> dict[str, Any]:
    """What lies behind the commitments of the facts at these positions, as far as it can be opened."""
    return {opening.digest: opening.value for opening in log.recorder.openings(set(positions))}


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

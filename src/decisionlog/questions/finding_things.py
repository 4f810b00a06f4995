"""From what people call a thing to the thing, and back to what it is called."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.erased import WITHHELD
from decisionlog.domain.facts import KINDS
from decisionlog.domain.known import AsOf, Known, read
from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput, NothingCalled
from decisionlog.projections import register
from decisionlog.questions.names import Called, Names
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.finding import find
from decisionlog.store.histories import Held
from decisionlog.store.log import Log

_SHORTENED: Final = ("body", "organisation")
"""The kinds of things that have short names."""
_OFFERED: Final = 3
_LOOKED_THROUGH: Final = 5_000


def find_thing(log: Log, models: ReadModels, reference: str, kinds: Sequence[str] = KINDS) -> str:
    """The stream that a reference names, or the short name of a body or an organisation.

    Raises as `find`; where nothing has it, things are offered by their open names too.
    """
    try:
        return find(log, reference, kinds)
    except NothingCalled as unknown:
        prefix, key = split(reference)
        known = prefix in KINDS
        name, among = (key, [prefix]) if known else (reference, kinds)
        with models.reading() as rows:
            if short := by_short_name(log, rows, name, among):
                return short
            near = by_name(rows, name, among)
        raise NothingCalled(unknown.sentence, offered(near, unknown.near), "" if known else _otherwise(name)) from None


def _otherwise(name: str) -> str:
    """How else to look for what nothing is called; only what has letters or digits can be searched for."""
    if not any(each.isalnum() for each in name):
        return ""
    search = f"`decisionlog search {shlex.quote(name)}` looks for words."
    return search if " " in name else f"`decisionlog list KIND` shows what there is; {search}"


def by_short_name(log: Log, rows: Connection, name: str, kinds: Sequence[str]) -> str:
    """The body or the organisation that has this short name; empty where none has. Raises `BadInput` where several have it."""
    among = [stream for kind in _SHORTENED if kind in kinds for stream in register.streams(rows, kind, log.size())]
    found = [stream for stream in among if (short := _short_name(log, stream)) and fold(short) == fold(name)]
    if len(found) > 1:
        msg = f"'{name}' is the short name of several: {', '.join(found)}. Write the one that is meant."
        raise BadInput(msg)
    return next(iter(found), "")


def _short_name(log: Log, stream: str) -> str:
    """The short name that a thing was last given; empty where none is recorded."""
    facts = reversed(read(log.stream(stream), Known(), log.zone).facts)
    return next((name for fact in facts if (name := getattr(fact.data, "short_name", None))), "")


def offered(named: Sequence[str], near: Sequence[str]) -> list[str]:
    """What is offered, each thing once: what has such a name first, then what has such a reference."""
    others = [one for one in near if not any(each.startswith(f"{one} (") for each in named)]
    return [*named, *others][:_OFFERED]


def called_so(models: ReadModels, reference: str, *, nearly: bool) -> list[str]:
    """The things of which the open name, or one nearly so, was written in the place of a reference."""
    kind, key = split(reference)
    known = kind in KINDS
    with models.reading() as rows:
        return by_name(rows, key if known else reference, [kind] if known else KINDS, nearly=nearly)


def by_name(rows: Connection, name: str, kinds: Sequence[str], *, nearly: bool = True) -> list[str]:
    """Things of these kinds of which the open name is this one, or else `nearly`; each as one reads it, with its name."""
    called: dict[str, list[str]] = {}
    for stream, open_name in register.open_names(rows, kinds, _LOOKED_THROUGH):
        called.setdefault(fold(open_name), []).append(f"{stream} ({open_name})")
    near = get_close_matches(fold(name), called, n=_OFFERED, cutoff=0.8) if nearly else []
    near = [fold(name)] if fold(name) in called else near
    return [thing for each in near for thing in called[each]]


def names_of(log: Log, rows: Connection, streams: Iterable[str], point: AsOf) -> dict[str, str]:
    """What things are called, as far as a name is recorded and open or can be opened.

    As at the day asked about; what was first met later, as it stands at last: to be met, or named, is no act.
    """
    found = Names.at(rows, point).of(streams, point.on)
    opened = _opened(log, (called.title_position for called in found if called.title and not called.name))
    names = {called.stream: called.name or _titled(called, opened) for called in found}
    return {stream: name for stream, name in names.items() if name}


def _titled(called: Called, opened: Mapping[str, Any]) -> str:
    return _text(opened.get(called.title)) if called.title else ""


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
    return {stream: _text(opened.get(known.title)) for stream, known in sealed.items()}


def tasks_of(log: Log, actions: Iterable[Held]) -> dict[str, str]:
    """What is to be done, of each of these actions that says it; `withheld` where that cannot be opened."""
    sealed = {one.stream: one.values for one in actions if one.values.what}
    opened = _opened(log, (action.what_position for action in sealed.values()))
    return {stream: _text(opened.get(action.what)) for stream, action in sealed.items()}


def _opened(log: Log, positions: Iterable[int]) -> dict[str, Any]:
    """What lies behind the commitments of the facts at these positions, as far as it can be opened."""
    wanted = set(positions)
    return {opening.digest: opening.value for opening in log.recorder.openings(wanted)} if wanted else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else WITHHELD


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
    if not isinstance(part, Struct):
        return references_in(part)
    return set[str]().union(*(mentioned_in(getattr(part, name)) for name in part.__struct_fields__))

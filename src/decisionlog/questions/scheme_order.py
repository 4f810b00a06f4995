"""The facts that a scheme file adds, in the order in which they are recorded, as plain facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.scheme import Change, Coming, Scheme
from decisionlog.domain.days import NotADate, span
from decisionlog.domain.facts import KINDS, OPENING
from decisionlog.domain.references import split
from decisionlog.domain.scheme import PlainWanted, Standing, effective

_ALWAYS_FIRST: Final = -(2**62)


class Planned(Struct, frozen=True, eq=False):
    """A fact to come, and what it names by `of`: a fact of the log, or another that is to come."""

    coming: Coming
    of: Standing | Planned | None = None


def in_order(
    scheme: Scheme, everything: Sequence[Planned], also: Sequence[PlainWanted], zone: tzinfo
) -> Iterator[tuple[dict[str, Any], str]]:
    """Openings first, corrections next, then by the day, an ending before a beginning of the same one."""
    ordered = sorted(everything, key=lambda planned: _turn(planned, zone))
    numbers: dict[int, int] = {}
    length: dict[str, int] = {}
    for planned in ordered:
        stream = planned.coming.stream
        entry = scheme.entries.get(stream)
        length[stream] = numbers[id(planned)] = length.get(stream, entry.length if entry else 0) + 1
    yield from ((one.fact, one.place) for one in also if one.fact.get("type") in OPENING)
    yield from ((_plain(planned, numbers), planned.coming.place) for planned in ordered)
    yield from ((one.fact, one.place) for one in also if one.fact.get("type") not in OPENING)


def _turn(planned: Planned, zone: tzinfo) -> tuple[int, ...]:
    coming = planned.coming
    if coming.type in OPENING:
        return (0,)
    if coming.changes:
        return (1,)
    own = (2, _moment(effective(coming.on, coming.data), zone), 0 if coming.part and coming.part.closes else 1)
    return max(own, (*_turn(planned.of, zone), 1)) if isinstance(planned.of, Planned) else own


def _moment(when: str | None, zone: tzinfo) -> int:
    try:
        return span(when, zone).earliest if when else _ALWAYS_FIRST
    except NotADate:
        return _ALWAYS_FIRST


def target_of(of: Standing | Planned | None) -> tuple[str, dict[str, Any]] | None:
    """The type and the data of what a fact names by `of`."""
    if isinstance(of, Standing):
        return of.type, of.data
    return (of.coming.type, of.coming.data) if of else None


def _plain(planned: Planned, numbers: Mapping[int, int]) -> dict[str, Any]:
    coming, of = planned.coming, planned.of
    data = {"changes": [_change(change) for change in coming.changes]} if coming.changes else coming.data
    plain: dict[str, Any] = {"type": coming.type, "stream": coming.stream, "data": data}
    if coming.on:
        plain["on"] = coming.on
    if of is not None:
        plain["of"] = {"stream": coming.stream, "n": of.n if isinstance(of, Standing) else numbers[id(of)]}
    return plain


def _change(change: Change) -> dict[str, Any]:
    return {"path": change.path, **({} if change.was is None else {"was": change.was}), "now": change.now}


def about(plain: Mapping[str, Any]) -> str:
    """The stream that a plain fact is written in, as it is written."""
    of, data = plain.get("of"), plain.get("data")
    ref = data.get("ref") if isinstance(data, dict) else None
    cited = of.get("stream") if isinstance(of, dict) else of
    written = next((one for one in (plain.get("stream"), plain.get("about"), ref, cited) if isinstance(one, str)), "")
    kind = str(plain.get("type")).partition(".")[0]
    return written if not written or split(written)[0] in KINDS else f"{kind}:{written}"


def coming_of(one: PlainWanted) -> Coming:
    """A plain fact as it is told."""
    type_name, data = one.fact.get("type"), one.fact.get("data")
    on = one.fact.get("on")
    return Coming(
        stream=about(one.fact),
        type=type_name if isinstance(type_name, str) else "",
        on=on if isinstance(on, str) else None,
        data=data if isinstance(data, dict) else {},
        place=one.place,
    )

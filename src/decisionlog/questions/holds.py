"""What is kept from being erased: which holds stand, on what, why, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from decisionlog.domain.answers.telling import Line, Section
from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.holds import BEARING, named_in, standing
from decisionlog.domain.known import Known
from decisionlog.domain.references import split
from decisionlog.domain.saying import Said, references_of, said
from decisionlog.projections import holds, register
from decisionlog.questions.finding_things import names_of
from decisionlog.questions.listed import listed
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.viewing import Seen, Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.codec import decode
from decisionlog.store.log import Log

_WHY: Final = (
    "{reason|=why is not recorded}[, under {instrument}][, by {legal_basis}][, to be looked at again by {review_by}]"
)


def list_holds(log: Log, models: ReadModels, asked: Asked, now: datetime, *, limit: int | None = None) -> Listing:
    """The holds that stand, as at a day and as known: what each keeps, why, since when."""
    point = settle(log, asked, now)
    with models.reading() as rows:
        found = list(_standing(log, rows, point))
        streams = {hold.stream for hold in found}
        things = listed(log, register.things_among(rows, sorted(streams), point.as_of))
        titles = {thing.stream: thing for thing in things}
        items = [_listed(log, hold, titles.get(hold.stream)) for hold in found]
        mentioned = {reference for item in items for one in item.said for reference in references_of(one)}
        names = names_of(log, rows, mentioned, point.as_of)
    return Listing(point.basis, "hold", tuple(items[:limit]), len(items) - len(items[:limit]), (), names)


def how_many(log: Log, rows: Connection, position: int) -> int:
    """How many holds stand, as known at a position."""
    known = Known(position)
    return sum(len(_on(log, stream, known, OPEN_END)) for stream in holds.held_streams(rows, position))


def kept_from_erasing(viewing: Viewing, seen: Seen) -> tuple[Section, ...]:
    """The section that says which holds bar erasing anything sealed in a thing; none, where nothing does.

    They are those on the thing, on the whole log, and on the people whom its facts name.
    """
    log, point = viewing.log, viewing.point
    whole = log.stands_at(1)
    everything = {whole[0]} if whole else set()
    people = {one for stated in seen.stated() for one in named_in(stated.data)} - {seen.stream}
    held = [
        hold
        for hold in _standing(log, viewing.rows, point)
        if hold.stream == seen.stream or hold.stream in everything | people
    ]
    return (
        (Section("Kept from erasing", tuple(_line(log, hold, seen.stream, everything) for hold in held)),)
        if held
        else ()
    )


def _standing(log: Log, rows: Connection, point: Point) -> Iterator[Fact]:
    known, on = point.known, point.as_of.on
    streams = holds.held_streams(rows, point.basis.position)
    found = (hold for stream in streams for hold in _on(log, stream, known, on))
    yield from sorted(found, key=lambda hold: hold.position)


def _on(log: Log, stream: str, known: Known, on: int) -> list[Fact]:
    facts: Iterable[Fact] = (decode(line) for line in log.recorder.stream_lines(stream, BEARING))
    return standing(facts, log.zone, on, known)


def _line(log: Log, hold: Fact, stream: str, everything: set[str]) -> Line:
    if hold.stream == stream:
        template = "Nothing sealed here may be erased"
    elif hold.stream in everything:
        template = "Nothing sealed in this log may be erased"
    else:
        template = "Nothing sealed in a fact that names {held} may be erased"
    data = {**_said(log, hold), "held": hold.stream, "since": hold.on or hold.recorded_at[:10]}
    return Line(said(f"{template}, since {{since}}: {_WHY}", data), (hold.position,))


def _listed(log: Log, hold: Fact, thing: Listed | None) -> Listed:
    data = _said(log, hold)
    return Listed(
        stream=hold.stream,
        ref=thing.ref if thing else split(hold.stream)[1],
        issuer=thing.issuer if thing else "",
        title=thing.title if thing else "",
        state="held",
        status="",
        opened_on=hold.on or "",
        state_on=hold.on or "",
        from_="",
        until="",
        possible="",
        level="",
        evidence=(hold.position,),
        more={name: data[name] for name in ("reason", "instrument", "legal_basis", "review_by") if name in data},
        said=_why(data, hold),
    )


def _why(data: Mapping[str, Any], hold: Fact) -> tuple[Said, ...]:
    since = () if hold.on else (said("recorded {since}", {"since": hold.recorded_at[:10]}),)
    return (*since, said(_WHY, data))


def _said(log: Log, hold: Fact) -> dict[str, Any]:
    return dict(opened(untyped(hold.data), log.openings([hold])))

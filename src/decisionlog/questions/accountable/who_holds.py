"""`who holds POST|BODY|ORGANISATION`: the people of a post or of a body on a day; of an organisation, of all its posts, and its seats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection

from decisionlog.checks.world.from_rows import positions
from decisionlog.checks.world.rows import RowsWorld
from decisionlog.domain.answers.holding import Fate, HeldBy, Office, WhoHolds
from decisionlog.domain.days import NotADate, instant_asked, span
from decisionlog.domain.references import split
from decisionlog.domain.refusals import NotFound
from decisionlog.projections import seats
from decisionlog.projections.authority.bodies import Bodies
from decisionlog.projections.authority.lookups import Lookups
from decisionlog.projections.authority.organisations import Organisations
from decisionlog.projections.authority.posts import Posts
from decisionlog.projections.seats import Seats
from decisionlog.questions import point as points
from decisionlog.questions.accountable.holding import Asked, holding, to_come, vacancy
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.finding import find
from decisionlog.store.histories import unpacked
from decisionlog.store.log import Log
from decisionlog.store.pieces import Piece, pieces_of, streams_not_over

_OFFICES: Final = {"post": Posts, "body": Bodies}
_LOOKED_FOR: Final = 500
"""How many of the latest appointments on behalf of an organisation are looked at for the bodies on which it sits."""
_PARTIAL: Final = "possible: a date of it is partial"


def who_holds(log: Log, models: ReadModels, ref: str, asked: points.Asked, now: datetime) -> WhoHolds:
    """Who held it. Raises `NotFound` for a name that nothing has, or of which nothing was known by then."""
    point = points.settle(log, asked, now)
    stream = find(log, ref, ("post", "body", "organisation"))
    moment = Asked(point.as_of.on, _whole_day(point.basis.as_at, log), log.zone)
    with models.reading() as rows:
        model = _OFFICES.get(split(stream)[0], Organisations)
        known = pieces_of(rows, model, [stream], point.as_of)
        if not known:
            msg = f"{stream} was not known yet {points.day_of(point.basis.known_at)}, or what opened it was retracted."
            raise NotFound(msg)
        reader = _Reader(rows, point, moment)
        offices = [stream] if split(stream)[0] in _OFFICES else reader.posts_of(stream)
        items = tuple(reader.office(one) for one in offices)
        fate = _fate(rows, stream, point) if split(stream)[0] == "organisation" else None
        mentioned = {stream, *(fate.successors if fate else ())}.union(*(mentioned_in(item) for item in items))
        names = names_of(log, rows, mentioned, point.as_of)
    return WhoHolds(point.basis, stream, items, names, tuple(_notes(stream, items, log, point)), fate)


def who_sits_for(log: Log, models: ReadModels, ref: str, asked: points.Asked, now: datetime) -> WhoHolds:
    """The bodies on which an organisation sits, each with those alone who sit for it.

    For it sits whoever was appointed on its behalf; and a holder of a post of its own, where nothing says for whom.
    """
    point = points.settle(log, asked, now)
    stream = find(log, ref, ("organisation",))
    moment = Asked(point.as_of.on, _whole_day(point.basis.as_at, log), log.zone)
    with models.reading() as rows:
        reader = _Reader(rows, point, moment)
        posts = reader.posts_of(stream)
        named = Viewing(log, rows, point).concerning(stream, ["body.member_appointed"], ["on_behalf_of"], _LOOKED_FOR)[
            0
        ]
        held = (one.stream for one in seats.of(rows, posts, point.as_of) if split(one.stream)[0] == "body")
        bodies = list(dict.fromkeys([*(one.fact.stream for one in named), *held]))
        offices = (_of_theirs(reader.office(one), stream, posts) for one in bodies)
        items = tuple(one for one in offices if one.holders)
        names = names_of(log, rows, {stream}.union(*(mentioned_in(item) for item in items)), point.as_of)
    return WhoHolds(point.basis, stream, items, names, ())


def _of_theirs(office: Office, organisation: str, posts: Sequence[str]) -> Office:
    """A body with those only who sit for an organisation."""
    theirs = (
        one for one in office.holders if organisation in one.on_behalf_of or (not one.on_behalf_of and one.who in posts)
    )
    return replace(office, holders=tuple(theirs), earlier_that_day=(), vacant=None, next=())


def _fate(rows: Connection, organisation: str, point: points.Point) -> Fate | None:
    """Whether an organisation had ended, or been succeeded, by the point."""
    world = RowsWorld(rows, point.as_of)
    party, successions = world.party(organisation), world.successions(organisation)
    if not (party.ended or successions):
        return None
    return Fate(
        organisation=organisation,
        ended=party.ended,
        on=party.until if party.ended else successions[-1].since,
        successors=tuple(dict.fromkeys(share.organisation for one in successions for share in one.shares)),
        evidence=tuple(dict.fromkeys(at for one in (party, *successions) for at in one.evidence)),
    )


def _whole_day(as_at: str, log: Log) -> str:
    """The day asked about; empty, where it was a time."""
    try:
        asked = span(as_at, log.zone)
        whole = len(as_at) == len("2026-03-12") and instant_asked(as_at, log.zone) > asked.earliest
    except NotADate:
        return ""
    return as_at if whole else ""


class _Reader:
    """The offices at one point, each read once."""

    def __init__(self, rows: Connection, point: points.Point, asked: Asked) -> None:
        self._rows = rows
        self._point = point.as_of
        self._asked = asked

    def posts_of(self, organisation: str) -> list[str]:
        """The posts of an organisation that were there on the day."""
        narrowed = {"kind": "post", "word": "organisation"}
        found = streams_not_over(self._rows, Lookups, [organisation], narrowed, self._point)
        return [post for post in found if self._was_there(post, organisation)]

    def office(self, stream: str) -> Office:
        """One post or body, with who held it."""
        sat = pieces_of(self._rows, Seats, [stream], self._point)
        piece = self._standing(stream)
        now, earlier = holding(sat, self._asked)
        row = piece.values if piece else None
        state = row.state if row and row.recorded else "not recorded"
        return Office(
            office=stream,
            kind=getattr(row, "kind", ""),
            organisations=tuple(unpacked(getattr(row, "organisations", ""))),
            state=state,
            since=row.since if row else "",
            until=row.until if row else "",
            possible=_PARTIAL if piece and piece.possible(self._asked.moment) else "",
            holders=tuple(self._with_people(one) for one in now),
            earlier_that_day=tuple(self._with_people(one) for one in earlier),
            vacant=None if now else vacancy(sat, self._asked),
            next=tuple(to_come(sat, piece, self._asked)),
            evidence=positions(row.evidence) if row else (),
        )

    def _with_people(self, one: HeldBy) -> HeldBy:
        """Of a post that sits on a body: who held it then."""
        if split(one.who)[0] != "post":
            return one
        now, earlier = holding(pieces_of(self._rows, Seats, [one.who], self._point), self._asked)
        return replace(one, people=(*now, *earlier))

    def _standing(self, stream: str) -> Piece | None:
        pieces = pieces_of(self._rows, _OFFICES[split(stream)[0]], [stream], self._point)
        return next((piece for piece in pieces if piece.holds(self._asked.moment)), None)

    def _was_there(self, post: str, organisation: str) -> bool:
        piece = self._standing(post)
        return bool(piece and piece.values.state == "there" and organisation in unpacked(piece.values.organisations))


def _notes(stream: str, items: Sequence[Office], log: Log, point: points.Point) -> Iterator[str]:
    if not items:
        yield f"No post of {stream} is recorded on this day."
    first = next(log.facts(limit=1), None)
    if first is not None and point.as_of.on < span(first.recorded_at, log.zone).earliest:
        yield (
            f"{point.basis.as_at} lies before the log's first fact, which was recorded on {first.recorded_at[:10]}: "
            "it is answered by what was recorded about it afterwards."
        )

"""Before a meeting is written up: who sits in the body on that day, and what its last meeting left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection

from decisionlog.domain.before_a_meeting import BeforeAMeeting, OpenItem, Seat
from decisionlog.domain.days import NotADate, instant_asked, span
from decisionlog.domain.facts.action import ActionAssigned
from decisionlog.domain.facts.body import BodyMemberAppointed
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.post import PostFilled
from decisionlog.domain.facts.typed import untyped
from decisionlog.domain.known import happened_at, read
from decisionlog.domain.references import split
from decisionlog.domain.refusals import BadInput
from decisionlog.projections import citations, register
from decisionlog.questions.finding_things import find
from decisionlog.questions.point import Asked, Point, settle
from decisionlog.questions.telling import opened
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log

_SETTLED = frozenset({"completed", "cancelled"})


def before_a_meeting(log: Log, models: ReadModels, body: str, on: str | None, now: datetime) -> BeforeAMeeting:
    """A body on a day (today, where none is given). Raises `NotFound` for a body that is not recorded, `BadInput` for no day."""
    day = on or now.astimezone(log.zone).date().isoformat()
    try:
        instant_asked(day, log.zone)
    except NotADate as wrong:
        raise BadInput(str(wrong)) from wrong
    stream = find(log, f"body:{split(body)[1]}")
    point = settle(log, Asked(on=day), now)
    with models.reading() as rows:
        last = _last_meeting(log, rows, stream, point)
        return BeforeAMeeting(
            body=split(stream)[1],
            on=day,
            seats=tuple(_seats(log, stream, point)),
            last_meeting=last,
            open_items=tuple(_open_items(log, rows, last, point)) if last else (),
            delegations=tuple(
                split(each.citing)[1] for each in citations.citing(rows, stream, ("delegation.granted",), "delegates")
            ),
        )


def _seats(log: Log, body: str, point: Point) -> Iterator[Seat]:
    for fact in _standing(log, body, "body.member_appointed", "body.member_ended", point):
        data = fact.data
        if isinstance(data, BodyMemberAppointed):
            kind, key = split(data.member)
            holder = key if kind == "person" else _holder(log, data.member, point)
            bound = tuple(split(each)[1] for each in data.on_behalf_of or ())
            yield Seat(holder, key if kind == "post" else "", bound, data.role or "")


def _holder(log: Log, post: str, point: Point) -> str:
    """Who holds a post; empty where nobody does, or several might."""
    holders = [
        fact.data.person
        for fact in _standing(log, post, "post.filled", "post.vacated", point)
        if isinstance(fact.data, PostFilled)
    ]
    return split(holders[0])[1] if len(holders) == 1 else ""


def _standing(log: Log, stream: str, begins: str, ends: str, point: Point) -> list[Fact]:
    """The beginnings in a stream that hold on the day: begun, not over, and not ended by a fact that names them."""
    facts = read(log.stream(stream), point.known, log.zone).facts
    over = {fact.of.n for fact in facts if fact.type == ends and fact.of and _from(log, fact) <= point.as_of.on}
    return [fact for fact in facts if fact.type == begins and fact.n not in over and _holds(log, fact, point.as_of.on)]


def _holds(log: Log, fact: Fact, moment: int) -> bool:
    until = getattr(fact.data, "until", None)
    return _from(log, fact) <= moment and (not until or moment < span(until, log.zone).earliest)


def _from(log: Log, fact: Fact) -> int:
    begins = getattr(fact.data, "from_", None)
    return span(begins, log.zone).earliest if begins else happened_at(fact, log.zone)


def _last_meeting(log: Log, rows: Connection, body: str, point: Point) -> str:
    """The last meeting of a body before the end of the day; empty where none is recorded."""
    held = citations.citing(rows, body, ("meeting.held",), "bodies")
    days = {
        each.citing: happened_at(fact, log.zone)
        for each in held
        for fact in log.facts(each.position - 1, each.position)
        if happened_at(fact, log.zone) <= point.as_of.on
    }
    return max(days, key=lambda stream: days[stream], default="")


def _open_items(log: Log, rows: Connection, meeting: str, point: Point) -> Iterator[OpenItem]:
    """The actions of a meeting that are not done, and the decisions by which it put something off."""
    for each in citations.citing(rows, meeting, ("action.assigned", "decision.taken"), "meeting"):
        thing = register.thing(rows, each.citing, point.as_of)
        if thing is None or thing.thing.state in _SETTLED:
            continue
        fact = next(log.facts(each.position - 1, each.position))
        if fact.type == "decision.taken" and thing.thing.state != "deferred":
            continue
        data = opened(untyped(fact.data), log.openings([fact]))
        title = data.get("what") or data.get("title") or ""
        action = isinstance(fact.data, ActionAssigned)
        yield OpenItem(
            ref=thing.thing.ref,
            title=title if isinstance(title, str) else "withheld",
            due=data.get("due", "") if action else "deferred",
            owner=split(data.get("owner", ""))[1],
        )

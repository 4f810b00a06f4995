"""Before a meeting is written up: who sits in the body on that day, and what its last meeting left open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from decisionlog.domain.answers.before_a_meeting import BeforeAMeeting, OpenItem, Seat
from decisionlog.domain.references import split
from decisionlog.projections import actions, decisions, seats
from decisionlog.questions.before_a_body import ENDED, Body
from decisionlog.questions.finding_things import tasks_of
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.finding import find
from decisionlog.store.histories import unpacked
from decisionlog.store.log import Log


def before_a_meeting(log: Log, models: ReadModels, body: str, on: str | None, now: datetime) -> BeforeAMeeting:
    """A body on a day (today, where none is given). Raises `NotFound` for a body that is not recorded, `BadInput` for no day."""
    day = on or now.astimezone(log.zone).date().isoformat()
    point = settle(log, Asked(on=day), now)
    stream = find(log, f"body:{split(body)[1]}")
    with models.reading() as rows:
        met = Body(Viewing(log, rows, point), stream)
        last = met.sat[-1].stream if met.sat else ""
        return BeforeAMeeting(
            body=split(stream)[1],
            on=point.basis.as_at,
            seats=tuple(_seats(met)),
            last_meeting=last,
            open_items=tuple(item for _, item in sorted(_open_items(met, last))) if last else (),
            delegations=tuple(split(each)[1] for each in met.about([stream], "delegation", "delegates")),
        )


def _seats(body: Body) -> Iterator[Seat]:
    for held in seats.on(body.rows, [body.stream], body.point.as_of):
        seat = held.values
        kind, key = split(seat.member)
        holder = key if kind == "person" else _holder(body, seat.member)
        bound = tuple(split(each)[1] for each in unpacked(seat.on_behalf_of))
        yield Seat(holder, key if kind == "post" else "", bound, seat.role)


def _holder(body: Body, post: str) -> str:
    """Who holds a post; empty where nobody does, or several might."""
    holders = seats.on(body.rows, [post], body.point.as_of)
    return split(holders[0].values.member)[1] if len(holders) == 1 else ""


def _open_items(body: Body, meeting: str) -> Iterator[tuple[int, OpenItem]]:
    """The actions of a meeting that are not done, and the decisions by which it put something off; each with its position."""
    assigned = actions.actions(body.rows, body.about([meeting], "action", "meeting"), body.point.as_of)
    waiting = [one for one in assigned if one.values.state == "assigned"]
    tasks = tasks_of(body.log, waiting)
    for one in waiting:
        action = one.values
        owner = split(action.owner)[1]
        yield one.first_position, OpenItem(action.ref, tasks.get(one.stream, ""), action.due, owner)
    taken = decisions.decisions(body.rows, body.about([meeting], "decision", "meeting"), body.point.as_of)
    put_off = [one for one in taken if one.values.outcome == "deferred" and one.values.state not in ENDED]
    things = body.things([one.stream for one in put_off])
    for one in put_off:
        title = things[one.stream][1] if one.stream in things else ""
        yield one.first_position, OpenItem(one.values.ref, title, "deferred", "")

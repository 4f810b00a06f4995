"""`agenda BODY`: what awaits the next meeting of a body, as at a day, as known at a time."""

from __future__ import annotations

from datetime import datetime

from decisionlog.checks.rule import kinds_judged
from decisionlog.domain.answers.agenda import SECTIONS, Agenda
from decisionlog.domain.answers.checking import FindingTold
from decisionlog.domain.refusals import NotFound
from decisionlog.projections import register
from decisionlog.questions.before_a_body import Body
from decisionlog.questions.came_of import with_what_came_of
from decisionlog.questions.filters import find_among
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.findings import findings_of, judged_by
from decisionlog.questions.matters import (
    call_ins,
    conditions,
    matters_arising,
    minutes,
    ratifications,
    reports,
    reviews,
)
from decisionlog.questions.point import Asked, day_of, settle
from decisionlog.questions.proposals_before import (
    conditions_of_support,
    open_disagreements,
    proposals_before,
    sign_offs,
)
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def agenda(
    log: Log, models: ReadModels, ref: str, asked: Asked, now: datetime, *, irregularities: bool = True
) -> Agenda:
    """What awaits a body; without what does not add up about what it did, where these `irregularities` are not wanted.

    Raises `NotFound` for a name that no body has, or none had at that point of both times.
    """
    point = settle(log, asked, now)
    with models.reading() as rows:
        stream = find_among(log, rows, ref, ("body",))
        if register.thing(rows, stream, point.as_of) is None:
            msg = f"{stream} was not known {day_of(point.basis.known_at)}, or not there {day_of(point.basis.as_at)}."
            raise NotFound(msg)
        body = Body(Viewing(log, rows, point), stream)
        before = proposals_before(body)
        found = [
            *minutes(body),
            *matters_arising(body),
            *(one.line for one in before),
            *sign_offs(body, before),
            *open_disagreements(body, before),
            *ratifications(body),
            *conditions(body),
            *conditions_of_support(body, before),
            *reports(body),
            *call_ins(body),
            *reviews(body),
        ]
        items = sorted(found, key=lambda item: list(SECTIONS).index(item.section))
        next_meeting = body.next_meeting
        irregular = _irregular(body) if irregularities else ()
        mentioned = {stream}.union(*(set(item.who) for item in items)) | mentioned_in(irregular)
        names = names_of(log, rows, mentioned, point.as_of)
    notes = (
        ()
        if next_meeting
        else ("No next meeting is recorded; reviews and reports are those due by the day asked about.",)
    )
    return Agenda(judged_by(point.basis), stream, next_meeting, tuple(items), names, notes, irregular)


def _irregular(body: Body) -> tuple[FindingTold, ...]:
    """What does not add up about the body and what it did, and nobody explained, accepted or waived."""
    things = with_what_came_of(body.log, body.rows, body.stream, kinds_judged(), body.point.as_of)
    found = findings_of(body.viewing, sorted(things))
    return tuple(one for one in found if one.evidenced and one.is_open)

"""The days on which bodies meet and things fall due, by what is recorded: nothing is worked out that nobody wrote down."""

from __future__ import annotations

from datetime import datetime, tzinfo

from decisionlog.domain.answers.feeds import Dated, Diary
from decisionlog.domain.days import NotADate, is_partial, span
from decisionlog.domain.saying import references_of
from decisionlog.questions.feeds.falling_due import falling_due
from decisionlog.questions.feeds.meeting_days import meeting_days
from decisionlog.questions.finding_things import names_of
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.viewing import Viewing
from decisionlog.store.catch_up import ReadModels
from decisionlog.store.log import Log


def diary(log: Log, models: ReadModels, asked: Asked, now: datetime) -> Diary:
    """Meetings from ninety days before the day asked about on, and whatever still falls due. Raises `BadInput` as `settle`."""
    point = settle(log, asked, now)
    with models.reading() as rows:
        viewing = Viewing(log, rows, point)
        found = [*meeting_days(viewing), *falling_due(viewing)]
        items = tuple(
            sorted((one for one in found if _has_a_day(one, log.zone)), key=lambda one: _order(one, log.zone))
        )
        mentioned = {reference for item in items for said in item.said for reference in references_of(said)}
        names = names_of(log, rows, mentioned | {item.stream for item in items}, point.as_of)
    return Diary(point.basis, log.identity.name, log.identity.time_zone, items, names, len(found) - len(items))


def _has_a_day(one: Dated, zone: tzinfo) -> bool:
    try:
        return bool(one.when) and not is_partial(one.when) and span(one.when, zone) is not None
    except NotADate:
        return False


def _order(one: Dated, zone: tzinfo) -> tuple[int, str, str, str]:
    return span(one.when, zone).earliest, one.stream, one.what, one.part

"""What everybody may subscribe to: of what is exempt there is nothing in it, not even that it changed."""

from __future__ import annotations

from datetime import timedelta

from decisionlog.bootstrap import MODELS, OpenLog, Seen, views
from decisionlog.questions.feeds.diary import diary
from decisionlog.questions.feeds.latest import latest
from decisionlog.questions.point import Asked
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.feeds.atom import atom
from decisionlog.render.site.feeds.calendar import calendar
from decisionlog.store.catch_up import ReadModels
from tests.scenario import NOW, about, body, decision, engine_for, fact, new_log, record

EXEMPT = {"level": "exempt"}
BOARD = ["body:board"]
LATER = NOW + timedelta(days=1)
OPEN = (
    body("board", name="The Board"),
    decision("D1", decision_makers=BOARD, outcome="approved", title="Beds", review_by="2026-12-31"),
    fact("meeting.called", "meeting:M1", "2026-05-01", bodies=BOARD, for_when="2026-07-01"),
)
SECRET = (
    decision("D2", decision_makers=BOARD, outcome="approved", title="A sale", review_by="2026-12-30", access=EXEMPT),
    about("decision:D2", "decision.rescinded", "2026-04-01"),
)


def feeds(*facts, whole=False):
    """Both feeds of a log in which these facts are recorded, as everybody may see it; or as its keepers do."""
    log = new_log()
    for each in facts:
        record(log, each)
    opened, seen_by = OpenLog(log, ReadModels(log, engine_for(log), MODELS)), views()
    seen = opened if whole else Seen(opened, seen_by, frozenset(), lambda: LATER)
    try:
        seen.catch_up()
        told = (seen.log, seen.models, Asked(), LATER)
        return atom(latest(*told), Served()), calendar(diary(*told), Served())
    finally:
        seen.close()
        seen_by.close()


def test_what_is_open_is_told():
    decisions, days = feeds(*OPEN)

    assert b"D1: Beds" in decisions
    assert b"SUMMARY:The Board" in days
    assert b"To be reviewed: decision D1" in days


def test_what_is_exempt_changes_no_byte():
    assert feeds(*OPEN, *SECRET) == feeds(*OPEN)


def test_those_who_keep_the_log_are_told_everything():
    decisions, days = feeds(*OPEN, *SECRET, whole=True)

    assert b"D2: A sale" in decisions
    assert b"rescinded it" in decisions
    assert (decisions, days) != feeds(*OPEN, whole=True)

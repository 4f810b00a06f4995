"""The calendar, read back: days, times, what was moved and cancelled, and whatever anybody typed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.feeds import Dated, Diary
from decisionlog.domain.saying import Named
from decisionlog.render.site.addresses import Served
from decisionlog.render.site.feeds.calendar import calendar

SITE = "https://register.example/"
LONDON = ZoneInfo("Europe/London")
BASIS = Basis("northmoor.example/decisions", "2026-06-02", "2026-06-02", "log", 9, "00", "reading-1")
MEETING = Dated(
    what="meeting",
    stream="meeting:NLB/7",
    ref="NLB/7",
    title="",
    when="2026-07-12T14:00+01:00",
    said=((Named("body:board"),), ("In public.",)),
    updated="2026-05-01T10:00:00.123456Z",
    changes=2,
    evidence=(4,),
    venue="Town Hall, Northmoor; room 2",
)
REVIEW = Dated(
    what="review",
    stream="decision:D1",
    ref="D1",
    title="Beds",
    when="2026-12-31",
    said=(("by ", Named("body:board")),),
    updated="2026-05-01T10:00:00.123456Z",
    changes=0,
    evidence=(5,),
)
ANSWER = Diary(BASIS, "Northmoor", "Europe/London", (MEETING, REVIEW), {"body:board": "The Board"})
HOSTILE = ["X\r\nBEGIN:VEVENT\r\nUID:forged", "X\nEND:VCALENDAR", "a,b;c\\d:e", "\x1b[2J\x00", "\u202eevil", "é" * 80]


def read(answer=ANSWER, site=SITE):
    """The calendar, held to what RFC 5545 asks of every one."""
    written = calendar(answer, Served(), site)
    lines = written.split(b"\r\n")
    assert lines[-1] == b""
    assert all(b"\n" not in line and len(line) <= 75 for line in lines)
    found = Calendar.from_ical(written)
    assert (found["version"], found["method"]) == ("2.0", "PUBLISH")
    events = found.walk("VEVENT")
    assert not any(event.errors for event in events)
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "STATUS"} <= set(event)
    uids = [event["uid"] for event in events]
    assert len(set(uids)) == len(uids)
    return found


def events(answer=ANSWER, site=SITE):
    return read(answer, site).walk("VEVENT")


def one_of(item, **changed):
    (event,) = events(replace(ANSWER, items=(replace(item, **changed),)))
    return event


def test_a_meeting_is_at_its_time_by_the_clocks_of_its_place():
    event = one_of(MEETING)

    assert event["dtstart"].dt == datetime(2026, 7, 12, 14, 0, tzinfo=LONDON)
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert (event["summary"], event["location"], event["status"]) == ("The Board", MEETING.venue, "CONFIRMED")
    assert event["description"] == "Meeting NLB/7\nIn public."
    assert event["url"] == f"{SITE}meetings/NLB~2f7"


def test_the_time_zone_is_told_where_a_time_is_and_only_there():
    assert [zone["tzid"] for zone in read().walk("VTIMEZONE")] == ["Europe/London"]
    assert read(replace(ANSWER, items=(REVIEW,))).walk("VTIMEZONE") == []


def test_a_meeting_of_which_only_the_day_is_known_takes_the_day_and_no_more():
    event = one_of(MEETING, when="2026-07-12")

    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 7, 12), date(2026, 7, 13))


def test_a_meeting_that_was_held_ends_when_it_closed():
    event = one_of(MEETING, when="2026-05-13T10:00+01:00", ended="2026-05-13T12:30+01:00")

    assert event["dtend"].dt == datetime(2026, 5, 13, 12, 30, tzinfo=LONDON)


@pytest.mark.parametrize("ended", ["", "2026-07-12", "2026-07-12T13:00+01:00"])
def test_an_end_that_is_not_later_or_no_time_is_left_out(ended):
    assert "DTEND" not in one_of(MEETING, ended=ended)


def test_a_meeting_that_was_moved_is_the_same_with_a_higher_number():
    before, after = one_of(MEETING), one_of(MEETING, when="2026-07-19T14:00+01:00", changes=3)

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (2, 3)


def test_a_meeting_that_was_cancelled_says_so_to_programs_and_to_people():
    event = one_of(MEETING, is_cancelled=True)

    assert (event["status"], event["summary"]) == ("CANCELLED", "Cancelled: The Board")


def test_a_day_that_is_due_takes_nobodys_time():
    event = one_of(REVIEW)

    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert event["summary"] == "To be reviewed: decision D1 (Beds)"
    assert event["transp"] == "TRANSPARENT"
    assert one_of(MEETING)["transp"] == "OPAQUE"


@pytest.mark.parametrize(
    ("what", "stream", "title", "summary"),
    [
        ("action", "action:A1", "Write it", "Action due: A1 (Write it)"),
        ("condition", "decision:D1", "", "Condition to be met: decision D1"),
        ("disagreement", "disagreement:X1", "", "Answer due: disagreement X1"),
        ("report", "fund:bcf", "Better Care Fund", "Report due: Better Care Fund"),
        ("review", "body:board", "", "To be reviewed: terms of The Board"),
        ("review", "delegation:S1", "withheld", "To be reviewed: delegation S1"),
    ],
)
def test_what_is_due_is_said_in_plain_words(what, stream, title, summary):
    assert one_of(REVIEW, what=what, stream=stream, title=title)["summary"] == summary


def test_several_things_due_of_one_decision_are_told_apart():
    several = [replace(REVIEW, what="condition", part=part) for part in ("C1", "C2")]

    assert len({event["uid"] for event in events(replace(ANSWER, items=(REVIEW, *several)))}) == 3


def test_names_do_not_depend_on_where_the_register_is_served():
    assert [one["uid"] for one in events(site=SITE)] == [one["uid"] for one in events(site="")]
    assert all("URL" not in one for one in events(site=""))


def test_what_has_no_day_is_said_to_be_missing():
    assert read(replace(ANSWER, without_a_day=2))["x-wr-caldesc"] == "2 more without a day that is recorded."


def test_the_same_answer_is_the_same_bytes():
    assert calendar(ANSWER, Served(), SITE) == calendar(replace(ANSWER, names=dict(ANSWER.names)), Served(), SITE)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_somebody_typed_begins_no_line_of_its_own(typed):
    answer = replace(ANSWER, log_name=typed, items=(replace(MEETING, title=typed, venue=typed, ref=typed), REVIEW))

    assert len(events(answer)) == 2
    assert not any(character in calendar(answer, Served(), SITE).decode() for character in "\x00\x1b\u202e")


@given_any(st.text(max_size=60), st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_any_text_and_any_reference_make_a_calendar_that_can_be_read(typed, key):
    stream = f"meeting:{key}"

    assert len(events(replace(ANSWER, items=(replace(MEETING, title=typed, venue=typed, stream=stream), REVIEW)))) == 2

"""Days, times and partial dates, and what is said of what is none of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from decisionlog.domain.days import (
    OPEN_END,
    NotADate,
    Span,
    as_written,
    at,
    by_the_day_of,
    civil_day,
    day_after,
    day_before,
    day_start,
    instant_asked,
    is_over,
    is_partial,
    is_to_come,
    moment,
    named_day,
    same_day_unordered,
    span,
    stamp,
    zone_named,
)

LONDON = zone_named("Europe/London")
KOLKATA = zone_named("Asia/Kolkata")
MICROSECOND = 1


def utc(text: str) -> int:
    return moment(datetime.fromisoformat(text).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("when", "earliest", "certain"),
    [
        ("2026-03-12", "2026-03-12T00:00", "2026-03-12T00:00"),
        ("2026-07-01", "2026-06-30T23:00", "2026-06-30T23:00"),  # summer time: the civil day begins before midnight UTC
        ("2026-03-12T14:30:00Z", "2026-03-12T14:30", "2026-03-12T14:30"),
        ("2026-03-12t14:30:00z", "2026-03-12T14:30", "2026-03-12T14:30"),
        ("2026-03-12T14:30+02:00", "2026-03-12T12:30", "2026-03-12T12:30"),
        ("2026-03-12T14:30:00.123456-05:30", "2026-03-12T20:00:00.123456", "2026-03-12T20:00:00.123456"),
        ("2024-02", "2024-02-01T00:00", "2024-02-29T23:59:59.999999"),
        ("2024-12", "2024-12-01T00:00", "2024-12-31T23:59:59.999999"),
        ("2024", "2024-01-01T00:00", "2024-12-31T23:59:59.999999"),
        ("2024-06", "2024-05-31T23:00", "2024-06-30T22:59:59.999999"),
    ],
)
def test_a_date_says_from_when_and_by_when(when, earliest, certain):
    assert span(when, LONDON) == Span(utc(earliest), utc(certain))


def test_the_ends_of_the_calendar_are_dates_like_others():
    assert span("9999", LONDON).certain == span("9999-12", LONDON).certain
    assert span("9999-12", LONDON).certain > span("9999-12-31", LONDON).earliest
    assert instant_asked("9999-12-31", LONDON) == span("9999", LONDON).certain
    assert span("0001-01-01", LONDON).earliest < span("0001-01-02", LONDON).earliest
    assert civil_day("9999-12-31", LONDON) == date.max
    assert civil_day("0001-01-01", zone_named("America/New_York")) == date.min


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_beyond_what_a_zone_can_show_is_shown_as_the_last_that_can(when):
    assert at(span(when, UTC).earliest).astimezone(KOLKATA)
    assert civil_day(when, LONDON).year in {1, 9999}


def test_at_and_moment_are_each_others_way_back():
    instant = datetime(2026, 3, 12, 9, 30, 1, 234567, tzinfo=UTC)
    assert at(moment(instant)) == instant
    assert stamp(instant) == "2026-03-12T09:30:01.234567Z"


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("2026-03-12", "2026-03-13T00:00"),
        ("2026-03-29", "2026-03-29T23:00"),  # the day on which the clocks go forward has 23 hours
        ("2026-10-25", "2026-10-26T00:00"),
        ("2026-03", "2026-03-31T23:00"),
        ("2024", "2025-01-01T00:00"),
    ],
)
def test_asking_about_a_day_asks_about_its_end(when, asked):
    assert instant_asked(when, LONDON) == utc(asked) - MICROSECOND


def test_asking_about_a_time_asks_about_that_instant():
    assert instant_asked("2026-03-12T09:00:00+01:00", LONDON) == utc("2026-03-12T08:00")


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("2026-02-31", "'2026-02-31' is not a day: February 2026 has 28 days."),
        ("2027-02-29", "'2027-02-29' is not a day: February 2027 has 28 days."),
        ("2028-02-30", "'2028-02-30' is not a day: February 2028 has 29 days."),
        ("2026-13-01", "write the year, month and day"),
        ("0000-01-01", "write the year, month and day"),
        ("2026-00", "write the year, month and day"),
        ("2026-03-00", "March 2026 has 31 days"),
        ("2026-02-31T10:00:00Z", "February 2026 has 28 days"),
        ("03/04/26", "can be read in more than one way. Which one? 2026-04-03 or 2026-03-04."),
        ("03-04-2026", "Which one? 2026-04-03 or 2026-03-04."),
        ("31/12/2026", "is not how a date is written here; write 2026-12-31."),
        ("5.5.2026", "write 2026-05-05."),
        ("2026/3/9", "write 2026-03-09."),
        ("2026-3-9", "write 2026-03-09."),
        ("31/2/2026", "is not a day, whichever way it is read"),
        ("2026/02/31", "is not a day, whichever way it is read"),
        ("31 May 2026", "'31 May 2026' is not how a date is written here; write 2026-05-31."),
        ("1st of sept. 2026", "is not how a date is written here; write 2026-09-01."),
        ("31 June 2026", "'31 June 2026' is not a day: June 2026 has 30 days."),
        ("31 June", "'31 June' is not a day: June has 30 days."),
        ("31 May", "'31 May' has no year; write the year, month and day, such as 2028-05-31."),
        ("1 May 0000", "'1 May 0000' is not a date; write the year, month and day as 2026-03-12."),
        ("31 Mumble 2026", "'31 Mumble 2026' is not a date; write 2026-03-12"),
        ("20226-01-01", "'20226-01-01' is not a date; write 2026-03-12"),
        ("12 March 2026", "is not how a date is written here; write 2026-03-12."),
        ("12 Ides 2026", "or a partial date such as 2026-03."),
        ("", "is not a date"),
        ("٢٠٢٦-٠٣-١٢", "is not a date"),  # digits of another script, which would be read as numbers
        ("2026-03-12T25:00:00Z", "is not a time"),
        ("2026-03-12T10:00:61Z", "is not a time"),
        ("2026-03-12T10:00:00+25:00", "is not a time"),
        (
            "2026-03-12T10:00",
            "has no offset from UTC; by the clocks of this log it would be 2026-03-12T10:00:00+00:00.",
        ),
        ("2026-07-01T10:00", "it would be 2026-07-01T10:00:00+01:00."),
        ("2026-10-25T01:30", "Which one? 2026-10-25T01:30:00+01:00 or 2026-10-25T01:30:00+00:00."),
        ("2026-10-25T01:30:15", "Which one? 2026-10-25T01:30:15+01:00 or 2026-10-25T01:30:15+00:00."),
        (
            "2026-03-29T01:30",
            "was skipped when the clocks went forward; write the time that was, such as 2026-03-29T02:30:00+01:00.",
        ),
    ],
)
def test_what_is_not_a_date_is_told_what_it_might_be(when, sentence):
    with pytest.raises(NotADate) as refused:
        span(when, LONDON)
    assert sentence in str(refused.value)


def test_an_offset_of_half_an_hour_keeps_its_half():
    with pytest.raises(NotADate, match=r"2026-07-01T10:00:00\+05:30"):
        span("2026-07-01T10:00", KOLKATA)
    with pytest.raises(NotADate, match=r"2026-01-01T10:00:00-03:30"):
        span("2026-01-01T10:00", zone_named("America/St_Johns"))


def test_only_the_beginning_of_a_long_text_is_repeated():
    with pytest.raises(NotADate) as refused:
        span("x" * 10_000, LONDON)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(("when", "partial"), [("2024", True), ("2024-02", True), ("2024-02-01", False)])
def test_a_month_and_a_year_are_partial(when, partial):
    assert is_partial(when) is partial


@pytest.mark.parametrize(
    ("one", "other", "unordered"),
    [
        ("2026-03-12", "2026-03-12", True),
        ("2026-03-12", "2026-03-12T10:00:00Z", True),
        ("2026-03-12T09:00:00Z", "2026-03-12T10:00:00Z", False),
        ("2026-03-12", "2026-03-13", False),
        ("2026-03", "2026-03-12", False),
        ("2026-07-01", "2026-06-30T23:30:00Z", True),  # half past midnight by the clocks of the log
        ("2026-03-12t09:00:00z", "2026-03-12T10:00:00Z", False),
    ],
)
def test_two_acts_of_one_day_without_a_time_have_no_recorded_order(one, other, unordered):
    assert same_day_unordered(one, other, LONDON) is unordered
    assert same_day_unordered(other, one, LONDON) is unordered


@pytest.mark.parametrize("name", ["Europe/Londn", "", "../etc/passwd", "Europe", "\x00", "Ünknown/Zone"])
def test_an_unknown_time_zone_is_refused(name):
    with pytest.raises(NotADate, match=r"write an IANA name such as Europe/London\."):
        zone_named(name)


def test_days_follow_one_another_without_a_gap():
    day = date(2026, 1, 1)
    for _ in range(366):
        following = day + timedelta(days=1)
        assert instant_asked(day.isoformat(), LONDON) + MICROSECOND == day_start(following, LONDON)
        day = following


@pytest.mark.parametrize(
    ("when", "begins", "last"),
    [
        ("2026-03-12", "2026-03-12T00:00", "2026-03-12T23:59:59.999999"),
        ("2026-10-25", "2026-10-24T23:00", "2026-10-25T23:59:59.999999"),  # a day of 25 hours
        ("2026-03-29", "2026-03-29T00:00", "2026-03-29T22:59:59.999999"),  # and one of 23
        ("2026-06", "2026-05-31T23:00", "2026-06-30T22:59:59.999999"),
        ("2026-03-12T14:30:00Z", "2026-03-12T14:30", "2026-03-12T14:30"),
    ],
)
def test_a_day_is_to_come_until_it_begins_and_over_when_it_has_ended(when, begins, last):
    assert is_to_come(when, LONDON, utc(begins) - MICROSECOND)
    assert not is_to_come(when, LONDON, utc(begins))
    assert not is_over(when, LONDON, utc(last))
    assert is_over(when, LONDON, utc(last) + MICROSECOND)


def test_what_is_no_date_is_neither_over_nor_to_come():
    for when in ("", "soon", "2026-13-01"):
        assert not is_over(when, LONDON, 2**62)
        assert not is_to_come(when, LONDON, -(2**62))


@pytest.mark.parametrize(
    ("day", "after", "before"),
    [
        ("2024-02-28", "2024-02-29", "2024-02-27"),
        ("2026-12-31", "2027-01-01", "2026-12-30"),
        ("9999-12-31", None, "9999-12-30"),
        ("2026-03", None, None),
        ("2026-03-12T10:00:00Z", None, None),
        ("20260312", None, None),  # a date for Python, and none of ours
        ("2026-W11-4", None, None),
        ("2026-02-30", None, None),
    ],
)
def test_only_a_whole_day_has_one_before_and_after_it(day, after, before):
    assert (day_after(day), day_before(day)) == (after, before)


@pytest.mark.parametrize(
    ("written", "day"),
    [("today", "2026-03-30"), ("yesterday", "2026-03-29"), ("2026-01-01", "2026-01-01"), ("tomorrow", "tomorrow")],
)
def test_today_and_yesterday_are_days_of_the_logs_own_calendar(written, day):
    late = datetime(2026, 3, 29, 23, 30, tzinfo=UTC)  # half past midnight in London, where summer time has begun
    assert named_day(written, late, LONDON) == day


@pytest.mark.parametrize(
    ("when", "written"),
    [
        ("2026-03-12", "2026-03-12"),
        ("2026-07-01", "2026-07-01"),
        ("2026-03-12T10:11:00Z", "2026-03-12T10:11:00+00:00"),
        ("2026-07-01T00:00:00Z", "2026-07-01T01:00:00+01:00"),
        ("2026-03-12T10:11:12.000500Z", "2026-03-12T10:11:12.000500+00:00"),
    ],
)
def test_a_moment_is_written_as_the_day_that_begins_with_it_else_as_a_time(when, written):
    assert as_written(span(when, LONDON).earliest, LONDON) == written


def test_what_has_no_end_is_not_written():
    assert as_written(OPEN_END, LONDON) == ""


@pytest.mark.parametrize(
    ("one", "other", "so"),
    [
        ("2026-03-11", "2026-03-12", True),
        ("2026-03-12T16:00:00+00:00", "2026-03-12", True),
        ("2026-03-12", "2026-03-12T09:00:00+00:00", True),
        ("2026-03-13", "2026-03-12T09:00:00+00:00", False),
        (None, "2026-03-12", False),
        ("2026-03-12", None, False),
    ],
)
def test_an_act_was_by_the_day_of_another_whatever_the_hour(one, other, so):
    assert by_the_day_of(one, other) is so

"""The days of the law, against the calendar that everybody knows."""

from __future__ import annotations

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

import pytest

from decisionlog.checks.calendar import (
    clear_days,
    clear_working_days,
    day_of,
    is_working_day,
    working_days_after,
)
from decisionlog.domain.days import day_start, span

LONDON = ZoneInfo("Europe/London")
MAUNDY_THURSDAY = date(2026, 4, 2)
TUESDAY_AFTER_EASTER = date(2026, 4, 7)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),  # New Year
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 4),  # early May
        date(2026, 5, 25),  # late May
        date(2026, 8, 31),  # summer
        date(2026, 12, 28),  # for Boxing Day, a Saturday
        date(2022, 6, 2),  # the late-May holiday, moved for a jubilee
        date(2022, 6, 3),  # the jubilee
        date(2023, 5, 8),  # a coronation
        date(2027, 12, 27),  # for Christmas Day, a Saturday
        date(2027, 12, 28),  # for Boxing Day, a Sunday
    ],
)
def test_a_bank_holiday_is_no_working_day(day):
    assert not is_working_day(day)
    assert day.weekday() < 5


@pytest.mark.parametrize("day", [date(2026, 3, 14), date(2026, 3, 15)])
def test_a_saturday_or_a_sunday_is_no_working_day(day):
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        MAUNDY_THURSDAY,
        TUESDAY_AFTER_EASTER,
        date(2026, 3, 13),  # a Friday
        date(2026, 12, 29),
        date(2027, 12, 24),
        date(2027, 12, 29),
        date(2022, 5, 30),  # where the late-May holiday would have been
        date(2026, 3, 17),  # Saint Patrick's Day, which is kept elsewhere
        date(2026, 11, 30),  # Saint Andrew's Day, which is kept elsewhere
    ],
)
def test_any_other_day_is_a_working_day(day):
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("day", "number", "last"),
    [
        (date(2026, 3, 9), 0, date(2026, 3, 9)),
        (date(2026, 3, 9), 1, date(2026, 3, 10)),
        (date(2026, 3, 9), 5, date(2026, 3, 16)),
        (date(2026, 3, 13), 1, date(2026, 3, 16)),
        (MAUNDY_THURSDAY, 1, TUESDAY_AFTER_EASTER),
        (MAUNDY_THURSDAY, 5, date(2026, 4, 13)),
        (date(2026, 3, 14), 1, date(2026, 3, 16)),
        (date(2027, 12, 24), 2, date(2027, 12, 30)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day, number, last):
    assert working_days_after(day, number) == last


@pytest.mark.parametrize(
    ("notice", "act", "clear"),
    [
        (date(2026, 3, 1), date(2026, 3, 1), 0),
        (date(2026, 3, 1), date(2026, 3, 2), 0),
        (date(2026, 3, 1), date(2026, 3, 3), 1),
        (date(2026, 2, 11), date(2026, 3, 12), 28),
        (date(2026, 2, 12), date(2026, 3, 12), 27),
        (date(2026, 3, 12), date(2026, 3, 1), 0),
    ],
)
def test_neither_the_day_of_the_notice_nor_that_of_the_act_is_a_clear_day(notice, act, clear):
    assert clear_days(notice, act) == clear


@pytest.mark.parametrize(
    ("notice", "act", "clear"),
    [
        (date(2026, 3, 5), date(2026, 3, 12), 4),
        (date(2026, 3, 4), date(2026, 3, 12), 5),
        (MAUNDY_THURSDAY, TUESDAY_AFTER_EASTER, 0),
        (MAUNDY_THURSDAY, date(2026, 4, 8), 1),
        (date(2026, 3, 13), date(2026, 3, 17), 1),
        (date(2026, 3, 12), date(2026, 3, 5), 0),
    ],
)
def test_clear_working_days_leave_out_weekends_and_bank_holidays(notice, act, clear):
    assert clear_working_days(notice, act) == clear


def test_the_day_of_a_moment_is_that_of_the_clocks_there():
    begins = day_start(date(2026, 6, 1), LONDON)
    assert day_of(begins, LONDON) == date(2026, 6, 1)
    assert day_of(begins - 1, LONDON) == date(2026, 5, 31)
    assert day_of(begins, UTC) == date(2026, 5, 31)
    assert day_of(span("2026-06-01T23:30:00Z", LONDON).earliest, LONDON) == date(2026, 6, 1) + timedelta(days=1)

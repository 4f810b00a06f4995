"""Days as the law counts them in England: working days, bank holidays, and clear days between a notice and an act."""

from __future__ import annotations

from datetime import date, timedelta, tzinfo
from functools import cache
from typing import Final

from decisionlog.domain.days import at

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


def is_working_day(day: date) -> bool:
    """Whether it is neither a Saturday, a Sunday nor a bank holiday of England."""
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def working_days_after(day: date, number: int) -> date:
    """The last of so many working days that follow a day; the day itself does not count."""
    while number > 0:
        day += _DAY
        number -= is_working_day(day)
    return day


def clear_days(notice: date, act: date) -> int:
    """How many days lie between a notice and an act; neither the day of the notice nor that of the act counts."""
    return max((act - notice).days - 1, 0)


def clear_working_days(notice: date, act: date) -> int:
    """How many working days lie between a notice and an act; neither the day of the notice nor that of the act counts."""
    return sum(is_working_day(notice + _DAY * number) for number in range(1, clear_days(notice, act) + 1))


def day_of(moment: int, zone: tzinfo) -> date:
    """The civil day of a moment."""
    return at(moment).astimezone(zone).date()


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    """With their substitute days, and those that were proclaimed for one year."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to import, and most questions ask for no working day

    return frozenset(country_holidays("GB", subdiv="ENG", years=year))

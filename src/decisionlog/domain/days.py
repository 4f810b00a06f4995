"""Days, times and partial dates: what an `on`, a `from` or a `--known` means on the line of time.

A moment is a whole number of microseconds since 1970-01-01T00:00Z. Nothing here reads a clock.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

OPEN_END: Final = 2**62
"""The end of what has no end."""

_DAYS_AGO: Final = {"today": 0, "yesterday": 1}
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_DAY: Final = 24 * 60 * 60 * 1_000_000
_A_DAY: Final = len("2026-03-12")
_FIRST: Final = datetime(1, 1, 3, tzinfo=UTC)  # beyond these two a time zone can no longer be applied
_LAST: Final = datetime(9999, 12, 29, tzinfo=UTC)
_LAST_SECOND: Final = 253_402_300_799
"""Of the year 9999, in seconds since 1970."""
# re.ASCII: digits of other scripts would be read as numbers, and kept as no program that reads the log expects them.
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)([Zz]|[+-]\d{2}:\d{2})?", re.ASCII)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_DAY_AND_MORE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?,?(?: (\d{4}))?", re.ASCII | re.IGNORECASE)
_MONTHS = {f"{date(2000, month, 1):%B}".lower(): month for month in range(1, 13)}
_LEAP_YEAR = 2028
"""A year that has every day that a month can have."""
_YEAR_FIRST = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", re.ASCII)


class Span(Struct, frozen=True):
    """When an act happened: not before `earliest`; certainly by `certain`, the last moment of a partial date."""

    earliest: int
    certain: int


class NotADate(ValueError):
    """A text that is not a day, a time or a partial date; its sentence says what to write instead."""


def moment(instant: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z."""
    return (instant - _EPOCH) // _MICROSECOND


def at(moment_: int) -> datetime:
    """The UTC time of a moment; the first or last that the calendar has, for one beyond it."""
    return _EPOCH + min(max(moment_, moment(_FIRST)), moment(_LAST)) * _MICROSECOND


def stamp_of(seconds: int) -> str:
    """A time in seconds since 1970, as somebody claims it; a number that is no time before the year 10,000 as it is, 0 as nothing."""
    if not seconds:
        return ""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}" if seconds <= _LAST_SECOND else str(seconds)


def stamp(instant: datetime) -> str:
    """RFC 3339 in UTC with microseconds, as `recorded_at` is written: `2026-03-12T10:11:12.000000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


@lru_cache(maxsize=4096)
def span(when: str, zone: tzinfo) -> Span:
    """When `when` was, in the civil time of `zone`. Raises `NotADate` with a sentence that helps."""
    if timed := _TIME.fullmatch(when):
        start = moment(_time(when, *timed.groups(), zone=zone))
        return Span(start, start)
    if parted := _PARTIAL.fullmatch(when):
        year, month, day = (int(part or 1) for part in parted.groups())
        start = day_start(_day(when, year, month, day), zone)
        if parted[3]:
            return Span(start, start)
        last_month = month if parted[2] else 12
        return Span(start, _day_end(date(year, last_month, monthrange(year, last_month)[1]), zone) - 1)
    raise NotADate(_what_was_meant(when))


def day_start(day: date, zone: tzinfo) -> int:
    """The first moment of a civil day."""
    return moment(datetime.combine(day, time(), zone))


def instant_asked(when: str, zone: tzinfo) -> int:
    """The moment that `--on WHEN` asks about: the end of a day (of a partial date), or the time itself."""
    if _TIME.fullmatch(when):
        return span(when, zone).earliest
    asked = span(when, zone)
    if asked.certain != asked.earliest:
        return asked.certain
    return _day_end(date.fromisoformat(when), zone) - 1


def is_over(when: str, zone: tzinfo, at_: int) -> bool:
    """Whether a day (a partial date, a time) was over at a moment; what is no date never is."""
    try:
        return instant_asked(when, zone) < at_
    except NotADate:
        return False


def is_to_come(when: str, zone: tzinfo, at_: int) -> bool:
    """Whether a day (a partial date, a time) had not begun at a moment; what is no date is not awaited."""
    try:
        return span(when, zone).earliest > at_
    except NotADate:
        return False


def as_written(moment_: int, zone: tzinfo) -> str:
    """A moment as one writes it: the day that begins with it, else the time with its offset; empty for what has no end."""
    if moment_ >= OPEN_END:
        return ""
    local = at(moment_).astimezone(zone)
    if moment_ == day_start(local.date(), zone):
        return local.date().isoformat()
    return local.isoformat(timespec="auto" if local.microsecond else "seconds")


def day_after(day: str) -> str | None:
    """The day after a day: of a last day, the first on which it no longer holds. None for what is no whole day."""
    return _moved(day, timedelta(days=1))


def day_before(day: str) -> str | None:
    """The day before a day: of an `until`, the last on which it holds. None for what is no whole day."""
    return _moved(day, timedelta(days=-1))


def named_day(when: str, now: datetime, zone: tzinfo) -> str:
    """`today` and `yesterday` as a civil day of `zone`; anything else as it is."""
    if when not in _DAYS_AGO:
        return when
    return (now.astimezone(zone).date() - timedelta(days=_DAYS_AGO[when])).isoformat()


def by_the_day_of(one: str | None, other: str | None) -> bool:
    """Whether one act was on the day of another or before it, as both days are written; not where one is not recorded."""
    return bool(one and other) and str(one)[:_A_DAY] <= str(other)[:_A_DAY]


def is_partial(when: str) -> bool:
    """Whether a text is a partial date: a month or a year."""
    return len(when) in {4, 7}


def same_day_unordered(one: str, other: str, zone: tzinfo) -> bool:
    """Whether two acts fall on one civil day and at least one has no time, so that their order is not recorded."""
    if is_partial(one) or is_partial(other) or ("T" in one.upper() and "T" in other.upper()):
        return False
    return civil_day(one, zone) == civil_day(other, zone)


def civil_day(when: str, zone: tzinfo) -> date:
    """The civil day of a day or a time."""
    earliest = span(when, zone).earliest
    return at(earliest).astimezone(zone).date() if _TIME.fullmatch(when) else date.fromisoformat(when)


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that IANA name. Raises `NotADate` for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        msg = f"'{name}' is not a time zone; write an IANA name such as Europe/London."
        raise NotADate(msg) from unknown


def _moved(day: str, by: timedelta) -> str | None:
    if not (found := _PARTIAL.fullmatch(day)) or not found[3]:
        return None
    try:
        return (date.fromisoformat(day) + by).isoformat()
    except (ValueError, OverflowError):
        return None


def _day_end(day: date, zone: tzinfo) -> int:
    """The first moment of the day after; the calendar ends with the last day of 9999."""
    if day == date.max:
        return day_start(day, zone) + _DAY
    return day_start(day + timedelta(days=1), zone)


def _day(when: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as wrong:
        if 1 <= month <= 12 and year:
            last = monthrange(year, month)[1]
            msg = f"'{when}' is not a day: {date(year, month, 1):%B %Y} has {last} days."
        else:
            msg = f"'{when}' is not a date; write the year, month and day as 2026-03-12."
        raise NotADate(msg) from wrong


def _time(when: str, day: str, clock: str, offset: str | None, *, zone: tzinfo) -> datetime:
    _day(when, *(int(part) for part in day.split("-")))
    try:
        if offset:
            return datetime.fromisoformat(f"{day}T{clock}{'+00:00' if offset in 'Zz' else offset}")
        local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=zone)
    except ValueError as wrong:
        msg = f"'{when}' is not a time; write it as 2026-03-12T14:30:00+00:00."
        raise NotADate(msg) from wrong
    raise NotADate(_which_offset(when, local))


def _which_offset(when: str, local: datetime) -> str:
    """The sentence for a time without an offset; twice a year one is not enough to know which time was meant."""
    first, second = (local.replace(fold=fold).utcoffset() or timedelta() for fold in (0, 1))
    if first < second:
        was = local.astimezone(UTC).astimezone(local.tzinfo)
        meant = _written(was.replace(tzinfo=None), second)
        return f"'{when}' was skipped when the clocks went forward; write the time that was, such as {meant}."
    meant = _written(local, first)
    if first == second:
        return f"'{when}' has no offset from UTC; by the clocks of this log it would be {meant}."
    return f"'{when}' has no offset from UTC. Which one? {meant} or {_written(local, second)}."


def _written(local: datetime, offset: timedelta) -> str:
    minutes = offset // timedelta(minutes=1)
    sign, hours = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"{local.replace(tzinfo=None).isoformat()}{sign}{hours[0]:02}:{hours[1]:02}"


def _what_was_meant(when: str) -> str:
    shown = when[:60]
    if said := _IN_WORDS.fullmatch(when.strip()):
        for name, month in _MONTHS.items():
            if name.startswith(said[2].lower()):
                return _said_in_words(shown, int(said[1]), month, said[3])
    if found := _YEAR_FIRST.fullmatch(when.strip()):
        readings = [tuple(int(part) for part in found.groups())]
    elif found := _DAY_FIRST.fullmatch(when.strip()):
        first, second, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
        readings = [(year, second, first), (year, first, second)]
    else:
        wanted = "2026-03-12, a time such as 2026-03-12T14:30:00Z, or a partial date such as 2026-03"
        return f"'{shown}' is not a date; write {wanted}."
    days = dict.fromkeys(f"{year:04}-{month:02}-{day:02}" for year, month, day in readings if _is_day(year, month, day))
    match list(days):
        case []:
            return f"'{shown}' is not a day, whichever way it is read; write the year, month and day as 2026-03-12."
        case [only]:
            return f"'{shown}' is not how a date is written here; write {only}."
        case several:
            return f"'{shown}' can be read in more than one way. Which one? {' or '.join(several)}."


def _said_in_words(shown: str, day: int, month: int, year: str | None) -> str:
    """What to write for `31 May 2025`; that `31 June` is none, in any year or in that one; that `31 May` has no year."""
    in_year = int(year or _LEAP_YEAR)
    if _is_day(in_year, month, day):
        written = f"{in_year:04}-{month:02}-{day:02}"
        wanted = f"write {written}" if year else f"write the year, month and day, such as {written}"
        return f"'{shown}' {'is not how a date is written here' if year else 'has no year'}; {wanted}."
    if not year or in_year:
        named = f"{date(in_year, month, 1):%B %Y}" if year else f"{date(in_year, month, 1):%B}"
        return f"'{shown}' is not a day: {named} has {monthrange(in_year, month)[1]} days."
    return f"'{shown}' is not a date; write the year, month and day as 2026-03-12."


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def clock_on(on: str | None, written: str, zone: tzinfo) -> str:
    """A time of the day, `14:05`, on the day of an act; anything else as it is written."""
    clock, day = _CLOCK.fullmatch(written), _DAY_AND_MORE.fullmatch(on or "")
    if not clock or not day:
        return written
    said = f"{day[1]}T{int(clock[1]):02}:{clock[2]}:00"
    try:
        local = datetime.fromisoformat(said).replace(tzinfo=zone)
    except ValueError:
        return written
    offsets = {local.replace(fold=fold).utcoffset() for fold in (0, 1)}
    return local.isoformat() if len(offsets) == 1 else said  # twice a year, the writer must say which

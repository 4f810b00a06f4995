"""Meetings, and days that are due, as a calendar to subscribe to (iCalendar, RFC 5545): the same answer, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText

import decisionlog
from decisionlog.domain.answers.feeds import Dated, Diary
from decisionlog.domain.days import at, span, zone_named
from decisionlog.domain.erased import is_gone
from decisionlog.domain.references import split
from decisionlog.render.site.addresses import Addresses, path_of
from decisionlog.render.site.feeds.naming import safe, uid_of
from decisionlog.render.words import in_words, mentioned

FILE: Final = "calendar.ics"
"""Where the calendar is, from the root of the register."""
MEDIA_TYPE: Final = "text/calendar"
_A_DAY: Final = len("2026-03-12")
_DUE: Final = {
    "action": "Action due: {}",
    "condition": "Condition to be met: {}",
    "disagreement": "Answer due: {}",
    "report": "Report due: {}",
    "review": "To be reviewed: {}",
}

_WITH_ITS_KIND: Final = {
    "body": "terms of {}",
    "decision": "decision {}",
    "delegation": "delegation {}",
    "disagreement": "disagreement {}",
}
"""How a thing is named whose name alone does not say what it is."""


def calendar(answer: Diary, addresses: Addresses, site: str = "") -> bytes:
    """The calendar. `site` is where the register is served, with a slash at its end; without it nothing is linked to."""
    found = Calendar()
    found.add("prodid", f"-//decisionlog//decisionlog {decisionlog.__version__}//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", vText(safe(f"{answer.log_name}: meetings and days due")))
    found.add("x-wr-timezone", answer.zone)
    if left_out := answer.without_a_day:
        found.add("x-wr-caldesc", vText(f"{left_out:,} more without a day that is recorded."))
    zone = zone_named(answer.zone)
    for one in answer.items:
        found.add_component(_event(one, answer, zone, _address(one, addresses, site)))
    if any(len(one.when) > _A_DAY for one in answer.items):
        found.add_missing_timezones()
    written: bytes = found.to_ical(sorted=True)
    return written


def _event(one: Dated, answer: Diary, zone: ZoneInfo, address: str) -> Event:
    event = Event()
    event.add("uid", uid_of(answer.basis.log, one.stream, "" if one.what == "meeting" else one.what, one.part))
    event.add("dtstamp", _time(one.updated, zone).astimezone(UTC))
    event.add("last-modified", _time(one.updated, zone).astimezone(UTC))
    event.add("sequence", one.changes)
    event.add("summary", safe(_summary(one, answer)))
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE" if one.what == "meeting" and len(one.when) > _A_DAY else "TRANSPARENT")
    event.add("dtstart", _day_or_time(one.when, zone))
    if end := _end(one, zone):
        event.add("dtend", end)
    if one.venue and not is_gone(one.venue):
        event.add("location", safe(one.venue))
    if description := "\n".join(_description(one, answer)):
        event.add("description", safe(description))
    if address:
        event.add("url", address)
    return event


def _summary(one: Dated, answer: Diary) -> str:
    title = one.title if one.title and not is_gone(one.title) else ""
    if one.what != "meeting":
        kind = split(one.stream)[0]
        thing = mentioned(one.stream, {**answer.names, **({one.stream: title} if title else {})})
        return _DUE[one.what].format(_WITH_ITS_KIND.get(kind, "{}").format(thing))
    bodies = in_words(one.said[0], answer.names) if one.said else f"Meeting {one.ref}"
    said = f"{bodies}: {title}" if title else bodies
    return f"Cancelled: {said}" if one.is_cancelled else said


def _description(one: Dated, answer: Diary) -> Iterator[str]:
    if one.what == "meeting":
        yield f"Meeting {one.ref}"
        yield from (in_words(said, answer.names) for said in one.said[1:])
    else:
        yield from (in_words(said, answer.names) for said in one.said)


def _day_or_time(when: str, zone: ZoneInfo) -> date | datetime:
    return date.fromisoformat(when) if len(when) == _A_DAY else _time(when, zone)


def _end(one: Dated, zone: ZoneInfo) -> date | datetime | None:
    """A day ends with itself; a time where it is recorded, and is later."""
    if len(one.when) == _A_DAY:
        return date.fromisoformat(one.when) + timedelta(days=1)
    if len(one.ended) <= _A_DAY:
        return None
    end = _time(one.ended, zone)
    return end if end > _time(one.when, zone) else None


def _time(when: str, zone: ZoneInfo) -> datetime:
    return at(span(when, zone).earliest).replace(microsecond=0).astimezone(zone)


def _address(one: Dated, addresses: Addresses, site: str) -> str:
    path = path_of(one.stream)
    return urljoin(site, addresses.page(path)) if site and path else ""

"""When bodies meet and met, by the last that was said of it: a meeting may be moved, called again, or cancelled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from decisionlog.domain.answers.feeds import Dated
from decisionlog.domain.answers.things import Listed
from decisionlog.domain.days import NotADate, span
from decisionlog.domain.saying import Named, Said, joined
from decisionlog.projections import register
from decisionlog.questions.feeds.learnt import learnt
from decisionlog.questions.listed import listed
from decisionlog.questions.telling import text_of
from decisionlog.questions.viewing import Seen, Viewing

_KEPT: Final = timedelta(days=90) // timedelta(microseconds=1)
"""How long a meeting stays in a diary after its day."""
_STEPS: Final = ("meeting.called", "meeting.held", "meeting.adjourned", "meeting.resumed", "meeting.cancelled")
_OPENNESS: Final = {"public": "In public.", "private": "In private.", "part-private": "Partly in private."}


def meeting_days(viewing: Viewing) -> Iterator[Dated]:
    """Every meeting from ninety days before the day asked about on, also one that was cancelled."""
    point = viewing.point.as_of
    found = [
        known
        for known in register.things(viewing.rows, "meeting", point)
        if known.thing.state != "held" or not _is_before(known.thing.state_on, point.on - _KEPT, viewing)
    ]
    for thing in listed(viewing.log, found):
        one = _meeting(viewing, thing)
        if not _is_before(one.when, point.on - _KEPT, viewing):
            yield one


def _meeting(viewing: Viewing, thing: Listed) -> Dated:
    seen = viewing.of(thing.stream)
    when, held = _when(seen)
    told = seen.now(("meeting.called", "meeting.held"))
    last = seen.last(*_STEPS)
    recorded = learnt(viewing, thing.stream)
    return Dated(
        what="meeting",
        stream=thing.stream,
        ref=thing.ref,
        title=thing.title,
        when=when,
        said=tuple(_said(told)),
        updated=recorded.last,
        changes=recorded.more,
        evidence=thing.evidence,
        ended=held.get("ended", ""),
        venue=text_of(told.get("venue")),
        is_cancelled=bool(last and last.fact.type == "meeting.cancelled"),
    )


def _when(seen: Seen) -> tuple[str, dict[str, Any]]:
    """When it was held, with what is said of that; else for when it was called or adjourned last."""
    if held := seen.first("meeting.held"):
        return held.fact.on or "", held.data
    set_for = seen.saying("for_when", "meeting.called", "meeting.adjourned")
    return (set_for.data["for_when"] if set_for else ""), {}


def _said(told: dict[str, Any]) -> Iterator[Said]:
    if bodies := told.get("bodies"):
        yield joined((Named(body),) for body in bodies)
    if openness := _OPENNESS.get(told.get("public", "")):
        yield (openness,)


def _is_before(when: str, moment: int, viewing: Viewing) -> bool:
    try:
        return bool(when) and span(when, viewing.log.zone).certain < moment
    except NotADate:
        return False

"""The page of one meeting: when it is or was, who was there for whom, and what came of each item."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from decisionlog.domain.answers.meetings import Attending, MeetingItem, MeetingTold
from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.telling import Line
from decisionlog.domain.references import fold, split
from decisionlog.domain.saying import references_of
from decisionlog.projections import meetings
from decisionlog.questions.accounts.account import filled
from decisionlog.questions.accounts.items import ItemTold, by_item, in_order
from decisionlog.questions.accounts.meetings import HELD, afterwards, attendee_line, declared
from decisionlog.questions.attendance import PRESENT, group
from decisionlog.questions.finding_things import names_of
from decisionlog.questions.history import history
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.in_private import held_in_private
from decisionlog.questions.register.part_withheld import parts_withheld
from decisionlog.questions.telling import text_of
from decisionlog.questions.viewing import Seen, Viewing
from decisionlog.store.histories import unpacked

_AHEAD = frozenset({"called", "adjourned"})
_MANY = 60
"""Proposals of one meeting that are shown."""
_AWAY = frozenset({"Apologies", "Absent"})


def meeting(asking: Asking) -> RegisterPage:
    """The page of a meeting. Raises `NotFound`."""
    stream = asking.stream("meeting")
    shown = asking.show(stream)
    happened = history(asking.log, asking.models, stream, asking.asked, asking.now)
    point = settle(asking.log, asking.asked, asking.now)
    with asking.models.reading() as rows:
        told = _told(Viewing(asking.log, rows, point), stream)
    return asking.page(
        "meeting",
        stream,
        shown.thing.title or shown.thing.ref,
        shown.basis,
        {**happened.names, **shown.names},
        show=shown,
        meeting=told,
        history=happened,
        withheld=parts_withheld(asking, stream),
    )


def _told(viewing: Viewing, stream: str) -> MeetingTold:
    seen = viewing.of(stream)
    stood = meetings.meetings(viewing.rows, [stream], viewing.point.as_of)
    row = stood[0].values if stood else None
    ahead = bool(row and row.state in _AHEAD and row.for_when and not viewing.is_past(row.for_when))
    called_for = seen.saying("for_when", "meeting.called", "meeting.adjourned")
    when = (row.for_when if ahead else row.on or row.for_when) if row else ""
    when = when or (str(called_for.data["for_when"]) if called_for else "")
    told, left_out = by_item(viewing, seen)
    listed = _listed(viewing, seen)
    told += [ItemTold(item, {}) for item in listed if fold(item) not in {fold(one.item) for one in told}]
    told.sort(key=lambda one: in_order(one.item))
    return MeetingTold(
        basis=viewing.point.basis,
        bodies=tuple(unpacked(row.bodies)) if row else (),
        when=when,
        is_to_come=ahead,
        items=tuple(_item(viewing, seen, one, listed) for one in told),
        left_out=left_out,
        attendance=tuple(_attendance(seen)),
        number_present=row.attendance_count if row else -1,
        sections=filled(declared(seen), *afterwards(seen)),
        in_private=held_in_private(seen),
    )


def _listed(viewing: Viewing, seen: Seen) -> dict[str, list[str]]:
    """By item, the proposals on the agenda: as it was called last, and as they were listed for it."""
    found: dict[str, list[str]] = {}
    called = seen.last("meeting.called")
    for one in called.data.get("agenda", ()) if called else ():
        found.setdefault(one.get("item", ""), []).extend(part["proposal"] for part in one.get("proposals", ()))
    listed, _ = viewing.concerning(seen.stream, ["proposal.listed"], ["meeting"], _MANY)
    for stated in listed:
        found.setdefault(stated.data.get("item", ""), []).append(stated.fact.stream)
    return {item: list(dict.fromkeys(several)) for item, several in found.items()}


def _item(viewing: Viewing, seen: Seen, told: ItemTold, listed: dict[str, list[str]]) -> MeetingItem:
    proposals = tuple(one for item, several in listed.items() if fold(item) == fold(told.item) for one in several)
    lines = {part: tuple(of_it) for part, of_it in told.lines.items()}
    return MeetingItem(told.item, _title(viewing, seen, told, proposals), proposals, lines)


def _title(viewing: Viewing, seen: Seen, told: ItemTold, proposals: tuple[str, ...]) -> str:
    """The title of an item on the agenda, or of what was considered; else that of the first thing it was about."""
    called = seen.last("meeting.called")
    on_agenda: list[dict[str, Any]] = list(called.data.get("agenda", ())) if called else []
    on_agenda += [one.data for one in seen.stated("meeting.item_considered")]
    for one in on_agenda:
        if told.item and one.get("item") == told.item and one.get("title") is not None:
            return text_of(one["title"])
    about = [
        reference
        for part in ("decisions", "positions", "agenda", "considered")
        for line in told.lines.get(part, ())
        for reference in sorted(references_of(line.said))
        if split(reference)[0] in {"decision", "proposal"}
    ]
    about = [*proposals, *about]
    names = names_of(viewing.log, viewing.rows, about[:1], viewing.point.as_of)
    return next(iter(names.values()), "")


def _attendance(seen: Seen) -> Iterator[Attending]:
    """Who was there, partner by partner, in the order in which the record names them."""
    found: dict[tuple[str, ...], dict[str, list[Line]]] = {}
    for one in seen.stated(*HELD):
        for attendee in one.data.get("attendance", ()):
            partner = tuple(attendee.get("on_behalf_of", ()))
            line = attendee_line({name: value for name, value in attendee.items() if name != "on_behalf_of"}, one)
            found.setdefault(partner, {}).setdefault(group(attendee), []).append(line)
    for partner, groups in sorted(found.items(), key=lambda pair: not pair[0]):
        yield Attending(
            on_behalf_of=partner,
            present=tuple(groups.get(PRESENT, ())),
            attending=tuple(line for name, of in groups.items() if name not in {PRESENT, *_AWAY} for line in of),
            away=tuple(line for name in groups if name in _AWAY for line in groups[name]),
        )

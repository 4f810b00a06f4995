"""An account of a meeting: who met and who was there, what was declared, what came of each item, how the minutes stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from decisionlog.domain.answers.telling import Line, Section
from decisionlog.domain.saying import Said, joined, said
from decisionlog.questions.accounts.account import Account, either, fields, filled, happened, line, section
from decisionlog.questions.accounts.items import items
from decisionlog.questions.attendance import group
from decisionlog.questions.conflicts import asked_for, interests_of
from decisionlog.questions.sentences import sentence
from decisionlog.questions.viewing import Seen, Stated, Viewing

HELD: Final = ("meeting.held", "meeting.resumed")
"""The facts that say who was there."""
_PUBLIC: Final = {"public": "in public", "private": "in private", "part-private": "partly in private"}
_MINUTES: Final = (
    "meeting.minutes_drafted",
    "meeting.minutes_confirmed",
    "meeting.minutes_refused",
    "meeting.minutes_published",
)
_WHO_PRESIDED: Final = "{by|capacity|=Somebody who is not recorded}"
_COURSE: Final = ("meeting.called", "meeting.adjourned", "meeting.resumed", "meeting.cancelled")


def meeting(viewing: Viewing, seen: Seen) -> Account:
    """When and where, who presided, who was there for whom; each item with what came of it; the minutes."""
    held = seen.first("meeting.held")
    called = seen.last("meeting.called")
    return Account(
        opening=tuple(_opening(viewing, seen, held, called)),
        sections=filled(
            *(section(title, lines) for title, lines in _attendance(seen)),
            declared(seen),
            items(viewing, seen),
            *afterwards(seen),
            section("Its course", _course(seen)),
        ),
        told=fields(
            "bodies kind venue mode public presiding attendance attendance_count interests minutes quorum ended agenda for_when"
        ),
    )


def declared(seen: Seen) -> Section:
    """The interests that were declared, and how each was managed."""
    return section("Interests", _interests(seen), none=_nobody_declared(seen) if seen.first("meeting.held") else "")


def afterwards(seen: Seen) -> tuple[Section, ...]:
    """Its quorum and its minutes."""
    held = seen.first("meeting.held")
    return (
        section("Quorum", _quorum(seen, held)),
        section("Minutes", _minutes(seen), none="Nothing is recorded of its minutes." if held else ""),
    )


def _opening(viewing: Viewing, seen: Seen, held: Stated | None, called: Stated | None) -> Iterator[Said]:
    if held is None:
        cancelled = seen.last("meeting.cancelled")
        if called:
            is_over = viewing.is_past(called.data.get("for_when"))
            verb = "was to meet" if cancelled or is_over else "is to meet"
            how = _PUBLIC.get(called.data.get("public", ""))
            template = f"{{bodies|=A body that is not recorded}} {verb}[ on {{for_when}}][, at {{venue}}][, {{how}}]."
            yield said(template, {**called.data, "how": how})
            if is_over and not cancelled:
                yield ("Whether it met is not recorded.",)
        return
    on = {"on": held.fact.on} if held.fact.on else {}
    how = _PUBLIC.get(held.data.get("public", ""), "")
    template = "{bodies} met[ on {on}][, at {venue}][, {how}][, {mode}][ ({kind} meeting)]."
    yield said(template, {**held.data, **on, **({"how": how} if how else {})})
    if ended := said("It ended on {ended}.", held.data):
        yield ended
    if presiding := held.data.get("presiding", ()):
        yield _presided(presiding)


def _presided(presiding: Sequence[Mapping[str, Any]]) -> Said:
    """Who presided, each in which hat and for which items, in one sentence."""
    if len(presiding) == 1:
        return said(f"{_WHO_PRESIDED} presided{_hat(presiding[0])}[, {_items(presiding[0])}].", presiding[0])
    each = (said(f"{_WHO_PRESIDED}{_hat(one)}[ ({_items(one)})]", one) for one in presiding)
    return (*joined(each), " presided.")


def _hat(one: Mapping[str, Any]) -> str:
    return "[ as {capacity}]" if "by" in one else ""


def _items(one: Mapping[str, Any]) -> str:
    return f"for {'items' if len(one.get('items', ())) > 1 else 'item'} {{items}}"


def _attendance(seen: Seen) -> Iterator[tuple[str, list[Line]]]:
    groups: dict[str, list[Line]] = {}
    for one in seen.stated(*HELD):
        if "attendance_count" in one.data:
            groups.setdefault("Present", []).append(
                line("{attendance_count} were present; the record gives a number only.", one)
            )
        for attendee in one.data.get("attendance", ()):
            groups.setdefault(group(attendee), []).append(attendee_line(attendee, one))
    for title in ("Present", "In attendance", "Apologies", "Absent", "Named, presence not recorded"):
        if title in groups:
            yield title, groups[title]


def attendee_line(attendee: dict[str, Any], one: Stated) -> Line:
    """Who somebody was at a meeting: for whom, in which role, and when they came and left."""
    template = (
        "{by|=Somebody who is not recorded}[, for {on_behalf_of}][, {role|role_words}][, deputy for {deputy_for}]"
        "[, {mode}][, {part}][, {times}]"
    )
    times = joined(
        joined((said("[from {arrived}]", interval), said("[until {left}]", interval)), " ", " ")
        for interval in attendee.get("intervals", ())
    )
    found = said(template, {**attendee, **({"part": "for part of it"} if attendee.get("presence") == "part" else {})})
    return Line((*found, *((", ", *times) if times else ())), (one.position,))


def _interests(seen: Seen) -> Iterator[Line]:
    for one in interests_of(seen, None):
        template = "{by}[, item {items}][: {nature}][ ({kind})][; {action}][; dispensation {dispensation}]."
        managed = tuple(_managed(each) for each in one.get("managed", ()))
        evidence = (one["position"], *(each["position"] for each in one.get("managed", ())))
        yield Line(said(template, one), evidence, more=managed)


def _managed(one: Mapping[str, Any]) -> Said:
    """How a conflict was managed; first, where that was not as intended."""
    how = said(
        "{management|management_words|words|=Managed, how is not recorded}[, left {left}][, returned {returned}].", one
    )
    return ("Not managed as intended: ", *how) if one.get("as_intended") is False else how


def _nobody_declared(seen: Seen) -> str:
    return "None was declared." if asked_for(seen) else "Whether interests were asked for is not recorded."


def _quorum(seen: Seen, held: Stated | None) -> Iterator[Line]:
    if held and isinstance(quorum := held.data.get("quorum"), dict):
        state = either(quorum, "quorate", "Quorate", "Inquorate") or "Quorum noted"
        yield Line(said(f"{state}, as minuted[, {{counted}} counted][: {{words}}].", quorum), (held.position,))
    for one in seen.stated("meeting.quorum_noted"):
        yield Line(sentence(one.fact.type, one.data), (one.position,))


def _minutes(seen: Seen) -> Iterator[Line]:
    for one in seen.stated("meeting.held"):
        yield from (
            [line("Minutes: {minutes}.", one, minutes=str(one.data["minutes"]).replace("-", " "))]
            if "minutes" in one.data
            else []
        )
    for one in seen.stated(*_MINUTES):
        yield happened(one)


def _course(seen: Seen) -> Iterator[Line]:
    for one in seen.stated(*_COURSE):
        yield happened(one)

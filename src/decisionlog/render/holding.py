"""`who holds` as text: each post or body, who held it and how, since when nobody did, and what is known to change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from decisionlog.domain.answers.holding import Change, Fate, HeldBy, Office, Vacancy, WhoHolds
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    all_called,
    called,
    happening,
    in_prose,
    last_day,
    mentioned,
    positions,
    resting_on,
    spoken,
)

Names = Mapping[str, str]

_HOW: Final = {
    "substantive": "substantively",
    "acting": "acting",
    "interim": "as an interim",
    "deputising": "deputising",
    "ex-officio": "ex officio",
}
_VOTING: Final = {"yes": "voting", "no": "without a vote"}
_SAY_IT_THEMSELVES: Final = frozenset({"voting-member", "non-voting-member"})


def who_holds(answer: WhoHolds, page: Page) -> Iterator[str]:
    """`who holds`: office by office, then the notes and the basis."""
    if split(answer.asked)[0] == "organisation":
        yield from page.heading(f"{called(answer.asked, answer.names)}: its posts, and who held them")
        if answer.fate:
            yield from page.paragraph(_ended(answer.fate, answer.names))
        yield ""
    for number, office in enumerate(answer.items):
        if number:
            yield ""
        yield from _office(office, answer.names, page)
    yield ""
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def _ended(fate: Fate, names: Names) -> str:
    """When an organisation ended, and who came after it."""
    on = happening(fate.on) if fate.on else f"on a day that is {NOT_RECORDED}"
    after = all_called(fate.successors, names)
    if not fate.ended:
        said = f"It was succeeded in part {on}, by {after}"
    else:
        who = f"{after} came after it" if fate.successors else f"who came after it is {NOT_RECORDED}"
        said = f"It ended {on}; {who}"
    return f"{said}. {positions(fate.evidence)}"


def _office(office: Office, names: Names, page: Page) -> Iterator[str]:
    of = f", {all_called(office.organisations, names)}" if office.organisations else ""
    kind = f", {spoken(office.kind)}" if office.kind else ""
    yield from page.heading(f"{called(office.office, names)}{of}{kind}")
    if state := _state(office):
        yield from page.paragraph(f"{state} {positions(office.evidence)}".rstrip(), indent=2)
    for one in office.holders:
        yield from _holder(one, office, names, page)
    if office.vacant is not None and (office.state != "over" or office.holders):
        yield from page.paragraph(_nobody(office.vacant, office), indent=2)
    for one in office.earlier_that_day:
        yield from _holder(one, office, names, page)
    for change in office.next:
        yield from page.paragraph(_change(change, office, names), indent=2, hang=2)


def _state(office: Office) -> str:
    it = "The post" if split(office.office)[0] == "post" else "The body"
    possible = f" ({office.possible})" if office.possible else ""
    match office.state:
        case "over":
            return f"{it} is over{f' since {in_prose(office.until)}' if office.until else ''}{possible}."
        case "to come":
            return (
                f"{it} was not there yet{f'; it begins on {in_prose(office.since)}' if office.since else ''}{possible}."
            )
        case "not recorded":
            return f"Of {it.lower()} nothing is recorded but its reference."
        case _:
            return f"{it} was possibly there{possible}." if possible else ""


def _holder(one: HeldBy, office: Office, names: Names, page: Page) -> Iterator[str]:
    yield from page.paragraph(_held(one, office, names), indent=2, hang=2)
    for person in one.people:
        how = _how(person, is_post=True)
        line = f"held by {called(person.who, names)}{how}{_times(person)}{_doubt(person)} {positions(person.evidence)}"
        yield from page.paragraph(line, indent=4, hang=2)
    if not one.people and split(one.who)[0] == "post":
        yield from page.paragraph("held by nobody who is recorded", indent=4)


def _held(one: HeldBy, office: Office, names: Names) -> str:
    how = _how(one, is_post=split(office.office)[0] == "post")
    bound = f", for {all_called(one.on_behalf_of, names)}" if one.on_behalf_of else ""
    voting = f", {_VOTING[one.voting]}" if one.voting and one.role not in _SAY_IT_THEMSELVES else ""
    deputy = f", for {called(one.deputy_for, names)}" if one.deputy_for else ""
    seat = f", {spoken(one.seat)}" if one.seat else ""
    decision = f", by {mentioned(one.by_decision, names)}" if one.by_decision else ""
    told = f"{called(one.who, names)}{how}{deputy}{bound}{voting}{seat}{decision}"
    left = one in office.earlier_that_day
    return f"{told}{_times(one, left=left)}{_doubt(one)} {positions(one.evidence)}"


def _how(one: HeldBy, *, is_post: bool) -> str:
    if not one.role:
        return f", how is {NOT_RECORDED}" if is_post else f", role {NOT_RECORDED}"
    return f", {_HOW.get(one.role, spoken(one.role)) if is_post else spoken(one.role)}"


def _times(one: HeldBy, *, left: bool = False) -> str:
    since = f", since {in_prose(one.since)}" if one.since else f", since when is {NOT_RECORDED}"
    if left and one.until:
        return f"{since}, left on {in_prose(one.until)}"
    ends = last_day(one.until) if one.until else ""
    until = f", {ends}" if ends.startswith("until") else f", last day {in_prose(ends)}" if ends else ""
    return since + until


def _doubt(one: HeldBy) -> str:
    doubts = "; ".join(filter(None, (visible(one.possible), visible(one.part_of_day))))
    return f" ({doubts})" if doubts else ""


def _nobody(vacant: Vacancy, office: Office) -> str:
    what = "held it" if split(office.office)[0] == "post" else "sat on it"
    since = f", since {in_prose(vacant.since)}" if vacant.since else ""
    until = f", until {in_prose(vacant.until)}" if vacant.until else ""
    recorded = f"Nobody {what}{since}{until}" if since or until else f"Nobody who {what} is recorded"
    return f"{recorded}. {positions(vacant.evidence)}".rstrip()


def _change(change: Change, office: Office, names: Names) -> str:
    on = f"on {in_prose(change.on)}" if change.on else f"on a day that is {NOT_RECORDED}"
    is_post = split(office.office)[0] == "post"
    match change.what:
        case "begins":
            what = f"{called(change.who, names)} {'takes it' if is_post else 'takes a seat'}"
        case "ends":
            what = f"{called(change.who, names)} no longer {'holds it' if is_post else 'sits on it'}"
        case _:
            what = f"the {'post' if is_post else 'body'} itself is over"
    return f"Next change that is known: {on} {what}. {positions(change.evidence)}"

"""`show` and `history` as text: one thing, what is told of it, what happened to it, who names it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Final

from decisionlog.domain.answers.telling import FactShown, Line, Section
from decisionlog.domain.answers.things import History, Listed, Person, Shown
from decisionlog.domain.erased import is_gone
from decisionlog.domain.saying import plain
from decisionlog.domain.text import visible
from decisionlog.render.deciding import determination
from decisionlog.render.fields import fields
from decisionlog.render.finding_words import on_a_page
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    all_called,
    called,
    counted,
    in_prose,
    in_short,
    in_words,
    label,
    last_day,
    mentioned,
    own_words,
    positions,
    resting_on,
    spoken,
    titled,
    when,
)

_MOST_CITING: Final = 20
_OF_TIME: Final = ("Same day as", "When it happened is not recorded")
"""How the notes begin that matter to `history` alone: in which order, or when, is not recorded."""

Names = Mapping[str, str]


def shown(answer: Shown, page: Page) -> Iterator[str]:
    """`show`: what it is, what is told of its kind of thing, what else its opening fact says, and what happened."""
    thing = answer.thing
    if answer.decided:
        yield from determination(answer.decided, answer.names, page)
    else:
        yield from page.heading("  ".join(filter(None, (visible(thing.ref), titled(thing.title, thing.ref)))))
        yield from page.paragraph(_standing(thing))
        for said in answer.opening:
            yield from page.paragraph(in_words(said, answer.names))
        for found in answer.findings:
            if found.evidenced:
                yield from page.paragraph(on_a_page(found, answer.names))
    for one in answer.sections:
        yield from section(one, answer.names, page)
    yield from _fields(answer, page)
    if not answer.sections:
        yield from _people(answer, page)
    yield from _facts(answer, page)
    yield ""
    for silent in answer.findings if not answer.decided else ():
        if not silent.evidenced:
            yield from page.paragraph(on_a_page(silent, answer.names))
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def section(one: Section, names: Names, page: Page) -> Iterator[str]:
    """One part of a page: a heading, its lines, and how many more there are."""
    yield ""
    yield from page.heading(visible(one.title), level=2)
    if not one.lines:
        yield from page.paragraph(visible(one.none), indent=2)
    for title, grouped in groupby(one.lines, key=lambda line: line.label):
        lines = list(grouped)
        yield from _labelled(title, lines, names, page) if title else _listed(lines, names, page)
    if one.left_out:
        command = visible(one.more) or "decisionlog history"
        yield from page.paragraph(f"... and {one.left_out:,} more; `{command}` has them.", indent=2)


def history(answer: History, page: Page) -> Iterator[str]:
    """`history`: day by day, a sentence each, with when and by whom it was recorded."""
    name = answer.names.get(answer.stream, "")
    heading = (visible(answer.stream), titled(name, answer.stream.partition(":")[2]))
    yield from page.heading("  ".join(filter(None, heading)))
    if answer.left_out:
        yield from page.paragraph(
            f"{counted(answer.left_out, 'earlier fact')} of other things that name it are not told here."
        )
    for on, items in groupby(answer.items, key=_told_under):
        yield ""
        day = "Day not recorded" if on == NOT_RECORDED else in_prose(on)
        yield from page.heading(day[:1].upper() + day[1:], level=2)
        for fact in items:
            elsewhere = f"{mentioned(fact.stream, answer.names)}: " if fact.stream != answer.stream else ""
            yield from _happened(fact, f"{positions([fact.position])} {elsewhere}", answer.names, page)
            yield from page.paragraph(_recorded(fact), indent=4, hang=2)
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def _told_under(fact: FactShown) -> str:
    """The day under which a fact stands: when it happened; of a fact about the record, when it was first said."""
    return (fact.said_at or fact.recorded_at)[: len("2026-03-12")] if _of_the_record(fact) else fact.on


def _of_the_record(fact: FactShown) -> bool:
    return fact.on == NOT_RECORDED and fact.type.startswith("record.")


def told(fact: FactShown, names: Names, page: Page, *, words: bool = False) -> Iterator[str]:
    """One fact in a line, and below it, if wanted, its own words, and what must be known about it."""
    on = "day not recorded" if fact.on == NOT_RECORDED else in_short(fact.on)
    yield from _happened(fact, f"{on}  {positions([fact.position])} ", names, page, words=words)


def _happened(fact: FactShown, before: str, names: Names, page: Page, *, words: bool = True) -> Iterator[str]:
    yield from page.paragraph(f"{before}{in_words(fact.said, names) or visible(fact.headline)}", indent=2, hang=2)
    for name, text in own_words(fact) if words else ():
        said = text if is_gone(text) else f"'{visible(text, keep_breaks=True)}'"
        yield from page.paragraph(f"{label(name)}: {said}", indent=4, hang=2)
    for remark in fact.notes:
        yield from page.paragraph(in_words(remark, names, begins=False), indent=4, hang=2)


def _recorded(fact: FactShown) -> str:
    said = f"; first said {when(fact.said_at)}" if fact.said_at else ""
    source = f", from {visible(fact.source)}" if fact.source else ""
    under = (
        f"; told under the day on which it was {'first said' if said else 'recorded'}" if _of_the_record(fact) else ""
    )
    return f"Recorded {when(fact.recorded_at)}{_later(fact)} by {visible(fact.recorded_by)}{source}{said}{under}."


def _later(fact: FactShown) -> str:
    """How much later than it happened a fact was recorded, where both days are known and differ."""
    try:
        days = (date.fromisoformat(fact.recorded_at[:10]) - date.fromisoformat(fact.on[:10])).days
    except ValueError:
        return ""
    return f", {counted(days, 'day')} later," if days > 0 else ""


def _listed(lines: Iterable[Line], names: Names, page: Page) -> Iterator[str]:
    for line in lines:
        yield from page.paragraph(_line(line, names), indent=2, hang=2)
        for more in line.more:
            yield from page.paragraph(in_words(more, names), indent=4, hang=2)


def _labelled(title: str, lines: list[Line], names: Names, page: Page) -> Iterator[str]:
    values = []
    for line in lines:
        values.append(_line(line, names))
        values += [in_words(more, names) for more in line.more]
    yield from page.entry(in_short(title) if title[:1].isdecimal() else visible(title), values)


def _line(line: Line, names: Names) -> str:
    return f"{in_words(line.said, names)} {positions(line.evidence)}".rstrip()


def _fields(answer: Shown, page: Page) -> Iterator[str]:
    """What the opening fact says beside what was told."""
    lines = list(fields(answer.fields, answer.names, without={"ref", "title", "name", *answer.told}))
    if not lines:
        return
    yield ""
    if answer.sections:
        yield from page.heading("Also recorded", level=2)
    for name, values in lines:
        yield from page.entry(name, values)


def _people(answer: Shown, page: Page) -> Iterator[str]:
    if answer.people:
        yield ""
        yield from page.heading("Who was there", level=2)
    for person in answer.people:
        yield from page.paragraph(_seat(person, answer.names), indent=2, hang=2)


def _facts(answer: Shown, page: Page) -> Iterator[str]:
    """The facts one by one, where no section tells them; notes on them in any case."""
    if answer.sections:
        noted = [fact for fact in answer.facts if any(not plain(note).startswith(_OF_TIME) for note in fact.notes)]
        if noted and not answer.decided:
            yield ""
            yield from page.heading("To know about the record", level=2)
            for fact in noted:
                yield from told(fact, answer.names, page)
        return
    if len(answer.facts) > 1 or any(fact.notes for fact in answer.facts):
        yield ""
        yield from page.heading("What happened", level=2)
        for number, fact in enumerate(answer.facts):
            yield from told(fact, answer.names, page, words=number > 0)
    if answer.cited_by:
        yield ""
        yield from page.heading("Named by", level=2)
        for fact in answer.cited_by[:_MOST_CITING]:
            yield from told(fact, answer.names, page)
        if len(answer.cited_by) > _MOST_CITING:
            left_out = len(answer.cited_by) - _MOST_CITING
            yield from page.paragraph(f"... and {left_out} more; --json gives all.", indent=2)


def _standing(thing: Listed) -> str:
    state = f"{spoken(thing.state)} {in_short(thing.state_on)}".strip()
    noted = f"; its source notes '{visible(thing.status)}'" if thing.status else ""
    possible = f" ({visible(thing.possible)})" if thing.possible else ""
    return f"{visible(thing.stream)}: {state}{possible}{noted} {positions(thing.evidence)}"


def _seat(person: Person, names: Names) -> str:
    bound = f", for {all_called(person.on_behalf_of, names)}" if person.on_behalf_of else ""
    role = f", {spoken(person.role)}" if person.role else ""
    since = f", since {when(person.since)}" if person.since else ", since when is not recorded"
    until = f", last day {last_day(person.until)}" if person.until else ""
    possible = f" ({visible(person.possible)})" if person.possible else ""
    return f"{called(person.who, names)}{role}{bound}{since}{until}{possible} {positions(person.evidence)}"

"""`show` and `history` as text: one thing, what happened to it, who names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from decisionlog.domain.answers import FactShown, History, Listed, Person, Shown
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import (
    NOT_RECORDED,
    WITHHELD,
    all_called,
    called,
    entries,
    label,
    last_day,
    positions,
    resting_on,
    spoken,
    when,
)

_MOST_CITING: Final = 20
_PROSE: Final = ("text", "words", "grounds", "terms", "reasons", "reason", "what")
"""Fields that say in full sentences what a fact is about."""


def shown(answer: Shown, page: Page) -> Iterator[str]:
    """`show`: what it is, what its opening fact says, what happened since, who sits on it, and who names it."""
    thing = answer.thing
    title = "(title withheld)" if thing.title == WITHHELD else visible(thing.title)
    yield from page.heading("  ".join(filter(None, (visible(thing.ref), title if title != thing.ref else ""))))
    yield from page.paragraph(_standing(thing))
    fields = list(entries(answer.fields, answer.names, without=("ref", "title", "name")))
    yield from [""] if fields else []
    for name, values in fields:
        yield from page.entry(name, values)
    if answer.people:
        yield ""
        yield from page.heading("Who was there")
        for person in answer.people:
            yield from page.paragraph(_seat(person, answer.names), indent=2, hang=2)
    if len(answer.facts) > 1 or any(fact.notes for fact in answer.facts):
        yield ""
        yield from page.heading("What happened")
        for number, fact in enumerate(answer.facts):
            yield from told(fact, answer.names, page, words=number > 0)
    if answer.cited_by:
        yield ""
        yield from page.heading("Named by")
        for fact in answer.cited_by[:_MOST_CITING]:
            yield from told(fact, answer.names, page)
        if len(answer.cited_by) > _MOST_CITING:
            yield from page.paragraph(
                f"... and {len(answer.cited_by) - _MOST_CITING} more; --json gives all.", indent=2
            )
    yield ""
    for remark in answer.notes:
        yield from page.paragraph(visible(remark))
    yield from page.paragraph(resting_on(answer.basis))


def history(answer: History, page: Page) -> Iterator[str]:
    """`history`: every fact, also those corrected or retracted, with when it was recorded and by whom."""
    yield from page.heading(" ".join(filter(None, (visible(answer.stream), _named(answer.stream, answer.names)))))
    for fact in answer.items:
        yield from told(fact, answer.names, page, words=True)
        said = f"; first said {when(fact.said_at)}" if fact.said_at else ""
        source = f", from {visible(fact.source)}" if fact.source else ""
        recorded = f"Recorded {when(fact.recorded_at)} by {visible(fact.recorded_by)}{source}{said}."
        yield from page.paragraph(recorded, indent=4, hang=2)
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def told(fact: FactShown, names: Mapping[str, str], page: Page, *, words: bool = False) -> Iterator[str]:
    """One fact in a line, and below it, if wanted, its own words, and what must be known about it."""
    on = "day not recorded" if fact.on == NOT_RECORDED else when(fact.on)
    yield from page.paragraph(f"{on}  {positions([fact.position])} {_headline(fact, names)}", indent=2, hang=2)
    for name in _PROSE if words else ():
        if isinstance(text := fact.data.get(name), str) and text:
            yield from page.paragraph(f"{label(name)}: '{visible(text, keep_breaks=True)}'", indent=4, hang=2)
    for remark in fact.notes:
        yield from page.paragraph(_with_names(visible(remark, keep_breaks=True), names), indent=4, hang=2)


def _standing(thing: Listed) -> str:
    state = f"{spoken(thing.state)} {when(thing.state_on)}".strip()
    noted = f"; its source notes '{visible(thing.status)}'" if thing.status else ""
    possible = f" ({visible(thing.possible)})" if thing.possible else ""
    return f"{visible(thing.stream)}: {state}{possible}{noted} {positions(thing.evidence)}"


def _headline(fact: FactShown, names: Mapping[str, str]) -> str:
    return _with_names(visible(fact.headline), names)


def _with_names(sentence: str, names: Mapping[str, str]) -> str:
    """A sentence in which references stand as what they are called."""
    for reference in sorted(names, key=len, reverse=True):
        sentence = sentence.replace(visible(reference), called(reference, names))
    return sentence


def _named(stream: str, names: Mapping[str, str]) -> str:
    return f"({called(stream, names)})" if stream in names else ""


def _seat(person: Person, names: Mapping[str, str]) -> str:
    bound = f", for {all_called(person.on_behalf_of, names)}" if person.on_behalf_of else ""
    role = f", {spoken(person.role)}" if person.role else ""
    since = f", since {when(person.since)}" if person.since else ", since when is not recorded"
    until = f", last day {last_day(person.until)}" if person.until else ""
    possible = f" ({visible(person.possible)})" if person.possible else ""
    return f"{called(person.who, names)}{role}{bound}{since}{until}{possible} {positions(person.evidence)}"

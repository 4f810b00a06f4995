"""The cells of the functions and decisions map as markup: their words are those of the map, with links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from markupsafe import Markup, escape

from decisionlog.domain.answers.functions_map import GAPS, Decider, FunctionsMap, MapRow
from decisionlog.render.mapping import cells
from decisionlog.render.points import asked_when
from decisionlog.render.site.telling import Telling
from decisionlog.render.words import CURLED, counted

_NOBODY: Final = "Nobody is recorded"
_UNCLEAR: Final[Mapping[str, str]] = {
    "gap": "Nobody is recorded with the duty for",
    "contested": "What is recorded contradicts itself about",
    "dormant": "A forum deals with it, and nobody is recorded who may decide but the organisations themselves, for",
}


def opening(t: Telling, answer: FunctionsMap) -> Iterator[Markup]:
    """The first sentences: of how many functions it is clear who decides, and of which it is not."""
    if not answer.items:
        yield escape("No function is recorded there by then.")
        return
    when = asked_when(answer.basis, is_now=answer.is_now)
    unclear = [row for row in answer.items if row.classification in GAPS]
    number = len({row.function for row in answer.items})
    there = f"{counted(number, 'function')} {'is' if number == 1 else 'are'} recorded"
    of = "each of them" if not unclear else f"{len(answer.items) - len(unclear)} of {len(answer.items)} entries"
    when = "Today," if when == "Now," else when
    yield escape(f"{when} {there}. It is clear of {of} who has the duty and who can decide.")
    for word, said in _UNCLEAR.items():
        if rows := [row for row in unclear if row.classification == word]:
            yield Markup("{}: {}.").format(said, Markup("; ").join(_entry(t, row) for row in rows))


def _entry(t: Telling, row: MapRow) -> Markup:
    where = Markup(" in {}").format(t.thing(row.place)) if row.place else Markup("")
    return Markup("{}{}").format(t.thing(row.function), where)


def duty(t: Telling, row: MapRow) -> list[Markup]:
    """Who has the duty, a line each."""
    said = [Markup("{}{}").format(t.thing(one.party), cells.of_duty(one, t.names)) for one in row.duty_holders]
    remarks = [Markup(" {}").format(t.said(remark)) for remark in row.remarks]
    return said or [Markup("").join([escape(f"{_NOBODY}."), *remarks])]


def deciders(t: Telling, row: MapRow) -> list[Markup]:
    """Who can decide, a line each."""
    return [_party(t, ways, row) for ways in cells.by_party(row.deciders)] or [escape(f"{_NOBODY}.")]


def above(t: Telling, row: MapRow) -> list[Markup]:
    """Who passed the power on and keeps it beside them, a line each."""
    return [_party(t, ways, row) for ways in cells.by_party(row.besides)]


def _party(t: Telling, ways: list[Decider], row: MapRow) -> Markup:
    beyond = cells.of_decider(ways, t.names, several=len(row.duty_holders) > 1, marks=CURLED)
    return Markup("{}{}").format(t.things(ways[0].party), beyond)

"""The cells of the functions and decisions map as markup: their words are those of the map, with links."""

from __future__ import annotations

from markupsafe import Markup, escape

from decisionlog.domain.answers.functions_map import Decider, MapRow
from decisionlog.render.mapping import cells
from decisionlog.render.site.telling import Telling

_NOBODY = "Nobody is recorded"


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
    beyond = cells.of_decider(ways, t.names, several=len(row.duty_holders) > 1)
    return Markup("{}{}").format(t.things(ways[0].party), beyond)

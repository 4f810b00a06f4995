"""The map as one page for a web site or a printer: a table for each place."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.functions_map import GAPS, FunctionsMap, MapRow
from decisionlog.render import html
from decisionlog.render.mapping import cells
from decisionlog.render.mapping.cells import Names
from decisionlog.render.words import NOT_RECORDED, in_words, resting_on


def functions_map(answer: FunctionsMap) -> Iterator[str]:
    """The lines of the page."""
    return html.page(cells.title(answer), _body(answer))


def _body(answer: FunctionsMap) -> Iterator[str]:
    yield html.element("h1", cells.title(answer))
    for sentence in cells.opening(answer):
        yield html.element("p", sentence)
    for rows in cells.by_place(answer.items):
        where = cells.where(rows[0], answer.names)
        yield html.element("h2", where)
        marked = ((_row(row, answer.names), row.classification in GAPS) for row in rows)
        yield from html.table(f"{cells.title(answer)}: {where}", cells.HEADINGS, marked)
    yield "<footer>"
    for note in answer.notes:
        yield html.element("p", in_words(note, answer.names))
    yield html.element("p", "Numbers in square brackets are the entries of the log that show it.")
    yield html.element("p", resting_on(answer.basis))
    yield "</footer>"


def _row(row: MapRow, names: Names) -> list[list[str]]:
    return [
        [cells.function(row, names)],
        cells.duty(row, names),
        cells.can_decide(row, names),
        [cells.stands(row), *cells.findings(row, names)],
        [cells.review(row, names) or NOT_RECORDED],
    ]

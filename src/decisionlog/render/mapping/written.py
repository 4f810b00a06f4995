"""The map as text: how many functions are clear and which are not; then place by place, function by function."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.functions_map import FunctionsMap, MapRow
from decisionlog.render.mapping import cells
from decisionlog.render.mapping.cells import Names
from decisionlog.render.markdown import MarkdownPage
from decisionlog.render.page import Page
from decisionlog.render.words import all_called, in_words, resting_on


def functions_map(answer: FunctionsMap, page: Page) -> Iterator[str]:
    """`map`: on a page of Markdown a table for each place, else a few lines for each function."""
    yield from page.heading(cells.title(answer))
    for sentence in cells.opening(answer):
        yield from page.paragraph(sentence)
    for rows in cells.by_place(answer.items):
        yield ""
        yield from page.heading(cells.where(rows[0], answer.names), level=2)
        yield from (
            _table(rows, answer.names, page) if isinstance(page, MarkdownPage) else _lines(rows, answer.names, page)
        )
    yield ""
    for note in answer.notes:
        yield from page.paragraph(in_words(note, answer.names))
    if answer.items:
        yield from page.paragraph(f"Every chain, with its tests and facts: {cells.command(answer.items[0], answer)}")
    yield from page.paragraph(resting_on(answer.basis))


def _table(rows: list[MapRow], names: Names, page: Page) -> Iterator[str]:
    yield from page.table(
        cells.HEADINGS,
        [
            (
                cells.function(row, names),
                "; ".join(cells.duty(row, names)),
                "; ".join(cells.can_decide(row, names)),
                cells.stands(row),
                cells.review(row, names) or "not recorded",
            )
            for row in rows
        ],
    )


def _lines(rows: list[MapRow], names: Names, page: Page) -> Iterator[str]:
    for row in rows:
        yield ""
        yield from page.paragraph(cells.function(row, names))
        yield from page.entry("Duty", cells.duty(row, names))
        yield from page.entry("Can decide", cells.deciders(row, names))
        if above := cells.above(row, names):
            yield from page.entry("And above them", above)
        if row.classification == "dormant":
            yield from page.entry("Discussed by", [all_called(row.forums, names)])
        if row.classification != "complete":
            yield from page.entry("How it stands", [cells.stands(row), *cells.findings(row, names)])
        if said := cells.review(row, names):
            yield from page.entry("Next review", [said])

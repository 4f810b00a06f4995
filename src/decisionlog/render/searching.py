"""`search` as text: each thing with the words around which it was found."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.searching import Found, Match
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import NOT_RECORDED, counted, label, positions, resting_on, spoken, titled, when


def found(answer: Found, page: Page) -> Iterator[str]:
    """`search`: the things, the best first, then how many, and the basis."""
    for item in answer.items:
        yield from page.paragraph(_heading(item))
        yield from page.paragraph(_snippet(item), indent=4, hang=2)
    if not answer.items:
        yield from page.paragraph(f"Nothing has {_words(answer)} in it.")
    else:
        yield ""
        number, left_out = len(answer.items), answer.left_out
        more = f"; {'more than' if answer.more else 'up to'} {left_out:,} others (--limit)" if left_out else ""
        yield f"{counted(number, 'thing')}{more}."
    yield from page.paragraph(resting_on(answer.basis))


def _heading(item: Match) -> str:
    title = titled(item.title, item.ref)
    return "  ".join(filter(None, (visible(item.stream), title, spoken(item.state), positions(item.evidence))))


def _snippet(item: Match) -> str:
    on = when(item.on) if item.on != NOT_RECORDED else f"on a day that is {NOT_RECORDED}"
    what = visible(item.type).partition(".")[2].replace("_", " ")
    return f"{what} {on}, {label(item.field).lower()}: '{visible(item.snippet)}'"


def _words(answer: Found) -> str:
    quoted = [f"'{visible(word)}'" for word in answer.words[:5]]
    more = " and more" if len(answer.words) > len(quoted) else ""
    return " and ".join(quoted) + more

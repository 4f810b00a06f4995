"""What is supposed in an answer: said before everything else."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.supposing import Supposed, Supposition
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.text import text
from decisionlog.render.words import counted


def sentence(supposed: Supposed) -> str:
    """Such as `Supposing 2 facts of lapse.jsonl, [580 to 581], which are not recorded.`."""
    facts = counted(supposed.last - supposed.first + 1, "fact")
    file = visible(supposed.file)
    if supposed.first == supposed.last:
        return f"Supposing {facts} of {file}, [{supposed.first}], which is not recorded."
    return f"Supposing {facts} of {file}, [{supposed.first} to {supposed.last}], which are not recorded."


def supposition(answer: Supposition, page: Page) -> Iterator[str]:
    """What is supposed, then the answer."""
    yield from page.paragraph(sentence(answer.supposed))
    yield ""
    yield from text(answer.answer, page)

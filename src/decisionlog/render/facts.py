"""`show @N` as text: what the fact says in a sentence, its fields, when and by whom it was recorded, and its thing."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Any

from msgspec.structs import asdict

from decisionlog.domain.answers.facts import FactOnAPage
from decisionlog.domain.saying import plain
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import NOT_RECORDED, entries, in_prose, in_words, mentioned, positions, resting_on


def fact(answer: FactOnAPage, page: Page) -> Iterator[str]:
    """One fact, whole."""
    told, names = answer.fact, answer.names
    yield from page.heading(f"{positions([told.position])} {visible(told.type)}")
    yield from page.paragraph(f"{mentioned(told.stream, names)}: {in_words(told.said, names)}")
    for note in told.notes:
        yield from page.paragraph(in_words(note, names, begins=False))
    yield ""
    if told.on != NOT_RECORDED:
        yield from page.entry("Happened", [in_prose(told.on)])
    elif not told.type.startswith("record."):
        yield from page.entry("Happened", [f"on a day that is {NOT_RECORDED}"])
    for label, values in entries(told.data, names):
        yield from page.entry(label, values)
    if answer.answers:
        yield from page.entry("Answers", [positions([answer.answers])])
    elif told.of:
        yield from page.entry("Answers", [visible(told.of)])
    yield from page.entry("Recorded", [f"{in_prose(told.recorded_at)}, by {visible(told.recorded_by)}"])
    if told.source or told.said_at:
        said = f", said {in_prose(told.said_at)}" if told.said_at else ""
        yield from page.entry("From", [f"{visible(told.source) or 'a source without a name'}{said}"])
    yield from page.entry("Batch", [visible(answer.batch)])
    yield from page.entry("Leaf hash", [answer.hash])
    yield ""
    yield from page.paragraph(f"What it is about: decisionlog show {visible(shlex.quote(told.stream))}")
    yield from page.paragraph(resting_on(answer.basis))


def fact_json(answer: FactOnAPage) -> dict[str, Any]:
    """The same for programs."""
    told = asdict(answer.fact) | {"notes": [plain(note) for note in answer.fact.notes]}
    del told["said"], told["source_name"]
    return {
        "basis": asdict(answer.basis),
        "fact": told,
        "batch": answer.batch,
        "hash": answer.hash,
        "answers": answer.answers or None,
        "names": answer.names,
        "evidence": answer.evidence,
    }

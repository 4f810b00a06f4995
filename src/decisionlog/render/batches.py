"""`show BATCH` as text: who recorded it, when, from which file, and every fact in one sentence."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.domain.answers.batches import BatchShown, FileRead
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.words import NOT_RECORDED, counted, in_prose, in_words, mentioned, positions, resting_on, when


def batch(answer: BatchShown, page: Page) -> Iterator[str]:
    """One act of recording, whole."""
    yield from page.heading(f"Batch {visible(answer.batch)}")
    where = f"position {answer.first}" if answer.first == answer.last else f"positions {answer.first} to {answer.last}"
    recorded = f"{visible(answer.recorded_by)} recorded {counted(len(answer.items), 'fact')} ({where}) on {in_prose(answer.recorded_at)}."
    yield from page.paragraph(recorded)
    if answer.clock:
        yield from page.paragraph(f"The recording computer's clock was behind; it read {when(answer.clock)}.")
    yield ""
    yield from page.entry("From", [_file(one) for one in answer.files] or [NOT_RECORDED])
    yield ""
    for fact in answer.items:
        on = "day not recorded" if fact.on == NOT_RECORDED else when(fact.on)
        said = f"{positions([fact.position])} {on}  {mentioned(fact.stream, answer.names)}: {in_words(fact.said, answer.names)}"
        yield from page.paragraph(said, indent=2, hang=2)
        for note in fact.notes:
            yield from page.paragraph(in_words(note, answer.names, begins=False), indent=4, hang=2)
    yield ""
    yield from page.paragraph(resting_on(answer.basis))


def _file(one: FileRead) -> str:
    digest = f", SHA-256 {one.sha256}" if one.sha256 else ""
    return f"{visible(one.name) or 'a file without a name'}{digest} ({counted(one.facts, 'fact')})"

"""`scheme plan` as text: what would be recorded, thing by thing, in words; then what the file does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from decisionlog.domain.answers.scheme import Coming, Left, SchemeDifference
from decisionlog.domain.facts import OPENING, TYPES
from decisionlog.domain.references import split
from decisionlog.domain.text import visible
from decisionlog.render.page import Page
from decisionlog.render.scheme_words import further, headline, said, said_left
from decisionlog.render.words import counted, positions, resting_on

_MOST_CORRECTIONS: Final = 20
"""Corrections that are listed before they are recorded."""
_ON_ONE_LINE: Final = 6
"""A fact with more fields has a line for each."""


def scheme_difference(answer: SchemeDifference, page: Page) -> Iterator[str]:
    """What is to come, what is left alone, how many, and what it rests on."""
    for _, group in groupby(answer.coming, key=lambda one: one.section and one.section.key):
        for one in group:
            yield from _told(one, page)
        yield ""
    if answer.left:
        yield from page.heading("In the log, not in the file; it is left alone:")
        for text in _all_left(answer.left):
            yield from page.paragraph(text, indent=2, hang=4)
        yield ""
    for withheld in answer.withheld:
        yield from page.paragraph(f"Not compared, since the log can no longer open it: {visible(withheld)}")
    yield from page.paragraph(summary(answer))
    if any(one.changes for one in answer.coming):
        yield from page.paragraph(
            "~ corrects: it says that the record was wrong. What changed since goes under a key of its own, with its day "
            "(renamed, varied, terms, ended ...)."
        )
    yield from page.paragraph(resting_on(answer.basis))


def summary(answer: SchemeDifference) -> str:
    """How much differs, in a sentence."""
    if not answer.coming:
        return f"No difference: the log has everything that {visible(answer.file)} says ({counted(answer.agreeing, 'fact')})."
    corrections = sum(bool(one.changes) for one in answer.coming)
    new = len(answer.coming) - corrections
    kinds = Counter(one.stream.partition(":")[0] for one in answer.coming if one.type in OPENING)
    opened = f" (of which {counted(sum(kinds.values()), 'opens', 'open')} something new)" if kinds else ""
    parts = [
        *([f"{counted(new, 'fact')} to come{opened}"] if new else []),
        *([f"{counted(corrections, 'correction')}{' to come' if not new else ''}"] if corrections else []),
    ]
    agreeing = f"; {counted(answer.agreeing, 'fact agrees', 'facts agree')} already" if answer.agreeing else ""
    left = f"; {len(answer.left):,} in the log and not in the file" if answer.left else ""
    return f"{' and '.join(parts)}{agreeing}{left}."


def corrections(answer: SchemeDifference) -> Iterator[str]:
    """How many corrections there are to come, and which; nothing, where there is none."""
    every = [said(one).removeprefix("~ ") for one in answer.coming if one.changes]
    if len(every) == 1:
        yield f"1 correction: {every[0]}"
    elif every:
        yield f"{counted(len(every), 'correction')}:"
        yield from (f"  {one}" for one in every[:_MOST_CORRECTIONS])
    if len(every) > _MOST_CORRECTIONS:
        yield f"  ... and {len(every) - _MOST_CORRECTIONS:,} more; `decisionlog scheme plan` shows all."


def _all_left(left: Iterable[Left]) -> Iterator[str]:
    """What the file does not say: facts one by one, whole entries section by section."""
    whole: dict[str, list[str]] = {}
    for one in left:
        if one.fact is None:
            whole.setdefault(one.section.key, []).append(f"{visible(split(one.stream)[1])} {positions(one.evidence)}")
        else:
            yield f"{said_left(one)} {positions(one.evidence)}"
    yield from (f"{key}: {', '.join(entries)}" for key, entries in whole.items())


def _told(one: Coming, page: Page) -> Iterator[str]:
    """One fact to come; one with many fields over several lines."""
    fields = list(further(one, labelled=True)) if not one.changes and one.type in TYPES else []
    if len(fields) <= _ON_ONE_LINE:
        yield from page.paragraph(said(one), hang=4)
        return
    kind, key = split(one.stream)
    yield from page.paragraph(f"+ {kind} {visible(key)}: {headline(one)}", hang=4)
    for text in fields:
        yield from page.paragraph(text, indent=6, hang=2)

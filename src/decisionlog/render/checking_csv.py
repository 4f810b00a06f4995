"""Findings as comma-separated values, for a spreadsheet: a line each, no cell of which a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from decisionlog.domain.answers.checking import AnswerTold, Checked, FindingTold
from decisionlog.domain.text import visible
from decisionlog.render.words import in_words, mentioned

COLUMNS: Final = (
    "rule",
    "title",
    "severity",
    "status",
    "evidenced",
    "subject",
    "subject_name",
    "sentence",
    "since",
    "until",
    "evidence",
    "answered_by",
    "answered_on",
    "reason",
    "review_by",
    "source",
)
_FORMULA: Final = ("=", "+", "-", "@", "|", "%")
"""How a cell begins that a spreadsheet may work out instead of showing."""


def lines(answer: Checked) -> Iterator[str]:
    """The heading, then a line for each finding (RFC 4180, without the ends of the lines)."""
    yield line(COLUMNS)
    for one in answer.items:
        yield line(_cells(one, answer))


def line(cells: Sequence[str]) -> str:
    """Cells as one line; what might be a formula is shown as text by an apostrophe before it."""
    written = StringIO()
    csv.writer(written, lineterminator="").writerow([_safe(cell) for cell in cells])
    return written.getvalue()


def _safe(cell: str) -> str:
    text = visible(cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text


def _cells(one: FindingTold, answer: Checked) -> list[str]:
    held = next((each for each in reversed(one.answers) if each.holds), None)
    return [
        one.rule,
        one.title,
        one.severity,
        one.status,
        "yes" if one.evidenced else "no",
        one.subject,
        mentioned(one.subject, answer.names),
        in_words(one.said, answer.names, begins=False),
        one.since,
        one.until,
        " ".join(map(str, one.evidence)),
        *_answered(held),
        one.source,
    ]


def _answered(held: AnswerTold | None) -> list[str]:
    return [held.by, held.on, held.reason, held.review_by] if held else [""] * 4

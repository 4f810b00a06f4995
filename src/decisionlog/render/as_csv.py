"""Answers as CSV (RFC 4180, UTF-8), for spreadsheets: a heading, then a row a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.completeness import Completeness
from decisionlog.render import completeness_json

_ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""


def lines(answer: Any) -> Iterator[str]:
    """The rows of an answer, each without the end of its line."""
    for row in _ROWS[type(answer)](answer):
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow([_as_text(cell) for cell in row])
        yield written.getvalue()


def _as_text(cell: str) -> str:
    """A cell that every spreadsheet shows as text and none reckons with."""
    return f"'{cell}" if cell.startswith(_ACTIVE) else cell


_ROWS: Final[Mapping[type, Callable[[Any], Iterator[list[str]]]]] = {
    Completeness: completeness_json.rows,
}
"""The answers that are tables, and their rows."""

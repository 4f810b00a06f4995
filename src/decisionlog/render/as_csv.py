"""Answers as CSV (RFC 4180, UTF-8), for spreadsheets: a heading, then a row a line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.completeness import Completeness
from decisionlog.domain.answers.functions_map import FunctionsMap
from decisionlog.render import completeness_json
from decisionlog.render.mapping import sheet

_ACTIVE: Final = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
"""What makes a spreadsheet take a text for a formula, or for something else than text; signs of full width too."""


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
    FunctionsMap: sheet.functions_map,
}
"""The answers that are tables, and their rows."""

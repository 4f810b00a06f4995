"""Tables as comma-separated values (RFC 4180), UTF-8, that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final

from decisionlog.domain.text import visible

_OBEYED: Final = frozenset("=+-@|%\t\r\n\0＝＋－＠")  # noqa: RUF001 - full-width forms are obeyed as the others are
"""What begins a formula, or a cell that a spreadsheet reads as something else than text."""


def comma_separated(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, each with its end of line; headings first."""
    for row in (headings, *rows):
        line = StringIO()
        csv.writer(line).writerow([cell(value) for value in row])
        yield line.getvalue()


def cell(text: str) -> str:
    """A text as a cell: what a spreadsheet would obey gets an apostrophe before it, and is shown as text."""
    shown = visible(text)
    obeyed = {text[:1], text.lstrip()[:1]} & _OBEYED
    return f"'{shown}" if obeyed else shown

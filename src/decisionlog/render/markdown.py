"""A page of Markdown (CommonMark, with the tables of GitHub): the same methods as a page of plain text.

Everything handed to it is text, never markup: what could become markup, a link or HTML is escaped, so that a title reads
as it was typed wherever the page is shown. Evidence such as `[12, 14]` stays as it is, where it cannot become a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from decisionlog.render.page import Page

_ALWAYS: Final = re.compile(r"[\\`*_\[\]<>|~&$#@{}^]")
"""What may begin or end markup anywhere in a line."""
_ADDRESS: Final = re.compile(r"(?i)(\bwww(?=\.)|\b(?:mailto|xmpp)(?=:)|/(?=/))")
"""What comes before the sign by which GitHub knows an address, and makes a link of it."""
_EVIDENCE: Final = re.compile(r"(\[\d+(?:, \d+)*\])(?![\[(:])")
_FIRST: Final = re.compile(r"^([-+=:!]|\d{1,9}(?=[.)]))")
"""What makes a list, a rule or a heading of a line that begins with it."""
_NUMBERED: Final = re.compile(r"^(\d{1,9})([.)])")


class MarkdownPage(Page, frozen=True):
    """Blocks of Markdown, never wrapped. An empty line stands around headings, paragraphs and tables."""

    def paragraph(self, text: str, *, indent: int = 0, hang: int = 0) -> Iterator[str]:  # noqa: ARG002 - as on any page
        """A paragraph; an entry of a list where it is moved in, and of a list within it where it is moved in further."""
        if not text.strip():
            return
        if not indent:
            yield ""
            yield _broken(text, "")
            yield ""
            return
        lead = "  " * ((indent - 1) // 2)
        yield f"{lead}- {_broken(text, lead + '  ')}"

    def heading(self, text: str, *, level: int = 1) -> Iterator[str]:
        """A heading of that level."""
        yield ""
        yield f"{'#' * level} {escaped(text)}"
        yield ""

    def entry(self, label: str, values: Iterable[str], *, label_width: int = 0) -> Iterator[str]:  # noqa: ARG002 - as on any page
        """A label and its value as an entry of a list; several values as a list within it."""
        values = list(values)
        if len(values) == 1:
            yield f"- **{escaped(label)}:** {_broken(values[0], '  ')}"
            return
        yield f"- **{escaped(label)}:**"
        for value in values:
            yield f"  - {_broken(value, '    ')}"

    def columns(self, cells: Iterable[tuple[str, int]], rest: str) -> Iterator[str]:
        """An entry of a list: the cells, then the rest."""
        yield f"- **{escaped(' '.join(text for text, _ in cells))}:** {_broken(rest, '  ')}"

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        """A table."""
        yield ""
        yield _row(headings)
        yield _row(["---"] * len(headings), clean=True)
        for row in rows:
            yield _row(row)
        yield ""


def tidied(lines: Iterable[str]) -> Iterator[str]:
    """The lines without empty ones at the beginning, at the end, or two in a row."""
    waiting = False
    begun = False
    for line in lines:
        if not line:
            waiting = begun
            continue
        if waiting:
            yield ""
        waiting, begun = False, True
        yield line


def escaped(text: str) -> str:
    """One line of text in which nothing can become markup."""
    line = " ".join(text.split())
    parts = _EVIDENCE.split(line)
    line = "".join(part if number % 2 else _inline(part) for number, part in enumerate(parts))
    if numbered := _NUMBERED.match(line):
        return f"{numbered[1]}\\{line[len(numbered[1]) :]}"
    return f"\\{line}" if _FIRST.match(line) else line


def _inline(text: str) -> str:
    return _ADDRESS.sub(r"\1\\", _ALWAYS.sub(r"\\\g<0>", text))


def _broken(text: str, later: str) -> str:
    """Lines that stay lines: a hard break between them, each moved in so that it belongs to the same block."""
    pieces = [escaped(piece) for piece in text.split("\n") if piece.strip()]
    return f"\\\n{later}".join(pieces)


def _row(cells: Sequence[str], *, clean: bool = False) -> str:
    return f"| {' | '.join(cell if clean else escaped(cell) for cell in cells)} |"

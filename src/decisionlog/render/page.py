"""A page of plain text: wrapped to a width, labels beside their values where there is room. No box is ever drawn.

`render.markdown` has a page with the same methods.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from msgspec import Struct

_LABEL: Final = 18
_ROOM: Final = 60
"""Columns from which on labels stand beside their values."""
_WIDEST_CELL: Final = 32
_BOLD: Final = "\x1b[1m"
_RESET: Final = "\x1b[0m"


class Page(Struct, frozen=True):
    """How wide to write, and whether emphasis may be shown. Without a width nothing is wrapped."""

    width: int | None = None
    colour: bool = False

    def paragraph(self, text: str, *, indent: int = 0, hang: int = 0) -> Iterator[str]:
        """A text that is safe to print, wrapped; lines after the first are moved in by `hang` more."""
        for piece in text.split("\n"):
            yield from self._wrapped(piece, " " * indent, " " * (indent + hang))

    def heading(self, text: str, *, level: int = 1) -> Iterator[str]:  # noqa: ARG002 - plain text has one kind of heading
        """A line that stands out where emphasis may be shown, and by what it says where not."""
        for line in self.paragraph(text):
            yield f"{_BOLD}{line}{_RESET}" if self.colour and line else line

    def entry(self, label: str, values: Iterable[str], *, label_width: int = _LABEL) -> Iterator[str]:
        """A label and its values, each on a line of its own; beneath the label where there is no room beside it."""
        beside = self.width is None or self.width >= _ROOM
        values = list(values)
        if not beside:
            yield from self.paragraph(label, indent=2)
            for value in values:
                yield from self.paragraph(value, indent=4)
            return
        lead = f"  {label.ljust(label_width)}"
        if not lead.endswith(" "):
            yield lead
            lead = ""
        indent = " " * (label_width + 2)
        for value in values:
            for piece in value.split("\n"):
                yield from self._wrapped(piece, lead or indent, indent)
                lead = ""

    def columns(self, cells: Iterable[tuple[str, int]], rest: str) -> Iterator[str]:
        """One line of a list: cells padded to their widths, then the rest; beneath each other where it is narrow."""
        narrow = self.width is not None and self.width < _ROOM
        lead = "  ".join(text if narrow else text.ljust(width) for text, width in cells)
        if narrow:
            yield from self.paragraph(lead)
            yield from self.paragraph(rest, indent=2)
        else:
            yield from self._wrapped(
                rest, f"{lead}  ", " " * (len(lead) + 2) if self.width and len(lead) < self.width // 2 else "    "
            )

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:  # noqa: ARG002 - the cells speak for themselves
        """A line each: the first cell padded to the widest, then what the others hold."""
        rows = list(rows)
        width = min(max((len(row[0]) for row in rows), default=0), _WIDEST_CELL)
        for first, *others in rows:
            yield from self.columns([(first, width)], "  ".join(filter(None, others)))

    def _wrapped(self, text: str, first: str, later: str) -> Iterator[str]:
        if self.width is None:
            yield (first + text).rstrip()
            return
        lines = wrap(
            text,
            width=self.width,
            initial_indent=first,
            subsequent_indent=later,
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from lines or [first.rstrip()]

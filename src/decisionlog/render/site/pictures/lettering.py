"""How wide text is in Arial, and how it is broken into lines or cut, where nothing can measure it but ourselves."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from decisionlog.domain.text import visible

ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
_PRINTED: Final = "".join(map(chr, range(0x20, 0x7F)))
_PLAIN: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
"""Of the printed characters of ASCII in order, in thousandths of the size of the letters."""
_BOLD: Final = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
"""The same of bold letters."""
_WIDTHS: Final = {
    False: dict(zip(_PRINTED, _PLAIN, strict=True)),
    True: dict(zip(_PRINTED, _BOLD, strict=True)),
}
_OTHER: Final = 800
"""Of a letter outside the table: wide rather than narrow, so that a line is broken too soon and never runs over."""
_FULL: Final = 1050
_NONE: Final = frozenset({"Mn", "Me", "Cf"})
_SPARE: Final = 1.03
"""For the fonts of readers who have no Arial."""


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at most, in the units in which the size of its letters is given."""
    return sum(_thousandths(letter, bold=bold) for letter in text) / 1000 * size * _SPARE


@lru_cache(maxsize=4096)
def _thousandths(letter: str, *, bold: bool) -> int:
    known = _WIDTHS[bold]
    if letter in known:
        return known[letter]
    if unicodedata.category(letter) in _NONE:
        return 0
    if unicodedata.east_asian_width(letter) in "FW":
        return _FULL
    return known.get(unicodedata.normalize("NFD", letter)[0], _OTHER)


def wrapped(text: str, room: float, size: float, *, bold: bool = False, most: int = 3) -> list[str]:
    """A text in lines that fit the room, at most so many; what is left over is cut, and the cut is shown.

    A word that is longer than a line is broken. A line holds one letter at least, however little room there is.
    """
    lines: list[str] = []
    line = ""
    for word in chain.from_iterable(
        _pieces(word, room, size, bold=bold) for word in visible(text, keep_breaks=True).split()
    ):
        longer = f"{line} {word}" if line else word
        if not line or width(longer, size, bold=bold) <= room:
            line = longer
            continue
        lines.append(line)
        if len(lines) == most:
            return [*lines[:-1], _cut(f"{line}{ELLIPSIS}", room, size, bold=bold)]
        line = word
    return [*lines, line] if line else lines


def _pieces(word: str, room: float, size: float, *, bold: bool) -> Iterator[str]:
    """A word, in pieces where it is longer than a line; it is broken after a stroke or a dash, if there is one."""
    while width(word, size, bold=bold) > room and len(word) > 1:
        fits = _fitting(word, room, size, bold=bold)
        at = max(word.rfind("/", 0, fits), word.rfind("-", 0, fits)) + 1 or fits
        yield word[:at]
        word = word[at:]
    yield word


def _fitting(word: str, room: float, size: float, *, bold: bool) -> int:
    """How many letters of a word fit a line: one at least."""
    so_far = 0.0
    for number, letter in enumerate(word):
        so_far += width(letter, size, bold=bold)
        if so_far > room:
            return max(number, 1)
    return len(word)


def _cut(line: str, room: float, size: float, *, bold: bool) -> str:
    """A line that ends with an ellipsis, shortened until it fits."""
    while width(line, size, bold=bold) > room and len(line) > len(ELLIPSIS) + 1:
        line = f"{line[: -len(ELLIPSIS) - 1].rstrip()}{ELLIPSIS}"
    return line

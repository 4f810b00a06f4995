"""References for what is given none: the next of whoever numbers and of the year, in the style that is in use.

NLB/25-26/032   a decision        NLB/25-26/P15   a proposal        NLB/25-26/L03   a delegation
NLB/25-26/D03   a disagreement    NLB/25-26/A07   an action

Where nothing is numbered yet, the year is that of English public bodies, from April to March.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

LETTERS: Final = {"decision": "", "proposal": "P", "disagreement": "D", "action": "A", "delegation": "L"}
"""The kinds that are numbered, and the letter before the number of each."""
_WIDTHS: Final = {"decision": 3}
_USUAL_WIDTH: Final = 2
_APRIL: Final = 4
_YEAR_AND_MONTH: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?")


class _Style(NamedTuple):
    """How whoever numbers writes a reference: what stands before the year, how the year is written, and what follows."""

    before: str
    year: str
    between: str
    width: int


def following(refs: Sequence[str], kind: str, numbered_by: str, on: str) -> str:
    """The reference that follows those of a kind that are given already, the newest last."""
    letter = LETTERS[kind]
    style = next(
        (style for ref in reversed(refs) if (style := _style(ref, numbered_by, letter))),
        _Style(f"{numbered_by}/", "financial-short", "/", _WIDTHS.get(kind, _USUAL_WIDTH)),
    )
    begins = f"{style.before}{_year(style.year, on)}{style.between}{letter}"
    numbers = [int(rest) for ref in refs if (rest := _after(begins, ref)).isdecimal()]
    return f"{begins}{max(numbers, default=0) + 1:0{style.width}}"


def _after(begins: str, ref: str) -> str:
    return ref[len(begins) :] if ref.casefold().startswith(begins.casefold()) else ""


def _style(ref: str, numbered_by: str, letter: str) -> _Style | None:
    found = re.fullmatch(
        rf"({re.escape(numbered_by)}[/ -]?)(\d{{2}}-\d{{2}}|\d{{4}}-\d{{2}}|\d{{4}}|\d{{2}})([/ -])({letter})(\d+)",
        ref,
        re.IGNORECASE | re.ASCII,
    )
    return _Style(found[1], _written_as(found[2]), found[3], len(found[5])) if found else None


def _written_as(year: str) -> str:
    if "-" in year:
        return "financial-short" if len(year) == len("25-26") else "financial"
    if len(year) == len("26"):
        return "calendar-short"
    return "financial-run" if int(year[2:]) == int(year[:2]) + 1 and not year.startswith(("19", "20")) else "calendar"


def _year(style: str, on: str) -> str:
    found = _YEAR_AND_MONTH.match(on)
    if not found:
        return "undated"  # the day itself is refused where the fact is checked
    year, month = int(found[1]), int(found[2] or _APRIL)
    begins = year - (month < _APRIL)
    short, after = f"{begins % 100:02}", f"{(begins + 1) % 100:02}"
    return {
        "financial-short": f"{short}-{after}",
        "financial": f"{begins}-{after}",
        "financial-run": f"{short}{after}",
        "calendar": f"{year}",
        "calendar-short": f"{year % 100:02}",
    }[style]

"""Sentences of ours in the words of a page: where a listed word would stand in them as a machine writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_PHRASES: Final[Mapping[str, str]] = {
    ", for the stage final": ", as its final answer",
    ", through website": ", on a website",
    "The call-in ended: no action": "The call-in ended without action",
    "The call-in ended: out of time": "The call-in ended: it came too late",
    "The call-in ended: referred back": "The call-in ended: sent back to whoever decided",
    "The call-in ended: referred to council": "The call-in ended: sent to the council",
    "Minutes exist, as draft": "Minutes exist, as a draft",
    "Minutes exist, as chair checked": "Minutes exist, checked by the chair",
    "Minutes exist, as unconfirmed final": "Minutes exist; they are final, and were not confirmed",
    "minutes chair checked": "minutes checked by the chair",
    "minutes confirmed as amended": "minutes confirmed with changes",
    "minutes draft": "minutes in draft",
    "minutes none taken": "no minutes were taken",
    "minutes notes": "notes exist",
    "minutes notes only": "only notes were taken",
    "minutes unconfirmed final": "minutes final, not confirmed",
    "by the table for its kind, not verified": "as for every organisation of its kind, not checked against the law",
    "by the table for its kind": "as for every organisation of its kind",
}
"""As everything but a page says it, and as a page does."""
_PHRASE: Final = re.compile(f"(?:{'|'.join(map(re.escape, sorted(_PHRASES, key=len, reverse=True)))})(?!\\w)")
_STATUS: Final = re.compile(r"(?<= noted the status )'(.*)'(?=, which decides nothing)")
_QUOTATION: Final = re.compile(r"(?<!\w)'(.+?)'(?!\w)")
_PART_OF_A_YEAR: Final = re.compile(r"(?<=, for )(\d{4})-(\d{2}) (H[12]|Q[1-4])(?!\w)", re.ASCII)
_MONTHS: Final[Mapping[str, tuple[str, str]]] = {
    "H1": ("April", "September"),
    "H2": ("October", "March"),
    "Q1": ("April", "June"),
    "Q2": ("July", "September"),
    "Q3": ("October", "December"),
    "Q4": ("January", "March"),
}
"""The halves and the quarters of a financial year, which begins in April."""


def plainly(text: str) -> str:
    """A text of ours as a page says it: `through website` -> `on a website`, `2025-26 H2` -> `October 2025 to March 2026`."""
    text = _PHRASE.sub(lambda found: _PHRASES[found[0]], text)
    text = _STATUS.sub(lambda found: f"\u2018{found[1]}\u2019", text)
    return _PART_OF_A_YEAR.sub(_part_of_a_year, text)


def curled(text: str) -> str:
    """A text that was made for a terminal, with the quotation marks of a page: not an apostrophe within a word."""
    return _QUOTATION.sub("\u2018\\1\u2019", text)


def _part_of_a_year(found: re.Match[str]) -> str:
    """From which month to which: where the two years do not follow each other, as it is written."""
    begins = int(found[1])
    if (begins + 1) % 100 != int(found[2]):
        return found[0]
    first, last = _MONTHS[found[3]]
    first_year, last_year = begins + (first == "January"), begins + (last == "March")
    return (
        f"{first} to {last} {last_year}" if first_year == last_year else f"{first} {first_year} to {last} {last_year}"
    )

"""Numbers for what is recorded without one: the next of a series, by who numbers it and the year.

    NLB/25-26/031  NLB/25-26/P14  NLB/25-26/D02  NLB/25-26/A07  NLB/25-26/L03  NLB-2026-03-12

The year is that of English public bodies, from April to March.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from decisionlog.domain.references import fold, split
from decisionlog.domain.refusals import BadInput
from decisionlog.store.directory import name_of
from decisionlog.store.log import Log

_STYLES: Final[Mapping[str, tuple[str, int]]] = {
    "decision": ("", 3),
    "proposal": ("P", 2),
    "disagreement": ("D", 2),
    "action": ("A", 2),
    "delegation": ("L", 2),
}
"""The letter before the number, and its least digits."""
_FIRST_MONTH: Final = 4


def next_ref(log: Log, kind: str, series: str, on: str, taken: Collection[str] = ()) -> str:
    """The next reference of a kind in the series of whoever numbers it: `NLB` on `2026-03-12` gives `NLB/25-26/032`.

    `on` is a day, a time or a partial date; `taken` are references that are given in the same batch. The same log gives
    the same reference. Raises `BadInput` for a kind that has no series.
    """
    if kind == "meeting":
        return _free_day(log, series, on[:10], taken)
    if kind not in _STYLES:
        msg = f"No {kind} is numbered by the log; give it a reference."
        raise BadInput(msg)
    letter, digits = _STYLES[kind]
    begun = f"{series}/{_year(on)}/{letter}"
    used = [*_names(log, kind, begun), *(fold(ref) for ref in taken)]
    pattern = re.compile(rf"{re.escape(fold(begun))}([0-9]{{1,9}})")
    highest = max((int(found[1]) for name in used if (found := pattern.fullmatch(name))), default=0)
    return f"{begun}{highest + 1:0{digits}}"


def series_of(log: Log, stream: str) -> str:
    """By what a body or an organisation begins the numbers that it gives: its short name, or its reference."""
    named = ""
    for fact in log.stream(stream):
        named = getattr(fact.data, "short_name", None) or named
    return named if named and " " not in named else split(stream)[1]


def _free_day(log: Log, series: str, day: str, taken: Collection[str]) -> str:
    begun = f"{series}-{day}"
    used = {*_names(log, "meeting", begun), *(fold(ref) for ref in taken)}
    count = 1
    while fold(ref := begun if count == 1 else f"{begun}-{count}") in used:
        count += 1
    return ref


def _names(log: Log, kind: str, begun: str) -> list[str]:
    return [split(name)[1] for name in log.recorder.names_beginning(name_of(kind, begun))]


def _year(on: str) -> str:
    """`25-26` for a day from April 2025 to March 2026; of a year alone, the one that begins in it."""
    first = int(on[:4]) - (len(on) > 4 and int(on[5:7]) < _FIRST_MONTH)
    return f"{first % 100:02}-{(first + 1) % 100:02}"

"""References for what its file gives none: the next of whoever numbers and of the year, in the style that is in use.

NLB/25-26/032   a decision        NLB/25-26/P15   a proposal
NLB/25-26/D03   a disagreement    NLB/25-26/A07   an action
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from decisionlog.domain.references import fold, split

_LETTERS: Final = {"decision": "", "proposal": "P", "disagreement": "D", "action": "A"}
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


class Numbers:
    """Allots references for one act of recording, over however many files, each once."""

    def __init__(self, refs: Callable[[str, str], Iterable[str]]) -> None:
        self._refs = refs
        self._known: dict[tuple[str, str], list[str]] = {}
        self._taken: dict[str, set[str]] = {}
        self._means: dict[str, str] = {}
        self._opened: set[str] = set()

    def next(self, kind: str, numbered_by: str, on: str) -> str:
        """The next reference of a kind."""
        if (kind, numbered_by) not in self._known:
            self._known[kind, numbered_by] = list(self._refs(kind, numbered_by))
        refs = [*self._known[kind, numbered_by], *sorted(self._taken.setdefault(kind, set()))]
        letter = _LETTERS[kind]
        style = next(
            (style for ref in reversed(refs) if (style := _style(ref, numbered_by, letter))),
            _Style(f"{numbered_by}/", "financial-short", "/", _WIDTHS.get(kind, _USUAL_WIDTH)),
        )
        begins = f"{style.before}{_year(style.year, on)}{style.between}{letter}"
        numbers = [int(rest) for ref in refs if (rest := _after(begins, ref)).isdecimal()]
        ref = f"{begins}{max(numbers, default=0) + 1:0{style.width}}"
        self._taken[kind].add(ref)
        return ref

    def reserve(self, refs: Iterable[str]) -> None:
        """Keep the references that files give themselves from being allotted."""
        for ref in refs:
            for kind in _LETTERS:
                self._taken.setdefault(kind, set()).add(ref)

    def opens(self, stream: str) -> None:
        """Note what a file opens, so that another file, or another part of this one, may name it."""
        kind, ref = split(stream)
        self._taken.setdefault(kind, set()).add(ref)
        self._opened.add(_name(stream))

    def opened(self, kind: str, ref: str) -> bool:
        """Whether one of the files opens it."""
        return _name(ref if split(ref)[0] == kind else f"{kind}:{ref}") in self._opened

    def means(self, kind: str, ref: object, stream: str) -> None:
        """Note that the file calls what is recorded in a stream by another name by now."""
        if isinstance(ref, str):
            self._means[_name(f"{kind}:{ref}")] = stream

    def stream(self, reference: str) -> str | None:
        """The stream that a reference of the file is known to mean."""
        return self._means.get(_name(reference))


def _name(stream: str) -> str:
    kind, key = split(stream)
    return f"{kind}:{fold(key)}"


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

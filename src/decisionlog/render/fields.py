"""The fields of a page as people read them: `Board of the ICB, to decide, by 25 September 2025`, and not the parts of it.

`show @N` has every part of a fact by its own name, with the references of what it names (`words.entries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.saying import PROSE, parts_of, said
from decisionlog.render import plain_words
from decisionlog.render.voting import votes_in_words
from decisionlog.render.words import in_words, label, value_in_words

_TEMPLATES: Final[Mapping[str, str]] = {
    "consulted": "{who}[, on {on}][: {view}]",
    "identifiers": "{code} ({scheme})",
    "links": "{link} {decision}",
    "motion": "moved by {moved_by|=somebody who is not recorded}[, seconded by {seconded_by}]",
    "next": "{to|=whom is not recorded}[, to {asked_to}][, at {meeting}][, by {due}][: {words}]",
    "related": "{link} {proposal}",
    "report_to": "{to|=whom is not recorded}[, at {meeting}][, by {due}][: {words}]",
    "route": "{who|=whom is not recorded}[, on {on}][, {purpose}][: {words}]",
    "urgent": "{ground|=why is not recorded}[; agreed by {agreed_by}]",
    "value": "{money}[, {recurrence}][, {kind}][, from {fund}]",
}
"""Of a field that has parts, how they are said; a part that is not in it follows with its name."""
_LABELS: Final[Mapping[str, str]] = {"key": "Key decision", "call_in_until": "Call-in until"}
_TOLD_IN: Final = re.compile(r"[{|](\w+)")

Names = Mapping[str, str]


def fields(data: Mapping[str, Any], names: Names, *, without: Iterable[str] = ()) -> Iterator[tuple[str, list[str]]]:
    """The fields of a fact as labels and their lines; the item of a meeting stands beside it."""
    left_out = set(without)
    for name, value in data.items():
        if name in left_out or (name == "item" and "meeting" in data and "meeting" not in left_out):
            continue
        lines = list(_lines(name, value, names))
        if name == "meeting" and "item" in data:
            lines = [f"{line}, item {value_in_words(data['item'], names)}" for line in lines]
        yield _LABELS.get(name) or label(name), lines


def _lines(name: str, value: Any, names: Names) -> Iterator[str]:
    match value:
        case dict() if name == "votes" and not is_commitment(value):
            yield from votes_in_words(value, names)
        case list() | tuple() if any(_needs_a_line(item, names) for item in value):
            yield from (_one(name, item, names) for item in value)
        case _:
            yield _one(name, value, names)


def _needs_a_line(item: Any, names: Names) -> bool:
    return isinstance(item, dict) or item in names or (isinstance(item, str) and " " in item)


def _one(name: str, value: Any, names: Names) -> str:
    match value:
        case dict() if name in _TEMPLATES and not is_commitment(value):
            return _told(name, value, names)
        case str() if phrase := plain_words.said(name, value):
            return phrase[:1].lower() + phrase[1:] if name == "method" else phrase.removeprefix("to ")
        case str() if name not in PROSE and not name.endswith("_words"):
            return in_words(parts_of(name, value), names, begins=False)
        case _:
            return value_in_words(value, names, name)


def _told(name: str, value: Mapping[str, Any], names: Names) -> str:
    template = _TEMPLATES[name]
    told = set(_TOLD_IN.findall(template))
    rest = {inner: one for inner, one in value.items() if inner not in told}
    text = in_words(said(template, value), names, begins=False)
    return text + (f", {value_in_words(rest, names)}" if rest else "")

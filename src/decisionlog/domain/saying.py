"""Sentences before they are printed: plain words, and between them the things, days and typed words that they name.

How a thing is called, how a day is written and what is escaped is for whoever prints; `plain` is how programs read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.days import day_before
from decisionlog.domain.erased import WITHHELD, is_gone
from decisionlog.domain.facts import KINDS
from decisionlog.domain.facts.typed import is_commitment
from decisionlog.domain.references import split
from decisionlog.domain.text import spaced


class Named(Struct, frozen=True):
    """A thing, by its reference."""

    reference: str


class Hat(Struct, frozen=True):
    """The capacity in which somebody acted, as the post of that key: where there is none, a word for itself."""

    post: str


class Day(Struct, frozen=True):
    """A day, a time or a partial date."""

    when: str


class LastDay(Struct, frozen=True):
    """The last day on which something holds that ends at this, its first moment of not holding."""

    until: str


class Words(Struct, frozen=True):
    """What somebody typed, to be quoted."""

    words: str


class Field(Struct, frozen=True):
    """The name of a field."""

    name: str


class Worth(Struct, frozen=True):
    """A value that only a printer can put into words: money, a limit, a part of a fact."""

    value: Any
    name: str = ""


Part = str | Named | Hat | Day | LastDay | Words | Field | Worth
Said = tuple[Part, ...]

PROSE: Final = frozenset(
    "title text words grounds wants reasons reason terms what nature action recommendation view venue remit conflicts "
    "dispensation revocation presiding_rule term_rule applies_to includes excludes reserved_matters options_rejected "
    "ground occasion".split()
)
"""Fields that hold what somebody typed; so does every field that ends with `_words`."""
_DAYS: Final = frozenset(
    "on since from due respond_by for_when review_by arrived left returned next_due call_in_until ended arose release_on "
    "review_on".split()
)
CONTROLLED: Final = frozenset(
    "outcome position role kind purpose asked_to presence mode method basis departure relation level can rule progress "
    "conclusion cause public minutes record_status management conflict allows exercise exclusivity holders continuity "
    "liabilities takes link call_in_result exception seat operator recurrence permission vote result".split()
)
"""Fields that hold a word of a controlled list."""
_PUT_INTO_WORDS: Final = frozenset({"legal_basis", "valid"})
"""Fields of which a printer knows the words: a power by its code, whether and why something is in force."""
_TELLING: Final = ("organisation", "partner", "parent", "proposal", "decision", "function", "who", "to", "by", "id")
"""Of a part of a fact, the field that says in short which it is."""


def said(template: str, data: Mapping[str, Any]) -> Said:
    """A sentence made of the fields of a fact.

    `{a|b}` is the first of these fields that is recorded, `{a|=words}` else these words; `{of a}` is a field of the fact
    that this one answers. What stands in `[...]` is left out unless all its fields are recorded. So, for example,
    `{on_behalf_of|by|=Somebody} supported it[, on version {version}].`
    """
    return tuple(_filled(_parsed(template), data) or ())


def joined(several: Iterable[Said], separator: str = ", ", last: str = " and ") -> Said:
    """`a, b and c`."""
    several = [one for one in several if one]
    found: list[Part] = []
    for number, one in enumerate(several):
        if number:
            found.append(last if number == len(several) - 1 else separator)
        found += one
    return tuple(found)


def plain(sentence: Iterable[Part]) -> str:
    """A sentence as programs read it: references, dates and amounts as they are written in facts."""
    return "".join(_plain(part) for part in sentence)


def references_of(sentence: Iterable[Part]) -> set[str]:
    """The things that a sentence names."""
    named = {part.reference for part in sentence if isinstance(part, Named)}
    return named | {part.post for part in sentence if isinstance(part, Hat)}


def references_in_values(sentence: Iterable[Part]) -> set[str]:
    """The things that the values of a sentence name, which only a printer puts into words: the fund of a limit."""
    return {reference for part in sentence if isinstance(part, Worth) for reference in _references(part.value)}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, str) and split(value)[0] in KINDS:
        yield value
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    for one in inner:
        yield from _references(one)


def parts_of(name: str, value: Any) -> Said:
    """The value of a field as parts of a sentence."""
    match value:
        case bool():
            return ("yes" if value else "no",)
        case int():
            return (f"{value:,}",)
        case str():
            return (_text(name, value),)
        case list() | tuple():
            return joined(parts_of(name, item) for item in value) or ("none",)
        case dict():
            return _short(name, value)
        case _:
            return (str(value),)


def _text(name: str, value: str) -> Part:
    if name in PROSE or name.endswith("_words"):
        return Words(value)
    if name == "until":
        return LastDay(value)
    if name in _DAYS:
        return Day(value)
    if name == "capacity":
        return Hat(f"post:{value}")
    if split(value)[0] in KINDS:
        return Named(value)
    if name in _PUT_INTO_WORDS:
        return Worth(value, name)
    return spaced(value) if name in CONTROLLED else value


def _short(name: str, value: Mapping[str, Any]) -> Said:
    if is_commitment(value):
        return (WITHHELD,)
    if "money" in value or "amount" in value:
        return (Worth(value, name),)
    for telling in _TELLING:
        if telling in value:
            version = value.get("version")
            return (*parts_of(telling, value[telling]), *([f", version {version}"] if version else []))
    return (Worth(value, name),)


def _plain(part: Part) -> str:
    match part:
        case str():
            return part
        case Named(text) | Day(text):
            return text
        case Hat(post):
            return split(post)[1]
        case LastDay(until):
            return day_before(until) or f"(before) {until}"
        case Words(words):
            return words if is_gone(words) else f"'{words}'"
        case Field(name):
            return name.replace("_", " ")
        case Worth(value):
            return _worth(value)


def _worth(value: Any) -> str:
    match value:
        case {"amount": int(amount), "currency": str(currency)}:
            return f"{'-' * (amount < 0)}{abs(amount) // 100}.{abs(amount) % 100:02} {currency}".rstrip()
        case dict() if is_commitment(value):
            return WITHHELD
        case dict():
            return ", ".join(_worth(inner) for inner in value.values())
        case list() | tuple():
            return "; ".join(map(_worth, value))
        case _:
            return str(value)


# Templates

_TOKEN: Final = re.compile(r"[\[\]]|\{[^}]*\}|[^\[\]{}]+")
_Tree = tuple["str | tuple[str, ...] | _Optional", ...]


class _Optional(Struct, frozen=True):
    inner: _Tree


@lru_cache(maxsize=1024)
def _parsed(template: str) -> _Tree:
    return _branch(iter(_TOKEN.findall(template)))


def _branch(tokens: Iterator[str]) -> _Tree:
    found: list[str | tuple[str, ...] | _Optional] = []
    for piece in tokens:
        if piece == "]":
            break
        if piece == "[":
            found.append(_Optional(_branch(tokens)))
        elif piece.startswith("{"):
            found.append(tuple(piece[1:-1].split("|")))
        else:
            found.append(piece)
    return tuple(found)


def _filled(tree: _Tree, data: Mapping[str, Any]) -> list[Part] | None:
    """The parts of a template; none, where a field is wanted that is not recorded."""
    found: list[Part] = []
    for piece in tree:
        if isinstance(piece, str):
            found.append(piece)
        elif isinstance(piece, _Optional):
            found += _filled(piece.inner, data) or []
        else:
            value = _first(piece, data)
            if value is None:
                return None
            found += value
    return found


def _first(names: Sequence[str], data: Mapping[str, Any]) -> Said | None:
    for name in names:
        if name.startswith("="):
            return (name[1:],)
        if (value := _at(data, name)) is not None and value != []:
            return parts_of(name.removeprefix("of ").rpartition(".")[2], value)
    return None


def _at(data: Mapping[str, Any], name: str) -> Any:
    """The value of a field; of `access.level`, that of the field within the field."""
    field, _, inner = name.partition(".")
    value = data.get(field)
    return value.get(inner) if inner and isinstance(value, Mapping) else None if inner else value

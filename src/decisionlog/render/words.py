"""How single values are put into words: names, dates, money, and what is not recorded."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from decisionlog.domain.days import day_before
from decisionlog.domain.erased import WITHHELD, is_gone
from decisionlog.domain.money import money as money_of
from decisionlog.domain.references import split
from decisionlog.domain.saying import Day, Field, Hat, LastDay, Named, Part, Said, Words, Worth
from decisionlog.domain.text import spaced, visible
from decisionlog.domain.vocabulary import LEGAL_BASES

if TYPE_CHECKING:
    from decisionlog.domain.answers.basis import Basis
    from decisionlog.domain.answers.telling import FactShown

PLURALS: Final[Mapping[str, str]] = {
    "organisation": "organisations",
    "place": "places",
    "function": "functions",
    "person": "people",
    "post": "posts",
    "body": "bodies",
    "instrument": "instruments",
    "delegation": "delegations",
    "fund": "funds",
    "proposal": "proposals",
    "disagreement": "disagreements",
    "meeting": "meetings",
    "decision": "decisions",
    "action": "actions",
    "interest": "interests",
    "dispensation": "dispensations",
    "access": "accesses",
    "log": "logs",
    "row": "rows",
}
"""Every kind of stream, as one says it of several."""

LISTED: Final[Mapping[str, str]] = {**PLURALS, "hold": "holds", "copy": "copies"}
"""The same with what is listed beside them: holds on erasing, which stand in the streams of what they keep, and copies."""

NOT_RECORDED: Final = "not recorded"
OWN_POWER: Final = "original-power"
"""The legal basis of what its holder may do anyway."""

Marks = tuple[str, str]
STRAIGHT: Final[Marks] = ("'", "'")
CURLED: Final[Marks] = ("\u2018", "\u2019")
"""Quotation marks, as a terminal shows them and as a page does."""

_LABELS: Final[Mapping[str, str]] = {
    "from": "effective from",
    "until": "last day",
    "uri": "address",
    "sha256": "SHA-256",
}
_DATES: Final[Mapping[str, str]] = {
    "on": "date",
    "from": "first day",
    "due": "due date",
    "next_due": "date of the next report",
    "review_by": "review date",
    "call_in_until": "end of the call-in",
}
"""What a day is called that was another: `review date was 31 March 2026`."""
_KNOWN_BY_REFERENCE: Final = frozenset(
    "decision proposal delegation disagreement action meeting interest dispensation".split()
)
_DAY: Final = re.compile(
    r"(?<![\w:/-])\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2}))?(?![\w/-])",
    re.ASCII,
)
"""A day or a time that stands by itself, and not within a reference."""
_WITH_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}", re.ASCII)
_OPERATORS: Final[Mapping[str, str]] = {"<": "below", "<=": "up to"}
_SPEAK_FOR_THEMSELVES: Final = frozenset(
    "words money title who proposal organisation parent function decision by member recurrence presence mode role link id "
    "clause".split()
)
"""Fields that need no name before their value, where they stand within another."""
_WORDS: Final = frozenset("recurrence presence mode role position outcome vote asked_to".split())
"""Fields that hold words of a controlled list."""
_LAST_DAY: Final = "until"
_SENTENCES: Final = ("text", "words", "grounds", "terms", "reasons", "reason", "what")
"""Fields that say in full sentences what a fact is about."""


def own_words(fact: FactShown) -> Iterator[tuple[str, str]]:
    """The fields of a fact that say in full sentences what it is about, with their texts; not what its headline says."""
    for name in _SENTENCES:
        if isinstance(text := fact.data.get(name), str) and text and f"'{text}'" not in fact.headline:
            yield name, text


def label(name: str) -> str:
    """The name of a field as it is read: `on_behalf_of` -> `On behalf of`."""
    text = _spaced(name)
    return text[:1].upper() + text[1:]


def spoken(word: str) -> str:
    """A word of a controlled list: `support-with-conditions` -> `support with conditions`."""
    return visible(spaced(word))


def called(reference: str, names: Mapping[str, str]) -> str:
    """What a thing is called; its reference, where no name is known or two things have the same one."""
    kind, key = split(reference)
    name = names.get(reference, "")
    if not name or is_gone(name):
        shown = f"{kind} {key}".strip() + (f" (name {name})" if name else "")
        return visible(shown)
    shared = sum(other == name for other in names.values()) > 1
    return visible(f"{name} ({reference})" if shared else name)


def mentioned(reference: str, names: Mapping[str, str]) -> str:
    """A thing as a sentence names it: by its reference, with its title, where people know it by its reference."""
    kind, key = split(reference)
    name = names.get(reference, "")
    if kind not in _KNOWN_BY_REFERENCE:
        return called(reference, {other: known for other, known in names.items() if split(other)[0] == kind})
    return visible(f"{key} ({name})" if name not in {"", key} and not is_gone(name) else key)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The same names; the one that several things of a kind have is followed by the reference of each."""
    shared = Counter((split(reference)[0], name) for reference, name in names.items())
    return {
        reference: f"{name} ({reference})" if shared[kind, name] > 1 and _needs_its_reference(kind, name) else name
        for reference, name in names.items()
        for kind in (split(reference)[0],)
    }


def _needs_its_reference(kind: str, name: str) -> bool:
    return kind not in _KNOWN_BY_REFERENCE and name != "" and not is_gone(name)


def in_words(sentence: Said, names: Mapping[str, str], *, begins: bool = True) -> str:
    """A sentence for people: things by name, days as one says them, what somebody typed in quotation marks.

    It begins with a capital, unless it goes on from another, or with a name or a quotation; a quotation that ends a
    sentence of its own ends this one too.
    """
    text = "".join(_said(part, names) for part in settled(sentence))
    return text[:1].upper() + text[1:] if begins and begins_small(sentence, names) else text


def settled(sentence: Said) -> list[Part]:
    """The same sentence as it is printed part by part: in a month but on a day, and ended once only."""
    *before, last = sentence or ("",)
    if last == "." and before and isinstance(quoted := before[-1], Words) and quoted.words.endswith((".", "!", "?")):
        sentence = tuple(before)
    return list(_in_months(sentence))


def begins_small(sentence: Said, names: Mapping[str, str]) -> bool:
    """Whether the first letter of a sentence is made a capital: it begins neither with a quotation nor with a name."""
    first = sentence[0] if sentence else ""
    named = isinstance(first, Named) and _is_named(first.reference, names)
    return not isinstance(first, Words) and not named


def _is_named(reference: str, names: Mapping[str, str]) -> bool:
    """Whether a thing is mentioned by its own name or reference, which are written as they are written."""
    return split(reference)[0] in _KNOWN_BY_REFERENCE or not is_gone(names.get(reference, WITHHELD))


def _in_months(sentence: Said) -> Iterator[Part]:
    """The same sentence, in which something happens on a day, but in a month or a year."""
    for part, after in zip_longest(sentence, sentence[1:]):
        partial = isinstance(after, Day) and len(after.when) < len("2025-03-13")
        yield part.removesuffix("on ") + "in " if partial and isinstance(part, str) and part.endswith(" on ") else part


def _said(part: Part, names: Mapping[str, str]) -> str:
    match part:
        case str():
            return visible(part)
        case Named(reference):
            return mentioned(reference, names)
        case Hat(post):
            return mentioned(post, names) if not is_gone(names.get(post, WITHHELD)) else visible(split(post)[1])
        case Day(day):
            return in_prose(day)
        case LastDay(until):
            ends = last_day(until)
            return ends if ends.startswith("until") else in_prose(ends)
        case Words(words):
            return words if is_gone(words) else f"'{visible(words, keep_breaks=True)}'"
        case Field(name):
            return _DATES.get(name) or _spaced(name)
        case Worth(str(validity), "valid"):
            return dated(visible(validity))
        case Worth(value, name):
            return value_in_words(value, names, name)


def titled(title: str, ref: str = "") -> str:
    """A title; that it is withheld or was erased, where it is; nothing, where it only says the reference again."""
    if is_gone(title):
        return f"(title {title})" if title == WITHHELD else f"({title})"
    return "" if title == ref else visible(title)


def all_called(references: Iterable[str], names: Mapping[str, str]) -> str:
    """Several things by name, or that none is recorded."""
    return listed_in_words([called(reference, names) for reference in references]) or NOT_RECORDED


def listed_in_words(texts: Iterable[str]) -> str:
    """`a, b and c`."""
    *most, last = list(texts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def positions(evidence: Iterable[int]) -> str:
    """The facts that something rests on: `[12, 14]`; empty where there are none."""
    numbers = ", ".join(str(position) for position in dict.fromkeys(evidence))
    return f"[{numbers}]" if numbers else ""


def counted(number: int, one: str, several: str = "") -> str:
    """`1 fact`, `2 facts`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def when(text: str) -> str:
    """A day, or a time to the minute in UTC, or a position; anything else as it is."""
    if text.startswith("@"):
        return f"position {text[1:]}"
    if len(text) > len("2026-03-12T10:11") and text[10] in "Tt" and text.endswith(("Z", "z")):
        return f"{text[:10]} {text[11:16]} UTC"
    return visible(text)


def happening(text: str) -> str:
    """When something happened: `on 13 March 2025`, but `in March 2025`."""
    return f"{'on' if len(text) >= len('2025-03-13') else 'in'} {in_prose(text)}"


def in_prose(text: str) -> str:
    """A day as one says it: `13 March 2025`; a month, a year or a time likewise; anything else as it is."""
    try:
        if len(text) == len("2025-03"):
            return f"{date.fromisoformat(f'{text}-01'):%B %Y}"
        day = date.fromisoformat(text[:10])
    except ValueError:
        return when(text)
    return f"{day.day} {day:%B %Y}" + (f", {_time(text)}" if len(text) > len("2025-03-13") else "")


def _time(text: str) -> str:
    """The time to the minute, as the clock on the wall showed it where an offset says which clock that was."""
    return f"{text[11:16]} UTC" if text.endswith(("Z", "z")) else visible(text[11:16])


def in_short(text: str) -> str:
    """A day, or a time to the minute: `2026-03-12 14:00`; anything else as it is."""
    return f"{text[:10]} {_time(text)}" if _WITH_TIME.match(text) else when(text)


def dated(sentence: str) -> str:
    """A sentence of ours in which days are written as one says them."""
    return _DAY.sub(lambda found: in_prose(found[0]), sentence)


def last_day(until: str) -> str:
    """The last day on which something holds that ends with `until`, its first moment of not holding."""
    return day_before(until) or f"until {when(until)}"


def money(amount: int, currency: str) -> str:
    """An amount of pence, safe to print."""
    return visible(money_of(amount, currency))


def legal_basis(code: str, law: Mapping[str, str] | None = None) -> str:
    """The power that a code stands for, by the table that an answer was made with, else by the list of the facts.

    What somebody may do anyway is theirs: it is `its own power`, and not, as the list says, `the holder's`.
    """
    if code == OWN_POWER:
        return "its own power"
    if law and code in law:
        return visible(law[code])
    found = LEGAL_BASES.get(code)
    return found.name if found else visible(code)


def value_in_words(value: Any, names: Mapping[str, str], name: str = "") -> str:
    """One value of a field, whatever it is, in one paragraph."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case str():
            return _text(value, names, name)
        case list() | tuple():
            separator = "; " if any(isinstance(item, (dict, list)) for item in value) else ", "
            return separator.join(value_in_words(item, names, name) for item in value) or "none"
        case dict():
            return _parts(value, names)
        case _:
            return visible(str(value))


def limit(value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """A money limit: `up to GBP 500,000 per decision`."""
    bound = _OPERATORS.get(value.get("operator", ""), "limit")
    amount = value_in_words(value.get("money", {}), names)
    per = f" per {visible(value['per'])}" if "per" in value else ""
    fund = f" from {called(value['fund'], names)}" if "fund" in value else ""
    more = {name: inner for name, inner in value.items() if name not in {"money", "operator", "per", "fund"}}
    return f"{bound} {amount}{per}{fund}" + (f" ({_parts(more, names)})" if more else "")


def _text(text: str, names: Mapping[str, str], name: str) -> str:
    if name == _LAST_DAY:
        return last_day(text)
    if name == "legal_basis":
        return legal_basis(text)
    if text in names:
        name_of = called(text, names)
        return name_of if is_gone(names[text]) or text in name_of else f"{name_of} ({visible(text)})"
    if name in _WORDS:
        return spoken(text)
    return when(text) if text[:2].isdecimal() else visible(text, keep_breaks=True)


def _parts(value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    match value:
        case {"$private": _}:
            return WITHHELD
        case {"amount": int(amount), "currency": str(currency)}:
            return money(amount, currency)
        case {"money": dict(), "operator": str()}:
            return limit(value, names)
        case _:
            return ", ".join(_part(name, inner, names) for name, inner in value.items())


def _part(name: str, value: Any, names: Mapping[str, str]) -> str:
    text = value_in_words(value, names, name)
    return text if name in _SPEAK_FOR_THEMSELVES else f"{_spaced(name)}: {text}"


def _spaced(name: str) -> str:
    return visible(_LABELS.get(name, name.replace("_", " ")))


def entries(
    data: Mapping[str, Any], names: Mapping[str, str], *, without: Iterable[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """The fields of a fact as labels and their lines."""
    left_out = set(without)
    for name, value in data.items():
        if name in left_out:
            continue
        several = isinstance(value, (list, tuple)) and any(_needs_a_line(item, names) for item in value)
        values = value if several else [value]
        yield label(name), [value_in_words(item, names, name) for item in values]


def _needs_a_line(item: Any, names: Mapping[str, str]) -> bool:
    """Whether one of several values is too much to stand beside others: a part, a thing with a name, a sentence."""
    return isinstance(item, dict) or item in names or (isinstance(item, str) and " " in item)


def quoted(words: Iterable[str], marks: Marks = STRAIGHT) -> str:
    """What somebody typed, in quotation marks; that it is withheld or was erased, where it is."""
    begins, ends = marks
    return listed_in_words([one if is_gone(one) else f"{begins}{visible(one)}{ends}" for one in words])


def resting_on(basis: Basis) -> str:
    """What an answer rests on: both times, whose clock, which log, how far, its root, and the rules of reading."""
    clock = "the sources' clocks" if basis.clock == "source" else "this log's clock"
    at, known = when(basis.as_at), when(basis.known_at)
    times = f"As at, and as known on, {at}" if at == known else f"As at {at}, as known on {known}"
    if basis.known_at.startswith("@"):
        times = f"As at {at}, as known at {known}"
    facts = counted(basis.position, "fact")
    return f"{times}, by {clock}. {visible(basis.log)}: {facts}, root {basis.root[:16]}..., rules {basis.rules}."

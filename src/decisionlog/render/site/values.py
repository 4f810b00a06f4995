"""Values of fields as markup: things linked, days as one says them, typed words set apart, money as money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup, escape

from decisionlog.domain.erased import is_gone
from decisionlog.domain.references import split
from decisionlog.domain.saying import PROSE
from decisionlog.render import plain_words, words

if TYPE_CHECKING:
    from decisionlog.render.site.telling import Telling

_SPEAKS_FOR_ITSELF: Final = frozenset(
    "words money title who proposal organisation parent function decision by member recurrence presence mode role link id "
    "clause to".split()
)
"""Parts of a value that need no name before them."""

_APART: Final = Markup("; ")
_BESIDE: Final = Markup(", ")


def value(t: Telling, given: Any, name: str = "") -> Markup:
    """One value of a field, whatever it is."""
    match given:
        case str():
            return _text(t, given, name)
        case list() | tuple():
            several = any(isinstance(one, (dict, list)) for one in given)
            between = _APART if several else _BESIDE
            return between.join(value(t, one, name) for one in given) or escape("none")
        case {"$private": _}:
            return t.gone("withheld")
        case {"amount": int(), "currency": str()} | {"money": dict(), "operator": str()}:
            return escape(words.value_in_words(given, t.names))
        case {"link": str(link), "decision": _}:
            rest = {inner: one for inner, one in given.items() if inner != "link"}
            return Markup("{} {}").format(_text(t, link, "link"), value(t, rest))
        case dict():
            return _BESIDE.join(part(t, inner, one) for inner, one in given.items())
        case _:
            return escape(words.value_in_words(given, t.names, name))


def part(t: Telling, name: str, given: Any) -> Markup:
    """A part of a value, after its name where it needs one."""
    if isinstance(given, bool) and (phrase := plain_words.whether(name, is_so=given)):
        return escape(phrase)
    shown = t.quoted(given) if isinstance(given, str) and name in PROSE else value(t, given, name)
    speaks = name in _SPEAKS_FOR_ITSELF or (isinstance(given, str) and plain_words.said(name, given) != "")
    return shown if speaks else Markup("{}: {}").format(plain_words.label(name).lower(), shown)


def _text(t: Telling, text: str, name: str) -> Markup:
    if is_gone(text):
        return t.gone(text)
    if text in t.names or text in t.there:
        return t.thing(text)
    if phrase := plain_words.said(name, text):
        return escape(phrase)
    if name == "until":
        return t.last_day(text)
    if name in PROSE or name.endswith("_words"):
        return t.typed(text)
    if _is_a_day(text):
        return t.day(text)
    shown = words.value_in_words(text, t.names, name)
    return t.typed(words.spoken(shown) if "-" in text and " " not in text and not split(text)[0] else shown)


def _is_a_day(text: str) -> bool:
    return len(text) >= len("2026-03") and text[:4].isdecimal() and text[4] == "-" and text[5:7].isdecimal()

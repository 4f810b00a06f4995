"""Words of answers as markup: things become links, days `<time>`, and what somebody typed is set apart and never markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup, escape

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.days import civil_day, day_before
from decisionlog.domain.erased import WITHHELD, is_gone
from decisionlog.domain.saying import Day, Hat, LastDay, Named, Part, Said, Words, Worth
from decisionlog.domain.text import folded, visible
from decisionlog.render import plain_words, words
from decisionlog.render.site import fields, phrases, values
from decisionlog.render.site.addresses import Addresses, path_of

_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_ENDED: Final = (".\u2019", "!\u2019", "?\u2019")
"""How a quotation ends that is a sentence of its own."""
_FIRST_LETTER: Final = re.compile(r"((?:<[^>]*>)*)(\w)")


class Telling:
    """Puts the values of one page into markup."""

    def __init__(self, page: RegisterPage, addresses: Addresses) -> None:
        self.names = page.names
        self.there = page.there
        self._addresses = addresses
        self._zone = page.zone

    def under(self, heading: str) -> Telling:
        """The same where a title stands above: what is called so is named by its reference alone."""
        below = copy(self)
        below.names = {reference: name for reference, name in self.names.items() if not heading or name != heading}
        return below

    def thing(self, reference: str) -> Markup:
        """A thing by its name, or what people know by its number by that; with a link to its page where it has one."""
        return self._linked(reference, words.mentioned(reference, self.names))

    def address(self, reference: str) -> str:
        """The address of the page of a thing."""
        return self._addresses.page(path_of(reference))

    def plain(self, reference: str) -> str:
        """A thing by its name, where no link can be."""
        return words.called(reference, self.names)

    def things(self, references: Iterable[str], none: str = words.NOT_RECORDED) -> Markup:
        """`a, b and c`."""
        *most, last = [self.thing(reference) for reference in references] or [escape(none)]
        return Markup(", ").join(most) + Markup(" and ") + last if most else last

    def said(self, sentence: Said, *, begins: bool = True) -> Markup:
        """A sentence."""
        marked = Markup("").join(self._part(part) for part in _together(words.settled(sentence)))
        return _with_a_capital(marked) if begins and words.begins_small(sentence, self.names) else marked

    def day(self, text: str) -> Markup:
        """A day as one says it, with the same for programs."""
        if not text:
            return Markup("")
        shown = escape(words.in_prose(text))
        return Markup('<time datetime="{}">{}</time>').format(text, shown) if text[:4].isdecimal() else shown

    def recorded(self, fact: FactShown) -> Markup:
        """When a fact was recorded, by the calendar of the log, by whom, and from what: where in that is for programs."""
        day = self.day(civil_day(fact.recorded_at, self._zone).isoformat())
        whence = Markup(", from {}").format(self.typed(fact.source_name)) if fact.source_name else ""
        return Markup("Recorded on {} by {}{}.").format(day, self.typed(fact.recorded_by), whence)

    def last_day(self, until: str) -> Markup:
        """The last day of what ends at a moment."""
        return self.day(day_before(until) or until)

    def value(self, given: Any, name: str = "") -> Markup:
        """A value of a field, whatever it is."""
        return values.value(self, given, name)

    def fields(self, data: Mapping[str, Any], without: Iterable[str] = ()) -> list[tuple[str, list[Markup]]]:
        """The fields of a fact as labels and their lines."""
        return list(fields.fields(self, data, frozenset(without)))

    def own_words(self, fact: FactShown) -> list[tuple[str, Markup]]:
        """What a fact says in full sentences beside the one that tells it, each text under what it is."""
        return [(plain_words.label(name), self.quoted(text)) for name, text in words.own_words(fact)]

    def typed(self, text: str) -> Markup:
        """What somebody typed, set apart from what stands around it."""
        return Markup("<bdi>{}</bdi>").format(visible(text, keep_breaks=True))

    def quoted(self, text: str) -> Markup:
        """What somebody typed, in quotation marks; what was erased or withheld is not quoted."""
        return self.gone(text) if is_gone(text) else Markup("&lsquo;{}&rsquo;").format(self.typed(text))

    def ended(self, sentence: Markup) -> Markup:
        """A sentence with its full stop; without one, where it ends with a quotation that has its own."""
        return sentence if sentence.striptags().endswith(_ENDED) else sentence + Markup(".")

    def gone(self, text: str) -> Markup:
        """That words are not shown."""
        shown = "(withheld)" if text == WITHHELD else f"({text})"
        return Markup('<span class="register-gone">{}</span>').format(shown)

    def title(self, title: str, otherwise: str) -> Markup:
        """A title; what the thing is called otherwise, where it has none or it is not shown."""
        return self.typed(title) if title and not is_gone(title) else escape(visible(otherwise))

    def contact(self, text: str) -> Markup:
        """To whom one writes, with a link where it is an address that one can write to or look at."""
        shown = self.typed(text)
        scheme = "mailto:" if _MAIL.fullmatch(text) else "" if text.startswith("https://") and " " not in text else None
        return shown if scheme is None else Markup('<a href="{}{}">{}</a>').format(scheme, text, shown)

    def headed(self, reference: str, title: str, otherwise: str) -> Markup:
        """A title as it heads an entry, with a link to the thing's page where it has one."""
        text = self.title(title, otherwise)
        path = path_of(reference) if reference in self.there else ""
        return Markup('<a href="{}">{}</a>').format(self._addresses.page(path), text) if path else text

    def found(self, text: str, wanted: Iterable[str]) -> Markup:
        """A part of a text in which the words that were searched for are marked, also where they only begin one."""
        begun = tuple(wanted)
        pieces = re.split(r"([^\W_]+)", visible(text))
        marked = (
            Markup("<mark>{}</mark>").format(piece) if folded(piece).startswith(begun) else escape(piece)
            for piece in pieces
        )
        return Markup("<bdi>{}</bdi>").format(Markup("").join(marked))

    def ours(self, text: str) -> Markup:
        """A text of ours in which things are named: what it says is set apart from the page's own direction."""
        return Markup("<bdi>{}</bdi>").format(text)

    def _linked(self, reference: str, shown: str) -> Markup:
        path = path_of(reference) if reference in self.there else ""
        text = Markup("<bdi>{}</bdi>").format(shown)
        return Markup('<a href="{}">{}</a>').format(self._addresses.page(path), text) if path else text

    def _part(self, part: Part) -> Markup:
        match part:
            case Named(reference):
                return self.thing(reference)
            case Hat(post) if not is_gone(self.names.get(post, WITHHELD)):
                return self.thing(post)
            case Day(day):
                return self.day(day)
            case LastDay(until):
                return self.last_day(until)
            case Words(text):
                return self.quoted(text)
            case Worth(Mapping() as value, name):
                return self.value(value, name)
            case str(text):
                return escape(visible(phrases.plainly(text)))
            case _:
                return escape(words.in_words((part,), self.names, begins=False))


def _together(parts: Iterable[Part]) -> Iterator[Part]:
    """The same parts, of which those that are plain words follow each other in one."""
    for is_plain, several in groupby(parts, key=lambda one: isinstance(one, str)):
        if is_plain:
            yield "".join(one for one in several if isinstance(one, str))
        else:
            yield from several


def _with_a_capital(marked: Markup) -> Markup:
    found = _FIRST_LETTER.match(marked)
    return Markup(found[1] + found[2].upper()) + Markup(marked[found.end() :]) if found else marked  # noqa: S704 - it was markup

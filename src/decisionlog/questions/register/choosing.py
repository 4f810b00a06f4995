"""What a list can be narrowed to: what is there, and what of it was meant by what a reader typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from decisionlog.domain.answers.things import Listing
from decisionlog.domain.references import fold, split
from decisionlog.questions.register.asking import Asking

_THINGS: Final[Mapping[str, str]] = {
    "body": "body",
    "partner": "organisation",
    "place": "place",
    "function": "function",
}
"""The fields in which a thing is chosen, and of which kind."""


class Choice(Struct, frozen=True):
    """One that can be chosen: its value, and what it is called where that is not the same."""

    value: str
    called: str

    def is_meant(self, typed: str) -> bool:
        """Whether it is what was typed, however its letters, spaces and dashes were written."""
        return fold(typed) in {fold(name) for name in (self.value, split(self.value)[1], self.called) if name}


def choices(asking: Asking, kind: str, fields: Iterable[str]) -> dict[str, tuple[Choice, ...]]:
    """By field what is there to be chosen, in the order of its names; nothing of fields that take a day."""
    found = {name: tuple(_choices(asking, kind, name)) for name in fields}
    return {
        name: tuple(sorted(several, key=lambda one: fold(one.called))) for name, several in found.items() if several
    }


def _choices(asking: Asking, kind: str, name: str) -> Iterable[Choice]:
    if name in _THINGS:
        return [Choice(one.stream, one.title or one.ref) for one in asking.listed(_THINGS[name]).items]
    return [Choice(word, word) for word in _words(asking.listed(kind), name)]


def _words(listing: Listing, name: str) -> set[str]:
    """The outcomes or the states that are in a list."""
    words = {
        "outcome": (one.more.get("outcome", "") for one in listing.items),
        "state": (one.state for one in listing.items),
    }
    return set(words.get(name, ())) - {""}


def meant(asking: Asking, offered: Mapping[str, tuple[Choice, ...]]) -> dict[str, str]:
    """What a reader gave; in the place of what was typed the one choice that is meant by it, where there is one."""
    return {name: _meant(value, offered.get(name, ())) for name, value in asking.given.items()}


def _meant(typed: str, offered: Iterable[Choice]) -> str:
    found = [one.value for one in offered if one.is_meant(typed)]
    return found[0] if len(found) == 1 else typed

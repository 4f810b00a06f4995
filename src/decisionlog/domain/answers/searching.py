"""What `search` answers: facts with the words, by the thing that they belong to."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis


class Match(Struct, frozen=True):
    """One thing of which facts have the words, with the best of them."""

    stream: str
    kind: str
    ref: str
    title: str
    """Its open name or its title; empty where it has none, `withheld` where it is not opened here."""
    state: str
    type: str
    """Of the fact that fits best."""
    on: str
    """When that happened; `not recorded` where it is not."""
    field: str
    """The field of it in which the words stand; empty where they stand in several."""
    snippet: str
    """A part of its text around the first of the words."""
    evidence: tuple[int, ...]
    """The facts with the words, the best first."""


class Found(Struct, frozen=True):
    """What `search` answers, the best first."""

    basis: Basis
    text: str
    words: tuple[str, ...]
    """What was searched for: the words of the text, folded; the last may go on."""
    items: tuple[Match, ...]
    left_out: int
    """How many more things there may be, beyond the limit: of them it was not looked at whether they still say so."""
    more: bool = False
    """There are more facts with the words than were looked at."""

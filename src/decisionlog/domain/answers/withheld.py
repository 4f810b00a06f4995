"""What is withheld, and on what ground: that it is there, and nothing of what it is."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.exemptions import Ground


class WithheldAlike(Struct, frozen=True):
    """Things of one kind that are kept back on the same grounds, until the same month."""

    number: int
    kind: str
    level: str
    grounds: tuple[Ground, ...]
    """Empty: none is recorded."""
    release: str
    """The month in which they are to be released; empty where that is not recorded."""
    review: str
    """The month in which it is to be looked at again whether they are still exempt."""
    is_overdue: bool
    """That month is over, and they are still kept back."""


class OfABody(Struct, frozen=True):
    """How many of a body's matters are kept back, where there are so many that it tells nothing of any of them."""

    body: str
    number: int


class ItemInPrivate(Struct, frozen=True):
    """One item of a meeting that the public was kept from."""

    item: str
    """As numbered on the agenda; empty where that is not recorded."""
    level: str
    grounds: tuple[Ground, ...]
    """Empty: none is recorded."""
    review_on: str
    evidence: tuple[int, ...]


class HeldInPrivate(Struct, frozen=True):
    """What of a meeting was, or is to be, in private."""

    meeting: str
    openness: str
    """`private` or `part-private`; empty: neither is recorded."""
    items: tuple[ItemInPrivate, ...]
    """Empty: which items they were is not recorded."""
    evidence: tuple[int, ...]


class Withheld(Struct, frozen=True):
    """What is kept back from whoever asks."""

    basis: Basis
    items: tuple[WithheldAlike, ...]
    bodies: tuple[OfABody, ...]
    entries: int
    """How many entries of the log stand only for a fact that is kept back."""
    in_part: int
    """How many things are shown without their words, or without some of their facts."""
    meetings: tuple[HeldInPrivate, ...] = ()
    """Meetings that are shown, and were or are to be in private as a whole or in part."""


class PartWithheld(Struct, frozen=True):
    """What of a thing that is shown is withheld, and on what ground."""

    what: tuple[str, ...]
    """Fields: `text`, `reasons`."""
    level: str
    grounds: tuple[Ground, ...]
    release_on: str
    review_on: str
    evidence: tuple[int, ...]


class PartsWithheld(Struct, frozen=True):
    """What of one thing is withheld; empty, where it is open."""

    parts: tuple[PartWithheld, ...]

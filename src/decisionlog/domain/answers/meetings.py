"""One meeting as its page in the register tells it: who was there for whom, and each item with what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.telling import Line, Section
from decisionlog.domain.answers.withheld import HeldInPrivate


class MeetingItem(Struct, frozen=True):
    """One item of the agenda, and what came of it."""

    item: str
    """As numbered there; empty where no item is recorded."""
    title: str
    """Of the item, else of what it was about; empty where none is recorded."""
    proposals: tuple[str, ...]
    """Those that are on the agenda under it."""
    lines: Mapping[str, tuple[Line, ...]]
    """`agenda`, `considered`, `positions`, `decisions`, `disagreements`, `actions`, `later`."""


class Attending(Struct, frozen=True):
    """Who was there for one partner, and who was not."""

    on_behalf_of: tuple[str, ...]
    """Empty: for whom is not recorded."""
    present: tuple[Line, ...]
    attending: tuple[Line, ...]
    """In attendance, or named without it being said whether they were there."""
    away: tuple[Line, ...]
    """With apologies, or absent."""


class MeetingTold(Struct, frozen=True):
    """A meeting at a point of both times."""

    basis: Basis
    bodies: tuple[str, ...]
    when: str
    """When it was held, is to be, or was to be before it was cancelled; empty where that is not recorded."""
    is_to_come: bool
    items: tuple[MeetingItem, ...]
    left_out: int
    attendance: tuple[Attending, ...]
    number_present: int
    """Where only a number is recorded; else -1."""
    sections: tuple[Section, ...]
    """Interests, quorum and minutes."""
    in_private: HeldInPrivate

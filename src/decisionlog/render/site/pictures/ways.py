"""The ways on which a power came down, as the pictures of chains show them: stops, and between two of them what joins them.

A stop is whoever had the power; the first is the law, where the way up to it is on record.
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

IN_FORCE: Final = "In force"
Holds = Literal["yes", "no", "possible", "unknown"]
"""Whether a step held: `no` where a test of it fails or it was not in force; `possible` and `unknown` say so in words."""


class Stop(Struct, frozen=True):
    """Somebody who had the power, or a place in the chain that the record leaves open."""

    who: str
    role: str = ""
    """In a few words: `The law`, `Has the duty`, `Decided`."""
    known: bool = True
    """The record says who stands here."""
    decides: bool = False
    """It is here that it was decided, or could be."""


class Join(Struct, frozen=True):
    """How the power came from one stop to the next, and whether it did."""

    by: tuple[str, ...]
    """By what: the delegation or the duty first; then the power, the instrument and its clause, the limits."""
    holds: Holds
    said: tuple[str, ...]
    """Whether it held, in words: `In force`, `Problem: over the limit`."""
    to_be_read: tuple[str, ...] = ()
    """What is not recorded of it, and what a person must read; it stands in the words beside the picture alone."""


class Way(Struct, frozen=True):
    """One way from the top down: one join fewer than stops."""

    heading: str
    """For whom, where there are several ways; empty where there is one."""
    stops: tuple[Stop, ...]
    joins: tuple[Join, ...]


class Ways(Struct, frozen=True):
    """All that a picture of chains shows."""

    title: str
    ways: tuple[Way, ...]
    outcome: tuple[str, ...] = ()
    """What came of it, first in a word or two: the decision at the foot; empty where nothing was decided."""
    more: int = 0
    """How many further ways are not shown."""


def worst(joins: tuple[Join, ...]) -> Holds:
    """How a step stands that several things make."""
    order: tuple[Holds, ...] = ("no", "unknown", "possible", "yes")
    return min((join.holds for join in joins), key=order.index, default="unknown")

"""What is told: facts one by one, and lines made of them, each with what proves it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from decisionlog.domain.saying import Said


class FactShown(Struct, frozen=True):
    """One fact, told."""

    position: int
    type: str
    stream: str
    n: int
    on: str
    """When it happened, as recorded; `not recorded` where it is not."""
    recorded_at: str
    recorded_by: str
    said_at: str
    """When the source first said it; empty where no source says."""
    headline: str
    """One sentence in plain words: `Approved by body:northmoor-cabinet, on behalf of organisation:northmoor-council.`"""
    data: dict[str, Any]
    of: str
    source: str
    """What it was recorded from, and where in that it stands."""
    notes: tuple[Said, ...] = ()
    """Corrected, retracted, disputed, contested, same day: what a reader must know about this fact."""
    said: Said = ()
    """The headline before it is printed: with the things, days and words that it names."""
    source_name: str = ""
    """What it was recorded from, alone."""


class Line(Struct, frozen=True):
    """One line of a section: what it is about, what is said of it, and by which facts."""

    said: Said
    evidence: tuple[int, ...] = ()
    label: str = ""
    more: tuple[Said, ...] = ()
    """What stands below it: words, notes."""


class Section(Struct, frozen=True):
    """One part of a page about a thing."""

    title: str
    lines: tuple[Line, ...]
    left_out: int = 0
    """How many more there are than are shown."""
    none: str = ""
    """What is said where there is no line; a section without it is left out then."""
    more: str = ""
    """The command that has those that are left out; `history` of the thing, where none is named."""

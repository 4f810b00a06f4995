"""What `scheme` answers: the scheme as the log has it, and how a file differs from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.refusals import Mistake
from decisionlog.domain.scheme import Entry, Later, Section, Standing


class Scheme(Struct, frozen=True):
    """The scheme as the log has it, at a point of both times."""

    basis: Basis
    entries: Mapping[str, Entry]
    """By stream, section by section, in the order in which the things were first recorded."""
    names: Mapping[str, frozenset[str]]
    """What the things of the sections are called: the streams of every `kind:ref`, its ref folded."""
    whole: bool = False
    """Whether it holds everything, also what begins later."""
    unread: int = 0
    """Facts of these streams that this version does not know."""
    said_on: frozenset[str] = frozenset()
    """When the facts were first said by their sources; empty where a fact has no such day, or none is there."""


class Change(Struct, frozen=True):
    """One value of the log that the file says otherwise. `was` is none where nothing was recorded."""

    path: str
    """A JSON Pointer into the fact's data, or `/on`."""
    was: Any
    now: Any


class Coming(Struct, frozen=True):
    """A fact that would be recorded."""

    stream: str
    type: str
    on: str | None
    data: dict[str, Any]
    """Its data; of a correction, the data of the fact that it corrects, as it is in the log."""
    place: str
    """Where the file says so."""
    part: Later | None = None
    section: Section | None = None
    target: tuple[str, dict[str, Any]] | None = None
    """The type and the data of the fact that it ends, answers or corrects."""
    changes: tuple[Change, ...] = ()
    """Of a correction: what changes."""
    evidence: tuple[int, ...] = ()
    """Of a correction: the position of the fact that it corrects."""


class Left(Struct, frozen=True):
    """Something in the log and not in the file: it is left alone."""

    stream: str
    section: Section
    fact: Standing | None
    """The fact; none, where the whole entry is not in the file."""
    fields: tuple[str, ...] = ()
    """The fields of it that the file does not give; empty: the fact itself is not in the file."""
    part: Later | None = None
    evidence: tuple[int, ...] = ()
    target: tuple[str, dict[str, Any]] | None = None
    """The type and the data of the fact that it ends or answers."""


class SchemeDifference(Struct, frozen=True):
    """What `scheme plan` answers."""

    basis: Basis
    file: str
    coming: tuple[Coming, ...]
    """In the order of the file's entries."""
    left: tuple[Left, ...]
    agreeing: int
    """Facts that the file and the log both have."""
    withheld: tuple[str, ...]
    """Values that the file gives and the log no longer opens: they are not compared."""
    twice: tuple[Mistake, ...]
    """What the file says twice; then it cannot be recorded."""
    plain: tuple[tuple[dict[str, Any], str], ...]
    """The same facts to come as plain facts with their places, in the order in which they are recorded."""

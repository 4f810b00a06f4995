"""One page of the public register, before it is printed: the answers that it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

from msgspec import Struct, field

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.telling import Line
from decisionlog.domain.answers.witnessing import WitnessStanding


class RegisterPage(Struct, frozen=True):
    """What a page shows: answers of other questions, each under a name; its twin for programs holds the same."""

    name: str
    """Which page it is: `decision`, `body` ...; its template is called so."""
    about: str
    """The thing that it is about, as `decision:NLB/25-26/031`; of another page its path from the root: `decisions`."""
    title: str
    basis: Basis
    answers: Mapping[str, Any]
    """Answers of `domain.answers`."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What the references in the answers are called."""
    there: frozenset[str] = frozenset()
    """Of the things that the answers name, those that can be shown: to the others no link leads."""
    takes: tuple[str, ...] = ()
    """The fields of its form."""
    given: Mapping[str, str] = field(default_factory=dict)
    """What the reader asked for by the page's form, as typed."""
    problem: str = ""
    """Why what was given by the form cannot be answered: a sentence; the page then shows what it would without it."""
    findings: bool = False
    """Whether the register shows what does not add up."""
    number: int = 1
    """Of a list: which of its pages this is."""
    is_proved: bool = False
    """Of a decision: whether its proof can be had with its page."""
    pages: int = 1
    total: int = 0
    """How many things there are on all of them."""
    zone: tzinfo = UTC
    """The time zone of the log, by whose calendar the days of the page are."""


class Choices(Struct, frozen=True):
    """What can be chosen in the form of a list: by field the things, as `body:cab`, or the words that are there."""

    basis: Basis
    fields: Mapping[str, tuple[str, ...]]


class NotYetKnown(Struct, frozen=True):
    """That nothing of a thing was recorded by a point of time, and when its first entry was recorded."""

    basis: Basis
    stream: str
    known: str
    """The point that was asked about: a day, or `@` and a position."""
    first_recorded: str
    """When the first entry about it was recorded."""
    evidence: tuple[int, ...]


class PersonHolds(Struct, frozen=True):
    """Somebody who was found by name: people have no page of their own, so it says where they are to be met."""

    person: str
    lines: tuple[Line, ...]
    """The posts and the seats that are recorded."""


class PeopleFound(Struct, frozen=True):
    """The people among what was found."""

    people: tuple[PersonHolds, ...]


class Coming(Struct, frozen=True):
    """What is to come, as far as a day is recorded for it: the first first."""

    basis: Basis
    lines: tuple[Line, ...]
    """Each with its day as its label; below it what one can do."""
    left_out: int
    """How many more there are."""


class Keeping(Struct, frozen=True):
    """Who keeps the log of the register, and how far others can hold them to what they showed."""

    basis: Basis
    name: str
    origin: str
    opened_at: str
    """When its first entry was recorded."""
    opened_by: str
    """Who recorded it: a role, or an opaque key."""
    contact: str = ""
    """To whom readers write; empty, where nobody is named."""
    checkpointed: int = 0
    """How many entries the last signed checkpoint covers; 0, where none was signed."""
    checkpointed_until: str = ""
    """When the last of them was recorded."""
    quorum: str = ""
    """How many of whom must have cosigned, in words; empty, where no witness is asked for."""
    witnessed: int = 0
    """How many entries the last checkpoint covers that so many cosigned."""
    witnessed_at: str = ""
    witnesses: tuple[WitnessStanding, ...] = ()
    wrong: tuple[str, ...] = ()
    """What cannot be true of a sound log and honest witnesses."""

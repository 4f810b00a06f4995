"""What `diff` answers: what changed in governance between two days, or in what was believed of one day."""

from __future__ import annotations

from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.saying import Said

GROUPS: Final = (
    "deciding",
    "delegations",
    "functions",
    "bodies",
    "posts",
    "organisations",
    "instruments",
    "funds",
    "decisions",
)
"""What changes stand under, in the order in which they are told."""


class Later(Struct, frozen=True):
    """A fact by which what was believed changed."""

    position: int
    how: str
    """`correction`, `retraction`, `late entry` (of what had happened before), or `entry`."""
    on: str
    """When it happened; of what is about the record, empty."""
    said_at: str
    """When it was recorded; by the sources' clocks, when its source said it."""


class Changed(Struct, frozen=True):
    """One change."""

    group: str
    kind: str
    """Of the thing that changed."""
    subject: str
    what: str
    """`began`, `ended` or `changed`."""
    said: Said
    was: dict[str, Any]
    now: dict[str, Any]
    """The fields that differ; empty where it was not there."""
    made_by: tuple[int, ...]
    """The facts that made the change."""
    later: tuple[Later, ...]
    """Of a change of belief: by which facts it changed."""
    about: frozenset[str]
    """Everything that it is about: by it changes are narrowed."""


class Difference(Struct, frozen=True):
    """All changes between two points."""

    before: Basis
    after: Basis
    is_of_belief: bool
    """The two points differ in what was known; else in the day."""
    items: tuple[Changed, ...]
    narrowed: tuple[str, ...]
    """The kind and the thing that were asked for."""
    notes: tuple[Said, ...]
    names: dict[str, str]

    @property
    def evidence(self) -> tuple[int, ...]:
        """Every fact that made a change."""
        return tuple(sorted({at for one in self.items for at in one.made_by}))

"""What must be there to gather the record of a decision: streams in plain data, and who sits where. Questions and rules have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from decisionlog.domain.facts.envelope import Fact


class Stated(Protocol):
    """A fact, and what it says in plain data."""

    @property
    def fact(self) -> Fact:
        """The fact."""

    @property
    def data(self) -> dict[str, Any]:
        """Its data."""

    @property
    def position(self) -> int:
        """Where it stands in the log."""


class Stream(Protocol):
    """One stream as it is known."""

    @property
    def stream(self) -> str:
        """Which."""

    def stated(self, *types: str) -> Sequence[Stated]:
        """Its facts of these types, in the order of the acts; all of them, where no type is named."""

    def first(self, *types: str) -> Stated | None:
        """Its first fact of these types."""


@dataclass(frozen=True)
class Seated:
    """A seat on a body."""

    body: str
    role: str
    voting: bool | None
    position: int
    """Of the fact that gave it."""


class Looking(Protocol):
    """One who looks into the log at a point."""

    def of(self, stream: str) -> Stream:
        """One stream."""

    def dispensations_of(self, person: str) -> Iterable[str]:
        """The dispensations of a person."""

    def seats_of(self, members: Iterable[str], moment: int) -> Iterator[Seated]:
        """On which bodies these people and posts sit at a moment."""

"""What `completeness` answers: how much of what the record of a decision must hold is there, and what is missing."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.saying import Said

Status = Literal["recorded", "recorded-as-none", "not-recorded", "not-applicable"]


class Field(Struct, frozen=True):
    """One field of a record: how it stands, who asks for it, and by which facts."""

    name: str
    title: str
    status: Status
    asked_by: str
    """Empty: no profile asks for it."""
    verified: bool
    """The text of who asks for it was read."""
    satisfied_by: tuple[str, ...]
    """The facts and fields any of which satisfies it."""
    evidence: tuple[int, ...]
    why: str = ""
    """Why it does not apply, or what is recorded that does not quite satisfy it; else empty."""

    @property
    def applies(self) -> bool:
        """Whether it counts in a score."""
        return self.status != "not-applicable"

    @property
    def is_there(self) -> bool:
        """Whether it is recorded; that there was none is recorded too."""
        return self.status in {"recorded", "recorded-as-none"}


class Judged(Struct, frozen=True):
    """A record judged by one profile."""

    profile: str
    title: str
    source: str
    verified: bool
    """Everything that the profile asks for was read in its source."""
    why: Said
    """Why it is judged by this profile: what goes on from `since`."""
    evidence: tuple[int, ...]
    recorded: int
    asked: int
    """How many of its fields apply."""
    fields: tuple[Field, ...]


class RecordJudged(Struct, frozen=True):
    """One decision, judged by every profile that applies."""

    stream: str
    ref: str
    title: str
    """Empty: not recorded; `withheld` where it is not opened here."""
    on: str
    """Empty: not recorded."""
    makers: tuple[str, ...]
    judged: tuple[Judged, ...]
    recorded: int
    """Over all its profiles, each field once."""
    asked: int
    missing: tuple[Field, ...]
    """What is not recorded of what is asked, each field once."""
    beyond: tuple[Field, ...]
    """Fields of the complete record that none of its profiles asks for; looked at only where one decision is named."""
    evidence: tuple[int, ...]

    @property
    def share(self) -> float:
        """How much of what is asked is recorded, from 0 to 1."""
        return self.recorded / self.asked if self.asked else 1.0


class YearTotal(Struct, frozen=True):
    """The decisions of one decision-maker in one year."""

    maker: str
    """Empty: not recorded."""
    year: str
    """Empty: not recorded."""
    decisions: int
    complete: int
    recorded: int
    asked: int
    most_missed: tuple[tuple[str, int], ...]
    """The titles of the fields that are missing most often, each with how often."""


class FieldTotal(Struct, frozen=True):
    """One field over all decisions that were looked at."""

    name: str
    title: str
    asked: int
    """Of how many decisions it is asked for."""
    recorded: int
    as_none: int
    missing: int


class Completeness(Struct, frozen=True):
    """What `completeness` answers: the decisions, the worst record first, and totals over them."""

    basis: Basis
    asked: str
    """The thing that was asked about; empty: the whole log."""
    profiles: str
    """The version of the table of profiles."""
    items: tuple[RecordJudged, ...]
    years: tuple[YearTotal, ...]
    fields: tuple[FieldTotal, ...]
    left_out: int
    """How many more decisions the totals count: beyond the limit, or not missing the field that was asked about."""
    notes: tuple[str, ...]
    names: dict[str, str]

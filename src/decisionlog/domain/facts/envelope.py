"""The envelope of every fact, and a fact as it is read back. It must not know any single type."""

from __future__ import annotations

from typing import Any

from msgspec import Raw, Struct

from decisionlog.domain.values import AnyRef, Label, SealedLine, Sha256, Stored, When, Whole


class Cited(Stored):
    """One fact, by its stream and its version within it."""

    stream: AnyRef
    n: Whole


class Source(Stored):
    """Where a fact came from, if it was not typed here.

    `recorded_at` and `recorded_by` are what the source itself says: a claim, never proof.
    """

    name: Label | None = None
    sha256: Sha256 | None = None
    place: Label | None = None
    recorded_at: When | None = None
    recorded_by: SealedLine | None = None


class Envelope(Stored):
    """One stored line: canonical JSON (RFC 8785) of these fields. Absent fields are not written."""

    type: str
    v: int
    stream: str
    n: int
    recorded_at: str
    recorded_by: str
    batch: str
    salt: str
    data: Raw
    on: When | None = None
    clock: str | None = None
    source: Source | None = None
    of: Cited | None = None


class Data(Stored):
    """The fields of one type of fact. Every type is a subclass, on the page of its stream."""


class Unread(Struct, frozen=True):
    """Data of a type, a version or a shape that this program does not know: kept, shown raw, counted by `status`."""

    raw: dict[str, Any]
    reason: str


class Fact(Struct, frozen=True, kw_only=True):
    """A fact at its position in the log, with its data decoded to the newest version of its type."""

    position: int
    type: str
    v: int
    stream: str
    n: int
    on: str | None
    recorded_at: str
    clock: str | None
    recorded_by: str
    batch: str
    source: Source | None
    of: Cited | None
    data: Data | Unread
    withheld: tuple[str, ...] = ()
    """Pointers of open fields that are sealed in this fact, and so read as not recorded."""

    @property
    def kind(self) -> str:
        """The kind of the stream: `decision` of `decision:NLB/25-26/031`."""
        return self.stream.partition(":")[0]

    @property
    def said_at(self) -> str:
        """When it was first said, on the source's clock where the source gives one, else on this log's."""
        return (self.source and self.source.recorded_at) or self.recorded_at

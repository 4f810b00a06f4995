"""Rows of sheets, kept exactly as they were found, so that whatever was made of them can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta

from decisionlog.domain.facts.envelope import Data
from decisionlog.domain.values import Bound, Commitment, Count, Label, Stored

Verbatim = Annotated[
    Commitment,
    Meta(
        extra={"is": "sealed", "limit": 100_000, "verbatim": True},
        description="Text as it was found, neither normalised nor trimmed, behind a salted commitment.",
    ),
]


class Cell(Stored):
    """One cell. Its column's heading is sealed too: a heading may hold a name."""

    verbatim: Verbatim
    column: Verbatim | None = None


class RowImported(Data):
    """A row of a sheet, with its cells in their order; where it came from stands in the envelope's `source`."""

    ref: Label | None = None
    issuer: Bound | None = None
    sheet: Label | None = None
    row: Count | None = None
    cells: tuple[Cell, ...] | None = None


TYPES: Mapping[str, type[Data]] = {
    "row.imported": RowImported,
}

"""What a picture shows, in words: rows of plain text, for whoever does not see it and for whatever was cut in it."""

from __future__ import annotations

from msgspec import Struct


class Told(Struct, frozen=True):
    """A table in words; every cell is plain text, which the page escapes. Nothing in it is cut."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Each has as many cells as there are columns."""

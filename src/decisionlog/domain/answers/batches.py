"""What `show BATCH` answers: one act of recording, with everything that was recorded in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from decisionlog.domain.answers.basis import Basis
    from decisionlog.domain.answers.telling import FactShown


class FileRead(Struct, frozen=True):
    """A file from which facts were recorded: its name without folders, and its digest."""

    name: str
    sha256: str
    facts: int


class BatchShown(Struct, frozen=True):
    """One act of recording: whole, as it was recorded."""

    basis: Basis
    batch: str
    recorded_at: str
    recorded_by: str
    clock: str
    """What the recording computer's clock read, where it was behind."""
    first: int
    last: int
    files: tuple[FileRead, ...]
    items: tuple[FactShown, ...]
    names: dict[str, str]

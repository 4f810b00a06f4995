"""What read models are built by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from decisionlog.store.read_model import ReadModel


class Model(Protocol):
    """What makes builds of one read model: its class, or one that imports that when it is needed."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def version(self) -> int:
        """The version of its rows."""

    def __call__(self, build: int, /) -> ReadModel:
        """One build of it."""

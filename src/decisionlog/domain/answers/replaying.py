"""What `replay` answers: the state at a point, built afresh from the facts, and whether this log's rows say the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis

Row = Mapping[str, Any]


class Difference(Struct, frozen=True):
    """A row that stands on one side alone."""

    only_in: str
    """`the replay`, or `this log`."""
    row: Row


class ModelReplayed(Struct, frozen=True):
    """One read model, built afresh."""

    name: str
    version: int
    rows: int
    compared: int
    """How many of its rows were compared; 0 where none were."""
    why_not: str
    """Why it was not compared; empty where it was, or was not to be."""
    differing: int
    """How many rows stand on one side alone."""
    differences: tuple[Difference, ...]
    """The first of them."""


class Replayed(Struct, frozen=True):
    """What `replay` answers."""

    basis: Basis
    position: int
    recorded_at: str
    """When the last of the facts was recorded."""
    states: Mapping[str, Mapping[str, int]]
    """For each kind of thing, how many were in which state."""
    compared: bool
    models: tuple[ModelReplayed, ...]
    rows: tuple[tuple[str, Row], ...] = ()
    """Every row with the model that it is of, where they were asked for."""

    @property
    def same(self) -> bool:
        """Whether no row differs."""
        return not any(model.differing for model in self.models)

"""What the list of functions shows: every function that is catalogued, under that of which it is a part."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.functions_map import DutyHolder


class Catalogued(Struct, frozen=True):
    """One function."""

    function: str
    above: tuple[str, ...]
    """The functions of which it is a part, nearest first."""
    duty_holders: tuple[DutyHolder, ...]


class Catalogue(Struct, frozen=True):
    """Functions, each followed by those that are parts of it."""

    basis: Basis
    items: tuple[Catalogued, ...]
    names: dict[str, str]

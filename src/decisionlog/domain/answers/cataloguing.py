"""What the pages of functions show: the catalogue, and what is known to change of who can decide."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.functions_map import DutyHolder
from decisionlog.domain.saying import Said


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


class Changes(Struct, frozen=True):
    """Who is known to gain or to lose the power from now until a day."""

    until: str
    items: tuple[Said, ...]

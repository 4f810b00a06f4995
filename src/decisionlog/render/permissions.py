"""Who may do what with a log, as tables for those who audit it: each cell is asked of the function that the program asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final, NamedTuple, get_args

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts import TYPES
from decisionlog.domain.permissions import EVERY, Grant, Yes, may, needed_for
from decisionlog.domain.vocabulary import AccessLevel, Permission

Row = tuple[str, ...]


class _Where(NamedTuple):
    """Where a permission is held, and of whose matter a cell is."""

    words: str
    bodies: frozenset[str] | None
    matter: tuple[str, ...]
    ends: int = OPEN_END


_A: Final = frozenset({"body:a"})
_NOW: Final = 1
_EVERYWHERE: Final = (
    _Where("all matters", None, ("body:a",)),
    _Where("matters of a body: in one of that body", _A, ("body:a",)),
    _Where("matters of a body: in another's", _A, ("body:b",)),
    _Where("matters of a body: in nobody's", _A, ()),
    _Where("all matters, no longer", None, ("body:a",), _NOW),
)


def needing(permission: Permission) -> str:
    """The types of fact that need a permission to be recorded."""
    if permission == "record":
        return "every other fact"
    return ", ".join(f"`{name}`" for name in TYPES if needed_for(name, name.partition(".")[0]) == permission)


def matrices() -> Iterator[tuple[Sequence[str], Sequence[Row]]]:
    """A table for each class of levels at which every cell is the same: what is held, where, and each action."""
    tables: dict[tuple[Row, ...], list[str]] = {}
    for level in get_args(AccessLevel):
        tables.setdefault(tuple(_rows(level)), []).append(level)
    for rows, levels in tables.items():
        yield levels, rows


def _rows(level: str) -> Iterator[Row]:
    yield ("nothing", "", *(_cell([], level, (), action) for action in EVERY))
    single: list[tuple[Permission, ...]] = [(one,) for one in EVERY]
    double: list[tuple[Permission, ...]] = [(one, "read-private") for one in EVERY if one != "read-private"]
    for permissions, where in product([*single, *double], _EVERYWHERE):
        grant = Grant(frozenset(permissions), where.bodies, ends=where.ends)
        cells = (_cell([grant], level, where.matter, action) for action in EVERY)
        yield (" and ".join(f"`{one}`" for one in permissions), where.words, *cells)


def _cell(grants: Sequence[Grant], level: str, matter: Sequence[str], action: Permission) -> str:
    answer = may(grants, action, matter, level, _NOW)
    if isinstance(answer, Yes):
        return "yes"
    return "absent" if answer.absent else "no"

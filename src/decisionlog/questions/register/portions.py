"""One page of what is too much for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

ON_A_PAGE: Final = 25
_LONGEST: Final = 6
"""Digits of the number of a page."""


def portion(whole: Sequence[T], wanted: str) -> tuple[tuple[T, ...], int, int]:
    """The things of one page, its number, and how many pages there are.

    `wanted` is the number of the page as it was typed; where there is none of that number, it is the nearest.
    """
    pages = max(1, -(-len(whole) // ON_A_PAGE))
    number = min(max(1, int(wanted) if wanted.isdecimal() and len(wanted) <= _LONGEST else 1), pages)
    return tuple(whole[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]), number, pages

"""The limits on a way: of those that are alike the lowest binds, and what is not alike stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

_ONE_DECISION: Final = frozenset({"", "decision", "each decision", "per decision"})
"""What is said of a limit on each decision."""

Limit = Mapping[str, Any]


def lowest(limits: Iterable[tuple[Limit, str]]) -> list[tuple[Limit, str]]:
    """Of the limits on one way, each with what sets it, the lowest of each currency, fund, kind and time; words as they are.

    Of two that are equal, the first.
    """
    found: dict[tuple[str, ...], tuple[Limit, str]] = {}
    for one, by in limits:
        alike = _alike(one)
        if alike not in found or _height(one) < _height(found[alike][0]):
            found[alike] = one, by
    return list(found.values())


def is_money(limit: Limit) -> bool:
    """Whether it is a sum, not words alone."""
    return isinstance(limit.get("money"), Mapping)


def _alike(limit: Limit) -> tuple[str, ...]:
    """What two limits have in common of which one is enough."""
    if not is_money(limit):
        return (repr(limit),)
    time = limit.get("per", "")
    return (
        limit["money"]["currency"],
        limit.get("fund", ""),
        limit.get("kind", ""),
        "" if time in _ONE_DECISION else time,
    )


def _height(limit: Limit) -> tuple[int, bool]:
    """How much it allows: below a sum is less than up to it."""
    return (limit["money"]["amount"] if is_money(limit) else 0, limit.get("operator") != "<")

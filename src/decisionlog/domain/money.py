"""Amounts of money as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.domain.text import visible

_SYMBOLS: Final[Mapping[str, str]] = {"GBP": "\u00a3", "EUR": "\u20ac", "USD": "$"}


def money(amount: int, currency: str) -> str:
    """An amount of pence: `GBP 450,000`, with its symbol where it has one."""
    pounds, pence = divmod(abs(amount), 100)
    digits = f"{pounds:,}" + (f".{pence:02}" if pence else "")
    sign = "-" if amount < 0 else ""
    symbol = _SYMBOLS.get(currency)
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{digits} {visible(currency)}".rstrip()

"""How an amount of pence is written for people: `£450,000`, `12.50 CHF`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SYMBOLS: Final[Mapping[str, str]] = MappingProxyType({"GBP": "\u00a3", "EUR": "\u20ac", "USD": "$"})
"""The currencies that have a sign of their own."""


def in_digits(amount: int) -> str:
    """An amount without its currency: whole pounds where there are no pence."""
    pounds, pence = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{pounds:,}" + (f".{pence:02}" if pence else "")


def money(amount: int, currency: str) -> str:
    """An amount with its symbol, where its currency has one."""
    symbol = SYMBOLS.get(currency)
    if symbol is None:
        return f"{in_digits(amount)} {currency}".rstrip()
    return f"{'-' if amount < 0 else ''}{symbol}{in_digits(abs(amount))}"

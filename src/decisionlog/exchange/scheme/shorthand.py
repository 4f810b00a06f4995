"""What may be written shortly: a part by its one telling field, an amount and a limit as one says them. Both ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.facts import parts, terms
from decisionlog.domain.facts.body import Parent
from decisionlog.domain.facts.fund import Contribution
from decisionlog.domain.facts.instrument import Clause
from decisionlog.exchange.fitting import money

TELLING: Final[Mapping[type[Struct], str]] = MappingProxyType(
    {
        Parent: "parent",
        Clause: "clause",
        Contribution: "partner",
        parts.Scope: "function",
        parts.Onward: "rule",
        parts.Report: "to",
        parts.Successor: "organisation",
        parts.Access: "level",
        parts.Document: "title",
        parts.Value: "money",
        terms.SignOff: "partner",
        terms.DecisionRule: "rule",
        terms.Deputies: "allowed",
        terms.QuorumRule: "at_least",
        terms.Composition: "members",
    }
)
"""Parts that may be written as one value, and the field that it is."""

_SYMBOLS: Final = {"GBP": "\u00a3", "EUR": "\u20ac", "USD": "$"}
_OPERATORS: Final = {"up to": "<=", "<=": "<=", "below": "<", "<": "<"}
_SPOKEN: Final = {"<=": "up to ", "<": "below ", None: ""}
_LIMIT: Final = re.compile(r"(?:(up to|below|<=|<)\s*)?(\S.*?)(?:\s+per\s+(\S.*))?", re.IGNORECASE | re.DOTALL)


def limit(written: str, currency: str) -> dict[str, Any] | None:
    """`up to £500,000 per decision` as a limit; none, if it is not one. An amount alone does not say whether it is within."""
    found = _LIMIT.fullmatch(written.strip())
    amount = money(found[2], currency) if found else None
    if not found or not amount:
        return None
    operator = {"operator": _OPERATORS[found[1].lower()]} if found[1] else {}
    return {"money": amount, **operator, **({"per": found[3]} if found[3] else {})}


def said_money(value: Any) -> str | None:
    """An amount as one says it, `£500,000`; none, if it would not be read as the same again."""
    if not isinstance(value, dict) or value.keys() != {"amount", "currency"} or not isinstance(value["amount"], int):
        return None
    pounds, pence = divmod(value["amount"], 100)
    digits = f"{pounds:,}" + (f".{pence:02}" if pence else "")
    symbol = _SYMBOLS.get(value["currency"])
    said = f"{symbol}{digits}" if symbol else f"{digits} {value['currency']}"
    return said if money(said) == value else None


def said_limit(value: Mapping[str, Any]) -> str | None:
    """A limit as one says it, `up to £500,000 per decision`; none, if it says more than that."""
    amount = said_money(value.get("money"))
    if amount is None or not value.keys() <= {"money", "operator", "per"} or value.get("operator") not in _SPOKEN:
        return None
    said = f"{_SPOKEN[value.get('operator')]}{amount}" + (f" per {value['per']}" if "per" in value else "")
    return said if limit(said, value["money"]["currency"]) == value else None

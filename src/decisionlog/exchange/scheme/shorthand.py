"""What may be written shortly: a part by its one telling field, an amount and a limit as one says them. Both ways."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from decisionlog.domain.amounts import money
from decisionlog.domain.facts import parts, terms
from decisionlog.domain.facts.body import Parent
from decisionlog.domain.facts.fund import Contribution
from decisionlog.domain.facts.instrument import Clause
from decisionlog.domain.money import money as written_money
from decisionlog.exchange.fitting import limit as limit_parts

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

_SPOKEN: Final = {"<=": "up to ", "<": "below ", None: ""}


def limit(written: str, currency: str) -> dict[str, Any] | None:
    """`up to £500,000 per decision` as a limit; none, if it is not one."""
    found = limit_parts(written)
    amount = money(found["money"], currency)
    return {**found, "money": amount} if amount else None


def said_money(value: Any) -> str | None:
    """An amount as one says it, `£500,000`; none, if it would not be read as the same again."""
    if not isinstance(value, dict) or value.keys() != {"amount", "currency"} or not isinstance(value["amount"], int):
        return None
    said = written_money(value["amount"], value["currency"])
    return said if money(said) == value else None


def said_limit(value: Mapping[str, Any]) -> str | None:
    """A limit as one says it, `up to £500,000 per decision`; none, if it says more than that."""
    amount = said_money(value.get("money"))
    if amount is None or not value.keys() <= {"money", "operator", "per"} or value.get("operator") not in _SPOKEN:
        return None
    said = f"{_SPOKEN[value.get('operator')]}{amount}" + (f" per {value['per']}" if "per" in value else "")
    return said if limit(said, value["money"]["currency"]) == value else None

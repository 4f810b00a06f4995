"""Items of a meeting that one decision carried together, and those that were taken out of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from decisionlog.domain.references import fold


def carried(decision: Mapping[str, Any]) -> list[str]:
    """The items of which a decision says that it carried them, alone or en bloc."""
    out = {fold(item) for item in taken_out(decision)}
    items = [decision.get("item", ""), *_together(decision, "covers")]
    return [item for item in dict.fromkeys(filter(None, items)) if fold(item) not in out]


def taken_out(decision: Mapping[str, Any]) -> list[str]:
    """The items that were excepted from what a decision carried en bloc."""
    return _together(decision, "excepted")


def _together(decision: Mapping[str, Any], name: str) -> list[str]:
    together = decision.get("en_bloc")
    return list(together.get(name, ())) if isinstance(together, dict) else []

"""The clean place in which the committee passes to an officer what the board gave it, and when and by what in it."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from decisionlog.domain.days import span
from tests.checks.clean import fact
from tests.checks.histories import History, clean

_OFFICER = fact(
    "post.established", "post:officer", "2022-07-01", ref="officer", name="Officer", organisation="organisation:icb"
)
_HELD = fact("post.filled", "post:officer", "2024-01-01", person="person:p1", basis="substantive")


def passed_on(onward: dict[str, Any] | None, /, on: str = "2025-06-01", **data: Any) -> History:
    """By delegation S2; `onward` is what S1 says of that, and `data` what S2 says otherwise than here."""
    told = {
        "delegator": "body:committee",
        "on_behalf_of": ["organisation:icb"],
        "delegates": ["post:officer"],
        "scope": [{"function": "function:discharge"}],
        "places": ["place:town"],
        "legal_basis": "nhsa2006-sch1B",
        "limits": [],
        **data,
    }
    said = {name: value for name, value in told.items() if value is not None}
    second = fact("delegation.granted", "delegation:S2", on, ref="S2", **said)
    return clean().but("grant", onward=onward).also(officer=_OFFICER, held_post=_HELD, onward=second)


def by_the_officer(**data: Any) -> History:
    """The officer decides D1 under what the committee passed on, as it may."""
    authority = [{"delegation": "delegation:S2", "legal_basis": "nhsa2006-sch1B"}]
    history = passed_on({"rule": "permitted"}, **data)
    return history.but("D1", decision_makers=["post:officer"], authority=authority)


def moment(day: str) -> int:
    """The first moment of a day."""
    return span(day, ZoneInfo("Europe/London")).earliest


def positions(history: History, *names: str) -> tuple[int, ...]:
    """Where facts stand in the log, by their short names."""
    return tuple(list(history.facts).index(name) + 2 for name in names)

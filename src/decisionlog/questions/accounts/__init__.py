"""What is told of a thing, by its kind. A kind that is not here is shown by its facts alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Final

from decisionlog.questions.accounts.account import Account
from decisionlog.questions.viewing import Seen, Viewing

ACCOUNTS: Final[Mapping[str, str]] = {
    "action": "decisions",
    "body": "bodies",
    "decision": "decisions",
    "delegation": "delegations",
    "disagreement": "disagreements",
    "function": "organisations",
    "fund": "agreements",
    "instrument": "agreements",
    "interest": "interests",
    "meeting": "meetings",
    "organisation": "organisations",
    "person": "people",
    "place": "organisations",
    "post": "people",
    "proposal": "proposals",
}
"""Each kind, and the module here with the function that gives its account. One is imported when it is asked for."""


def account_of(viewing: Viewing, seen: Seen) -> Account:
    """The account of one thing."""
    kind = seen.stream.partition(":")[0]
    if kind not in ACCOUNTS:
        return Account()
    tells: Callable[[Viewing, Seen], Account] = getattr(import_module(f"{__name__}.{ACCOUNTS[kind]}"), kind)
    return tells(viewing, seen)

"""What is told of a thing, by its kind. A kind that is not here is shown by its facts alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from decisionlog.questions.accounts.account import Account
from decisionlog.questions.accounts.agreements import fund, instrument
from decisionlog.questions.accounts.bodies import body
from decisionlog.questions.accounts.decisions import action, decision
from decisionlog.questions.accounts.delegations import delegation
from decisionlog.questions.accounts.disagreements import disagreement
from decisionlog.questions.accounts.interests import interest
from decisionlog.questions.accounts.meetings import meeting
from decisionlog.questions.accounts.organisations import function, organisation, place
from decisionlog.questions.accounts.people import person, post
from decisionlog.questions.accounts.proposals import proposal
from decisionlog.questions.viewing import Seen, Viewing

ACCOUNTS: Final[Mapping[str, Callable[[Viewing, Seen], Account]]] = {
    "action": action,
    "body": body,
    "decision": decision,
    "delegation": delegation,
    "disagreement": disagreement,
    "function": function,
    "fund": fund,
    "instrument": instrument,
    "interest": interest,
    "meeting": meeting,
    "organisation": organisation,
    "person": person,
    "place": place,
    "post": post,
    "proposal": proposal,
}


def account_of(viewing: Viewing, seen: Seen) -> Account:
    """The account of one thing."""
    kind = seen.stream.partition(":")[0]
    return ACCOUNTS[kind](viewing, seen) if kind in ACCOUNTS else Account()

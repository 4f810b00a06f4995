"""The questions of authority: who was accountable, who could decide, who holds an office; the map, and what changes."""

from __future__ import annotations

from typing import Any, Final

from decisionlog.exchange.fitting import money
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.accountable.who_could import who_could
from decisionlog.questions.accountable.who_holds import who_holds
from decisionlog.web.problems import Problem
from decisionlog.web.reading.asking import POINT, Question, Request
from decisionlog.web.reading.parameters import Parameter

_ABOUT: Final = (
    Parameter("place", "Where; left out: everywhere, or where the decision was for."),
    Parameter("value", "At what amount: £450,000, 450k; a bare number is pounds.", example="450000"),
    Parameter("fund", "From which fund the amount of `value` comes."),
    *POINT,
)
_ASKED_ABOUT: Final = ("functions", "decisions", "proposals")


def _accountable(asked: Request) -> Any:
    return who_accountable(asked.found.log, asked.found.models, _about(asked), asked.asked, asked.now)


def _could(asked: Request) -> Any:
    return who_could(asked.found.log, asked.found.models, _about(asked), asked.asked, asked.now)


def _about(asked: Request) -> About:
    """What is named, the amount read in the log's currency."""
    place, value, fund = (asked.given[name] for name in ("place", "value", "fund"))
    amount = money(value, asked.found.log.identity.currency or "GBP") if value is not None else None
    if value is not None and amount is None:
        detail = (
            f"value: '{value[:60]}' is not an amount; write £450,000, 450k, 450000.50 GBP or a bare number of pounds."
        )
        raise Problem("bad-input", detail)
    return About(asked.ref, place, amount, fund)


def _holds(asked: Request) -> Any:
    return who_holds(asked.found.log, asked.found.models, asked.ref, asked.asked, asked.now)


QUESTIONS: Final = (
    Question(
        "who-accountable",
        "/v1/{kinds}/{slug}/who-accountable",
        "Who was accountable, in which of eight roles, and by which chains of authority.",
        _accountable,
        _ABOUT,
        _ASKED_ABOUT,
        tag="Authority",
        command="who accountable",
    ),
    Question(
        "who-could",
        "/v1/{kinds}/{slug}/who-could",
        "Who could decide, and by which chains.",
        _could,
        _ABOUT,
        _ASKED_ABOUT,
        tag="Authority",
        command="who could",
    ),
    Question(
        "who-holds",
        "/v1/{kinds}/{slug}/who-holds",
        "Who holds a post or sits on a body: how, for whom, since when, by which decision.",
        _holds,
        POINT,
        ("posts", "bodies", "organisations"),
        tag="Authority",
        command="who holds",
    ),
)

"""The questions of authority: who was accountable, who could decide, who holds an office; the map, and what changes."""

from __future__ import annotations

from typing import Any, Final

from decisionlog.domain.amounts import money
from decisionlog.domain.answers.functions_map import Narrowed
from decisionlog.questions.accountable.asking import About
from decisionlog.questions.accountable.who_accountable import who_accountable
from decisionlog.questions.accountable.who_could import who_could
from decisionlog.questions.accountable.who_holds import who_holds
from decisionlog.questions.difference.asking import difference
from decisionlog.questions.difference.points import Between
from decisionlog.questions.forecast import forecast, quarter_later
from decisionlog.questions.functions_map.asking import functions_map
from decisionlog.web.problems import Problem
from decisionlog.web.reading.asking import KINDS, POINT, Question, Request
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


def _map(asked: Request) -> Any:
    given = asked.given
    narrowed = Narrowed(given["place"] or "", given["level"] or "", given["of"] or "", given["gaps"])
    return functions_map(asked.found.log, asked.found.models, narrowed, asked.asked, asked.now)


def _diff(asked: Request) -> Any:
    given = asked.given
    if given["as_known"] and given["believed"]:
        raise Problem("bad-input", "as_known is for days; with believed both times of knowledge are named already.")
    if given["on"] and not given["believed"]:
        raise Problem("bad-input", "on is for believed: without it first and second are the days.")
    at = given["on"] if given["believed"] else given["as_known"]
    between = Between(given["first"], given["second"], given["believed"], at, given["clock"], asked.rules)
    kind = KINDS[given["kind"]] if given["kind"] else ""
    return difference(asked.found.log, asked.found.models, between, asked.now, kind=kind, ref=given["ref"] or "")


def _forecast(asked: Request) -> Any:
    log, models = asked.found.log, asked.found.models
    until = asked.given["until"] or quarter_later(log, asked.asked, asked.now)
    return forecast(log, models, asked.asked, until, asked.now)


QUESTIONS: Final = (
    Question(
        "map",
        "/v1/map",
        "Which function is decided by whom, place by place.",
        _map,
        (
            Parameter("place", "Only this place, and what lies in it."),
            Parameter(
                "level",
                "Only places of this level.",
                takes="word",
                words=("system", "place", "neighbourhood"),
            ),
            Parameter("of", "Only functions of this organisation that somebody else exercises."),
            Parameter("gaps", "Only where nobody has the duty, or it is not clear.", takes="flag", usual=False),
            *POINT,
        ),
        tag="Authority",
        command="map",
        long=True,
    ),
    Question(
        "diff",
        "/v1/diff",
        "What changed between two days, or in what was believed.",
        _diff,
        (
            Parameter("first", "The earlier day or time.", required=True, example="2025-04-01"),
            Parameter("second", "The later one.", required=True, example="2026-03-31"),
            Parameter("ref", "Only what is about this thing."),
            Parameter("kind", "Only things of this kind.", takes="word", words=tuple(KINDS)),
            Parameter(
                "believed",
                "`first` and `second` are times of knowledge, also positions (@1234): what was believed changed.",
                takes="flag",
                usual=False,
            ),
            Parameter("on", "With `believed`: as at the end of this day, or at this time; left out: now."),
            Parameter("as_known", "Without `believed`: as known by then; left out: now."),
            POINT[2],
        ),
        tag="Authority",
        command="diff",
        long=True,
    ),
    Question(
        "forecast",
        "/v1/forecast",
        "What ends, falls due or becomes vacant in the days ahead.",
        _forecast,
        (Parameter("until", "The last day that is looked at; left out: 90 days on."), *POINT),
        tag="Authority",
        command="forecast",
        long=True,
    ),
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

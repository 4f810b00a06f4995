"""The questions about one thing, or about everything of a kind."""

from __future__ import annotations

from typing import Any, Final

from decisionlog.questions.agenda import agenda
from decisionlog.questions.filters import Filters
from decisionlog.questions.history import history
from decisionlog.questions.listing import list_things
from decisionlog.questions.searching import search
from decisionlog.questions.show import show
from decisionlog.questions.who_decided import who_decided
from decisionlog.web.reading.asking import KINDS, POINT, Question, Request
from decisionlog.web.reading.parameters import Parameter

LIMIT: Final = Parameter("limit", "At most so many.", takes="count", most=1_000_000)
_EVERY: Final = tuple(KINDS)
_FILTERS: Final = (
    Parameter("body", "Only what this body decided, met for, is asked for, or has sitting on it."),
    Parameter("partner", "Only what was done for this organisation, or with it."),
    Parameter("person", "Only what this person or post decided, attended, owns or holds."),
    Parameter("meeting", "Only what came of this meeting."),
    Parameter("place", "Only what concerns this place."),
    Parameter("function", "Only what concerns this function."),
    Parameter("outcome", "Only decisions with this outcome, such as approved."),
    Parameter("state", "Only what is in this state, or what its source notes so."),
    Parameter("since", "Only acts of this day or later."),
    Parameter("until", "Only acts of this day or earlier."),
    Parameter("due_by", "Only what falls due, or is to be looked at again, by this day."),
)
_NAMES: Final = tuple(one.name for one in _FILTERS)


def _list(asked: Request) -> Any:
    found, filters = asked.found, Filters(**asked.chosen(*_NAMES))
    limit = asked.given["limit"]
    return list_things(found.log, found.models, asked.kind, asked.asked, asked.now, limit=limit, filters=filters)


def _show(asked: Request) -> Any:
    return show(asked.found.log, asked.found.models, asked.ref, asked.asked, asked.now)


def _history(asked: Request) -> Any:
    found = asked.found
    return history(found.log, found.models, asked.ref, asked.asked, asked.now, own=asked.given["own"])


def _decided(asked: Request) -> Any:
    found = asked.found
    return who_decided(found.log, found.models, asked.ref, asked.asked, asked.now, item=asked.given["item"])


def _search(asked: Request) -> Any:
    found, given = asked.found, asked.given
    kind = KINDS[given["kind"]] if given["kind"] else ""
    return search(found.log, found.models, given["text"], asked.asked, asked.now, kind=kind, limit=given["limit"])


def _agenda(asked: Request) -> Any:
    return agenda(asked.found.log, asked.found.models, asked.ref, asked.asked, asked.now)


QUESTIONS: Final = (
    Question(
        "search",
        "/v1/search",
        "Find what was written: titles, texts, reasons, names, references.",
        _search,
        (
            Parameter("text", "Every word must stand in one fact, in any order.", required=True, example="community"),
            Parameter("kind", "Only things of this kind.", takes="word", words=_EVERY),
            Parameter("limit", "At most so many things.", takes="count", usual=20, most=10_000),
            *POINT,
        ),
        tag="Questions",
        command="search",
    ),
    Question(
        "list",
        "/v1/{kinds}",
        "Everything of a kind, as at a day.",
        _list,
        (*_FILTERS, LIMIT, *POINT),
        _EVERY,
        command="list",
    ),
    Question(
        "show", "/v1/{kinds}/{slug}", "One thing as it stood on a day, as it was known at a time.", _show, POINT, _EVERY,
        command="show", versioned=True,
    ),
    Question(
        "history",
        "/v1/{kinds}/{slug}/history",
        "What happened to one thing, day by day, with what was corrected.",
        _history,
        (
            Parameter("own", "Only the thing's own facts, not those of others that concern it.", "flag", usual=False),
            *POINT,
        ),
        _EVERY,
        command="history",
    ),
    Question(
        "who-decided",
        "/v1/{kinds}/{slug}/who-decided",
        "Who decided, on whose behalf, under what authority, who agreed, who dissented.",
        _decided,
        (Parameter("item", "Of a meeting: only this item."), *POINT),
        ("decisions", "proposals", "meetings"),
        tag="Authority",
        command="who decided",
    ),
    Question(
        "agenda",
        "/v1/{kinds}/{slug}/agenda",
        "What awaits the next meeting of a body.",
        _agenda,
        POINT,
        ("bodies",),
        command="agenda",
    ),
)  # fmt: skip

"""The page that searches the register: a form, and the things that have the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.searching import Found, Match
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.listing import list_these
from decisionlog.questions.point import Point, settle
from decisionlog.questions.register.asking import Asking, PageKind
from decisionlog.questions.searching import search

SEARCHED: Final = ("decision", "proposal", "meeting", "body", "organisation", "function", "disagreement")
"""The kinds of thing for which alone can be searched: those with pages of their own."""
_MOST: Final = 25


def search_page(asking: Asking) -> RegisterPage:
    """What was found of the words that were asked for; the form alone, where none were."""
    text, kind = asking.given.get("text", ""), asking.given.get("kind", "")
    answers: dict[str, Any] = {}
    problem = ""
    if kind not in {"", *SEARCHED}:
        problem, kind = "That is no kind of thing that can be searched for; everything was searched instead.", ""
    point = settle(asking.log, asking.asked, asking.now)
    if text.strip():
        try:
            found = search(asking.log, asking.models, text, asking.asked, asking.now, kind=kind, limit=_MOST)
            answers = {"found": replace(found, items=tuple(_as_listed(asking, point, found)))}
        except BadInput as refused:
            problem = str(refused)
    page = asking.page("search", "search", "Search the register", point.basis, {}, **answers)
    return replace(page, problem=problem)


def _as_listed(asking: Asking, point: Point, found: Found) -> Iterator[Match]:
    """What was found, each proposal in the state in which lists tell it: that it was decided."""
    proposals = [one.stream for one in found.items if one.kind == "proposal"]
    with asking.models.reading() as rows:
        listed = list_these(asking.log, rows, "proposal", proposals, point) if proposals else None
    states = {item.stream: item.state for item in listed.items} if listed else {}
    for one in found.items:
        yield replace(one, state=states.get(one.stream, one.state))


SEARCH: Final = PageKind("search", "search", search_page, ("text", "kind"), is_asked=True)

"""The page that searches the register: a form, and the things that have the words."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.point import settle
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
    if text.strip():
        try:
            answers = {
                "found": search(asking.log, asking.models, text, asking.asked, asking.now, kind=kind, limit=_MOST)
            }
        except BadInput as refused:
            problem = str(refused)
    basis = settle(asking.log, asking.asked, asking.now).basis
    page = asking.page("search", "search", "Search the register", basis, {}, **answers)
    return replace(page, problem=problem)


SEARCH: Final = PageKind("search", "search", search_page, ("text", "kind"), is_asked=True)

"""The page that searches the register: a form, and the things that have the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import PeopleFound, PersonHolds, RegisterPage
from decisionlog.domain.answers.searching import Found, Match
from decisionlog.domain.refusals import BadInput
from decisionlog.questions.listing import list_these
from decisionlog.questions.point import Point, settle
from decisionlog.questions.register.asking import Asking, PageKind
from decisionlog.questions.register.gist import decided_text, first_sentence
from decisionlog.questions.searching import hits, search, snippet

SEARCHED: Final = ("decision", "proposal", "meeting", "body", "organisation", "function", "disagreement")
"""The kinds of thing for which alone can be searched: those with pages of their own."""
_MOST: Final = 25
_OF_A_PERSON: Final = ("Posts", "Seats")
"""The sections of an account of a person that say where to find what the person does."""
_FIRST: Final = ("decision", "proposal")
"""Kinds that stand before the others: most of those who search look for what was or is to be decided."""


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
            found = _found(asking, text, kind)
            answers = {"found": replace(found, items=tuple(_as_listed(asking, point, found)))}
            answers["people"] = PeopleFound(tuple(_people(asking, found)))
        except BadInput as refused:
            problem = str(refused)
    page = asking.page("search", "search", "Search the register", point.basis, {}, **answers)
    return replace(page, problem=problem)


def _found(asking: Asking, text: str, kind: str) -> Found:
    """The best of what has the words: decisions and proposals before what only bears upon them."""
    found = _searched(asking, text, kind)
    if kind:
        return found
    further = [one for first in _FIRST for one in _searched(asking, text, first).items] if found.left_out else []
    every = {one.stream: one for one in (*found.items, *further)}
    ranked = sorted(every.values(), key=lambda one: one.kind not in _FIRST)[:_MOST]
    left_out = len(found.items) + found.left_out - len(ranked)
    return replace(found, items=tuple(ranked), left_out=max(0, left_out))


def _searched(asking: Asking, text: str, kind: str) -> Found:
    return search(asking.log, asking.models, text, asking.asked, asking.now, kind=kind, limit=_MOST)


def _excerpted(asking: Asking, point: Point, found: Found, one: Match) -> Match:
    """A decision with what it decided where the words stand there too, or where its title would be said again."""
    text = decided_text(asking, point, one.stream) if one.kind == "decision" else ""
    if text and hits(text, found.words) >= hits(one.snippet, found.words):
        return replace(one, field="text", snippet=snippet(text, found.words))
    if text and one.field == "title":
        return replace(one, field="text", snippet=first_sentence(text))
    return one


def _people(asking: Asking, found: Found) -> Iterator[PersonHolds]:
    """Of each person that was found, who has no page: the posts and the seats, as far as they are recorded."""
    for one in found.items:
        if one.kind == "person":
            sections = asking.show(one.stream).sections
            held = (line for section in sections if section.title in _OF_A_PERSON for line in section.lines)
            yield PersonHolds(one.stream, tuple(held))


def _as_listed(asking: Asking, point: Point, found: Found) -> Iterator[Match]:
    """What was found, each proposal in the state in which lists tell it, each decision with what it decided."""
    proposals = [one.stream for one in found.items if one.kind == "proposal"]
    with asking.models.reading() as rows:
        listed = list_these(asking.log, rows, "proposal", proposals, point) if proposals else None
    states = {item.stream: item.state for item in listed.items} if listed else {}
    for one in found.items:
        yield replace(_excerpted(asking, point, found, one), state=states.get(one.stream, one.state))


SEARCH: Final = PageKind("search", "search", search_page, ("text", "kind"), is_asked=True)

"""Every page of the register, in one table: routes, files and tests are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.references import split
from decisionlog.projections import register
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.point import settle
from decisionlog.questions.register.asking import Asking, PageKind
from decisionlog.questions.register.decision import decision
from decisionlog.questions.register.home import home
from decisionlog.questions.register.lists import LISTS
from decisionlog.questions.register.meeting import meeting
from decisionlog.questions.register.proposal import proposal
from decisionlog.questions.register.search import SEARCH
from decisionlog.questions.register.withheld import withheld

_ABOUT_ONE: Final = (
    ("decision", "decisions", decision),
    ("proposal", "proposals", proposal),
    ("meeting", "meetings", meeting),
)

PAGES: Final[tuple[PageKind, ...]] = (
    PageKind("home", "", home),
    *LISTS,
    SEARCH,
    PageKind("withheld", "withheld", withheld),
    *(PageKind(kind, f"{where}/{{slug}}", make, ("on", "known"), kind) for kind, where, make in _ABOUT_ONE),
)


def page_of(kind: PageKind, asking: Asking) -> RegisterPage:
    """A page, with what the things that it names are called and which of them can be shown. Raises `NotFound`."""
    given = {name: value for name, value in asking.given.items() if name in kind.takes and value}
    page = kind.make(replace(asking, given=given))
    mentioned = {one for one in mentioned_in(tuple(page.answers.values())) | set(page.names) if split(one)[0]}
    point = settle(asking.log, asking.asked, asking.now)
    with asking.models.reading() as rows:
        there = frozenset(one.stream for one in register.things_among(rows, sorted(mentioned), point.as_of))
        unnamed = mentioned - page.names.keys()
        names = {**names_of(asking.log, rows, unnamed, point.as_of), **page.names} if unnamed else page.names
    return replace(page, takes=kind.takes, there=there, names=names)


def keys_of(kind: PageKind, asking: Asking) -> Iterator[str]:
    """The keys of all things that have a page of this kind."""
    if kind.about:
        point = settle(asking.log, asking.asked, asking.now)
        with asking.models.reading() as rows:
            yield from (split(one.stream)[1] for one in register.things(rows, kind.about, point.as_of))

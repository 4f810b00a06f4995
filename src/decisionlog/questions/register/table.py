"""Every page of the register, in one table: routes, files and tests are made from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.references import slug, split
from decisionlog.domain.refusals import NotFound
from decisionlog.projections import register
from decisionlog.questions.finding_things import mentioned_in, names_of
from decisionlog.questions.point import Asked, settle
from decisionlog.questions.register.asking import Asking, PageKind
from decisionlog.questions.register.body import body
from decisionlog.questions.register.chronicle import chronicle, month, months_recorded
from decisionlog.questions.register.decision import decision
from decisionlog.questions.register.disagreements import disagreement, disagreements
from decisionlog.questions.register.findings import findings
from decisionlog.questions.register.function import function
from decisionlog.questions.register.functions import functions
from decisionlog.questions.register.groups import bodies, partners
from decisionlog.questions.register.home import home
from decisionlog.questions.register.keeping import accessibility, how_this_works
from decisionlog.questions.register.lists import LISTS
from decisionlog.questions.register.map import map_
from decisionlog.questions.register.meeting import meeting
from decisionlog.questions.register.partner import partner
from decisionlog.questions.register.proposal import proposal
from decisionlog.questions.register.search import SEARCH
from decisionlog.questions.register.withheld import withheld

_ABOUT_ONE: Final = (
    ("decision", "decisions", decision),
    ("proposal", "proposals", proposal),
    ("meeting", "meetings", meeting),
    ("body", "bodies", body),
    ("organisation", "partners", partner),
)

PAGES: Final[tuple[PageKind, ...]] = (
    PageKind("home", "", home),
    *LISTS,
    SEARCH,
    PageKind("withheld", "withheld", withheld),
    PageKind("bodies", "bodies", bodies, ("page", "partner")),
    PageKind("partners", "partners", partners, ("page",)),
    PageKind("functions", "functions", functions, ("page",)),
    PageKind("function", "functions/{slug}", function, ("on", "known", "place", "value"), "function"),
    PageKind("map", "map", map_, ("on", "known", "place", "level")),
    PageKind("disagreements", "disagreements", disagreements, ("page", "partner")),
    PageKind("disagreement", "disagreements/{slug}", disagreement, ("on", "known"), "disagreement"),
    PageKind("findings", "findings", findings, ("rule", "page"), of_findings=True),
    PageKind("history", "history", chronicle),
    PageKind("month", "history/{slug}", month, ("page",), "month", keys=months_recorded),
    *(PageKind(kind, f"{where}/{{slug}}", make, ("on", "known"), kind) for kind, where, make in _ABOUT_ONE),
    PageKind("how-this-works", "how-this-works", how_this_works),
    PageKind("accessibility", "accessibility", accessibility),
)


def page_of(kind: PageKind, asking: Asking) -> RegisterPage:
    """A page, with what the things that it names are called and which of them can be shown. Raises `NotFound`."""
    given = {name: value for name, value in asking.given.items() if name in kind.takes and value}
    asking = replace(asking, given=given)
    page = kind.make(asking)
    mentioned = {one for one in mentioned_in(tuple(page.answers.values())) | set(page.names) if split(one)[0]}
    asked = Asked(rules=asking.rules) if page.problem else asking.asked  # what cannot be answered was not asked of it
    point = settle(asking.log, asked, asking.now)
    with asking.models.reading() as rows:
        there = frozenset(one.stream for one in register.things_among(rows, sorted(mentioned), point.as_of))
        unnamed = mentioned - page.names.keys()
        names = {**names_of(asking.log, rows, unnamed, point.as_of), **page.names} if unnamed else page.names
    return replace(page, takes=kind.takes, there=there, names=names, findings=asking.findings, zone=asking.log.zone)


def pages_of(kind: PageKind, asking: Asking) -> Iterator[RegisterPage]:
    """Every page of a kind, as they are written: of each thing, or of a list one after another."""
    for key in keys_of(kind, asking) if kind.about else [""]:
        about = replace(asking, slug=slug(key))
        with suppress(NotFound):  # it is not shown, or nothing of it was there yet
            page = page_of(kind, about)
            yield page
            for number in range(2, page.pages + 1):
                yield page_of(kind, replace(about, given={"page": str(number)}))


def keys_of(kind: PageKind, asking: Asking) -> Iterator[str]:
    """The keys of all things that have a page of this kind."""
    if kind.keys:
        yield from kind.keys(asking)
    elif kind.about:
        point = settle(asking.log, asking.asked, asking.now)
        with asking.models.reading() as rows:
            yield from (split(one.stream)[1] for one in register.things(rows, kind.about, point.as_of))

"""The page of one body: what it is and by which terms, who sits on it, what it may decide, what it did and what awaits it."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listing
from decisionlog.questions.accountable.who_holds import who_holds
from decisionlog.questions.agenda import agenda
from decisionlog.questions.filters import Filters
from decisionlog.questions.listing import list_things
from decisionlog.questions.powers import powers
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.show import show

_LATEST: Final = 5


def body(asking: Asking) -> RegisterPage:
    """The page of a body. Raises `NotFound`."""
    stream = asking.stream("body")
    shown = asking.without_findings(show(asking.log, asking.models, stream, asking.asked, asking.now))
    holders = who_holds(asking.log, asking.models, stream, asking.asked, asking.now)
    given = powers(asking.log, asking.models, stream, asking.asked, asking.now)
    awaiting = agenda(asking.log, asking.models, stream, asking.asked, asking.now)
    meetings, decisions = (latest(asking, kind, Filters(body=stream)) for kind in ("meeting", "decision"))
    every = (decisions, meetings, awaiting, given, holders, shown)
    return asking.page(
        "body",
        stream,
        shown.thing.title or shown.thing.ref,
        shown.basis,
        {reference: name for answer in every for reference, name in answer.names.items()},
        show=shown,
        holders=holders,
        powers=given,
        agenda=awaiting if asking.findings else replace(awaiting, findings=()),
        meetings=meetings,
        decisions=decisions,
    )


def latest(asking: Asking, kind: str, filters: Filters) -> Listing:
    """The latest things of a kind, with how many earlier there are."""
    found = list_things(asking.log, asking.models, kind, asking.asked, asking.now, filters=filters)
    items = sorted(found.items, key=lambda one: one.opened_on, reverse=True)[:_LATEST]
    return replace(found, items=tuple(items), left_out=len(found.items) - len(items))

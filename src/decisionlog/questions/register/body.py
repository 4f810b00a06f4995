"""The page of one body: what it is and by which terms, who sits on it, what it may decide, what it did and what awaits it."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listing
from decisionlog.questions.accountable.who_holds import who_holds
from decisionlog.questions.agenda import agenda
from decisionlog.questions.filters import Filters
from decisionlog.questions.powers import powers
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.gist import with_gists
from decisionlog.questions.register.lists import when_met

LATEST: Final = 5


def body(asking: Asking) -> RegisterPage:
    """The page of a body. Raises `NotFound`."""
    stream = asking.stream("body")
    shown = asking.show(stream)
    holders = who_holds(asking.log, asking.models, stream, asking.asked, asking.now)
    given = powers(asking.log, asking.models, stream, asking.asked, asking.now)
    awaiting = agenda(asking.log, asking.models, stream, asking.asked, asking.now, irregularities=asking.findings)
    meetings = _meetings(asking, stream)
    decisions = with_gists(asking, asking.latest("decision", LATEST, Filters(body=stream)))
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
        agenda=awaiting,
        meetings=meetings,
        decisions=decisions,
    )


def _meetings(asking: Asking, stream: str) -> Listing:
    """The meetings to come, the next first, and the latest."""
    found = asking.listed("meeting", Filters(body=stream))
    ahead = sorted((one for one in found.items if one.more.get("is_to_come")), key=when_met)
    past = sorted((one for one in found.items if not one.more.get("is_to_come")), key=when_met, reverse=True)
    return replace(found, items=(*ahead, *past[:LATEST]), left_out=len(past[LATEST:]))

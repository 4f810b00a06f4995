"""The page of one partner: who speaks for it, what it signed, where it dissented, what it owes, and who acts for whom."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listing
from decisionlog.questions.accountable.who_holds import who_holds, who_sits_for
from decisionlog.questions.dealings import dealings
from decisionlog.questions.filters import Filters
from decisionlog.questions.powers import powers
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.body import latest


def partner(asking: Asking) -> RegisterPage:
    """The page of an organisation. Raises `NotFound`."""
    stream = asking.stream("organisation")
    shown = asking.show(stream)
    posts, seats, given, done = (
        question(asking.log, asking.models, stream, asking.asked, asking.now)
        for question in (who_holds, who_sits_for, powers, dealings)
    )
    promises = _promises(asking, stream)
    decisions = latest(asking, "decision", Filters(partner=stream))
    every = (decisions, promises, done, given, seats, posts, shown)
    return asking.page(
        "partner",
        stream,
        shown.thing.title or shown.thing.ref,
        shown.basis,
        {reference: name for answer in every for reference, name in answer.names.items()},
        show=shown,
        posts=posts,
        seats=seats,
        powers=given,
        dealings=done,
        promises=promises,
        decisions=decisions,
    )


def _promises(asking: Asking, stream: str) -> Listing:
    """The actions that it undertook, and those that were promised to it: the overdue first, then by the day they are due."""
    found = asking.listed("action", Filters(partner=stream))
    open_ones = [one for one in found.items if one.state == "assigned"]
    open_ones.sort(key=lambda one: (not one.more.get("overdue"), one.more.get("due") or "9999"))
    closed = [one for one in found.items if one.state != "assigned"]
    return replace(found, items=(*open_ones, *reversed(closed)))

"""The page of one partner: who speaks for it, what it signed, where it dissented, what it owes, and who acts for whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.questions.accountable.who_holds import who_holds, who_sits_for
from decisionlog.questions.dealings import dealings
from decisionlog.questions.filters import Filters
from decisionlog.questions.powers import powers
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.body import LATEST
from decisionlog.questions.register.gist import with_gists


def partner(asking: Asking) -> RegisterPage:
    """The page of an organisation. Raises `NotFound`."""
    stream = asking.stream("organisation")
    shown = asking.show(stream)
    asked = (asking.log, asking.models, stream, asking.asked, asking.now)
    posts, seats = who_holds(*asked), who_sits_for(*asked)
    given, done = powers(*asked), dealings(*asked)
    promises = _promises(asking, stream, (office.office for office in posts.items))
    decisions = with_gists(asking, asking.latest("decision", LATEST, Filters(partner=stream)))
    return asking.page(
        "partner",
        stream,
        shown.thing.title or shown.thing.ref,
        shown.basis,
        merged(decisions, promises, done, given, seats, posts, shown),
        show=shown,
        posts=posts,
        seats=seats,
        powers=given,
        dealings=done,
        promises=promises,
        decisions=decisions,
    )


def _promises(asking: Asking, stream: str, posts: Iterable[str]) -> Listing:
    """The actions that it or one of its posts undertook, and those that were promised to it.

    The overdue stand first, then those that are open by the day they are due, then the others.
    """
    found = asking.listed("action", Filters(partner=stream))
    of_posts = [asking.listed("action", Filters(person=post)) for post in posts]
    theirs = (one for each in of_posts for one in each.items if one.more.get("organisation", stream) == stream)
    every = {one.stream: one for one in (*found.items, *theirs)}
    ordered = sorted(every.values(), key=_most_urgent)
    return replace(found, items=tuple(ordered), names=merged(found, *of_posts))


def _most_urgent(action: Listed) -> tuple[bool, bool, str]:
    return action.state != "assigned", not action.more.get("overdue"), action.more.get("due") or "9999"


def merged(*answers: Any) -> dict[str, str]:
    """What the things that several answers name are called."""
    return {reference: name for answer in answers for reference, name in answer.names.items()}

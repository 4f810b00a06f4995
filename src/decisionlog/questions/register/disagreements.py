"""The disagreements between partners, those that are open first; and the page of one."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.filters import Filters
from decisionlog.questions.history import history
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.portions import portion
from decisionlog.questions.register.refusing import plainly

_LAST: Final = "9999"
"""Behind every day: of what is due on none."""


def disagreements(asking: Asking) -> RegisterPage:
    """All disagreements: those that are open, and a page of those that ended."""
    partner = asking.given.get("partner")
    try:
        open_, every, problem = _listing(asking, partner, "open"), _listing(asking, partner), ""
    except (BadInput, NotFound) as refused:
        open_, every, problem = _listing(asking, None, "open"), _listing(asking, None), plainly(refused)
    still = {one.stream for one in open_.items}
    over = sorted((one for one in every.items if one.stream not in still), key=lambda one: one.state_on, reverse=True)
    items, number, pages = portion(over, asking.given.get("page", ""))
    late = {one.stream for one in _listing(asking, None, "overdue").items}
    marked = (_overdue(one) if one.stream in late else one for one in open_.items)
    waiting = tuple(sorted(marked, key=lambda one: (one.more.get("respond_by") or _LAST, one.opened_on)))
    page = asking.page(
        "disagreements",
        "disagreements",
        "Disagreements",
        every.basis,
        every.names,
        open=replace(open_, items=waiting),
        ended=replace(every, items=items),
        choices=asking.listed("organisation"),
    )
    return replace(page, problem=problem, number=number, pages=pages, total=len(over))


def _overdue(one: Listed) -> Listed:
    return replace(one, more={**one.more, "overdue": True})


def _listing(asking: Asking, partner: str | None, state: str | None = None) -> Listing:
    filters = Filters(partner=partner, state=state)
    found = asking.listed("disagreement", filters)
    return replace(found, notes=())


def disagreement(asking: Asking) -> RegisterPage:
    """The page of a disagreement: who disagrees with what and why, how far it went up, and how it ended. Raises `NotFound`."""
    stream = asking.stream("disagreement")
    shown = asking.show(stream)
    happened = history(asking.log, asking.models, stream, asking.asked, asking.now)
    return asking.page(
        "disagreement",
        stream,
        f"Disagreement {shown.thing.ref}",
        shown.basis,
        {**happened.names, **shown.names},
        show=shown,
        history=happened,
    )

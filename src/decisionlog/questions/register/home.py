"""The first page of the register: what was decided last, and what is coming."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.questions.listing import list_things
from decisionlog.questions.register.asking import Asking

_LATEST: Final = 8
_COMING: Final = frozenset({"called", "submitted", "revised", "listed", "referred", "deferred"})


def home(asking: Asking) -> RegisterPage:
    """The first page."""
    decisions, meetings, proposals = (
        list_things(asking.log, asking.models, kind, asking.asked, asking.now)
        for kind in ("decision", "meeting", "proposal")
    )
    newest = sorted(decisions.items, key=lambda one: one.opened_on, reverse=True)[:_LATEST]
    coming = tuple(one for one in meetings.items if one.state in _COMING)
    waiting = tuple(one for one in proposals.items if one.state in _COMING)
    return asking.page(
        "home",
        "",
        "Decisions of the partnership",
        decisions.basis,
        {**proposals.names, **meetings.names, **decisions.names},
        decisions=replace(decisions, items=tuple(newest), left_out=len(decisions.items) - len(newest)),
        meetings=replace(meetings, items=coming),
        proposals=replace(proposals, items=waiting),
    )

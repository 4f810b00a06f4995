"""The first page of the register: what was decided last, what is coming, and what is overdue."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listing
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.coming import coming
from decisionlog.questions.register.gist import with_gists
from decisionlog.questions.register.overdue import overdue

_LATEST: Final = 8
_WAITING: Final = 5
_NOT_DECIDED: Final = frozenset({"submitted", "listed", "referred", "deferred", "called in"})


def home(asking: Asking) -> RegisterPage:
    """The first page."""
    decisions, meetings, proposals = (asking.listed(kind) for kind in ("decision", "meeting", "proposal"))
    return asking.page(
        "home",
        "",
        "Decisions of the partnership",
        decisions.basis,
        {**proposals.names, **meetings.names, **decisions.names},
        decisions=with_gists(asking, _newest(decisions, _LATEST)),
        coming=coming(asking, decisions, meetings, proposals),
        overdue=overdue(asking),
        proposals=_newest(
            replace(proposals, items=tuple(one for one in proposals.items if one.state in _NOT_DECIDED)), _WAITING
        ),
    )


def _newest(listing: Listing, most: int) -> Listing:
    newest = sorted(listing.items, key=lambda one: one.opened_on, reverse=True)[:most]
    return replace(listing, items=tuple(newest), left_out=len(listing.items) - len(newest))

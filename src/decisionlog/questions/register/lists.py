"""The lists of the register: everything of a kind, the newest first, with filters and a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import Choices, RegisterPage
from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.filters import Filters
from decisionlog.questions.register.asking import Asking, PageKind
from decisionlog.questions.register.choosing import Choice, choices, meant
from decisionlog.questions.register.gist import with_gists
from decisionlog.questions.register.portions import portion
from decisionlog.questions.register.refusing import plainly

FILTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "decision": ("body", "partner", "outcome", "place", "function", "since", "until"),
    "proposal": ("body", "partner", "state", "since", "until"),
    "meeting": ("body", "since", "until"),
}
"""By what each kind can be narrowed on its page."""
_PATHS: Final[Mapping[str, tuple[str, str]]] = {
    "decision": ("decisions", "Decisions"),
    "proposal": ("proposals", "Proposals"),
    "meeting": ("meetings", "Meetings"),
}


def _list(asking: Asking, kind: str) -> RegisterPage:
    path, title = _PATHS[kind]
    offered = choices(asking, kind, FILTERS[kind])
    asking = replace(asking, given=meant(asking, offered))
    listing, problem = _listing(asking, kind)
    shown, number, pages = _portion(listing, asking.given.get("page", ""), kind)
    shown = with_gists(asking, shown) if kind == "decision" else shown
    page = asking.page("list", path, title, listing.basis, listing.names, list=shown, choices=_told(listing, offered))
    return replace(page, problem=problem, number=number, pages=pages, total=len(listing.items))


def _listing(asking: Asking, kind: str) -> tuple[Listing, str]:
    """The list as it was asked for; where that cannot be answered, the whole list, and why."""
    chosen = {name: value for name in FILTERS[kind] if (value := asking.given.get(name))}
    try:
        return asking.listed(kind, Filters(**chosen)), ""
    except (BadInput, NotFound) as refused:
        return asking.listed(kind), plainly(refused)


def _portion(listing: Listing, wanted: str, kind: str) -> tuple[Listing, int, int]:
    """One page of a list, its number, and how many pages there are."""
    items, number, pages = portion(_in_order(listing.items, kind), wanted)
    return replace(listing, items=items), number, pages


def _in_order(items: Sequence[Listed], kind: str) -> list[Listed]:
    if kind == "meeting":
        ahead = sorted((one for one in items if one.more.get("is_to_come")), key=when_met)
        return ahead + sorted((one for one in items if not one.more.get("is_to_come")), key=when_met, reverse=True)
    return sorted(items, key=lambda one: one.opened_on, reverse=True)


def when_met(item: Listed) -> str:
    """When a meeting was, is or was to be; where none is recorded, when it was called."""
    was, is_for = item.more.get("held_on"), item.more.get("for_when") or item.more.get("was_for")
    return str((is_for if item.more.get("is_to_come") else was or is_for) or item.opened_on)


def _told(listing: Listing, offered: Mapping[str, tuple[Choice, ...]]) -> Choices:
    return Choices(listing.basis, {name: tuple(one.value for one in several) for name, several in offered.items()})


LISTS: Final = tuple(
    PageKind(f"list-{kind}", path, partial(_list, kind=kind), ("page", *FILTERS[kind]))
    for kind, (path, _) in _PATHS.items()
)

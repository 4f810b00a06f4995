"""The lists of bodies and of partners, in groups: those that decide, joint committees, forums; partners by their kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from decisionlog.domain.answers.register import RegisterPage
from decisionlog.domain.answers.things import Listed, Listing
from decisionlog.domain.authority.parties import FORUMS
from decisionlog.domain.refusals import BadInput, NotFound
from decisionlog.questions.filters import Filters
from decisionlog.questions.register.asking import Asking
from decisionlog.questions.register.portions import portion
from decisionlog.questions.register.refusing import plainly

_JOINT: Final = frozenset({"joint-committee", "committees-in-common"})
BODIES: Final = ("deciding", "joint", "forums", "others", "ended")
PARTNERS: Final = ("nhs", "councils", "general_practice", "voluntary", "others", "ended")
"""The groups in the order in which they are read."""
_BY_KIND: Final = {
    **dict.fromkeys(("icb", "nhs-trust", "foundation-trust", "nhs-england", "ccg"), "nhs"),
    **dict.fromkeys(("upper-tier-la", "district", "combined-authority"), "councils"),
    **dict.fromkeys(("gp-provider", "pcn"), "general_practice"),
    **dict.fromkeys(("vcse", "healthwatch"), "voluntary"),
}


def bodies(asking: Asking) -> RegisterPage:
    """All bodies, by whether they can decide; those that were dissolved at the end."""
    listing, problem = _listing(asking, "body", asking.given.get("partner"))
    choices = asking.listed("organisation")
    return _page(asking, "bodies", "Who decides", listing, (BODIES, _what_it_can), problem=problem, choices=choices)


def partners(asking: Asking) -> RegisterPage:
    """All partners, by their kind; those that ended at the end."""
    listing, _ = _listing(asking, "organisation", None)
    return _page(asking, "partners", "Partners", listing, (PARTNERS, _of_what_kind))


def _listing(asking: Asking, kind: str, partner: str | None) -> tuple[Listing, str]:
    """The list as it was asked for; where that cannot be answered, the whole list, and why."""
    try:
        return asking.listed(kind, Filters(partner=partner)), ""
    except (BadInput, NotFound) as refused:
        return asking.listed(kind), plainly(refused)


def _page(
    asking: Asking,
    path: str,
    title: str,
    listing: Listing,
    grouped: tuple[Sequence[str], Callable[[Listed], str]],
    *,
    problem: str = "",
    choices: Listing | None = None,
) -> RegisterPage:
    """One page of a list in groups, each a list of its own."""
    groups, group_of = grouped
    ordered = sorted(listing.items, key=lambda one: (groups.index(group_of(one)), (one.title or one.ref).casefold()))
    items, number, pages = portion(ordered, asking.given.get("page", ""))
    shown = {name: replace(listing, items=tuple(_of(name, items, group_of))) for name in groups}
    answers = shown if choices is None else {**shown, "choices": choices}
    page = asking.page(path, path, title, listing.basis, listing.names, **answers)
    return replace(page, problem=problem, number=number, pages=pages, total=len(listing.items))


def _of(name: str, items: Iterable[Listed], group_of: Callable[[Listed], str]) -> Iterable[Listed]:
    return (one for one in items if group_of(one) == name)


def _what_it_can(body: Listed) -> str:
    """Among which bodies one is read: by its kind, and by the most that its terms let it do."""
    kind, can = body.more.get("kind", ""), body.more.get("can", "")
    if body.more.get("is_over"):
        return "ended"
    if kind in FORUMS or can not in {"", "decide"}:
        return "forums"
    if kind in _JOINT:
        return "joint"
    return "deciding" if kind or can else "others"


def _of_what_kind(partner: Listed) -> str:
    return "ended" if partner.more.get("is_over") else _BY_KIND.get(partner.more.get("kind", ""), "others")

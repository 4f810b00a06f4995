"""What of a meeting was in private: which items, on what ground and until when, as far as that is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.domain.answers.things import Listed
from decisionlog.domain.answers.withheld import HeldInPrivate, ItemInPrivate
from decisionlog.domain.exemptions import ground_of
from decisionlog.questions.viewing import Seen, Stated, Viewing

_CLOSED: Final = frozenset({"private", "part-private"})
_SAYING: Final = ("meeting.resumed", "meeting.held", "meeting.called")
"""The facts that say whether a meeting is in public: what was so is believed before what was announced."""


def held_in_private(seen: Seen) -> HeldInPrivate:
    """What of one meeting was, or is to be, in private; nothing is taken to be so that is not recorded."""
    said = next((one for kind in _SAYING if (one := seen.saying("public", kind))), None)
    openness = str(said.data["public"]) if said else ""
    return HeldInPrivate(
        seen.stream,
        openness if openness in _CLOSED else "",
        tuple(_items(seen)),
        (said.position,) if said and openness in _CLOSED else (),
    )


def meetings_in_private(viewing: Viewing, listed: Iterable[Listed]) -> tuple[HeldInPrivate, ...]:
    """The meetings of which something is recorded as in private."""
    found = (held_in_private(viewing.of(one.stream)) for one in listed)
    return tuple(one for one in found if one.openness or one.items)


def _items(seen: Seen) -> Iterator[ItemInPrivate]:
    called = seen.last("meeting.called")
    for one in called.data.get("agenda", ()) if called else ():
        yield from _item(one, called)
    for considered in seen.stated("meeting.item_considered"):
        yield from _item(considered.data, considered)


def _item(one: Mapping[str, Any], stated: Stated | None) -> Iterator[ItemInPrivate]:
    access: Mapping[str, Any] = one.get("access") or {}
    if access.get("level", "open") == "open":
        return
    grounds = tuple(sorted({ground_of(label) for label in access.get("paragraphs", ())}))
    evidence = (stated.position,) if stated else ()
    yield ItemInPrivate(one.get("item", ""), access["level"], grounds, access.get("review_on", ""), evidence)

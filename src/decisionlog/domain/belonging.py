"""Whose matter a thing is: the bodies that took it, heard it or number it, as its facts name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from decisionlog.domain.facts.envelope import Fact

_ACTING: Final[Mapping[str, Sequence[str]]] = {
    "meeting.called": ("bodies",),
    "meeting.held": ("bodies",),
    "decision.taken": ("decision_makers",),
    "delegation.granted": ("delegator",),
    "dispensation.granted": ("bodies",),
}
"""By type, the fields that name who acts in a fact."""
_MATTER: Final[Mapping[str, Sequence[str]]] = {
    **_ACTING,
    "decision.taken": ("decision_makers", "meeting"),
    "proposal.listed": ("body", "meeting"),
    "proposal.referred": ("to",),
    "disagreement.raised": ("about", "meeting"),
    "action.assigned": ("decision", "meeting"),
    "proposal.deferred": ("meeting",),
    "proposal.position_taken": ("meeting",),
}
"""By type, the fields that say whose matter a thing is: a body, or another thing whose matter it is part of."""
_PART_OF: Final[Mapping[str, Sequence[str]]] = {"disagreement.raised": ("about",), "action.assigned": ("decision",)}
"""By type, the fields that name what a thing is nothing without; none of these types says itself what may be shown of it."""

PART_OF_ANOTHER: Final = frozenset(_PART_OF)
"""Types of fact that open something which is held as what it is part of."""


def acting(fact: Fact) -> frozenset[str]:
    """The bodies that act in a fact."""
    return frozenset(ref for ref in _named(fact, _ACTING) if _is_body(ref))


def matter_of(facts: Iterable[Fact]) -> tuple[frozenset[str], frozenset[str]]:
    """Whose matter one stream is, by its facts: the bodies that they name, and the things of whose matter it is part."""
    bodies: set[str] = set()
    things: set[str] = set()
    for fact in facts:
        if _is_body(fact.stream):
            bodies.add(fact.stream)
        for ref in (*_named(fact, _MATTER), getattr(fact.data, "issuer", None) or ""):
            if _is_body(ref):
                bodies.add(ref)
            elif ref and not ref.startswith(("post:", "person:", "organisation:")):
                things.add(ref)
    return frozenset(bodies), frozenset(things)


def part_of(facts: Iterable[Fact]) -> frozenset[str]:
    """The things that a stream is nothing without: what a disagreement is about, the decision that an action carries out."""
    return frozenset(ref for fact in facts for ref in _named(fact, _PART_OF))


def _named(fact: Fact, table: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name in table.get(fact.type, ()):
        value: Any = getattr(fact.data, name, None)
        yield from (value,) if isinstance(value, str) else value or ()


def _is_body(ref: str) -> bool:
    return ref.startswith("body:")

"""What the software lets somebody do with a log: one function, which says yes or no and why.

These are permissions of the software. Who may decide what is recorded and judged, and never decided here (OWASP ASVS 5.0,
8.2 and 8.3: deny unless granted; what somebody may not know of is absent, not forbidden).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, get_args

from msgspec import Struct

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.vocabulary import Permission

EVERY: Final[tuple[Permission, ...]] = get_args(Permission)
"""Every permission, in the order in which they are listed."""

WORDS: Final[Mapping[Permission, str]] = {
    "read": "read what is open",
    "read-private": "read what is exempt, and the words that name people",
    "record": "record what happened",
    "correct": "record that the record was wrong",
    "publish": "record what may be shown to everybody",
    "erase": "destroy sealed words",
    "administer": "give keys and take them back, place holds and lift them",
}
"""What each permission lets somebody do."""

_ABSENT: Final = frozenset({"exempt", "confidential", "private-nhs", "withheld-pending"})
"""The levels at which a thing is absent to whoever may not read it; what is exempt in part is known, its words sealed."""
_BY_TYPE: Final[Mapping[str, Permission]] = {
    "record.corrected": "correct",
    "record.retracted": "correct",
    "record.contradicted": "correct",
    "record.renumbered": "correct",
    "record.merged": "correct",
    "decision.published": "publish",
    "meeting.minutes_published": "publish",
    "record.access_changed": "publish",
    "person.erased": "erase",
    "record.value_erased": "erase",
    "record.hold_placed": "administer",
    "record.hold_lifted": "administer",
}
"""The types that need more than the permission to record."""
_ADMINISTERED: Final = frozenset({"access", "log"})
"""The kinds of stream of which every fact, also a correction, says who may do what in this log, or which log it is."""


class Grant(Struct, frozen=True):
    """What a fact lets an account do, where and how long."""

    permissions: frozenset[str]
    bodies: frozenset[str] | None = None
    """Only in matters of these bodies; none: in all matters."""
    position: int = 0
    """Of the fact that grants it."""
    begins: int = 0
    ends: int = OPEN_END

    def holds(self, at: int) -> bool:
        """Whether it holds at a moment."""
        return self.begins <= at < self.ends


class Yes(Struct, frozen=True):
    """It may be done, by the grant at a position; 0 where everybody may."""

    position: int = 0


class No(Struct, frozen=True):
    """It may not be done."""

    reason: str
    absent: bool = False
    """Whoever asks may not even know that there is something: to them, there is nothing."""


def may(grants: Sequence[Grant], action: Permission, bodies: Iterable[str], classification: str, at: int) -> Yes | No:
    """Whether whoever holds these grants may do something at a moment.

    It is done in a matter of `bodies` that is held as `classification` says (`open`, `exempt`, ...). A grant for some
    bodies covers what is a matter of one of them; what is a matter of no body is covered by a grant for all.
    """
    concerned = frozenset(bodies)
    if classification in _ABSENT and not isinstance(_granted(grants, "read-private", concerned, at), Yes):
        return No("There is nothing here that may be known.", absent=True)
    if action == "read":
        return Yes()
    return _granted(grants, action, concerned, at)


def needed_for(fact_type: str, kind: str) -> Permission:
    """What somebody needs to record a fact of a type in a stream of a kind."""
    if not _ADMINISTERED.isdisjoint({kind, fact_type.partition(".")[0]}):
        return "administer"
    return _BY_TYPE.get(fact_type, "record")


def everywhere(grants: Iterable[Grant], action: Permission, at: int) -> frozenset[str] | None:
    """The bodies in whose matters something may be done at a moment; none: in all matters."""
    found: set[str] = set()
    for grant in grants:
        if action in grant.permissions and grant.holds(at):
            if grant.bodies is None:
                return None
            found |= grant.bodies
    return frozenset(found)


def _granted(grants: Sequence[Grant], action: Permission, bodies: frozenset[str], at: int) -> Yes | No:
    why = f"No grant lets this account {WORDS[action]}."
    for grant in grants:
        if action not in grant.permissions:
            continue
        if at >= grant.ends:
            why = f"The grant [{grant.position}] to {WORDS[action]} has ended."
        elif at < grant.begins:
            why = f"The grant [{grant.position}] to {WORDS[action]} has not begun."
        elif grant.bodies is None or grant.bodies & bodies:
            return Yes(grant.position)
        else:
            why = f"The grant [{grant.position}] to {WORDS[action]} is for {', '.join(sorted(grant.bodies))} alone."
    return No(why)

"""The clauses of a quorum rule, and whether those who are counted meet them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, get_args

from msgspec import Struct

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.counted import Counted
from decisionlog.domain.authority.world import World
from decisionlog.domain.facts.terms import Composition, QuorumRule
from decisionlog.domain.saying import Named, Part, Said
from decisionlog.domain.vocabulary import OrganisationKind, Role

_SHARE: Final = re.compile(r"\s*([0-9]{1,4})\s*/\s*([0-9]{1,4})\s*", re.ASCII)
_ROLES: Final = frozenset(get_args(Role))
_KINDS: Final = frozenset(get_args(OrganisationKind))
_EVERY_MEMBER: Final = frozenset({"member", "voting-member"})


class Clause(Struct, frozen=True):
    """One thing that a quorum rule asks for, and how many of those are counted."""

    of: Said
    """Of whom it asks for so many; empty: of the members."""
    wanted: int
    sure: int
    possible: int

    @property
    def met(self) -> Sure:
        """Whether there were enough."""
        if self.sure >= self.wanted:
            return Sure.YES
        return Sure.PERHAPS if self.possible >= self.wanted else Sure.NO


def clauses(rule: QuorumRule, size: int | None, counted: Sequence[Counted], world: World) -> list[Clause] | None:
    """Every clause of a rule; `size` is the number of members, where it is known.

    None, where a part of the rule cannot be worked out: a share of members whose number is not known or that is no `a/b`,
    a kind of member that nothing on the log tells, or a rule in words alone.
    """
    wanted = [rule.at_least] if rule.at_least is not None else []
    if rule.fraction is not None:
        share = _share(rule.fraction, size)
        if share is None:
            return None
        wanted.append(share)
    found = [_clause((), max(wanted), counted)] if wanted else []
    for one in rule.composition or ():
        if one.at_least:
            if not _is_known(one.members, world):
                return None
            found.append(_clause(_named(one.members, world), one.at_least, _chosen(one, counted, world)))
    return found or None


def _share(fraction: str, size: int | None) -> int | None:
    """So many as make up a share of the members; none, where it cannot be worked out."""
    written = _SHARE.fullmatch(fraction)
    if written is None or size is None or not int(written[2]):
        return None
    return -(-int(written[1]) * size // int(written[2]))


def _clause(of: Said, wanted: int, counted: Iterable[Counted]) -> Clause:
    grades = [one.grade for one in counted]
    return Clause(of, wanted, grades.count(Sure.YES), len(grades))


def _chosen(one: Composition, counted: Iterable[Counted], world: World) -> Iterator[Counted]:
    label = _label(one.members)
    for each in counted:
        kinds = {world.party(party).kind for party in each.parties}
        if label in each.roles or label in _EVERY_MEMBER or label in kinds or _named_so(label, each.parties):
            yield each


def _named_so(label: str, parties: Iterable[str]) -> bool:
    return any(label in {party, party.partition(":")[2]} for party in parties)


def _is_known(members: str, world: World) -> bool:
    label = _label(members)
    return label in _ROLES | _KINDS or bool(_party(label, world))


def _named(members: str, world: World) -> Said:
    label = _label(members)
    party = "" if label in _ROLES | _KINDS else _party(label, world)
    part: Part = Named(party) if party else label.replace("-", " ")
    return (part,)


def _party(label: str, world: World) -> str:
    """The organisation, post or body of which a label is the key or the reference; empty, where there is none."""
    whole = [label] if ":" in label else [f"{kind}:{label}" for kind in ("organisation", "post", "body", "person")]
    return next((one for one in whole if world.party(one).recorded), "")


def _label(members: str) -> str:
    """A label as the controlled words and the keys are written: `Joint chair` is `joint-chair`."""
    return members if ":" in members else "-".join(members.split()).lower()

"""Seats: who sits on which body and who holds which post, from when to when. Row, fold, queries.

A seat holds from the first day of its effect, not from the day of the appointment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from typing import NamedTuple

from sqlalchemy import Connection, MetaData

from decisionlog.domain.days import Span
from decisionlog.domain.facts.body import BodyMemberAppointed
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.post import PostFilled
from decisionlog.domain.known import AsOf, Reading
from decisionlog.store.bitemporal import Holding
from decisionlog.store.histories import Held, Histories, among, chosen, held, packed
from decisionlog.store.lives import begun_by, effect, effect_said, first_end, proof

_BEGINS = frozenset({"body.member_appointed", "post.filled"})
_ENDS = frozenset({"body.member_ended", "post.vacated"})


class Seat(NamedTuple):
    """One seat on a body, or one filling of a post; the stream is the body or the post."""

    member: str
    role: str
    """On a body, the role; of a post, how it is held (`substantive`, `acting` ...)."""
    on_behalf_of: str
    voting: str
    deputy_for: str
    held_as: str
    """How the seat is held: `elected`, `appointed` ..."""
    by_decision: str
    since: str
    until: str
    left_on: str
    """The day of the act that ended it, where no other day of effect is recorded."""
    ends_from: int
    """The first moment at which it may have ended; later than that and before its end it is only possible."""
    position: int
    ended_position: int
    """Of the fact that ended it; 0, where none did."""
    evidence: str
    """Packed: the positions of both, with those of their corrections."""


class Seats(Histories):
    """Every seat and every holder of a post."""

    name = "seats"
    version = 2
    kinds = frozenset({"body", "post"})
    marks = _BEGINS | _ENDS
    row = Seat
    indexes = (("member",),)

    @classmethod
    def root(cls, fact: Fact) -> int:
        """Each appointment is a part of its own, with what ended it."""
        return begun_by(fact, _BEGINS, _ENDS)

    @classmethod
    def holdings(cls, reading: Reading, zone: tzinfo) -> Iterable[Holding]:
        """From the first day of the seat to the first of its ends, by a fact or by its own term."""
        endings = [fact for fact in reading.facts if fact.type in _ENDS]
        for fact in reading.facts:
            if isinstance(fact.data, (BodyMemberAppointed, PostFilled)):
                begins = effect(fact, zone)
                ends, ending = first_end(fact, endings, zone)
                evidence = proof(reading, [fact, ending])
                yield Holding(begins.earliest, begins.certain, ends.certain, _seat(fact, ending, ends, evidence))


_table = Seats.define("seats", MetaData())


def on(rows: Connection, streams: Iterable[str], point: AsOf) -> list[Held]:
    """Who sits on these bodies, or holds these posts."""
    return among(rows, Seats, streams, point)


def of(rows: Connection, members: Iterable[str], point: AsOf) -> Iterator[Held]:
    """The seats and posts of these people and posts."""
    query = chosen(_table, point).where(_table.c.member.in_(list(members)))
    return held(rows, Seats, query.order_by(_table.c.first_position), point)


def _seat(fact: Fact, ending: Fact | None, ends: Span, evidence: list[int]) -> Seat:
    data = fact.data
    assert isinstance(data, (BodyMemberAppointed, PostFilled))
    on_a_body = isinstance(data, BodyMemberAppointed)
    voting = data.voting if isinstance(data, BodyMemberAppointed) else None
    return Seat(
        member=data.member if isinstance(data, BodyMemberAppointed) else data.person,
        role=(data.role if isinstance(data, BodyMemberAppointed) else data.basis) or "",
        on_behalf_of=packed(data.on_behalf_of) if isinstance(data, BodyMemberAppointed) else "",
        voting="" if voting is None else "yes" if voting else "no",
        deputy_for=data.deputy_for or "",
        held_as=(getattr(data, "seat", None) if on_a_body else None) or "",
        by_decision=data.by_decision or "",
        since=effect_said(fact),
        until=effect_said(ending) if ending else data.until or "",
        left_on=(not getattr(ending.data, "from_", None) and ending.on) or "" if ending else "",
        ends_from=ends.earliest,
        position=fact.position,
        ended_position=ending.position if ending else 0,
        evidence=packed(evidence),
    )

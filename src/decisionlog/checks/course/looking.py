"""The record of rules, as the judging of complete records looks into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from decisionlog.checks.profiles.looking import Seated
from decisionlog.checks.record import Record
from decisionlog.domain.facts.body import BodyMemberAppointed
from decisionlog.domain.facts.envelope import Fact, Unread
from decisionlog.domain.facts.interest import DispensationGranted
from decisionlog.domain.facts.typed import untyped


@dataclass(frozen=True)
class Stated:
    """A fact, and what it says in plain data; what is sealed stays sealed."""

    fact: Fact
    data: dict[str, Any]

    @property
    def position(self) -> int:
        """Where it stands in the log."""
        return self.fact.position


@dataclass(frozen=True)
class Stream:
    """One stream as it is known."""

    stream: str
    every: tuple[Stated, ...]

    def stated(self, *types: str) -> Sequence[Stated]:
        """Its facts of these types, in the order of the acts; all of them, where no type is named."""
        return [one for one in self.every if not types or one.fact.type in types]

    def first(self, *types: str) -> Stated | None:
        """Its first fact of these types."""
        return next(iter(self.stated(*types)), None)


class Looker:
    """One who looks into the log by way of a record, which notes what is looked at."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def of(self, stream: str) -> Stream:
        """One stream."""
        facts = self._record.of(stream).reading.facts
        read = (fact for fact in facts if not isinstance(fact.data, Unread))
        return Stream(stream, tuple(Stated(fact, untyped(fact.data)) for fact in read))

    def dispensations_of(self, person: str) -> list[str]:
        """The dispensations of a person."""
        granted = self._record.naming(person, DispensationGranted, "person")
        return list(dict.fromkeys(act.fact.stream for act in granted))

    def seats_of(self, members: Iterable[str], moment: int) -> Iterator[Seated]:
        """On which bodies these people and posts sit at a moment."""
        for member in members:
            appointed = self._record.naming(member, BodyMemberAppointed, "member")
            for body in dict.fromkeys(act.fact.stream for act in appointed):
                for seat in self._record.at(moment).holders(body):
                    if seat.member == member:
                        yield Seated(body, seat.role, seat.voting, seat.evidence[0])

"""What was declared at a meeting, and how each conflict was managed."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.items import concerns
from decisionlog.checks.meetings.votes import named_votes
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.meeting import MeetingConflictManaged, MeetingHeld, MeetingInterestDeclared

OUT_OF_THE_ROOM: Final = frozenset({"leaves-for-item", "does-not-attend", "removed-from-group"})
STANDS_ASIDE: Final = OUT_OF_THE_ROOM | {"speaks-without-deciding"}
"""Ways to manage a conflict by which the person takes no part in the decision."""


class Declared(Struct, frozen=True):
    """One declaration at a meeting, with what was done about it."""

    act: Act[MeetingInterestDeclared]
    managed: tuple[Act[MeetingConflictManaged], ...]
    in_time: bool
    """It was made by the end of the meeting's day; so is one of which the day is not recorded."""

    @property
    def person(self) -> str:
        """Who declared it."""
        return self.act.data.by

    @property
    def evidence(self) -> tuple[int, ...]:
        """The declaration, and what was done about it."""
        return (self.act.position, *(one.position for one in self.managed))

    def concerns(self, decision: DecisionTaken) -> Sure:
        """Whether it bears on a decision."""
        return concerns(self.act.data.items, decision)

    def managed_by(self, ways: frozenset[str]) -> tuple[Act[MeetingConflictManaged], ...]:
        """What was done about it in one of these ways."""
        return tuple(one for one in self.managed if one.data.management in ways)


def declared_at(record: Record, meeting: str) -> tuple[Declared, ...]:
    """Everything that was declared at a meeting."""
    return record.once(("declared", meeting), lambda: _declared_at(record, meeting))


def _declared_at(record: Record, meeting: str) -> tuple[Declared, ...]:
    told = record.of(meeting)
    over = day_over(record, told.last(MeetingHeld))
    return tuple(
        Declared(
            one,
            tuple(told.answers(one, MeetingConflictManaged)),
            in_time=over is None or not one.on or one.at.earliest <= over,
        )
        for one in told.all(MeetingInterestDeclared)
    )


def day_over(record: Record, held: Act[MeetingHeld] | None) -> int | None:
    """The last moment of the day of a meeting; none, where it is not recorded."""
    if held is None or not held.on:
        return None
    return max(record.end(held.on[:10]) or 0, record.end(held.data.ended) or 0)


def stood_aside(record: Record, meeting: str, decision: DecisionTaken) -> dict[str, Sure]:
    """Who stood aside from a decision because of an interest: by a vote named so, or as it was managed."""
    found = {one.by: Sure.YES for one in named_votes(decision) if one.by and one.vote == "recused"}
    for one in declared_at(record, meeting):
        for each in one.managed_by(STANDS_ASIDE):
            if each.data.as_intended is not False:
                bears = min(one.concerns(decision), managed_for(each, decision))
                found[one.person] = max(bears, found.get(one.person, Sure.NO))
    return found


def managed_for(managed: Act[MeetingConflictManaged], decision: DecisionTaken) -> Sure:
    """Whether what was done about a declaration was done for a decision: for all of what was declared, where no item is named."""
    return concerns(managed.data.items, decision) if managed.data.items else Sure.YES

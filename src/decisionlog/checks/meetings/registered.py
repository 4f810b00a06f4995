"""The register of interests, and dispensations from it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from decisionlog.checks.determinations import Determination
from decisionlog.checks.meetings.business import proposals_of
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.interest import DispensationGranted, InterestEnded, InterestRegistered
from decisionlog.domain.facts.meeting import MeetingHeld, MeetingInterestDeclared


class Entry(Struct, frozen=True):
    """One interest in the register."""

    stream: str
    act: Act[InterestRegistered]
    begins: int
    """The moment by which it had certainly arisen."""
    ends: int

    def held(self, first: int, last: int) -> bool:
        """Whether it was held throughout."""
        return self.begins <= first and last < self.ends


def entries_of(record: Record, person: str) -> list[Entry]:
    """The interests that a person registered, whenever that was."""
    return [_entry(record, act) for act in record.naming(person, InterestRegistered, "by")]


def _entry(record: Record, act: Act[InterestRegistered]) -> Entry:
    arose = record.span(act.data.from_ or act.data.arose)
    ends = [
        record.moment(act.data.until),
        *(record.effect(one) for one in record.of(act.fact.stream).all(InterestEnded)),
    ]
    return Entry(
        act.fact.stream,
        act,
        (arose or act.at).certain,
        min((one for one in ends if one is not None), default=OPEN_END),
    )


def knew_of(record: Record, interest: str, person: str, held: Act[MeetingHeld]) -> tuple[int, ...]:
    """The facts by which somebody knew of an interest at a meeting: its entry by then, or an earlier declaration; none, where none does."""
    if not interest:
        return ()
    entries = [one for one in record.of(interest).all(InterestRegistered) if one.on and one.data.by in {None, person}]
    declared = record.naming(interest, MeetingInterestDeclared, "interest")
    acts: list[Act[Any]] = [*entries, *(one for one in declared if one.on and one.data.by == person)]
    last = record.end(held.on) or held.at.certain
    return tuple(one.position for one in acts if one.at.earliest <= last)[:1]


def dispensed(record: Record, person: str, taken: Determination, interest: str, *, voted: bool) -> bool:
    """Whether a dispensation covered what somebody did: of the time, the body, the matter and the interest, where it names them."""
    return any(
        _covers(record, one, taken, interest) and not (voted and one.data.allows == "speak")
        for one in record.naming(person, DispensationGranted, "person")
    )


def _covers(record: Record, granted: Act[DispensationGranted], taken: Determination, interest: str) -> bool:
    data, until = granted.data, record.moment(granted.data.until)
    matters = {taken.stream, *proposals_of(taken)}
    return (
        record.effect(granted) <= taken.last
        and (until is None or taken.first < until)
        and (data.bodies is None or not set(data.bodies).isdisjoint(taken.makers))
        and (data.matters is None or not matters.isdisjoint(data.matters))
        and (not data.interest or not interest or data.interest == interest)
    )

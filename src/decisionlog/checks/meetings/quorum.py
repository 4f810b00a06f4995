"""Whether a body was quorate when it decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.clauses import Clause, clauses
from decisionlog.checks.meetings.counted import Counted, Sitting, counted
from decisionlog.checks.meetings.declared import stood_aside
from decisionlog.checks.meetings.minuted import Minuted, minuted
from decisionlog.checks.meetings.presence import in_the_room
from decisionlog.checks.meetings.seats import members_seats, sitters
from decisionlog.checks.meetings.terms import terms_of
from decisionlog.checks.put_right import Rule, errs_too, is_theirs_to_decide, put_right
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.body import BodyTermsAdopted
from decisionlog.domain.facts.meeting import MeetingHeld
from decisionlog.domain.saying import Named, Part, Said, joined

_WITHOUT_A_MEETING: Final = frozenset({"written-procedure", "without-meeting", "individual"})


class Counting(Struct, frozen=True):
    """A body that decided at a meeting, with its quorum as it can be worked out."""

    body: str
    taken: Determination
    held: Act[MeetingHeld]
    terms: Act[BodyTermsAdopted] | None
    clauses: tuple[Clause, ...] | None
    """None: the rule, or who was there, is not recorded well enough."""
    without_unseated: tuple[Clause, ...] | None
    """The same without those of whom no seat is recorded."""
    minuted: Minuted

    @property
    def evidence(self) -> tuple[int, ...]:
        """The decision, the meeting, and the terms."""
        return (self.taken.position, self.held.position, *((self.terms.position,) if self.terms else ()))

    @property
    def rests_on_the_unseated(self) -> bool:
        """There were enough only with people of whom no seat is recorded."""
        return bool(self.clauses) and met(self.clauses) is not Sure.NO and met(self.without_unseated) is Sure.NO


def met(of: Sequence[Clause] | None) -> Sure:
    """Whether a quorum rule was met; perhaps, where it cannot be worked out."""
    return Sure.PERHAPS if of is None else min(one.met for one in of)


def inquorate(record: Record, decision: str) -> Iterator[Tripped]:
    """GL11: those who are counted when a body decides fail a clause of its quorum rule, or the minutes say so."""
    for one in countings(record, decision):
        for found in _judged(one):
            yield replace(found, until=when_met_properly(record, one.taken, inquorate))


def when_met_properly(record: Record, taken: Determination, rule: Rule) -> int:
    """When it was ratified, or decided again without tripping the rule, by those who could and had, as far as is recorded, a quorum."""

    def proper(again: Determination) -> bool:
        if errs_too(record, taken, again, rule) or not is_theirs_to_decide(record, taken, again):
            return False
        return all(met(one.clauses) is not Sure.NO and one.minuted.quorate is not Sure.NO for one in _of(record, again))

    return put_right(record, taken, taken.bound, proper)


def countings(record: Record, decision: str) -> list[Counting]:
    """The bodies that took a decision at a meeting of theirs, each by itself, with who was counted."""
    return record.once(("countings", decision), lambda: list(_countings(record, decision)))


def _countings(record: Record, decision: str) -> Iterator[Counting]:
    taken = determination(record, decision)
    if taken:
        yield from _of(record, taken)


def _of(record: Record, taken: Determination) -> Iterator[Counting]:
    if not taken.exercises or taken.data.method in _WITHOUT_A_MEETING or not taken.data.meeting:
        return
    held = record.of(taken.data.meeting).last(MeetingHeld)
    if held is None or held.data.kind == "written-procedure":
        return
    for body in taken.makers:
        if body.startswith("body:"):
            yield _counting(record, body, taken, held)


def _counting(record: Record, body: str, taken: Determination, held: Act[MeetingHeld]) -> Counting:
    terms, meeting = terms_of(record, body, taken.last), taken.data.meeting or ""
    there = in_the_room(record, meeting, taken.first, taken.last)
    counts = rest = None
    if terms and taken.dated and body in held.data.bodies:
        if there is None:
            counts = rest = _by_number(terms.data, held.data)
        else:
            sitting = Sitting(
                tuple(there),
                sitters(record, body, taken.first, taken.last),
                frozenset(one.by for one in held.data.presiding or () if one.by),
                stood_aside(record, meeting, taken.data),
                terms.data,
            )
            every = counted(sitting)
            counts = _clauses(record, body, taken, terms.data, every)
            rest = _clauses(record, body, taken, terms.data, [one for one in every if not one.unseated])
    return Counting(body, taken, held, terms, counts, rest, minuted(record, held, body, taken))


def _clauses(
    record: Record, body: str, taken: Determination, terms: BodyTermsAdopted, of: Sequence[Counted]
) -> tuple[Clause, ...] | None:
    if terms.quorum_rule is None:
        return None
    size = terms.size or members_seats(record, body, taken.last) or None
    found = clauses(terms.quorum_rule, size, of, record.at(taken.last))
    return tuple(found) if found else None


def _by_number(terms: BodyTermsAdopted, held: MeetingHeld) -> tuple[Clause, ...] | None:
    """The rule by the number of those present alone, which is all that some minutes give."""
    number, rule = held.attendance_count, terms.quorum_rule
    if number is None or rule is None or rule.at_least is None:
        return None
    asks_more = bool(rule.composition) or rule.fraction is not None
    return (Clause((), rule.at_least, 0 if asks_more else number, number),)


def _judged(one: Counting) -> Iterator[Tripped]:
    since, found = one.taken.first, met(one.clauses)
    if found is Sure.NO and one.clauses:
        yield Tripped(_too_few(one.body, one.clauses), one.evidence, since)
    elif one.minuted.quorate is Sure.NO and not one.rests_on_the_unseated:
        said = ("the minutes say that ", Named(one.body), " was not quorate when it decided")
        yield Tripped(said, (one.taken.position, *one.minuted.evidence), since)
    elif found is Sure.PERHAPS and one.minuted.quorate is not Sure.YES and not one.rests_on_the_unseated:
        yield Tripped(_unknown(one), one.evidence, since, evidenced=False)


def _too_few(body: str, of: Sequence[Clause]) -> Said:
    return (Named(body), " was not quorate: ", *joined((_short(one) for one in of if one.met is Sure.NO), "; ", "; "))


def _short(one: Clause) -> Said:
    number = one.possible if one.sure == one.possible else f"at most {one.possible}"
    if one.of:
        return ("no " if not one.possible else f"{number} ", *one.of, f" counted, {one.wanted} needed")
    return (f"{number} member{'' if one.possible == 1 else 's'} counted, {one.wanted} needed",)


def _unknown(one: Counting) -> Said:
    was: Part = " was quorate when it decided: "
    if not one.taken.dated:
        return ("it cannot be shown that ", Named(one.body), was, "the day of the decision is not recorded")
    if one.body not in one.held.data.bodies:
        return ("it cannot be shown that ", Named(one.body), was, "that it met there is not recorded")
    if one.terms is None or one.terms.data.quorum_rule is None:
        return ("it cannot be shown that ", Named(one.body), was, "its quorum is not recorded")
    if one.held.data.attendance is None and one.held.data.attendance_count is None:
        return ("it cannot be shown that ", Named(one.body), was, "who was there is not recorded")
    if one.clauses is None:
        return ("it cannot be shown that ", Named(one.body), was, "its quorum rule is for people to read")
    return ("it cannot be shown that ", Named(one.body), was, "the record leaves open who is counted")

"""Whether everybody whose function or money a joint decision uses had decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.business import acted_for
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.parties import organisations_of
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.fund import FundEstablished, FundPartiesChanged
from decisionlog.domain.saying import Named, Said

_JOINT: Final = frozenset({"joint-committee", "committees-in-common"})


def one_sided(record: Record, decision: str) -> Iterator[Tripped]:
    """GL27: a joint body used the function or the pooled money of a parent that it did not decide for and that did not decide.

    Or a parent never resolved to set the body up.
    """
    taken = determination(record, decision)
    if taken is None or not taken.binds or not taken.bound:
        return
    world, bound = record.at(taken.last), _bound(record, taken)
    for body in taken.makers:
        if world.party(body).kind in _JOINT:
            for parent in _not_bound(record, body, taken, bound):
                yield from _left_out(record, taken, parent, bound)
            unresolved = list(_never_resolved(record, taken, body))
            if unresolved and _is_first(record, taken, body):
                yield from unresolved


def told_of_parents(record: Record, taken: Determination) -> frozenset[str]:
    """The parents of which this rule says that they have not decided."""
    if not taken.binds or not taken.bound:
        return frozenset()
    world, bound = record.at(taken.last), _bound(record, taken)
    joint = (body for body in taken.makers if world.party(body).kind in _JOINT)
    parents = (parent for body in joint for parent in _not_bound(record, body, taken, bound))
    return frozenset(parent for parent in parents if any(True for _ in _left_out(record, taken, parent, bound)))


def _bound(record: Record, taken: Determination) -> set[str]:
    world = record.at(taken.last)
    return {one for party in taken.bound for one in organisations_of(world, party)}


def _not_bound(record: Record, body: str, taken: Determination, bound: set[str]) -> list[str]:
    world = record.at(taken.last)
    return [one for one in organisations_of(world, body) if one not in bound and not world.party(one).ended]


def _left_out(record: Record, taken: Determination, parent: str, bound: set[str]) -> Iterator[Tripped]:
    what, evidence = _used(record, taken, parent, bound)
    until = min((one.last for one in acted_for(record, parent, taken)), default=OPEN_END)
    if what and until > taken.last:
        said = ("it uses ", *what, ", and ", Named(parent), " has not decided on it")
        yield Tripped(said, (taken.position, *evidence), taken.first, until)


def _is_first(record: Record, taken: Determination, body: str) -> bool:
    """Whether it is the first decision of a body that binds anybody: what is wrong with the body is told there, once."""

    def binds_anybody(act: Act[DecisionTaken]) -> bool:
        one = determination(record, act.fact.stream)
        return one is not None and one.binds and bool(one.bound)

    first = record.first_naming(body, DecisionTaken, "decision_makers", binds_anybody)
    return first is not None and first.fact.stream == taken.stream


def _never_resolved(record: Record, taken: Determination, body: str) -> Iterator[Tripped]:
    """A parent is said to have set the body up by a decision that, on record, resolved nothing: it noted it, or declined."""
    for seat in record.at(taken.last).parents_of(body):
        resolved = determination(record, seat.by_decision) if seat.by_decision else None
        if resolved and resolved.data.outcome and not resolved.binds:
            outcome = resolved.data.outcome.replace("-", " ")
            said = (
                Named(seat.parent),
                " never resolved to set up ",
                Named(body),
                ": the outcome of ",
                Named(seat.by_decision),
                f" was '{outcome}'",
            )
            yield Tripped(said, (taken.position, resolved.position, *seat.evidence), taken.first)


def _used(record: Record, taken: Determination, parent: str, bound: set[str]) -> tuple[Said, tuple[int, ...]]:
    """What of a parent a decision uses: a pooled fund that it is a party to, or a function that is none of the others'."""
    for fund in dict.fromkeys(one.fund for one in taken.data.value or () if one.fund):
        if (evidence := _party_to(record, fund, parent, taken.last)) is not None:
            return (Named(fund),), evidence
    world = record.at(taken.last)
    for function in taken.data.functions or ():
        duties = [(organisations_of(world, one.holder), one) for one in world.duties([function])]
        theirs = [one for holders, one in duties if parent in holders]
        if theirs and not any(bound.intersection(holders) for holders, _ in duties):
            return (Named(function),), theirs[0].evidence
    return (), ()


def _party_to(record: Record, fund: str, party: str, moment: int) -> tuple[int, ...] | None:
    """The facts by which somebody is a party to a pooled fund at a moment; none, where they are no party."""
    told = record.of(fund)
    established = told.first(FundEstablished)
    if established is None or established.data.kind != "pooled":
        return None
    evidence: tuple[int, ...] = (established.position,)
    parties = set(established.data.parties or ())
    for change in sorted(told.all(FundPartiesChanged), key=record.effect):
        if record.effect(change) <= moment:
            joined, left = set(change.data.parties_joined or ()), set(change.data.parties_left or ())
            evidence = (*evidence, change.position) if party in joined | left else evidence
            parties = (parties - left) | joined
    return evidence if party in parties else None

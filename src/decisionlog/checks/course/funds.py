"""Whether whoever committed the money of a fund could speak for everybody to whom it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.world import World
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.decision import DecisionRatified, DecisionTaken
from decisionlog.domain.facts.fund import FundEstablished, FundPartiesChanged
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said

_OF_NOBODY_ELSE: Final = frozenset({"aligned", "in-view"})
"""Kinds of funds of which each party keeps its own money."""


def cross_body_spend(record: Record, decision: str) -> Iterator[Tripped]:
    """GL28: it commits money of a fund that belongs to somebody on whose behalf nobody decided."""
    taken = determination(record, decision)
    if taken is None or not taken.binds or not taken.makers:
        return
    doubtful: list[Tripped] = []
    for fund in dict.fromkeys(one.fund for one in taken.data.value or () if one.fund and one.money.amount):
        established = record.of(fund).first(FundEstablished)
        if established is None or established.data.kind in _OF_NOBODY_ELSE:
            continue
        owners = owners_of(record, established, taken.last)
        if not owners:
            said: Said = ("it commits money of ", Named(fund), ", and whose that is is not recorded")
            doubtful.append(Tripped(said, (taken.position, established.position), taken.first, evidenced=False))
        for owner in owners:
            yield from _nobody_spoke_for(record, taken, established, owner)
    yield from doubtful[:1]


def owners_of(record: Record, established: Act[FundEstablished], moment: int) -> list[str]:
    """To whom the money of a fund belongs at a moment: of a pooled one to its parties, of another to its host; none, if unknown."""
    data = established.data
    if data.kind != "pooled":
        return [data.host] if data.kind and data.host else []
    parties = dict.fromkeys(data.parties or ())
    for act in record.of(established.fact.stream).all(FundPartiesChanged):
        if record.effect(act) <= moment:
            parties |= dict.fromkeys(act.data.parties_joined or ())
            parties = {one: None for one in parties if one not in (act.data.parties_left or ())}
    return list(parties)


def _nobody_spoke_for(
    record: Record, taken: Determination, established: Act[FundEstablished], owner: str
) -> Iterator[Tripped]:
    world = record.at(taken.last)
    owning = _with_successors(world, owner)
    spoken_for = {one for each in _spoken_for(record, taken) for one in organisations_of(world, each)}
    if owning & spoken_for or (not taken.relied and _is_given_by(world, taken, owning)):
        return
    ratified = (
        act for act in record.of(taken.stream).all(DecisionRatified) if owning & set(act.data.on_behalf_of or ())
    )
    until = min((act.at.earliest for act in ratified), default=OPEN_END)
    said: Said = (
        "it commits money of ",
        Named(established.fact.stream),
        ", which belongs to ",
        Named(owner),
        " as well" if established.data.kind == "pooled" else "",
        ", and nobody decided on its behalf",
    )
    yield Tripped(said, (taken.position, established.position), taken.first, until)


def _spoken_for(record: Record, taken: Determination) -> Iterator[str]:
    """For whom it was decided: whom it binds, who decided, who gave the power used; and so of other decisions on the matter."""
    yield from taken.bound
    yield from taken.makers
    for relied in taken.relied:
        yield from (*relied.grant.on_behalf_of, relied.grant.delegator) if relied.grant else ()
    for matter in taken.data.proposals or ():
        for act in record.naming(matter.proposal, DecisionTaken, "proposals.proposal"):
            other = determination(record, act.fact.stream)
            yield from other.bound if other and other.binds else ()


def organisations_of(world: World, reference: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The organisations for which a body, a post or an organisation acts."""
    match split(reference)[0]:
        case "organisation":
            return {reference}
        case "post":
            return set(world.party(reference).organisations)
        case "body" if reference not in seen:
            parents = (seat.parent for seat in world.parents_of(reference))
            return {one for parent in parents for one in organisations_of(world, parent, seen | {reference})}
        case _:
            return set()


def _with_successors(world: World, owner: str) -> set[str]:
    """An organisation, and whoever took it over by now."""
    found: set[str] = set()
    ahead = [owner]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += [share.organisation for each in world.successions(one) for share in each.shares]
    return found


def _is_given_by(world: World, taken: Determination, owning: set[str]) -> bool:
    """Whether whoever decided, on an authority that is not recorded, held a power of the owner for these functions."""
    grants = world.grants_of(taken.data.functions or (), ())
    return any(
        grant.begun
        and not grant.stops
        and owning & set(grant.on_behalf_of)
        and set(taken.makers) & set(grant.delegates)
        for grant in grants
    )

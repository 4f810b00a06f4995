"""Whether a determination stayed within what was given: functions, places, matters, and what was kept back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from decisionlog.checks.authority.matter import matter
from decisionlog.checks.authority.relying import Use, of_both, uses
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.put_right import until_put_right
from decisionlog.checks.record import Record
from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant, Seat, World
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said, joined

_CARRY_OUT = "execute"


def out_of_scope(record: Record, decision: str) -> Iterator[Tripped]:
    """GL07: a function, a place or a matter of it is not among those that were given, by what is recorded of both.

    What a scope includes and leaves out in words is left to people.
    """
    for use in uses(record, decision):
        found = _beyond_the_delegation(record, use)
        yield from until_put_right(record, use.taken, use.relied.bound, out_of_scope, found)
    taken = determination(record, decision)
    if taken and taken.exercises and taken.dated and not any(one.delegation for one in taken.relied):
        found = _beyond_the_body(record, taken)
        yield from until_put_right(record, taken, taken.bound, out_of_scope, found)


def reserved_matter(record: Record, decision: str) -> Iterator[Tripped]:
    """GL08: a function whose duty lies with a body or a post was exercised elsewhere, and nothing gave it there.

    Of matters that a delegation keeps back in words it says that somebody must read them.
    """
    for use in uses(record, decision):
        if use.after.reserved:
            said: Said = (use.named, " keeps matters back in words: whether this is one of them must be read")
            yield Tripped(said, use.evidence(use.after), use.taken.first, evidenced=False)
    taken = determination(record, decision)
    if taken and taken.exercises and taken.dated and not any(one.delegation for one in taken.relied):
        found = _reserved_elsewhere(record, taken)
        yield from until_put_right(record, taken, taken.bound, reserved_matter, found)


def _beyond_the_delegation(record: Record, use: Use) -> Iterator[Tripped]:
    outside, certain = of_both(use, partial(_outside, record.at(use.taken.last), use))
    if outside:
        untold = () if certain else (", whose scope changed at about that time: which came first is not recorded",)
        yield Tripped((*outside, *untold), use.evidence(use.after), use.taken.first, evidenced=certain)


def _outside(world: World, use: Use, grant: Grant) -> Said | None:
    if not grant.begun:
        return None
    if grant.kind == _CARRY_OUT:
        return (use.named, " lets it carry out what others decided, and not decide")
    about = use.matter
    if not set(about.things).isdisjoint(grant.matters):
        return None
    if outside := _not_among(about.functions, grant.functions, lambda one: world.function(one).chain):
        return (*_all(outside), " is not among the functions that ", use.named, " gives")
    if outside := _not_among(about.places, grant.places, lambda one: world.place(one).chain):
        return (*_all(outside), " is not within the places that ", use.named, " is for")
    if grant.matters and not grant.functions and len(about.things) > 1:
        return (use.named, " was given for ", *_all(grant.matters), ", and this is about ", *_all(about.things[1:]))
    return None


def _not_among(things: Iterable[str], given: tuple[str, ...], chain: Callable[[str], Iterable[str]]) -> list[str]:
    """The things of which neither they nor anything above them was given; none, where it is not recorded what was."""
    return [one for one in things if given and set(chain(one)).isdisjoint(given)]


def _all(several: Iterable[str]) -> Said:
    return joined([(Named(one),) for one in several])


def _beyond_the_body(record: Record, taken: Determination) -> Iterator[Tripped]:
    """Of a body that cites no delegation: what its parents set it up for."""
    world, about = record.at(taken.last), matter(record, taken)
    for maker in taken.makers:
        seats = _seats(world, maker, taken.bound)
        if not seats or any(seat.functions is None for seat in seats):
            continue
        given = tuple(one for seat in seats for one in seat.functions or ())
        chains = {one: set(world.function(one).chain) for one in about.functions}
        outside = [one for one, chain in chains.items() if chain.isdisjoint(given)]
        outside = [one for one in outside if not _was_given(record, taken, maker, chains[one])]
        if outside:
            said = (*_all(outside), " is not among the functions for which ", Named(maker), " was set up")
            yield Tripped(said, (taken.position, *(at for seat in seats for at in seat.evidence)), taken.first)


def _seats(world: World, maker: str, bound: tuple[str, ...]) -> list[Seat]:
    """The parents of a body for whom the decision was taken; all of them, where it is not recorded for whom."""
    seats = world.parents_of(maker) if split(maker)[0] == "body" else ()
    return [seat for seat in seats if not bound or not {seat.parent, *acts_for(world, seat.parent)}.isdisjoint(bound)]


def _was_given(record: Record, taken: Determination, maker: str, chain: set[str]) -> bool:
    """Whether any delegation to whoever decided covers a function, cited or not."""
    for granted in record.naming(maker, DelegationGranted, "delegates"):
        grant = record.grant(granted.fact.stream, taken.last)
        if grant and grant.begun and (not grant.functions or not chain.isdisjoint(grant.functions)):
            return True
    return False


def _reserved_elsewhere(record: Record, taken: Determination) -> Iterator[Tripped]:
    about = matter(record, taken)
    for function in about.functions:
        question = Question((function,), about.places, about.things, (), taken.last, record.zone)
        walk = Walk(record.at(taken.last), question, record.table)
        holders = {heir.party: duty for duty, heir in walk.duties}
        if not holders or not taken.makers or any(split(one)[0] == "organisation" for one in holders):
            continue
        if any(maker in walk.reached or split(maker)[0] in {"person", "organisation"} for maker in taken.makers):
            continue
        evidence = (taken.position, *(at for duty in holders.values() for at in duty.evidence))
        said = (Named(function), " is for ", *_all(holders), " to decide, and nothing recorded gave it to ")
        yield Tripped((*said, *_all(taken.makers)), evidence, taken.first)

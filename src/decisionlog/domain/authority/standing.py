"""How a delegation stands at a moment: in force, not yet, stopped wholly or in part, or left by whoever gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Final, NamedTuple

from msgspec import Struct

from decisionlog.domain.authority.giving import Given, given
from decisionlog.domain.authority.question import Asked, Question
from decisionlog.domain.authority.world import Grant, Stop, World
from decisionlog.domain.references import split

IN_FORCE: Final = "in force"
NOT_YET: Final = "not yet in force"
NOT_CONTINUED: Final = "not continued"
"""Whoever gave it was succeeded, and it was said not to go on."""
NOT_KNOWN: Final = "not known to be in force"
"""Whoever gave it is no more, and nothing recorded says that it goes on."""
_SUSPENDED: Final = "suspended"
_IN_WORDS: Final = {"carried into": "carried into others"}


class Use(NamedTuple):
    """What a delegation was used for, as far as it is recorded."""

    functions: frozenset[str]
    """The functions exercised, and those that they are part of."""
    parties: frozenset[str]
    """The organisations bound."""


class Standing(Struct, frozen=True):
    """How it stands."""

    state: str
    """One of the words of this module; or `suspended`, `revoked`, `lapsed`, `ended`, `carried into others`."""
    on: str
    """Since when, as recorded; empty: not recorded."""
    in_part: tuple[Stop, ...]
    """Of one in force: what stops a part of it, of which nobody can say whether it reaches the use, or of no use at all."""
    possible: bool
    """It lies inside a partial date."""
    evidence: tuple[int, ...]


def standing(world: World, grant: Grant, use: Use | None = None) -> Standing:
    """How a delegation stands at the moment of the world: for a use of it, or, where none is given, at all."""
    reached = [(stop, _reaches(stop, grant, use)) for stop in grant.stops]
    whole = [stop for stop, reaches in reached if reaches]
    in_part = tuple(stop for stop, reaches in reached if reaches is None)
    evidence = tuple(dict.fromkeys((*grant.evidence, *(at for stop in grant.stops for at in stop.evidence))))
    state, on = IN_FORCE, grant.since
    if not grant.begun:
        state = NOT_YET
    elif whole:
        last = next((stop for stop in whole if stop.how != _SUSPENDED), whole[-1])
        state, on = _IN_WORDS.get(last.how, last.how), last.on
    elif left := _left(world, grant):
        state, on = left
    return Standing(state, on, in_part if state == IN_FORCE else (), grant.possible, evidence)


def _reaches(stop: Stop, grant: Grant, use: Use | None) -> bool | None:
    """Whether a stop reaches a use; none, where that cannot be told."""
    told = [
        _meets(_apart(stop.on_behalf_of, grant.on_behalf_of), use.parties if use else frozenset()),
        _meets(_apart(stop.functions, grant.functions), use.functions if use else frozenset()),
    ]
    return False if False in told else None if None in told else True


def _apart(stopped: Iterable[str], everything: Iterable[str]) -> frozenset[str]:
    """What a stop names of what was given; nothing, where it names the whole."""
    named = frozenset(stopped)
    return named if set(everything) - named else frozenset()


def _meets(stopped: frozenset[str], used: frozenset[str]) -> bool | None:
    if not stopped:
        return True
    return bool(stopped & used) if used else None


def _left(world: World, grant: Grant) -> tuple[str, str] | None:
    """Where it is followed from nobody any more, for any of its functions: whether that was said, and since when."""
    gone = [party for party in dict.fromkeys((grant.delegator, *grant.on_behalf_of)) if _is_gone(world, party)]
    if not gone:
        return None
    each = list(_given(world, grant))
    if any(one.givers for one in each):
        return None
    on = next((day for party in gone if (day := world.party(party).until)), "")
    return (NOT_KNOWN if any(one.did_not_outlive for one in each) else NOT_CONTINUED), on


def _is_gone(world: World, party: str) -> bool:
    return bool(party) and (
        world.party(party).ended or (split(party)[0] == "organisation" and bool(world.successions(party)))
    )


def _given(world: World, grant: Grant) -> Iterator[Given]:
    """Who gives it, function by function: a successor may have taken some of them only."""
    for function in grant.functions or ("",):
        functions = (function,) if function else ()
        yield given(world, Asked(world, Question(functions, grant.places, grant.matters, (), 0, UTC)), grant)

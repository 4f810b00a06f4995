"""On what a delegation rests once it was continued: the law, the instrument and the clause that the continuation cites."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.authority.world import Continuation, Grant, World


def as_continued(world: World, grant: Grant, giver: str) -> Grant:
    """A delegation as it stands from this giver: with what the last continuations that bear on it cite."""
    bearing = bearing_on(world, grant, giver)
    in_law = next((one for one in reversed(bearing) if one.legal_basis), None)
    in_writing = next((one for one in reversed(bearing) if one.instrument), None)
    if not bearing:
        return grant
    used = [one for one in (in_law, in_writing) if one]
    return replace(
        grant,
        legal_basis=in_law.legal_basis if in_law else grant.legal_basis,
        instrument=in_writing.instrument if in_writing else grant.instrument,
        clause=in_writing.clause if in_writing else grant.clause,
        possible=grant.possible or any(one.possible for one in used),
        evidence=tuple(dict.fromkeys((*grant.evidence, *(at for one in (*used, bearing[-1]) for at in one.evidence)))),
        continued=bearing[-1].since,
    )


def bearing_on(world: World, grant: Grant, giver: str) -> tuple[Continuation, ...]:
    """The continuations that name a giver, or somebody for whom it acts, or no giver at all, in the order of effect."""
    if not grant.continuations:
        return ()
    stands_for = {giver, *acts_for(world, giver)}
    named = [({one.delegator, *one.parties} - {""}, one) for one in grant.continuations]
    return tuple(one for givers, one in named if not givers or givers & stands_for)

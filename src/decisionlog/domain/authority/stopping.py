"""Whether a delegation is stopped, for whoever asks along a way: suspended, revoked, lapsed, at its end."""

from __future__ import annotations

from collections.abc import Collection

from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.authority.question import Asked
from decisionlog.domain.authority.world import Grant, Stop, World


def stopped(asked: Asked, grant: Grant, parties: Collection[str]) -> Stop | None:
    """What stops a delegation on a way on which these parties stand, its giver among them."""
    return next((stop for stop in _about(asked, grant) if not stop.on_behalf_of or _any(stop, parties)), None)


def stopped_for(world: World, asked: Asked, grant: Grant, givers: Collection[str]) -> bool:
    """Whether it is stopped for a giver above whom nobody is recorded, now or as it was: for all for whom that one gave it."""
    return any(_stopped_for(world, asked, grant, giver) for giver in givers)


def _stopped_for(world: World, asked: Asked, grant: Grant, giver: str) -> bool:
    stops = _about(asked, grant)
    if any(not stop.on_behalf_of or giver in stop.on_behalf_of for stop in stops):
        return True
    stopping = {party for stop in stops for party in stop.on_behalf_of}
    acted_for = acts_for(world, giver)
    named = [party for party in acted_for if party in grant.on_behalf_of] or acted_for
    return bool(named) and stopping.issuperset(named)


def stopped_wholly(asked: Asked, grant: Grant) -> bool:
    """Whether it is stopped for everybody."""
    return any(not stop.on_behalf_of for stop in _about(asked, grant))


def is_over(grant: Grant) -> bool:
    """Whether it has ended for everybody and everything: it is not only suspended."""
    return any(stop.how != "suspended" and not stop.on_behalf_of and not stop.functions for stop in grant.stops)


def _about(asked: Asked, grant: Grant) -> list[Stop]:
    return [stop for stop in grant.stops if not stop.functions or asked.concerns(stop.functions)]


def _any(stop: Stop, parties: Collection[str]) -> bool:
    return any(party in parties for party in stop.on_behalf_of)

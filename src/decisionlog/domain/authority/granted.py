"""The delegations of what is asked about, at one point: which hold, from whom, and which bodies have theirs in words."""

from __future__ import annotations

from functools import cached_property

from decisionlog.domain.authority.giving import Given, Giver, given
from decisionlog.domain.authority.question import NOWHERE, Asked, Places
from decisionlog.domain.authority.stopping import is_over, stopped_wholly
from decisionlog.domain.authority.world import Grant, Seat, World

_CARRY_OUT = "execute"


class Granted:
    """All delegations that cover what is asked about by function or by matter; each is looked into once."""

    def __init__(self, world: World, asked: Asked) -> None:
        self._world = world
        self._asked = asked
        self._given: dict[str, Given] = {}

    @cached_property
    def all(self) -> list[Grant]:
        """Begun or not, stopped or not."""
        found = self._world.grants_of(self._asked.functions, tuple(self._asked.matters))
        return [grant for grant in found if self._asked.concerns(grant.functions, grant.matters)]

    @cached_property
    def to_decide(self) -> list[Given]:
        """Those that hold, for somebody at least, and give a decision."""
        return [self.given(grant) for grant in self._in_force if grant.kind != _CARRY_OUT]

    @cached_property
    def to_carry_out(self) -> list[Given]:
        """Those that hold and give nobody a decision."""
        return [self.given(grant) for grant in self._in_force if grant.kind == _CARRY_OUT]

    @cached_property
    def by_giver(self) -> dict[str, list[tuple[Given, Giver]]]:
        """Those that give a decision, by each from whom they are followed."""
        found: dict[str, list[tuple[Given, Giver]]] = {}
        for one in self.to_decide:
            for giver in one.givers:
                found.setdefault(giver.party, []).append((one, giver))
        return found

    def given(self, grant: Grant) -> Given:
        """A delegation with its givers and receivers."""
        if grant.reference not in self._given:
            self._given[grant.reference] = given(self._world, self._asked, grant)
        return self._given[grant.reference]

    def covers_somewhere(self, grant: Grant) -> bool:
        """Whether its places meet those asked about."""
        return self._asked.meet(self._asked.places, grant.places) != NOWHERE

    def says_in_words(self, seat: Seat, places: Places) -> bool:
        """Whether a parent gave a body this in a delegation, which then says within what limits."""
        grants = self._in_words.get((seat.parent, seat.body), ())
        return any(self._asked.meet(places, grant.places) != NOWHERE for grant in grants)

    @cached_property
    def _in_force(self) -> list[Grant]:
        return [
            grant
            for grant in self.all
            if grant.begun and self.covers_somewhere(grant) and not stopped_wholly(self._asked, grant)
        ]

    @cached_property
    def _in_words(self) -> dict[tuple[str, str], list[Grant]]:
        """Those that have begun and are not over, by giver and by whoever received alone."""
        found: dict[tuple[str, str], list[Grant]] = {}
        for grant in self.all:
            if not grant.begun or is_over(grant) or grant.kind == _CARRY_OUT or not self.covers_somewhere(grant):
                continue
            one = self.given(grant)
            for giver in one.givers:
                for receiver in one.receivers:
                    if len(receiver.parties) == 1:
                        found.setdefault((giver.party, receiver.parties[0]), []).append(grant)
        return found

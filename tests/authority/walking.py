"""From the duty down: the steps, and the chains that they make."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from tests.authority.shapes import ACTS_IN_ALL, Grant, Heir, Places, Step, Way, is_own, members, worst
from tests.authority.standing import effect
from tests.authority.trying import Trying


class Walking(Trying):
    """Every chain, by going every way that there is."""

    def __init__(self, *question: Any) -> None:
        super().__init__(*question)
        self.led_back: set[str] = set()
        self._only_sound = False

    # Who was reached, also at another moment

    def held_then(self, grant: Grant, original: str, *, own: bool) -> str:
        """Whether the giver had the power at the moment of the grant."""
        if self._only_sound and grant.granted_at == self.world.on:
            return "holds"  # only sound ways are being gone, so the giver has just been reached by one
        then = self.reading.at(grant.granted_at, self.asked._replace(amounts=()))
        if original == grant.terms.get("delegator", ""):
            original = grant.continued_by or original
        if original in then.powered:
            return "holds"
        if not any(True for _ in then.duties()) or (own and original not in then.reached):
            return "not-recorded"
        return "fails"

    @cached_property
    def powered(self) -> set[str]:
        """Everybody reached now from a duty by steps that do not fail."""
        return self._alone(self.ways(sound=True))

    @cached_property
    def reached(self) -> set[str]:
        """Everybody reached now from a duty, by failing steps too."""
        return self._alone(self.ways())

    @staticmethod
    def _alone(ways: list[Way]) -> set[str]:
        """Those who were reached by themselves, not jointly with others."""
        return {step.to for way in ways for step in way if step.to and isinstance(step.to, str)}

    # Steps

    def duties(self) -> Iterator[Step]:
        """Step 1: who has the duty."""
        for duty in self.world.duties(self.functions):
            way = self.meet(self.places, duty.data.get("places"))
            if way == ():
                continue
            holder = duty.data["holder"]
            for heir in self.heirs(holder, effect(duty.fact).first, way):
                tests = {}
                if "instrument" in duty.data:
                    tests["instrument"] = self.world.instrument(duty.data["instrument"])
                if heir.party.startswith("post:"):
                    tests["holder"] = self.holder(heir.party, "")
                yield Step(
                    "duty",
                    "",
                    heir.party,
                    f"{duty.fact['stream']}#{duty.fact['n']}",
                    duty.possible or heir.possible,
                    self.narrowed(self.places, heir.places),
                    tests,
                    heir.places,
                    duty.data,
                )

    def acting(self, party: str, places: Places) -> Iterator[Step]:
        """Step 2: the bodies that act for somebody."""
        for body in self.world.streams("body"):
            there = self.world.there(body)
            if there is None or self.world.is_forum(body):
                continue
            entries = self.world.entries(body)
            met = self.meet(places, self.world.body(body).get("places"))
            for entry in entries:
                if entry.data["parent"] != party or met == ():
                    continue
                functions = entry.data.get("functions")
                in_all = self.world.kind(body) in ACTS_IN_ALL and party.startswith("organisation:")
                in_all = in_all and functions is None
                if not in_all and (not self.has_function(functions or []) or self.in_words(party, body, places)):
                    continue
                tests = {}
                if "instrument" in entry.data:
                    tests["instrument"] = self.world.instrument(entry.data["instrument"])
                if self.world.kind(body) == "joint-committee" or len({one.data["parent"] for one in entries}) > 1:
                    tests["resolved"] = "holds" if "by_decision" in entry.data else "not-recorded"
                yield Step(
                    *("acts", party, body, body, entry.possible or there, self.narrowed(places, met)),
                    *(tests, met, entry.data),
                )

    def in_words(self, giver: str, body: str, places: Places) -> bool:
        """Whether a body was given it in words by a delegation, which goes before its entry."""
        for grant in self.grants:
            if grant.over or grant.terms.get("kind") == "execute" or not self.covers(grant.terms):
                continue
            met = self.meet(places, grant.terms.get("places"))
            by_giver = met != () and any(heir.party == giver for heir, _ in self.givers(grant, places))
            if by_giver and any(to == body for to, _, _ in self.receivers(grant, met)):
                return True
        return False

    def delegating(self, party: str, places: Places, way: Way) -> Iterator[Step]:
        """Step 3: the delegations from somebody."""
        for grant in self.covering:
            if grant.terms.get("kind") != "execute":
                for heir, original in self.givers(grant, self.places):
                    if heir.party == party and not self.stopped_on(grant, party, original, way):
                        yield from self._steps_of(grant, heir, original, places, way, own=is_own(way))

    def _steps_of(
        self, grant: Grant, heir: Heir, original: str, places: Places, way: Way, *, own: bool
    ) -> Iterator[Step]:
        here = self.meet(places, heir.places)
        met = () if here == () else self.meet(here, grant.terms.get("places"))
        if met == ():
            return
        above = next((step.grant for step in reversed(way) if step.grant), None)
        basis, instrument, maybe = self.rests_on(grant, heir.party)
        for to, where, possible in self.receivers(grant, met):
            tests = {
                "instrument": self.world.instrument(instrument),
                "delegator_held": self.held_then(grant, original, own=own),
                "basis": self.basis(basis, heir.party, to),
                "onward": self.onward(above, grant, members(to)),
                "reserved": self.reserved(grant.terms.get("reserved_matters")),
                "limit": self.limit(grant.terms.get("limits")),
                "conditions": self.condition(grant.conditions),
                "consulted": "to-be-read" if grant.terms.get("must_consult") else None,
                "delegate": worst([self.delegate(one) for one in members(to)] or ["not-recorded"]),
                "holder": worst(
                    self.holder(one, grant.terms.get("holders", "")) for one in members(to) if one.startswith("post:")
                ),
            }
            yield Step(
                *("delegation", heir.party, to, grant.reference, grant.possible or heir.possible or possible or maybe),
                *(self.narrowed(places, where), {name: test for name, test in tests.items() if test}, where),
                *({**grant.terms, "legal_basis": basis or ""}, grant, original),
            )

    # Chains

    def ways(self, *, sound: bool = False) -> list[Way]:
        """Every chain from a duty down; only as far as no step fails, if they are to be sound."""
        before, self._only_sound = self._only_sound, sound
        try:
            found = [way for duty in self.duties() for way in self.down((duty,), sound=sound)]
        finally:
            self._only_sound = before
        return found

    def down(self, way: Way, *, sound: bool) -> Iterator[Way]:
        """Step 4: from whoever was reached, until nobody gave it further."""
        last = way[-1]
        if sound and last.fails:
            if way[:-1]:
                yield way[:-1]
            return
        on_the_way = {one for step in way for one in (step.giver, step.to)}
        further = False
        for step in self.from_whom(last, way):
            if set(members(step.to)) and set(members(step.to)) <= on_the_way:
                self.led_back.add(step.reference)
                continue
            further = True
            yield from self.down((*way, step), sound=sound)
        if not further:
            yield way

    def from_whom(self, last: Step, way: Way) -> Iterator[Step]:
        """Nothing is followed from several jointly, from nobody, from who is not there, and from a forum as delegate."""
        if not isinstance(last.to, str) or not last.to or self.world.there(last.to) is None:
            return
        if last.kind != "delegation" or not self.world.is_forum(last.to):
            yield from self.acting(last.to, last.places)
            yield from self.delegating(last.to, last.places, way)

    def own_chains(self) -> list[Way]:
        """Chains that begin with a delegation whose givers nobody reached."""
        found: list[Way] = []
        for grant in self.covering:
            if grant.terms.get("kind") == "execute":
                continue
            givers = self.givers(grant, self.places)
            nameless = not grant.terms.get("delegator") and not grant.terms.get("on_behalf_of")
            if nameless and not givers:
                givers = [(Heir("", self.places, possible=False), "")]
            if any(heir.party in self.reached for heir, _ in givers):
                continue
            for heir, original in givers:
                if not self.stopped_on(grant, heir.party, original, ()):
                    for step in self._steps_of(grant, heir, original, self.places, (), own=True):
                        if step.to == heir.party and step.to:
                            self.led_back.add(step.reference)
                        else:
                            found += self.down((step,), sound=False)
        outlines = [tuple((step.kind, step.giver, step.to, step.reference) for step in way) for way in found]
        return [
            way
            for way, outline in zip(found, outlines, strict=True)
            if not any(len(other) > len(outline) and other[-len(outline) :] == outline for other in outlines)
        ]

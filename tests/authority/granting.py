"""Delegations as they stand: their terms, what stops them, from whom they are followed and to whom they go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from tests.authority.covering import Covering
from tests.authority.shapes import Grant, Heir, Party, Places, Way, members
from tests.authority.standing import effect, span
from tests.oracle import Fact


class Granting(Covering):
    """The delegations that cover what is asked about."""

    def __init__(self, *question: Any) -> None:
        super().__init__(*question)
        self.grants = [grant for stream in self.world.streams("delegation") if (grant := self.grant(stream))]
        self.covering = [grant for grant in self.grants if self.covers(grant.terms) and not self.stopped(grant)]

    def grant(self, stream: str) -> Grant | None:
        """A delegation that has begun and whose time is not up, with what stops it."""
        world = self.world
        facts = world.facts(stream, "delegation.granted")
        if not facts:
            return None
        terms: dict[str, Any] = {}
        stated = facts[0]
        inside = [False]
        later = [
            fact for fact in world.begun(stream, "delegation.granted", "delegation.varied") if fact is not facts[0]
        ]
        for fact in (facts[0], *later):
            given = dict(fact["data"])
            if fact["type"] == "delegation.varied":
                for name in ("from", "legal_basis", "instrument", "clause", "by_decision"):
                    given.pop(name, None)
                inside.append(world.on < effect(fact).last)
            struck = given.pop("struck", [])
            if "conditions" in given or "conditions" in struck:
                stated = fact
            terms |= given
            for name in struck:
                terms.pop(name, None)
        ends = [span(terms["until"])] if "until" in terms else []
        possible = world.within(effect(facts[0]), ends)
        if possible is None:
            return None
        stops, over, maybe = self.stops(stream)
        continuations = [one for fact in world.facts(stream, "delegation.continued") if (one := world.held(fact))]
        return Grant(
            stream,
            effect(facts[0]).first,
            possible or maybe or any(inside),
            terms,
            tuple(stops),
            over,
            tuple(one for one in continuations if not one.data.get("continued_into")),
            self.conditions(stream, stated, terms.get("conditions", [])),
        )

    def stops(self, stream: str) -> tuple[list[tuple[frozenset[str], frozenset[str]]], bool, bool]:
        """What stops a delegation now, whether it is over by that, and whether something may have stopped it."""
        world, found, maybe = self.world, [], False
        for fact in world.facts(stream, "delegation.revoked", "delegation.lapsed", "delegation.continued"):
            if fact["type"] == "delegation.continued" and not fact["data"].get("continued_into"):
                continue
            begins = effect(fact)
            if begins.last <= world.on:
                found.append((frozenset(fact["data"].get("on_behalf_of", [])), frozenset[str]()))
            maybe = maybe or begins.first <= world.on < begins.last
        over = any(not who for who, _ in found)
        for fact in world.facts(stream, "delegation.suspended"):
            held = world.held(fact, *world.naming(fact, "delegation.resumed"))
            if held and effect(fact).last <= world.on:
                functions = frozenset(scope["function"] for scope in fact["data"].get("scope", []))
                found.append((frozenset(fact["data"].get("on_behalf_of", [])), functions))
            maybe = maybe or bool(held and effect(fact).first <= world.on < effect(fact).last)
        return found, over, maybe

    def conditions(self, stream: str, stated: Fact, conditions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        """How each condition stands, with its kind: `precedent discharged`."""
        found = {one["id"]: f"{one.get('kind', '')} stated" for one in conditions}
        kinds = {one["id"]: one.get("kind", "") for one in conditions}
        types = [f"condition.{state}" for state in ("accepted", "refused", "discharged", "failed", "waived")]
        for fact in self.world.begun(stream, *types):
            name = fact["data"]["condition"]
            if name in found and fact.get("of", {"n": stated["n"]})["n"] == stated["n"]:
                found[name] = f"{kinds[name]} {fact['type'].partition('.')[2]}"
        return found

    def bites(self, grant: Grant) -> list[frozenset[str]]:
        """On whose behalf each stop was made that touches what is asked about."""
        return [who for who, functions in grant.stops if not functions or self.has_function(functions)]

    def stopped(self, grant: Grant) -> bool:
        """Stopped for everybody."""
        return any(not who for who in self.bites(grant))

    def stopped_on(self, grant: Grant, giver: str, original: str, way: Way) -> bool:
        """Stopped on behalf of some: on a way, of the giver or of somebody before it; on none, of whom it acts for."""
        named = {who for some in self.bites(grant) for who in some}
        if named & {giver, original, *(one for step in way for one in (step.giver, *members(step.to)))}:
            return True
        return not (way and way[0].kind == "duty") and any(
            self._all_among(grant, one, named) for one in (giver, original)
        )

    def _all_among(self, grant: Grant, giver: str, named: set[str]) -> bool:
        """Whether all are among these for whom a giver acts: those of them whom the delegation names, if it names any."""
        acts_for = set(self.world.acts_for(giver)) if giver else set()
        acts_for = acts_for & set(grant.terms.get("on_behalf_of", ())) or acts_for
        return bool(acts_for) and acts_for <= named

    # Givers and receivers of a delegation

    def givers(self, grant: Grant, way: Places) -> list[tuple[Heir, str]]:
        """From whom a delegation is followed, each once, with who it was that gave it."""
        terms = grant.terms
        found: list[tuple[Heir, str]] = []
        delegator = terms.get("delegator", "")
        named = [one for one in grant.continuations if one.data.get("delegator")]
        current = named[-1].data["delegator"] if named else delegator
        if named:
            found.append((Heir(current, way, named[-1].possible), delegator))
        elif delegator:
            found += self._followed(grant, delegator, way)
        acts_for = self.world.acts_for(delegator) if delegator else []
        for one in terms.get("on_behalf_of", []):
            if one not in (delegator, *acts_for):
                found += self._followed(grant, one, way)
        return list({(heir.party, heir.places): (heir, giver) for heir, giver in reversed(found)}.values())[::-1]

    def _followed(self, grant: Grant, giver: str, way: Places) -> Iterator[tuple[Heir, str]]:
        for heir in self.heirs(giver, grant.granted_at, way):
            by = self.outlived(grant, heir)
            if by is not None:
                yield replace(heir, possible=heir.possible or by), giver

    def outlived(self, grant: Grant, heir: Heir) -> bool | None:
        """Whether it is only possible that a delegation outlived its party, for this successor; none: nothing says so."""
        if not heir.said or set(heir.said) == {"treated-as-done-by-successor"}:
            return False
        says = [
            one.possible
            for one in grant.continuations
            if heir.party in one.data.get("parties", ()) or not (one.data.get("delegator") or one.data.get("parties"))
        ]
        return min(says) if says else None

    def rests_on(self, grant: Grant, giver: str) -> tuple[str | None, str, bool]:
        """The legal basis and the instrument of a step from this giver, and whether that is so only possibly."""
        basis, instrument = grant.terms.get("legal_basis"), grant.terms.get("instrument", "")
        maybe = {"basis": False, "instrument": False}
        for one in grant.continuations:
            named = [*one.data.get("parties", ()), *([one.data["delegator"]] if "delegator" in one.data else [])]
            if named and giver not in named and not set(named) & set(self.world.acts_for(giver) if giver else ()):
                continue
            if "legal_basis" in one.data:
                basis, maybe["basis"] = one.data["legal_basis"], one.possible
            if "instrument" in one.data:
                instrument, maybe["instrument"] = one.data["instrument"], one.possible
        return basis, instrument, any(maybe.values())

    def did_not_outlive(self, grant: Grant) -> bool:
        """Nothing says that it outlived whoever gave it, and nobody is left of them."""
        if self.givers(grant, self.places):
            return False
        delegator = grant.terms.get("delegator", "")
        acts_for = self.world.acts_for(delegator) if delegator else []
        named = [delegator, *(one for one in grant.terms.get("on_behalf_of", []) if one not in acts_for)]
        for one in named:
            heirs = self.heirs(one, grant.granted_at, self.places, named=True) if one else []
            taken = [heir for heir in heirs if heir.said]
            if one and not (taken and all("not-continued" in heir.said for heir in taken)):
                return True
        return False

    def receivers(self, grant: Grant, way: Places) -> list[tuple[Party, Places, bool]]:
        """To whom a delegation goes: each of them, or all jointly; where; and whether who they are is only possible."""
        delegates = grant.terms.get("delegates", [])
        named = [one for one in grant.continuations if one.data.get("delegates")]
        if named:
            heirs = [Heir(one, way, named[-1].possible) for one in named[-1].data["delegates"]]
        else:
            heirs = [heir for one in delegates for heir in self._replaced(grant, one, way)]
        together = tuple(sorted({heir.party for heir in heirs}))
        several = len(named[-1].data["delegates"] if named else delegates) > 1
        if grant.terms.get("exercise") == "jointly" and several and len(together) > 1:
            return [(together, way, any(heir.possible for heir in heirs))]
        return [(heir.party, heir.places, heir.possible) for heir in heirs] or [("", way, False)]

    def _replaced(self, grant: Grant, delegate: str, way: Places) -> list[Heir]:
        """Those who came after a delegate, where something says so; else itself."""
        found = []
        for heir in self.heirs(delegate, grant.granted_at, way, named=True):
            by = self.outlived(grant, heir)
            if by is not None:
                found.append(replace(heir, possible=heir.possible or by))
        return found or [Heir(delegate, way, possible=False)]

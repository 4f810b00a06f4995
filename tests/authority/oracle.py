"""Who was accountable, who could decide and who holds, worked out by brute force from the stored JSON lines alone.

It goes through docs/authority.md rule by rule, for one question at one point, and reads everything each time.
An answer is plain data, so that it can be compared with what the program says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.authority.shapes import Answer, Asked, Grant, Law, Party, Way, members, sound
from tests.authority.standing import Known
from tests.authority.walking import Walking
from tests.oracle import Fact, Point


def accountable(facts: list[Fact], point: Point, asked: Asked, law: Law) -> Answer:
    """The whole answer at one point of both times."""
    return Reading(Known(facts, point), law).at(point.on, asked).answer()


def holders(facts: list[Fact], point: Point, stream: str) -> frozenset[tuple[Any, ...]]:
    """Who holds a post or sits on a body: who, how, for whom, and whether only possibly."""
    return frozenset(
        (
            one.data.get("person") or one.data.get("member"),
            one.data.get("basis") or one.data.get("role") or "",
            tuple(one.data.get("on_behalf_of", ())),
            one.possible,
        )
        for one in Known(facts, point).at(point.on).holders(stream)
    )


class Reading:
    """What is known, and what the law says: asked at several moments."""

    def __init__(self, known: Known, law: Law) -> None:
        self.known, self.law = known, law
        self._walks: dict[tuple[int, str], Question] = {}

    def at(self, moment: int, asked: Asked) -> Question:
        """The same question at a moment."""
        key = (moment, repr(asked))
        if key not in self._walks:
            self._walks[key] = Question(self, self.known.at(moment), asked)
        return self._walks[key]


class Question(Walking):
    """One question at one moment, answered."""

    def answer(self) -> Answer:
        """Everything, classified."""
        own = self.own_chains()
        ways = [*self.ways(), *own]
        could: dict[Party, frozenset[str]] = {}
        exclusive = {
            step.giver
            for way in ways
            for step in sound(way)
            if step.kind == "delegation" and step.data.get("exclusivity") == "exclusive" and step.to and not step.part
        }
        deciding = set()
        for way in ways:
            having = [step.to for step in sound(way) if step.to and step.to not in exclusive]
            could |= {one: self.people(one) for one in having}
            deciding |= set(having[-1:])
        findings = self.findings(ways, own)
        return Answer(
            self.classification(ways, could, findings),
            self.roles(ways, frozenset(deciding), frozenset(exclusive)),
            frozenset(tuple(step.plain() for step in way) for way in ways),
            could,
            findings,
        )

    def people(self, party: Party) -> frozenset[str]:
        """Who holds a post."""
        posts = [one for one in members(party) if one.startswith("post:")]
        return frozenset(one.data["person"] for post in posts for one in self.world.holders(post))

    def findings(self, ways: list[Way], own: list[Way]) -> frozenset[tuple[str, str]]:
        """What is irregular, each by its name and what it is about."""
        steps = [step for way in ways for step in way]
        return frozenset(
            {
                ("fails", f"{step.reference.partition('#')[0]}#{name}")
                for step in steps
                for name, one in step.tests.items()
                if one == "fails"
            }
            | {("onward-not-recorded", step.reference) for step in steps if step.tests.get("onward") == "not-recorded"}
            | {("not-resolved", step.reference) for step in steps if step.tests.get("resolved") == "not-recorded"}
            | {("own-chain", way[0].reference) for way in own}
            | {("leads-back", one) for one in self.led_back}
            | {
                ("did-not-outlive", grant.reference)
                for grant in self.covering
                if grant.terms.get("kind") != "execute" and self.did_not_outlive(grant)
            }
        )

    def classification(self, ways: list[Way], could: Mapping[Party, Any], findings: frozenset[tuple[str, str]]) -> str:
        """The first that is so."""
        if not any(way[0].kind == "duty" for way in ways):
            return "gap"
        if self.contested(ways):
            return "contested"
        able = {one.partition(":")[0] for party in could for one in members(party)}
        if not able & {"body", "post", "person"} and self.forum_deals(ways):
            return "dormant"
        return "complete-with-findings" if findings else "complete"

    def contested(self, ways: list[Way]) -> bool:
        """Two exclusive delegations of one giver, or facts about the duty that contradict each other."""
        steps = [
            step
            for way in ways
            for step in way
            if step.kind == "delegation" and step.data.get("exclusivity") == "exclusive"
        ]
        for one in steps:
            for other in steps:
                if one.giver == other.giver and one.reference != other.reference:
                    differ = self._to(one.grant) != self._to(other.grant)
                    if differ and self.meet(tuple(one.data.get("places", ())) or None, other.data.get("places")) != ():
                        return True
        return any(self.disputed(function) for function in self.functions)

    def _to(self, grant: Grant | None) -> set[str]:
        assert grant is not None
        return {one for to, _, _ in self.receivers(grant, self.places) for one in members(to)}

    def disputed(self, function: str) -> bool:
        """Whether a placing that covers and has begun is contradicted, or its ending said in two ways."""
        for placing in self.world.begun(function, "function.duty_placed"):
            if self.meet(self.places, placing["data"].get("places")) == ():
                continue
            endings = self.world.naming(placing, "function.duty_ended")
            if any((one.get("on"), one["data"]) != (endings[0].get("on"), endings[0]["data"]) for one in endings):
                return True
            if any(self.world.naming(fact, "record.contradicted") for fact in (placing, *endings)):
                return True
        return False

    def forum_deals(self, ways: list[Way]) -> bool:
        """Whether a body that can only talk has the function, or is at the place."""
        given = {one for way in ways for step in way if step.kind == "delegation" for one in members(step.to)}
        for body in self.world.streams("body"):
            if self.world.is_forum(body) and self.world.there(body) is not None:
                places = self.world.body(body).get("places", [])
                by_parent = any(self.has_function(one.data.get("functions", [])) for one in self.world.entries(body))
                if self.meet(self.places, places) != () and (
                    by_parent or set(self.asked.places) & set(places) or body in given
                ):
                    return True
        return False

    # The roles

    def roles(
        self, ways: list[Way], deciding: frozenset[Party], exclusive: frozenset[str]
    ) -> dict[str, frozenset[Party]]:
        """The eight roles, each with whom the facts name."""
        world, law = self.world, self.reading.law
        steps = [step for way in ways for step in way]
        duties = [step for step in steps if step.kind == "duty"]
        bodies = {
            one for step in steps for to in (step.giver, step.to) for one in members(to) if one.startswith("body:")
        }
        funds = [one for one in world.funds() if self.covers_all(one.data)]
        actions = [one for one in world.open_actions() if self.covers_all(one)]
        executing = [
            to
            for grant in self.covering
            if grant.terms.get("kind") == "execute"
            for to, _, _ in self.receivers(grant, self.meet(self.places, grant.terms.get("places")))
        ]
        delegations = [step for step in steps if step.kind == "delegation"]
        reports = [one.get("to") for each in (*delegations, *funds) for one in each.data.get("reporting", [])]
        answerable = [
            relation.get("to")
            for step in duties
            for relation in world.relations(str(step.to))
            if relation.get("relation") == "answerable-to"
            and (not relation.get("functions") or self.has_function(relation["functions"]))
            and self.meet(step.places, relation.get("places")) != ()
        ]
        agreements = [
            stream
            for stream in world.streams("instrument")
            if (one := world.instrument_held(stream))
            and one.data.get("kind") in law.without_force
            and self.covers_all(one.data)
        ]
        found: dict[str, Iterable[Party | None]] = {
            "duty_holders": [step.to for step in duties],
            "answerable_to": [
                *answerable,
                *(word for step in duties for word in law.answerable.get(world.kind(str(step.to)), ())),
            ],
            "decision_makers": deciding,
            "liability": [one for way in ways if way[0].kind == "duty" for one in self.liable(way, exclusive)],
            "delivery": [
                *executing,
                *(world.body(one).get("host") for one in bodies),
                *(one.data.get(name) for one in funds for name in ("host", "manager")),
                *(one.get("owner") or one.get("organisation") for one in actions),
            ],
            "consulted": [
                *(one for step in (*duties, *delegations) for one in step.data.get("must_consult", [])),
                *(one for body in bodies for one in world.terms(body).get("must_consult", [])),
            ],
            "commitments": [
                *(one for stream in agreements for one in world.parties(stream)),
                *(one.get("organisation") or one.get("owner") for one in actions if one.get("to")),
            ],
            "oversight": [*reports, *(one for body in bodies for one in world.terms(body).get("reports_to", []))],
        }
        return {role: frozenset(one for one in who if one) for role, who in found.items()}

    def liable(self, way: Way, exclusive: frozenset[str]) -> list[str]:
        """The duty-holder, unless the law moves it with a step down to the last who has the power.

        Then whoever received, or whom it acts for.
        """
        liable = [str(way[0].to)]
        steps = sound(way)
        while steps and (not steps[-1].to or steps[-1].to in exclusive):
            steps.pop()
        for step in steps[1:]:
            entry = self.reading.law.bases.get(step.data.get("legal_basis", ""))
            if entry and entry["moves"] and step.to:
                liable = []
                for one in members(step.to):
                    acts_for = [each for each in self.world.acts_for(one) if each.startswith("organisation:")]
                    liable += [one] if one.startswith("organisation:") else acts_for or [one]
        return liable

"""From the duty down: every way by which somebody came to a power, step by step, with the tests of each step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from decisionlog.domain.authority import testing
from decisionlog.domain.authority.continuing import as_continued
from decisionlog.domain.authority.giving import Given, Giver, Receiver, receivers_in
from decisionlog.domain.authority.granted import Granted
from decisionlog.domain.authority.outcomes import Outcome, Test
from decisionlog.domain.authority.parties import acts_by, acts_in_everything, is_forum
from decisionlog.domain.authority.question import EVERYWHERE, NOWHERE, Asked, Places, Question
from decisionlog.domain.authority.steps import Finding, Step, Way
from decisionlog.domain.authority.stopping import stopped, stopped_for
from decisionlog.domain.authority.succeeding import Heir, heirs
from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.world import Duty, Grant, World
from decisionlog.domain.references import split

MOST: Final = 1_000
"""Ways that are followed. Beyond them the answer says that there are more."""
_MOST_OF_ANOTHER_MOMENT: Final = 100
"""Ways that are followed of another moment, of which only who was reached is asked; beyond them each place is passed once."""
_STEPS_OF_A_WAY: Final = 4
"""How many steps a way is taken to have, where steps are counted and not ways."""


class Walk:
    """All the ways at one moment, as known at one point. Other moments are other walks, kept once they were made."""

    def __init__(
        self, world: World, question: Question, table: Table, made: dict[int, Walk] | None = None, most: int = MOST
    ) -> None:
        self.world = world
        self.question = question
        self.table = table
        self.asked = Asked(world, question)
        self.granted = Granted(world, self.asked)
        self.findings: dict[tuple[str, str, str], Finding] = {}
        self.left_out = False
        self._is_asked_by_another = made is not None
        self._made = {} if made is None else made
        self._held: dict[str, tuple[int, ...]] = {}
        self._known_tests: dict[tuple[object, ...], tuple[Test, ...]] = {}
        self._most = most

    @cached_property
    def duties(self) -> list[tuple[Duty, Heir]]:
        """Who has the duty, each with the placing and the successions by which it came to them."""
        functions = self.asked.functions
        found = []
        for duty in self.world.duties(functions) if functions else ():
            places = self.asked.meet(self.asked.places, duty.places)
            if places != NOWHERE:
                found += [(duty, heir) for heir in heirs(self.world, self.asked, duty.holder, duty.placed_at, places)]
        return found

    @cached_property
    def from_duties(self) -> tuple[Way, ...]:
        """The longest ways from a duty downwards."""
        return tuple(self._limited(way for duty, heir in self.duties for way in self._down(self._duty(duty, heir))))

    @cached_property
    def of_their_own(self) -> tuple[Way, ...]:
        """The ways that begin with a giver whose own power is not recorded; without those that end another such way."""
        ways = []
        for one in self.granted.to_decide:
            if one.did_not_outlive:
                self._find("did-not-outlive", one.grant.reference, one.grant.evidence)
            elif not any(giver.party in self.reached for giver in one.givers):
                ways += [way for giver in one.givers for way in self._from_itself(one, giver)]
        ways = list(self._limited(ways))
        return tuple(way for way in ways if not any(_ends(other, way) for other in ways))

    @cached_property
    def reached(self) -> frozenset[str]:
        """Everybody who is reached from a duty, also by steps that fail."""
        ways = self.from_duties
        every = self._each_once() if self.left_out else (step for way in ways for step in way.steps)
        return frozenset(step.receiver for step in every if step.receiver)

    def held_by(self, party: str) -> tuple[int, ...] | None:
        """The facts of the last step by which somebody is reached from a duty, and none fails; none, where nobody is so.

        Ways are followed until that is known, and no further.
        """
        while party not in self._held:
            step = next(self._sound_steps, None)
            if step is None:
                return None
            self._held.setdefault(step.receiver, step.evidence)
        return self._held[party]

    @cached_property
    def _sound_steps(self) -> Iterator[Step]:
        """The last steps of ways on which none fails, in the order in which they are followed."""
        waiting = (self._duty(duty, heir) for duty, heir in self.duties)
        for number, way in enumerate(one for begun in waiting for one in self._soundly(begun)):
            if number >= self._most * _STEPS_OF_A_WAY:
                yield from (step for step in self._each_once(soundly=True) if step.receiver)
                return
            if way.last:
                yield way.steps[-1]

    def _soundly(self, way: Way) -> Iterator[Way]:
        """A way, and whatever goes on from it, as far as no step fails."""
        if way.sound:
            yield way
            for step in self._steps_from(way):
                yield from self._soundly(way.on(step))

    def _each_once(self, *, soundly: bool = False) -> Iterator[Step]:
        """The same where there are too many ways to follow: each party once for the places of its way."""
        passed = set()
        waiting = [self._duty(duty, heir) for duty, heir in self.duties]
        while waiting:
            way = waiting.pop()
            here = (way.last, way.places, way.sound)
            if way.last and here not in passed and (way.sound or not soundly):
                passed.add(here)
                yield way.steps[-1]
                waiting += [way.on(step) for step in self._steps_from(way)]

    def at(self, moment: int) -> Walk:
        """The same question, without an amount, at another moment."""
        if moment not in self._made:
            question = self.question.at(moment)
            self._made[moment] = Walk(self.world.at(moment), question, self.table, self._made, _MOST_OF_ANOTHER_MOMENT)
        return self._made[moment]

    # The ways

    def _limited(self, ways: Iterator[Way] | list[Way]) -> Iterator[Way]:
        for number, way in enumerate(ways):
            if number >= self._most:
                self.left_out = True
                return
            yield way

    def _duty(self, duty: Duty, heir: Heir) -> Way:
        tests = [testing.instrument(self.world, duty.instrument)] if duty.instrument else []
        tests += [testing.somebody_holds(self.world, heir.party)] if split(heir.party)[0] == "post" else []
        step = Step(
            kind="duty",
            giver="",
            receivers=(heir.party,),
            reference=duty.function,
            by=duty,
            places=heir.places,
            part=self.asked.narrows(self.asked.places, heir.places),
            possible=duty.possible or heir.possible,
            tests=tuple(tests),
            evidence=(*duty.evidence, *(at for one in heir.via for at in one.evidence)),
            via=heir.via,
        )
        return Way.of(step)

    def _down(self, way: Way) -> Iterator[Way]:
        """The longest ways that begin with this one."""
        ends = True
        for step in self._steps_from(way):
            ends = False
            yield from self._down(way.on(step))
        if ends:
            yield way

    def _steps_from(self, way: Way) -> Iterator[Step]:
        party = way.last
        if not party or not self.world.party(party).exists:
            return
        if way.steps[-1].kind == "delegation" and is_forum(self.world, party):
            return
        yield from self._acting(way, party)
        for one, giver in self.granted.by_giver.get(party, ()):
            yield from self._delegated(way, one, giver)

    def _acting(self, way: Way, party: str) -> Iterator[Step]:
        for seat in self.world.bodies_of(party):
            body = self.world.party(seat.body)
            places = self.asked.meet(way.places, body.places)
            if places == NOWHERE or not acts_by(self.world, seat, self.asked):
                continue
            if not acts_in_everything(self.world, seat) and self.granted.says_in_words(seat, way.places):
                continue
            if seat.body in way.parties:
                self._find("leads-back", seat.body, seat.evidence, party=party)
                continue
            tests = [testing.instrument(self.world, seat.instrument)] if seat.instrument else []
            resolved = testing.resolved(self.world, seat)
            tests += [resolved] if resolved else []
            yield Step(
                kind="acts",
                giver=party,
                receivers=(seat.body,),
                reference=seat.body,
                by=seat,
                places=places,
                part=self.asked.narrows(way.places, places),
                possible=seat.possible or body.possible,
                tests=tuple(tests),
                evidence=seat.evidence,
            )

    def _delegated(self, way: Way, one: Given, giver: Giver) -> Iterator[Step]:
        if stopped(self.asked, one.grant, way.parties | {giver.original}):
            return
        if way.own and stopped_for(self.world, self.asked, one.grant, {giver.party, giver.original}):
            return
        places = self.asked.narrowed(self.asked.meet(way.places, one.grant.places), giver.places)
        for receiver in self._receivers(one, places):
            there = places if receiver.places is EVERYWHERE else receiver.places
            if receiver.parties and way.parties.issuperset(receiver.parties):
                self._find("leads-back", one.grant.reference, one.grant.evidence, party=giver.party)
                continue
            yield self._delegation(way, one.grant, giver, receiver, there)

    def _receivers(self, one: Given, places: Places) -> tuple[Receiver, ...]:
        """To whom a delegation goes in the places of a way."""
        if places == NOWHERE:
            return ()
        if not one.passed_on or places == self.asked.places:
            return one.receivers
        return receivers_in(self.world, self.asked, one.grant, places)

    def _from_itself(self, one: Given, giver: Giver) -> Iterator[Way]:
        """The ways of a delegation whose giver was not reached from a duty."""
        if stopped_for(self.world, self.asked, one.grant, {giver.party, giver.original}):
            return
        places = self.asked.narrowed(self.asked.meet(self.asked.places, one.grant.places), giver.places)
        for receiver in self._receivers(one, places):
            there = places if receiver.places is EVERYWHERE else receiver.places
            if giver.party in receiver.parties and len(receiver.parties) == 1:
                self._find("leads-back", one.grant.reference, one.grant.evidence, party=giver.party)
                continue
            step = self._delegation(None, one.grant, giver, receiver, there)
            yield from self._down(Way.of(step, giver.party))

    def _delegation(self, way: Way | None, granted: Grant, giver: Giver, receiver: Receiver, places: Places) -> Step:
        grant = as_continued(self.world, granted, giver.party)
        return Step(
            kind="delegation",
            giver=giver.party,
            receivers=receiver.parties,
            reference=grant.reference,
            by=grant,
            places=places,
            part=self.asked.narrows(way.places if way else self.asked.places, places),
            possible=grant.possible or giver.possible or receiver.possible,
            tests=self._tests(way, grant, giver, receiver),
            evidence=tuple(dict.fromkeys((*grant.evidence, *giver.evidence, *receiver.evidence))),
            via=giver.via,
        )

    def _tests(self, way: Way | None, grant: Grant, giver: Giver, receiver: Receiver) -> tuple[Test, ...]:
        """The tests of a delegation; of several ways that only come from elsewhere, made once."""
        above = way.nearest_grant if way else None
        beginning = (way is None or way.own, way is not None and way.sound, above.reference if above else "")
        known_as = (grant.reference, giver.party, giver.original, receiver.parties, *beginning)
        if known_as not in self._known_tests:
            self._known_tests[known_as] = tuple(self._tested(way, grant, giver, receiver))
        return self._known_tests[known_as]

    def _tested(self, way: Way | None, grant: Grant, giver: Giver, receiver: Receiver) -> Iterator[Test]:
        parties = receiver.parties
        every = (
            testing.instrument(self.world, grant.instrument),
            self._delegator_held(way, grant, giver),
            testing.basis(self.world, self.question, self.table, grant, giver.party, parties),
            testing.onward(self.world, self.table, grant, way.nearest_grant if way else None),
            testing.reserved(grant),
            testing.limit(self.question, grant),
            testing.conditions(grant),
            testing.consulted(grant),
            testing.delegate(self.world, parties),
            testing.holder(self.world, parties, grant.holders),
        )
        return (test for test in every if test)

    def _delegator_held(self, way: Way | None, grant: Grant, giver: Giver) -> Test:
        """Whether the giver had the power at the moment of the grant.

        A walk that is asked this for another looks, at its very moment, at the way alone: else it would ask itself.
        """
        own = way is None or way.own
        if self._is_asked_by_another and grant.granted_at >= self.question.moment:
            return Test("delegator_held", Outcome.HOLDS if way and way.sound else Outcome.FAILS)
        then = self.at(grant.granted_at)
        if not then.duties:
            return Test("delegator_held", Outcome.NOT_RECORDED, ("nobody is recorded with the duty at that time",))
        gave = _giver_then(then, grant, giver)
        evidence = then.held_by(gave)
        if evidence is not None:
            return Test("delegator_held", Outcome.HOLDS, evidence=evidence)
        if own and gave not in then.reached:
            return Test("delegator_held", Outcome.NOT_RECORDED, ("the giver's own power is not recorded",))
        return Test("delegator_held", Outcome.FAILS, ("the giver did not have it when it was granted",))

    def _find(self, code: str, subject: str, evidence: tuple[int, ...], party: str = "") -> None:
        self.findings.setdefault((code, subject, party), Finding(code, subject, evidence, party=party))


def _giver_then(then: Walk, grant: Grant, giver: Giver) -> str:
    """Who gave it at its beginning: whom a continuation that was in force already names, else who is recorded."""
    if giver.original != grant.delegator:
        return giver.original
    stood = (one for one in then.world.grants([grant.reference]) if then.asked.concerns(one.functions, one.matters))
    named = (one.delegator for grant in stood for one in reversed(grant.continuations) if one.delegator)
    return next(named, giver.original)


def _ends(longer: Way, way: Way) -> bool:
    """Whether a way is the end of a longer one."""
    at = len(longer.steps) - len(way.steps)
    return at > 0 and [_same(step) for step in longer.steps[at:]] == [_same(step) for step in way.steps]


def _same(step: Step) -> tuple[str, str, tuple[str, ...], str]:
    return step.kind, step.giver, step.receivers, step.reference

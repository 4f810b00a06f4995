"""One row of the map: what the walk says of one function at one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from decisionlog.domain.answers.functions_map import Decider, DutyHolder, MapRow
from decisionlog.domain.authority.limits import lowest
from decisionlog.domain.authority.parties import organisations_of
from decisionlog.domain.authority.power import empowered, gave_it_away
from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.resolving import resolved
from decisionlog.domain.authority.steps import Resolution, Step
from decisionlog.domain.authority.table import Table
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.authority.world import Grant, World
from decisionlog.domain.references import split
from decisionlog.domain.saying import Named, Said, joined
from decisionlog.questions.accountable.irregular import irregular
from decisionlog.questions.accountable.who_accountable import evidence_of
from decisionlog.questions.accountable.wording import Wording, Written
from decisionlog.questions.functions_map.reviews import Reviews
from decisionlog.questions.functions_map.where import Ground
from decisionlog.questions.point import Point
from decisionlog.questions.viewing import Viewing

_KnownAs = tuple[tuple[str, ...], str]
"""Who has a power, and by what."""


class Survey:
    """The walks of one map: one world at one point of both times, kept for all of them."""

    def __init__(self, viewing: Viewing, world: World, ground: Ground, table: Table) -> None:
        self._viewing = viewing
        self._world = world
        self._ground = ground
        self._table = table
        self._point: Point = viewing.point
        self._zone = viewing.log.zone
        self._reviews = Reviews(viewing, world)

    def of(self, function: str, at: str = "") -> list[MapRow]:
        """A row for each place worth one, without those that only repeat what they lie within."""
        kept: list[MapRow] = []
        for place in self._ground.candidates(function, at):
            row = self.row(function, place)
            around = self._ground.around(place)
            wider = next((one for there in around for one in kept if one.place == there), None)
            if wider is None or _gist(row) != _gist(wider):
                kept.append(row)
        return kept

    def row(self, function: str, place: str) -> MapRow:
        """What is so of a function at a place."""
        question = Question((function,), (place,) if place else (), (), (), self._point.as_of.on, self._zone)
        walk = Walk(self._world, question, self._table)
        answer = resolved(walk)
        deciders, besides = self._empowered(walk, answer)
        return MapRow(
            function=function,
            above=self._ground.above(function),
            place=place,
            level=self._ground.level(place),
            classification=answer.classification,
            duty_holders=tuple(_duty_holders(walk)),
            deciders=tuple(deciders),
            besides=tuple(one for one in besides if any(split(party)[0] != "organisation" for party in one.party)),
            forums=answer.forums,
            review=self._reviews.first(step for way in answer.chains for step in way.sound_steps),
            findings=irregular(walk, answer),
            remarks=tuple(self._remarks(function, answer)),
            evidence=evidence_of(answer),
            on_the_way=_on_the_way(answer),
        )

    def _empowered(self, walk: Walk, answer: Resolution) -> tuple[list[Decider], list[Decider]]:
        """Who stands last on each chain, and who above them passed the power on; once for each thing by which it is so.

        Where the last has it in a part of the places only, so does the last who has it for all of them.
        """
        without = gave_it_away(answer.chains)
        last: dict[_KnownAs, list[list[Step]]] = {}
        above: dict[_KnownAs, list[list[Step]]] = {}
        for way in answer.chains:
            steps = empowered(way, without)
            whole = [step for step in steps if not walk.asked.narrows(walk.asked.places, step.places)]
            lasts = {id(one[-1]) for one in (steps, whole) if one}
            for step in steps:
                down = list(way.steps[: way.steps.index(step) + 1])
                ways = (last if id(step) in lasts else above).setdefault((step.receivers, step.reference), [])
                if all(down != other for other in ways):
                    ways.append(down)
        for known_as in last:
            above.pop(known_as, None)
        return [self._decider(walk, *one) for one in last.items()], [self._decider(walk, *one) for one in above.items()]

    def _decider(self, walk: Walk, known_as: _KnownAs, ways: Sequence[list[Step]]) -> Decider:
        party, reference = known_as
        last = ways[0][-1]
        bound = [way[0].receivers[0] for way in ways if way[0].kind == "duty"]
        acts_for = [one for each in party for one in organisations_of(self._world, each)]
        holders = [one.member for each in party if split(each)[0] == "post" for one in self._world.holders(each)]
        return Decider(
            party=party,
            people=tuple(dict.fromkeys(holders)),
            on_behalf_of=tuple(dict.fromkeys(bound)),
            acts_for=tuple(dict.fromkeys(acts_for)),
            kind=last.kind,
            reference=reference,
            legal_basis=last.by.legal_basis,
            limits=_limits(ways),
            includes=_common(written.includes for written in self._written(walk, ways)),
            excludes=_common(written.excludes for written in self._written(walk, ways)),
            until=_until(ways),
            possible=all(any(step.possible for step in way) for way in ways),
            places=_narrower(walk, [way[-1] for way in ways]),
            rests_on=tuple(dict.fromkeys(one for way in ways for step in way for one in _passed(step) if one)),
            evidence=tuple(sorted({at for way in ways for at in way[-1].evidence})),
        )

    def _written(self, walk: Walk, ways: Iterable[Sequence[Step]]) -> Iterator[Written]:
        """What is written of the function in the delegations on each way."""
        wording = Wording(self._viewing, self._world, walk.asked.functions)
        for way in ways:
            each = [wording.of_delegation(step.reference) for step in way if step.kind == "delegation"]
            yield Written(
                tuple(dict.fromkeys(words for one in each for words in one.includes)),
                tuple(dict.fromkeys(words for one in each for words in one.excludes)),
            )

    def _remarks(self, function: str, answer: Resolution) -> Iterator[Said]:
        if answer.classification == "gap":
            held = [(Named(one),) for one in self._ground.below(function) if self._world.duties([one])]
            if held:
                yield ("Of what is a part of it somebody has the duty: ", *joined(held), ".")
        if answer.left_out:
            yield ("There are more chains than are followed.",)


def _gist(row: MapRow) -> tuple[object, ...]:
    """What makes a row worth showing beside that of the place around it: not what is so in a part of it only."""
    deciders = frozenset((one.party, one.reference) for one in row.deciders if not one.places)
    duties = frozenset((one.party, one.legal_basis) for one in row.duty_holders if not one.places)
    return (duties, deciders, row.classification in {"gap", "contested"})


def _duty_holders(walk: Walk) -> Iterator[DutyHolder]:
    seen = set()
    for way in walk.from_duties:
        step = way.steps[0]
        if (step.receivers, step.evidence) not in seen:
            seen.add((step.receivers, step.evidence))
            since = step.via[-1].since if step.via else step.by.since
            places = _narrower(walk, [step])
            yield DutyHolder(step.receivers[0], step.by.legal_basis, since, step.possible, places, step.evidence)


def _on_the_way(answer: Resolution) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for way in answer.chains:
        if not way.own:
            found.setdefault(way.steps[0].receivers[0], set()).update(step.reference for step in way.steps)
    return {holder: frozenset(references) for holder, references in found.items()}


def _passed(step: Step) -> tuple[str, ...]:
    return (step.giver, *(one.organisation for one in step.via), *step.receivers, step.reference, step.by.instrument)


def _limits(ways: Iterable[Sequence[Step]]) -> tuple[Any, ...] | None:
    """The limits on each way, the lowest of its alike ones; what another way sets stands beside them."""
    found: list[Any] = []
    recorded = True
    for way in ways:
        grants = [step.by for step in way if isinstance(step.by, Grant)]
        limits = [one for one, _ in lowest((limit, "") for grant in grants for limit in grant.limits or ())]
        recorded = recorded and (bool(limits) or all(grant.limits is not None for grant in grants))
        found += [one for one in limits if one not in found]
    return tuple(found) if found or recorded else None


def _common(words: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """What narrows every way; a way that nothing narrows leaves the power whole."""
    every = list(words)
    return tuple(dict.fromkeys(one for each in every for one in each)) if all(every) else ()


def _until(ways: Iterable[Sequence[Step]]) -> str:
    """The first day on which no way holds any more, where every one of them has an end that is known."""
    ends = [min((step.by.until for step in way if step.by.until), default="") for way in ways]
    return max(ends) if all(ends) else ""


def _narrower(walk: Walk, lasts: Iterable[Step]) -> tuple[str, ...]:
    """Where it can decide, if that is a part only of what is asked about on every way."""
    places = [step.places for step in lasts]
    if not all(walk.asked.narrows(walk.asked.places, one) for one in places):
        return ()
    return tuple(dict.fromkeys(place for one in places for place in one or ()))

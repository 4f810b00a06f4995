"""From what a decision relied on upwards to the duty and the law: the way by which its maker came to the power."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.steps import Step, Way
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.days import NotADate, instant_asked
from decisionlog.questions.accountable.rules import table_in
from decisionlog.questions.viewing import Stated, Viewing


class Upwards:
    """The ways to whoever decided, on the day of a decision, as known at the point that is viewed."""

    def __init__(self, viewing: Viewing, taken: Stated, functions: Sequence[str] = ()) -> None:
        """`functions` are those of what was relied on: they are asked about where the decision names none itself."""
        self._viewing = viewing
        self._taken = taken
        self._functions = tuple(taken.data.get("functions", ())) or tuple(functions)

    @cached_property
    def walk(self) -> Walk | None:
        """The walk for what the decision is about; none, where its day or what it is about is not recorded."""
        data, on = self._taken.data, self._taken.fact.on
        matters = [one["proposal"] for one in data.get("proposals", ()) if isinstance(one, dict) and "proposal" in one]
        try:
            moment = instant_asked(on, self._viewing.log.zone) if on else None
        except NotADate:
            moment = None
        if moment is None or not (self._functions or matters):
            return None
        question = Question(
            functions=self._functions,
            places=tuple(data.get("places", ())),
            matters=(self._taken.fact.stream, *matters),
            values=tuple(one for one in data.get("value", ()) if isinstance(one, dict) and "money" in one),
            moment=moment,
            zone=self._viewing.log.zone,
        )
        return Walk(self._viewing.world.at(moment), question, table_in(self._viewing.point.rules))

    def from_delegation(self, delegation: str, bound: Sequence[str], through: Iterable[str]) -> list[tuple[Step, ...]]:
        """The steps from a delegation upwards, itself the first: for each organisation bound the best way.

        Only ways `through` one of these delegations, where some are named.
        """
        found = [
            way.steps[: number + 1]
            for way in self._ways
            for number, step in enumerate(way.steps)
            if step.reference == delegation and step.kind == "delegation"
        ]
        wanted = set(through)
        if wanted:
            found = [steps for steps in found if any(step.reference in wanted for step in steps[:-1])]
        return _upwards(found, bound)

    def to_party(self, parties: Sequence[str], bound: Sequence[str]) -> list[tuple[Step, ...]]:
        """The steps from one of these upwards."""
        return _upwards(self._to(parties), bound)

    def to_maker(self, makers: Sequence[str], bound: Sequence[str]) -> list[tuple[Step, ...]]:
        """The steps from whoever decided upwards, where nobody had to give the power: by the duty, or by acting for it."""
        ways = [steps for steps in self._to(makers) if all(step.kind != "delegation" for step in steps)]
        return _upwards(ways, bound)

    def _to(self, parties: Sequence[str]) -> list[tuple[Step, ...]]:
        return [
            way.steps[: number + 1]
            for way in self._ways
            for number, step in enumerate(way.steps)
            if step.receiver in parties
        ]

    @property
    def _ways(self) -> tuple[Way, ...]:
        return self.walk.from_duties if self.walk else ()


def _upwards(found: Iterable[tuple[Step, ...]], bound: Sequence[str]) -> list[tuple[Step, ...]]:
    """Of several ways the best for each of the bound, from below upwards; the best of all, where none leads to them."""
    ways = sorted(found, key=lambda steps: (any(step.fails for step in steps), len(steps)))
    chosen: list[tuple[Step, ...]] = []
    for one in bound:
        best = next((steps for steps in ways if is_on(one, steps)), None)
        if best is not None and best not in chosen:
            chosen.append(best)
    return [steps[::-1] for steps in chosen or ways[:1]]


def is_on(party: str, steps: Iterable[Step]) -> bool:
    """Whether somebody stands on a way."""
    return any(party in (step.giver, *step.receivers) for step in steps)

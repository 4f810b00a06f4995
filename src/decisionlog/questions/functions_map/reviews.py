"""When something on the ways to a decision is to be looked at again: a delegation, an instrument, the terms of a body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from decisionlog.domain.answers.functions_map import Review
from decisionlog.domain.authority.steps import Step
from decisionlog.domain.authority.world import Grant, World
from decisionlog.domain.references import split
from decisionlog.projections.authority.terms import terms
from decisionlog.questions.viewing import Viewing
from decisionlog.store.histories import unpacked

_SETS_IT = ("delegation.granted", "delegation.varied", "delegation.reviewed")


class Reviews:
    """The days of review at one point of both times; each thing is looked up once."""

    def __init__(self, viewing: Viewing, world: World) -> None:
        self._viewing = viewing
        self._world = world
        self._of_delegation = cache(self._delegation)
        self._of_terms = cache(self._terms)

    def first(self, steps: Iterable[Step]) -> Review | None:
        """The first day that is set for anything on these steps."""
        found = [one for step in steps for one in self._of(step)]
        return min(found, key=lambda one: one.by, default=None)

    def _of(self, step: Step) -> Iterator[Review]:
        if isinstance(step.by, Grant):
            yield from self._of_delegation(step.reference)
        if step.by.instrument:
            instrument = self._world.instrument(step.by.instrument)
            if instrument.in_force and instrument.review_by:
                yield self._review(instrument.review_by, instrument.reference, instrument.evidence)
        for party in step.receivers:
            if split(party)[0] == "body":
                yield from self._of_terms(party)

    def _delegation(self, stream: str) -> tuple[Review, ...]:
        """A review ends the day that was set before, whether or not it sets another."""
        said = [
            one
            for one in self._viewing.of(stream).stated(*_SETS_IT)
            if one.fact.type != "delegation.varied"
            or "review_by" in one.data
            or "review_by" in one.data.get("struck", ())
        ]
        last = said[-1] if said else None
        by = last.data.get("review_by") if last else None
        return (self._review(by, stream, (last.position,)),) if last and by else ()

    def _terms(self, body: str) -> tuple[Review, ...]:
        found = terms(self._viewing.rows, [body], self._viewing.point.as_of)
        return tuple(
            self._review(one.values.review_by, body, tuple(unpacked(one.values.evidence)))
            for one in found
            if one.values.review_by
        )

    def _review(self, by: str, of: str, evidence: Iterable[int]) -> Review:
        return Review(by, of, self._viewing.is_past(by), tuple(evidence))

"""The facts that made a change: of a change in time, those that took effect between the days; of one of belief, those learnt."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from decisionlog.domain.answers.difference import Later
from decisionlog.domain.days import Span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import happened_at
from decisionlog.questions.difference.points import Both
from decisionlog.questions.viewing import Viewing
from decisionlog.store.lives import effect, own_end

_HOW = {"record.corrected": "correction", "record.retracted": "retraction"}


class Causes:
    """What made the changes between two points; each stream is read once."""

    def __init__(self, viewing: Viewing, both: Both) -> None:
        self._viewing = viewing
        self._both = both
        self._zone = viewing.log.zone

    def made_by(
        self, stream: str, evidence: Collection[int], stated: tuple[int, ...], marks: Collection[str]
    ) -> tuple[int, ...]:
        """The facts of a stream that made a change between two days.

        `evidence` is all that the rows rest on; `stated` what they say themselves. A fact of another that is a mark took
        something away that the rows no longer show; where a time of its own was up, it is the fact that set it.
        """
        if stated:
            return stated
        every = self._viewing.of(stream).reading.facts
        facts = [fact for fact in every if fact.position in evidence]
        over = [fact for fact in facts if self._is_between(own_end(fact, self._zone))]
        marked = [fact for fact in every if fact.type in marks and self._is_between(effect(fact, self._zone))]
        found = [fact for fact in marked if fact in facts] or over or marked or facts
        return tuple(sorted(fact.position for fact in found)) or tuple(sorted(evidence))

    def _is_between(self, at: Span) -> bool:
        return at.certain > self._both.before.as_of.on and at.earliest <= self._both.after.as_of.on

    def learnt(self, stream: str, evidence: Collection[int], marks: Collection[str]) -> tuple[Later, ...]:
        """The facts of a stream that were learnt between two times of knowledge and bear on what changed."""
        everything = self._viewing.of(stream).everything
        new = [fact for fact in everything if self._is_new(fact)]
        cited = {fact.n for fact in everything if fact.position in evidence}
        found = [fact for fact in new if fact.position in evidence or _is_about(fact, cited)]
        return tuple(self._later(fact) for fact in found or [fact for fact in new if fact.type in marks])

    def _is_new(self, fact: Fact) -> bool:
        before, after = self._both.before.known, self._both.after.known
        return after.has(fact, self._zone) and not before.has(fact, self._zone)

    def _later(self, fact: Fact) -> Later:
        happened = happened_at(fact, self._zone)
        late = "late entry" if fact.on and happened <= self._both.known_until else "entry"
        said = fact.said_at if self._both.after.as_of.said_by is not None else fact.recorded_at
        return Later(fact.position, _HOW.get(fact.type, late), "" if fact.type in _HOW else fact.on or "", said)


def _is_about(fact: Fact, cited: Iterable[int]) -> bool:
    """Whether a fact corrects or retracts one of these of its stream."""
    return fact.type in _HOW and fact.of is not None and fact.of.stream == fact.stream and fact.of.n in set(cited)

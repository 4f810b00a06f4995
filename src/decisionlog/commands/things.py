"""A thing as it stands now: its one stream, as corrected and without what was retracted, for whoever writes to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from decisionlog.domain.days import NotADate, span
from decisionlog.domain.facts import KINDS, OPENING
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.typed import opened, untyped
from decisionlog.domain.known import Known, Reading, never_was, read
from decisionlog.domain.references import split
from decisionlog.store.finding import find
from decisionlog.store.log import Log

ENDINGS = frozenset({
    "proposal.withdrawn", "proposal.lapsed", "proposal.superseded",
    "decision.rescinded", "decision.superseded", "decision.lapsed", "decision.voided",
    "delegation.revoked", "delegation.lapsed",
    "disagreement.reconciled", "disagreement.upheld", "disagreement.overruled", "disagreement.withdrawn",
    "action.completed", "action.cancelled",
})  # fmt: skip
"""The types after which a thing is over."""
VERSIONS = ("proposal.submitted", "proposal.revised")
"""The types that put forward a version of a proposal."""
REOPENINGS = frozenset({"proposal.revised", "disagreement.escalated"})
"""The types that bring back what was over."""
_NEVER_LATE = frozenset({
    "disagreement.dissent_recorded", "decision.published", "decision.reported_back", "delegation.reported",
})  # fmt: skip
"""What is often done, and rightly, when a thing is over."""


class Thing(Struct, frozen=True, dict=True):
    """One thing: its stream, and its facts in the order of the acts."""

    log: Log
    stream: str
    recorded: Sequence[Fact]
    """Every fact of its stream, as it was recorded."""
    reading: Reading

    @cached_property
    def ref(self) -> str:
        """What it is called now."""
        called = [self.data(fact).get("ref") for fact in self.of_types("record.renumbered")]
        return str(called[-1] if called else self.data(self.opening).get("ref") or split(self.stream)[1])

    @property
    def written(self) -> str:
        """What to write so that it is found: its ref; its key, where it was kept beside another of the same ref."""
        key = split(self.stream)[1]
        return key if key.startswith(f"{self.ref}~") else self.ref

    @property
    def kind(self) -> str:
        """Which kind of thing it is."""
        return split(self.stream)[0]

    @cached_property
    def opening(self) -> Fact:
        """The fact that opened it, even if that was retracted since."""
        facts = (*self.reading.facts, *self.reading.retracted)
        return min((fact for fact in facts if fact.type in OPENING), key=lambda fact: fact.n, default=facts[0])

    @property
    def expected(self) -> dict[str, int]:
        """The version at which its stream was read."""
        return {self.stream: len(self.recorded)}

    @property
    def never_was(self) -> bool:
        """Whether what opened it was retracted."""
        return never_was(self.reading)

    def of_types(self, *types: str) -> list[Fact]:
        """The facts of these types that stand, in the order of the acts."""
        return [fact for fact in self.reading.facts if fact.type in types]

    def newest(self, *types: str) -> Fact | None:
        """The last of the facts of these types that stand."""
        return next(reversed(self.of_types(*types)), None)

    def data(self, fact: Fact) -> dict[str, Any]:
        """The fields of a fact, in clear as far as they can be opened."""
        clear: dict[str, Any] = opened(untyped(fact.data), self._openings)
        return clear

    @cached_property
    def _openings(self) -> dict[str, Any]:
        return self.log.openings(self.recorded)

    def earlier(self, one: str | None, other: str | None) -> bool:
        """Whether one day is before another; not where either is not recorded."""
        first, second = self._moment(one), self._moment(other)
        return first is not None and second is not None and first < second

    def reaches(self, one: str | None, other: str | None) -> bool:
        """Whether one day is not before another; not where either is not recorded."""
        first, second = self._moment(one), self._moment(other)
        return first is not None and second is not None and first >= second

    def _moment(self, on: str | None) -> int | None:
        try:
            return span(on, self.log.zone).earliest if on else None
        except NotADate:
            return None

    def ended(self, types: Collection[str] = ENDINGS) -> Fact | None:
        """The fact that ended it, if it is over."""
        for fact in reversed(self.reading.facts):
            if fact.type in REOPENINGS:
                return None
            if fact.type in types:
                return fact
        return None


def thing(log: Log, reference: str, kinds: Sequence[str] = KINDS) -> Thing:
    """The thing of one of these kinds that a REF names. Raises `NotFound`, and `BadInput` where several fit."""
    stream = find(log, reference, kinds)
    facts = log.stream(stream)
    return Thing(log, stream, facts, read(facts, Known(), log.zone))


def when(fact: Fact) -> str:
    """When a fact happened and where it stands: `on 2026-03-12 [26]`."""
    return f"on {fact.on} [{fact.position}]" if fact.on else f"[{fact.position}]"


def happened(fact_type: str) -> str:
    """What a type says happened, in plain words: `called in`."""
    return fact_type.partition(".")[2].replace("_", " ").replace("call in", "call-in")


def spoken_for(data: Mapping[str, Any]) -> str:
    """For whom somebody spoke, or who did, in few words: `northmoor-council`."""
    who = data.get("on_behalf_of") or [data.get("by", "somebody")]
    return ", ".join(one.partition(":")[2] or one for one in who)


def oddities(about: Thing, on: str | None, fact_type: str = "") -> Iterator[str]:
    """What is odd about the order of an act: recorded all the same, but whoever records it should know."""
    opening = about.opening
    ended = None if fact_type in REOPENINGS | _NEVER_LATE else about.ended()
    if about.never_was:
        yield f"{about.ref} was retracted: it should not have been recorded."
    elif about.earlier(on, opening.on):
        yield f"{on} is before {about.ref} was {happened(opening.type)} {when(opening)}; recorded as it was said."
    elif ended and not about.earlier(on, ended.on):
        yield f"{about.ref} was {happened(ended.type)} {when(ended)}, before this; recorded as it was said."

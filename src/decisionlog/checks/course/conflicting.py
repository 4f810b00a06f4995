"""Whether two decisions that hold say the opposite of one paper for the same organisation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from decisionlog.checks.course.endings import end_of
from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Record
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.parts import OnProposal
from decisionlog.domain.saying import Day, Named, Said
from decisionlog.projections.citations import cited_by

_YES: Final = frozenset({"approved", "approved-as-amended", "approved-with-conditions", "approved-in-part", "ratified"})
_NO: Final = frozenset({"rejected"})
_THE_MATTER_ITSELF: Final = frozenset({None, "substantive", "en-bloc"})
"""Kinds of motions by which the paper itself is decided, and not an amendment to it."""


def conflicting_decisions(record: Record, decision: str) -> Iterator[Tripped]:
    """GL46: it approves what an earlier decision rejected, or the other way round, and neither says what became of the other."""
    taken = determination(record, decision)
    if taken is None or not _disposes(taken):
        return
    seen = {decision}
    for paper in taken.data.proposals or ():
        for act in record.naming(paper.proposal, DecisionTaken, "proposals.proposal"):
            other = determination(record, act.fact.stream)
            if other is None or other.stream in seen or not _comes_before(other, taken):
                continue
            seen.add(other.stream)
            if _disposes(other) and _is_opposite(taken, other, paper) and not _are_linked(record, taken, other):
                yield from _both_hold(record, taken, other, paper)


def _disposes(taken: Determination) -> bool:
    """Whether it said yes or no to a paper."""
    motion = taken.data.motion
    kind = motion.kind if motion else None
    return taken.exercises and taken.data.outcome in _YES | _NO and kind in _THE_MATTER_ITSELF


def _comes_before(other: Determination, taken: Determination) -> bool:
    return (other.first, other.position) < (taken.first, taken.position)


def _is_opposite(taken: Determination, other: Determination, paper: OnProposal) -> bool:
    """Whether they say the opposite of one version of a paper, for the same organisation, in the same place."""
    versions = {one.version for one in other.data.proposals or () if one.proposal == paper.proposal}
    same_version = not paper.version or None in versions or paper.version in versions
    parts = {one.data.motion.part if one.data.motion else None for one in (taken, other)}
    return (
        (taken.data.outcome in _YES) != (other.data.outcome in _YES)
        and same_version
        and len(parts) == 1
        and _for_the_same(taken, other)
        and _share(taken.data.places, other.data.places)
        and _share(taken.data.functions, other.data.functions)
    )


def _for_the_same(taken: Determination, other: Determination) -> bool:
    """Whether they bind the same; where that is not recorded, whether the same decided."""
    if taken.bound and other.bound:
        return bool(set(taken.bound) & set(other.bound))
    return bool(set(taken.makers) & set(other.makers))


def _share(some: tuple[str, ...] | None, others: tuple[str, ...] | None) -> bool:
    """Whether two lists have something in common, as far as both are recorded."""
    return not some or not others or bool(set(some) & set(others))


def _are_linked(record: Record, taken: Determination, other: Determination) -> bool:
    """Whether a fact of the one names the other, and so says what became of it."""
    pairs = ((taken.stream, other.stream), (other.stream, taken.stream))
    return any(
        citation.cited == named
        for stream, named in pairs
        for fact in record.of(stream).reading.facts
        for citation in cited_by(fact)
    )


def _both_hold(record: Record, taken: Determination, other: Determination, paper: OnProposal) -> Iterator[Tripped]:
    since = max(record.effect(taken.taken), record.effect(other.taken))
    until = min(end_of(record, taken.stream), end_of(record, other.stream))
    if since < until:
        did, had_done = ("approved", "rejected") if taken.data.outcome in _YES else ("rejected", "approved")
        on: Said = (" on ", Day(other.taken.on)) if other.taken.on else ()
        said: Said = (
            f"it {did} ",
            Named(paper.proposal),
            ", which ",
            Named(other.stream),
            f" had {had_done}",
            *on,
            ", and neither says what becomes of the other",
        )
        yield Tripped(said, (taken.position, other.position), since, until)

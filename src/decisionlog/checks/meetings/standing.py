"""Where partners stood on a proposal when it was decided, and on which version of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from decisionlog.checks.determinations import Determination
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.parts import OnProposal
from decisionlog.domain.facts.proposal import ProposalPositionTaken, ProposalRevised, ProposalSubmitted
from decisionlog.domain.known import happened_at
from decisionlog.domain.positions import no_longer_held

SIGNS: Final = frozenset({"support", "support-with-conditions"})
"""Positions by which a partner signs."""
FINAL: Final = SIGNS | {"object", "abstain", "no-view", "not-party", "declined", "conflicted"}
"""Positions by which a partner has said where it stands; support in principle is none."""
LEAVES_OPEN: Final = frozenset(
    {"deferred", "referred", "withdrawn", "no-decision", "noted", "received", "rejected", "not-ratified"}
)
"""Outcomes for which nobody need have signed."""


class Stood(Struct, frozen=True):
    """One position, as it stood when a proposal was decided."""

    proposal: str
    act: Act[ProposalPositionTaken]
    stale: Sure
    """It was given on a version that differs from the one decided."""

    @property
    def position(self) -> int:
        """Where it stands in the log."""
        return self.act.position

    @property
    def who(self) -> tuple[str, ...]:
        """The partners; where none is recorded, the person."""
        return self.act.data.on_behalf_of or tuple(filter(None, [self.act.data.by]))


class _Version(Struct, frozen=True):
    label: str
    material: bool
    first: int
    """The first moment of the day on which it was put forward."""
    dated: bool


def on_what_was_decided(record: Record, taken: Determination) -> list[Stood]:
    """The positions on the proposals that a decision disposed of, as they stood at the end of its day."""
    return record.once(("stood", taken.stream), lambda: list(_on_all(record, taken)))


def asks_for_signatures(taken: Determination) -> bool:
    """Whether it is a decision, or advice, for which partners may have to have signed."""
    return (
        bool(taken.data.outcome)
        and taken.data.outcome not in LEAVES_OPEN
        and taken.data.asked_to not in {"note", "comment"}
    )


def _on_all(record: Record, taken: Determination) -> Iterator[Stood]:
    for decided in taken.data.proposals or ():
        told = record.of(decided.proposal)
        before = [
            fact for fact in told.reading.facts if fact.on is None or happened_at(fact, record.zone) <= taken.last
        ]
        over = no_longer_held(before, told.reading.retracted)
        numbers = {fact.n for fact in before} - over
        versions = _versions(record, decided, taken)
        for act in told.all(ProposalPositionTaken):
            if act.fact.n in numbers:
                yield Stood(decided.proposal, act, _stale(act, decided, versions))


def _versions(record: Record, decided: OnProposal, taken: Determination) -> list[_Version]:
    """The versions that had been put forward by the day of a decision, and the one that was decided."""
    told = record.of(decided.proposal)
    acts: list[Act[ProposalSubmitted] | Act[ProposalRevised]] = [
        *told.all(ProposalSubmitted),
        *told.all(ProposalRevised),
    ]
    return [
        _Version(
            one.data.version or "", getattr(one.data, "material", None) is not False, one.at.earliest, bool(one.on)
        )
        for one in acts
        if one.at.earliest <= taken.last or not one.on or one.data.version == decided.version
    ]


def _stale(act: Act[ProposalPositionTaken], decided: OnProposal, versions: Sequence[_Version]) -> Sure:
    labels = [one.label for one in versions]
    counts = decided.version or (labels[-1] if labels else "")
    signed = act.data.version
    if signed is None:
        return _stale_by_day(act, versions)
    if not counts:
        return Sure.PERHAPS if len(versions) > 1 else Sure.NO
    if signed == counts:
        return Sure.NO
    if signed not in labels or counts not in labels:
        return Sure.YES
    first, last = sorted((labels.index(signed), labels.index(counts)))
    return Sure.YES if any(one.material for one in versions[first + 1 : last + 1]) else Sure.NO


def _stale_by_day(act: Act[ProposalPositionTaken], versions: Sequence[_Version]) -> Sure:
    """Of a position that names no version: whether a later version changed what it was given on."""
    revised = [one for one in versions[1:] if one.material]
    if all(one.dated and act.on and one.first < act.at.earliest for one in revised):
        return Sure.NO
    return Sure.YES if any(one.dated and act.on and act.at.certain < one.first for one in revised) else Sure.PERHAPS

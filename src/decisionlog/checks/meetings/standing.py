"""Where partners stood on a proposal when it was decided, and on which version of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import Final

from msgspec import Struct

from decisionlog.checks.determinations import Determination
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.record import Act, Record
from decisionlog.domain.days import OPEN_END
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
    label: str | None
    material: bool
    first: int
    last: int | None
    """Between which moments of its day, or partial date, it was put forward; none, where no day is recorded."""


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
        counts = _numbers(decided.version, versions, taken.last, taken.last)
        for act in told.all(ProposalPositionTaken):
            if act.fact.n in numbers:
                yield Stood(decided.proposal, act, _stale(act, decided, versions, counts))


def _versions(record: Record, decided: OnProposal, taken: Determination) -> list[_Version]:
    """The versions that had been put forward by the day of a decision, and the one that was decided."""
    told = record.of(decided.proposal)
    acts: list[Act[ProposalSubmitted] | Act[ProposalRevised]] = [
        *told.all(ProposalSubmitted),
        *told.all(ProposalRevised),
    ]
    return [
        _Version(
            label=one.data.version,
            material=getattr(one.data, "material", None) is not False,
            first=one.at.earliest,
            last=record.end(one.on),
        )
        for one in acts
        if one.at.earliest <= taken.last or not one.on or (decided.version and one.data.version == decided.version)
    ]


def _stale(
    act: Act[ProposalPositionTaken], decided: OnProposal, versions: Sequence[_Version], counts: Collection[int]
) -> Sure:
    """Whether what was signed differs, by a change that matters, from whatever may have been decided."""
    named = act.data.version
    if not versions or (named and named == decided.version):
        return Sure.NO
    first, last = (act.at.earliest - 1, act.at.certain) if act.on else (-OPEN_END, OPEN_END)
    signed = _numbers(named, versions, first, last)
    if not signed or not counts:
        return Sure.YES if named else Sure.PERHAPS
    differ = {_differ(versions, *sorted(pair)) for pair in product(signed, counts)}
    return Sure.PERHAPS if len(differ) > 1 else Sure.YES if True in differ else Sure.NO


def _numbers(label: str | None, versions: Sequence[_Version], first: int, last: int) -> set[int]:
    """The numbers of the versions that a label may mean at a time: those that bear it, and those without any; without a label, any."""
    at_the_time = _newest(versions, first, last)
    if label is None:
        return at_the_time
    return {at for at, one in enumerate(versions) if one.label == label or (not one.label and at in at_the_time)}


def _newest(versions: Sequence[_Version], first: int, last: int) -> set[int]:
    """The numbers of the versions of which any may have been the newest at a time between two moments.

    Of a version without a day it is not recorded whether it had been put forward by then.
    """
    before = [at for at, one in enumerate(versions) if one.last is not None and one.last <= first]
    newest = before[-1] if before else 0
    later = (at for at, one in enumerate(versions) if at > newest and (one.last is None or one.first <= last))
    return {newest, *later}


def _differ(versions: Sequence[_Version], first: int, last: int) -> bool:
    """Whether a change between two versions matters."""
    return any(one.material for one in versions[first + 1 : last + 1])

"""Whether those were consulted who had to be before a power was used."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.checks.authority.relying import uses
from decisionlog.checks.determinations import Determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.put_right import until_put_right
from decisionlog.checks.record import Record
from decisionlog.domain.authority.parties import acts_for
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.parts import Consulted, Route
from decisionlog.domain.facts.proposal import ProposalConsulted, ProposalPositionTaken, ProposalSubmitted
from decisionlog.domain.saying import Named, joined


def consultees_skipped(record: Record, decision: str) -> Iterator[Tripped]:
    """GL32: a delegation wants somebody consulted first, and nobody recorded that they were.

    Whoever took a position on the paper before, or had it before them, was consulted. Where nothing of consulting is
    recorded at all, whether it was done is not evidenced.
    """
    for use in uses(record, decision):
        wanted = [who for who in use.after.must_consult if who in use.before.must_consult]
        skipped = [(Named(who),) for who in wanted if not _was_consulted(record, use.taken, who)]
        if skipped:
            is_known = use.taken.data.consulted is not None or _anybody(record, use.taken)
            said = (use.named, " wants ", *joined(skipped), " consulted first, and no consultation of them is recorded")
            found = Tripped(said, use.evidence(use.after), use.taken.first, evidenced=is_known)
            yield from until_put_right(record, use.taken, use.relied.bound, consultees_skipped, [found], by_others=True)


def _was_consulted(record: Record, taken: Determination, who: str) -> bool:
    world = record.at(taken.last)
    return any(who in {party, *acts_for(world, party)} for party in _heard(record, taken))


def _anybody(record: Record, taken: Determination) -> bool:
    """Whether consulting on the paper was recorded at all."""
    papers = taken.data.proposals or ()
    return any(record.of(one.proposal).first(ProposalConsulted) for one in papers)


def _heard(record: Record, taken: Determination) -> Iterator[str]:
    """Everybody of whom it is recorded that they were heard by the time of the decision."""
    yield from _by_then(record, taken, taken.data.consulted or ())
    for one in taken.data.proposals or ():
        told = record.of(one.proposal)
        for consulted in told.all(ProposalConsulted):
            if consulted.at.earliest <= taken.last:
                yield from _by_then(record, taken, consulted.data.consulted or ())
        for position in told.all(ProposalPositionTaken):
            if position.at.earliest <= taken.last:
                yield from position.data.on_behalf_of or ()
        for submitted in told.all(ProposalSubmitted):
            yield from _by_then(record, taken, submitted.data.route or ())
        for other in record.naming(one.proposal, DecisionTaken):
            if other.at.earliest <= taken.last and other.position != taken.position:
                yield from other.data.decision_makers or ()


def _by_then(record: Record, taken: Determination, heard: tuple[Consulted, ...] | tuple[Route, ...]) -> Iterator[str]:
    for one in heard:
        when = record.moment(one.on)
        if one.who and (when is None or when <= taken.last):
            yield one.who

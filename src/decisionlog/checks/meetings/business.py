"""What was decided at a meeting, and who had a part in a matter."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.record import Record
from decisionlog.domain.authority.parties import acts_for, organisations_of
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.proposal import ProposalRevised, ProposalSubmitted


def decided_at(record: Record, meeting: str, body: str = "") -> list[Determination]:
    """The dated decisions of a meeting that used a power, in their order; of one body, where one is given."""
    named = record.naming(meeting, DecisionTaken, "meeting") if meeting else []
    found = [determination(record, one.fact.stream) for one in named]
    return [one for one in found if one and one.exercises and one.dated and (not body or body in one.makers)]


def proposals_of(taken: Determination) -> tuple[str, ...]:
    """The proposals that a decision disposed of."""
    return tuple(one.proposal for one in taken.data.proposals or ())


def brought_by(record: Record, taken: Determination) -> frozenset[str]:
    """The organisations that brought, wrote or share in what a decision disposed of."""
    found: set[str] = set()
    world = record.at(taken.last)
    for proposal in proposals_of(taken):
        told = record.of(proposal)
        versions: list[ProposalSubmitted | ProposalRevised] = [one.data for one in told.all(ProposalSubmitted)]
        versions += [one.data for one in told.all(ProposalRevised)]
        parties = {one.sponsor for one in versions if isinstance(one, ProposalSubmitted) and one.sponsor}
        parties |= {party for one in versions for party in (*(one.authors or ()), *(one.partners or ()))}
        for party in parties:
            found.update(organisations_of(world, party))
    return frozenset(found)


def decided_themselves(record: Record, taken: Determination) -> dict[str, Sure]:
    """The people who decided without a body: those recorded, else those who are the decision-makers or held their posts.

    Perhaps, where a post had several holders or changed hands on the day: which of them decided is not recorded.
    """
    if taken.data.people:
        return dict.fromkeys(taken.data.people, Sure.YES)
    found = {maker: Sure.YES for maker in taken.makers if maker.startswith("person:")}
    for post in (maker for maker in taken.makers if maker.startswith("post:")):
        held = [one for moment in (taken.first, taken.last) for one in record.at(moment).holders(post)]
        holders = dict.fromkeys(one.member for one in held)
        surely = len(holders) == 1 and len(held) > 1 and not any(one.possible for one in held)
        for holder in holders:
            found[holder] = max(found.get(holder, Sure.NO), Sure.YES if surely else Sure.PERHAPS)
    return found


def acted_for(record: Record, party: str, taken: Determination, also: str = "") -> Iterator[Determination]:
    """The other decisions on the same proposals by whoever acts for a party, and those (this one too) of another maker (`also`)."""
    for proposal in proposals_of(taken):
        for act in record.naming(proposal, DecisionTaken, "proposals.proposal"):
            one = determination(record, act.fact.stream)
            if (
                one
                and one.exercises
                and (also in one.makers or (one.stream != taken.stream and acts(record, party, one)))
            ):
                yield one


def acts(record: Record, party: str, taken: Determination) -> bool:
    """Whether a decision was taken for a party by somebody who acts for it."""
    if taken.bound and party not in taken.bound:
        return False
    world = record.at(taken.last)
    return any(party in (maker, *acts_for(world, maker)) for maker in taken.makers)

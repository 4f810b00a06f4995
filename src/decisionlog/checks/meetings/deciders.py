"""Whether somebody decided alone on a proposal of their own."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Tripped
from decisionlog.checks.meetings.business import proposals_of
from decisionlog.checks.put_right import until_put_right
from decisionlog.checks.record import Act, Record
from decisionlog.domain.facts.decision import DecisionTaken
from decisionlog.domain.facts.proposal import ProposalRevised, ProposalSponsorChanged, ProposalSubmitted
from decisionlog.domain.saying import Named

_INDIVIDUALS = ("person:", "post:")


def self_approval(record: Record, decision: str) -> Iterator[Tripped]:
    """GL48: a person approved alone what the same person had brought or written, and nobody else decided on it."""
    taken = determination(record, decision)
    if taken is None or not taken.binds or len(taken.makers) != 1 or not taken.makers[0].startswith(_INDIVIDUALS):
        return
    people = set(taken.data.people or ()) or _people(record, taken.makers[0], taken)
    if len(people) != 1:
        return
    for proposal in proposals_of(taken):
        brought = _brought(record, proposal, taken, people)
        if brought and not _others_decided(record, proposal, taken):
            said = (
                Named(next(iter(people))),
                " decided alone on ",
                Named(proposal),
                f", which the same person had {brought[0]}",
            )
            found = Tripped(said, (taken.position, brought[1].position), taken.first)
            yield from until_put_right(record, taken, taken.bound, self_approval, [found], by_others=True)


def _people(record: Record, party: str, taken: Determination) -> set[str]:
    """The person, or whoever held the post at every moment at which it may have been decided."""
    if not party.startswith("post:"):
        return {party}
    before, after = ({one.member for one in record.at(at).holders(party)} for at in (taken.first, taken.last))
    return before & after


def _brought(
    record: Record, proposal: str, taken: Determination, people: set[str]
) -> tuple[str, Act[ProposalSubmitted] | Act[ProposalRevised] | Act[ProposalSponsorChanged]] | None:
    """How a proposal is theirs: they brought it, or wrote it; none, where it is not."""
    told = record.of(proposal)
    owners: list[Act[ProposalSubmitted] | Act[ProposalSponsorChanged]] = [
        *told.all(ProposalSubmitted),
        *(one for one in told.all(ProposalSponsorChanged) if record.effect(one) <= taken.last),
    ]
    owned = [one for one in owners if one.data.sponsor]
    if owned and _is_among(record, owned[-1].data.sponsor or "", taken, people):
        return "brought", owned[-1]
    written: list[Act[ProposalSubmitted] | Act[ProposalRevised]] = [
        *told.all(ProposalSubmitted),
        *(one for one in told.all(ProposalRevised) if one.at.earliest <= taken.last),
    ]
    authored = [one for one in written if one.data.authors is not None]
    for author in (authored[-1].data.authors or ()) if authored else ():
        if _is_among(record, author, taken, people):
            return "written", authored[-1]
    return None


def _is_among(record: Record, party: str, taken: Determination, people: set[str]) -> bool:
    return party.startswith(_INDIVIDUALS) and _people(record, party, taken) == people


def _others_decided(record: Record, proposal: str, taken: Determination) -> bool:
    """Whether somebody else used a power on the same proposal."""
    for act in record.naming(proposal, DecisionTaken, "proposals.proposal"):
        one = determination(record, act.fact.stream)
        if one and one.exercises and set(one.makers) - set(taken.makers):
            return True
    return False

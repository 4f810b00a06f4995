"""What became of a delegation when a party to it ended."""

from __future__ import annotations

from collections.abc import Iterator

from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.giving import given
from decisionlog.domain.authority.question import Asked, Question
from decisionlog.domain.authority.stopping import stopped_wholly
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.body import BodyDissolved
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.facts.organisation import OrganisationDissolved, OrganisationSucceeded
from decisionlog.domain.facts.post import PostAbolished
from decisionlog.domain.saying import Day, Named, Said

_ENDS = (OrganisationDissolved, OrganisationSucceeded, BodyDissolved, PostAbolished)


def lapsed_on_succession(record: Record, delegation: str) -> Iterator[Tripped]:
    """GL37: a party to it ended while it was in force, and nothing says what became of it, until something does."""
    granted = record.of(delegation).first(DelegationGranted)
    if granted is None:
        return
    begun: tuple[int, str] | None = None
    for moment in (*_moments(record, delegation), OPEN_END):
        left = _left_behind(record, delegation, moment) if moment < OPEN_END else ""
        if begun and left != begun[1]:
            yield _tripped(record, granted.position, delegation, *begun, moment)
            begun = None
        if left and begun is None:
            begun = moment, left


def _moments(record: Record, delegation: str) -> list[int]:
    """When a party ended, or something was said of the delegation."""
    streams = {delegation, *_parties(record, delegation)}
    acts = [act for stream in streams for kind in _ENDS for act in record.of(stream).all(kind)]
    found = {record.effect(act) for act in acts}
    for fact in record.of(delegation).reading.facts:
        found |= {at for at in (record.moment(getattr(fact.data, name, None)) for name in ("from_", "until")) if at}
        if span := record.span(fact.on or fact.said_at):
            found.add(span.earliest)
    return sorted(found | {record.effect(one) for one in _granted_again(record, delegation)})


def _parties(record: Record, delegation: str) -> set[str]:
    found: set[str] = set()
    for granted in record.of(delegation).all(DelegationGranted):
        data = granted.data
        found |= {*((data.delegator,) if data.delegator else ()), *(data.delegates or ()), *(data.on_behalf_of or ())}
    return found


def _granted_again(record: Record, delegation: str) -> list[Act[DelegationGranted]]:
    return record.naming(delegation, DelegationGranted, "continues")


def _left_behind(record: Record, delegation: str, moment: int) -> str:
    """The party that ended, at a moment at which the delegation was in force and nothing said what became of it."""
    grant = record.grant(delegation, moment)
    if grant is None or not grant.begun:
        return ""
    world = record.at(moment)
    asked = Asked(world, Question(grant.functions, grant.places, grant.matters, (), moment, record.zone))
    if stopped_wholly(asked, grant) or any(record.effect(one) <= moment for one in _granted_again(record, delegation)):
        return ""
    stands = given(world, asked, grant)
    if stands.lost:
        return stands.lost[0]
    gone = (one for receiver in stands.receivers for one in receiver.parties if world.party(one).ended)
    return next(gone, "")


def _tripped(record: Record, position: int, delegation: str, since: int, party: str, until: int) -> Tripped:
    ended = record.at(since).party(party)
    grant = record.grant(delegation, since)
    gave_it = grant is not None and party in {grant.delegator, *grant.on_behalf_of}
    gave: Said = (", which gave it,",) if gave_it else (", to which it was given,",)
    when: Said = (" ended on ", Day(ended.until)) if ended.until else (" ended",)
    said = (Named(party), *gave, *when, ", and nothing recorded says what became of it")
    return Tripped(said, (position, *ended.evidence), since, until)

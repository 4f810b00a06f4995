"""Whether those had signed whose signature a decision needed, on what was decided, and with the authority to sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from decisionlog.checks.determinations import Determination, determination
from decisionlog.checks.finding import Severity, Tripped
from decisionlog.checks.meetings.business import acted_for
from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.jointly import told_of_parents
from decisionlog.checks.meetings.standing import FINAL, SIGNS, Stood, asks_for_signatures, on_what_was_decided
from decisionlog.checks.meetings.terms import terms_of
from decisionlog.checks.meetings.votes import TOOK_PART, named_votes
from decisionlog.checks.record import Act, Record
from decisionlog.domain.authority.parties import is_forum, organisations_of
from decisionlog.domain.days import OPEN_END
from decisionlog.domain.facts.body import BodyTermsAdopted
from decisionlog.domain.facts.proposal import ProposalPositionTaken
from decisionlog.domain.facts.terms import SignOff
from decisionlog.domain.saying import Named, Said, joined

_PROVISIONAL: Final = frozenset({"subject-to-body", "officer-view"})
"""Kinds of authority with which nobody is bound yet."""
_BINDS: Final = frozenset({"own-authority", "delegated", "body-resolution"})


def sign_off_missing(record: Record, decision: str) -> Iterator[Tripped]:
    """GL18: a partner whose sign-off the terms of the deciding body ask for had no final position on what was decided."""
    taken = determination(record, decision)
    if taken is None or not asks_for_signatures(taken):
        return
    for body in taken.makers:
        terms = terms_of(record, body, taken.last) if body.startswith("body:") else None
        if terms and terms.data.sign_off and not (taken.binds and is_forum(record.at(taken.last), body)):
            if taken.data.proposals:
                yield from _unsigned(record, taken, body, terms)
            elif taken.binds and not taken.data.en_bloc:
                yield from _without_a_paper(record, taken, terms)


def _without_a_paper(record: Record, taken: Determination, terms: Act[BodyTermsAdopted]) -> Iterator[Tripped]:
    """Of what was decided without a proposal there is nothing to sign: a partner's vote shows where it stood."""
    voted = {party for one in named_votes(taken.data) if one.vote in TOOK_PART for party in one.on_behalf_of or ()}
    world = record.at(taken.last)
    asked = [one for one in terms.data.sign_off or () if one.applies_to is None and not world.party(one.partner).ended]
    missing = [one for one in asked if one.partner not in voted]
    if missing:
        said = (
            "whether ",
            *_partners(missing),
            " had signed off what was decided is not recorded: nor is any paper of it",
        )
        yield Tripped(said, (taken.position, terms.position), taken.first, evidenced=False)


def _unsigned(record: Record, taken: Determination, body: str, terms: Act[BodyTermsAdopted]) -> Iterator[Tripped]:
    world = record.at(taken.last)
    elsewhere = told_of_parents(record, taken)
    asked = [one for one in terms.data.sign_off or () if not world.party(one.partner).ended]
    asked = [one for one in asked if one.partner not in elsewhere]
    missing = [one for one in asked if not _has_spoken(record, taken, one.partner)]
    needed = [one for one in missing if one.applies_to is None]
    heard = [one.position for one in on_what_was_decided(record, taken) for each in missing if each.partner in one.who]
    evidence = (taken.position, terms.position, *heard)
    if needed:
        grave = any(one.unanimous for one in needed)
        said = (*_partners(needed), " had not signed off what was decided, which ", Named(body), " asks for")
        until = max(_spoke(record, taken, one.partner) for one in needed)
        yield Tripped(said, evidence, taken.first, until, None if grave else Severity.WARNING)
    elif missing:
        said = (
            "whether ",
            Named(body),
            " needed the sign-off of ",
            *_partners(missing),
            " for this is for people to read",
        )
        until = max(_spoke(record, taken, one.partner) for one in missing)
        yield Tripped(said, evidence, taken.first, until, Severity.WARNING, evidenced=False)


def _has_spoken(record: Record, taken: Determination, partner: str) -> bool:
    """Whether a partner had said where it stands, or is told of by another rule: on an older version, or provisionally."""
    for one in on_what_was_decided(record, taken):
        if partner in one.who:
            if one.act.data.position in FINAL and (one.stale is not Sure.YES or one.act.data.position in SIGNS):
                return True
            if _kind(one) in _PROVISIONAL and _is_for_gl20(record, taken, one, partner):
                return True
    return any(one.first <= taken.last for one in acted_for(record, partner, taken))


def _is_for_gl20(record: Record, taken: Determination, one: Stood, partner: str) -> bool:
    """Whether the rule about sign-offs without authority judges a provisional one, or a decision stands behind it."""
    if one.act.data.binding and one.act.data.binding.decision:
        return True
    return taken.binds and partner in _relied_on(record, taken) and not _decides_itself(record, taken, partner)


def _spoke(record: Record, taken: Determination, *partners: str) -> int:
    """When all these partners had said afterwards where they stand on what was decided, or had decided it for themselves."""
    return max(min(_spoken(record, taken, partner), default=OPEN_END) for partner in partners)


def _spoken(record: Record, taken: Determination, partner: str) -> Iterator[int]:
    yield from (one.last for one in acted_for(record, partner, taken) if one.first > taken.last)
    for decided in taken.data.proposals or ():
        for act in record.of(decided.proposal).all(ProposalPositionTaken):
            later = bool(act.on) and act.at.earliest > taken.last and act.data.position in FINAL
            of_that = act.data.version is None or decided.version in {None, act.data.version}
            if later and of_that and partner in (act.data.on_behalf_of or ()):
                yield act.at.earliest


def _partners(several: list[SignOff]) -> Said:
    return joined((Named(one.partner),) for one in several)


def stale_sign_off(record: Record, decision: str) -> Iterator[Tripped]:
    """GL19: a partner had signed another version than the one decided, and not that one."""
    taken = determination(record, decision)
    if taken is None or not asks_for_signatures(taken):
        return
    stood = on_what_was_decided(record, taken)
    signed = [(one, _is_stale(one, stood)) for one in stood if one.act.data.position in SIGNS]
    for sureness in (Sure.YES, Sure.PERHAPS):
        stale = [one for one, is_stale in signed if is_stale is sureness]
        if stale:
            found = _other_version(taken, stale, evidenced=sureness is Sure.YES)
            people = {who for one in stale for who in one.who}
            yield replace(found, until=_spoke(record, taken, *people) if all(one.who for one in stale) else OPEN_END)
            return


def _is_stale(signed: Stood, stood: list[Stood]) -> Sure:
    """Whether somebody signed another version and not what was decided as well.

    Perhaps, where it is not recorded who signed, and anybody gave a position on what was decided: it may have been they.
    """
    fresh = [one for one in stood if one.proposal == signed.proposal and one.stale < signed.stale]
    if not signed.who:
        return min(signed.stale, Sure.PERHAPS) if fresh else signed.stale
    return Sure.NO if {who for one in fresh for who in one.who}.issuperset(signed.who) else signed.stale


def _other_version(taken: Determination, stale: list[Stood], *, evidenced: bool) -> Tripped:
    people = dict.fromkeys(who for one in stale for who in one.who)
    unnamed: list[Said] = [] if all(one.who for one in stale) else [("somebody who is not recorded",)]
    named = joined([*((Named(one),) for one in people), *unnamed])
    said = (*named, " had signed another version than the one decided")
    if not evidenced and all(one.act.data.version is None for one in stale):
        said = ("which version ", *named, " had signed is not recorded")
    elif not evidenced:
        said = ("whether ", *named, " had signed the version that was decided is not recorded")
    return Tripped(said, (taken.position, *(one.position for one in stale)), taken.first, evidenced=evidenced)


def sign_off_without_authority(record: Record, decision: str) -> Iterator[Tripped]:
    """GL20: a partner had signed subject to a body of its own, or under a power not in force, when the decision took effect."""
    taken = determination(record, decision)
    if taken is None or not taken.binds:
        return
    relied_on = _relied_on(record, taken)
    for one in on_what_was_decided(record, taken):
        partners = [who for who in one.who if who in relied_on and not _decides_itself(record, taken, who)]
        if partners and one.act.data.position in {*SIGNS, "in-principle"}:
            yield from _unauthorised(record, taken, one, partners)


def _relied_on(record: Record, taken: Determination) -> set[str]:
    """Whose signature counted: those bound, and those whose sign-off the terms ask for, but parents that are not bound."""
    found = set(taken.bound)
    for body in taken.makers:
        terms = terms_of(record, body, taken.last) if body.startswith("body:") else None
        parents = {one.parent for one in record.at(taken.last).parents_of(body)}
        found.update(
            one.partner for one in (terms.data.sign_off if terms else None) or () if one.partner not in parents
        )
    return found


def _decides_itself(record: Record, taken: Determination, partner: str) -> bool:
    """Whether the decision is the partner's own: of those alone who act for it and for nobody else."""
    world = record.at(taken.last)
    return all(organisations_of(world, maker) == (partner,) for maker in taken.makers)


def _unauthorised(record: Record, taken: Determination, one: Stood, partners: list[str]) -> Iterator[Tripped]:
    since = max(record.effect(taken.taken), taken.first)
    in_time = max(record.end(taken.data.from_) or taken.last, taken.last)
    binding = one.act.data.binding
    if binding and binding.kind == "delegated" and binding.delegation:
        grant = record.grant(binding.delegation, record.end(one.act.on) or one.act.at.certain)
        if (
            grant is None
            or not grant.begun
            or any(not stop.functions and not stop.on_behalf_of for stop in grant.stops)
        ):
            said = (*_names(partners), " had signed under ", Named(binding.delegation), ", which was not in force")
            yield Tripped(said, (taken.position, one.position), since)
    if not binding or binding.kind not in _PROVISIONAL or binding.decision:
        return
    settled = min(_settled(record, taken, one, partners), default=None)
    if settled is None or settled > in_time:
        subject = (" subject to ", Named(binding.body)) if binding.body else (" without authority to bind",)
        said = (*_names(partners), " had signed", *subject, ", and nothing shows that it agreed in time")
        evidence = (taken.position, one.position)
        yield Tripped(said, evidence, since, OPEN_END if settled is None else settled)


def _settled(record: Record, taken: Determination, one: Stood, partners: list[str]) -> Iterator[int]:
    """The moments at which the partner was bound after all: by a decision of its own, or by a later position."""
    body = one.act.data.binding.body if one.act.data.binding else None
    for partner in partners:
        yield from (each.last for each in acted_for(record, partner, taken, body or ""))
    for other in on_what_was_decided(record, taken):
        later = other.act.at.earliest >= one.act.at.earliest and set(partners) <= set(other.who)
        if later and _kind(other) in _BINDS and other.act.data.position in FINAL:
            yield other.act.at.earliest


def _names(partners: list[str]) -> Said:
    return joined((Named(one),) for one in partners)


def _kind(one: Stood) -> str:
    return (one.act.data.binding.kind if one.act.data.binding else None) or ""

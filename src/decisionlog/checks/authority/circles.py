"""Whether a delegation leads back to somebody from whom the power came."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from decisionlog.checks.authority.relying import grant_of
from decisionlog.checks.authority.stretches import intervals, stretches
from decisionlog.checks.finding import Tripped
from decisionlog.checks.record import Record
from decisionlog.domain.authority.walking import Walk
from decisionlog.domain.facts.body import BodyConstituted
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.saying import Named, Said, joined

_LEADS_BACK = "leads-back"


def circular_delegation(record: Record, delegation: str) -> Iterator[Tripped]:
    """GL51: of the delegations that give a power round in a circle the one that was granted last, for as long as they do."""
    granted = grant_of(record, delegation)
    grant = record.grant(delegation, record.effect(granted)) if granted else None
    if granted is None or grant is None or not grant.delegator:
        return
    others = _back_to(record, grant.delegator, grant.delegates)
    if others is None:
        return
    acts = [act for one in others if (act := grant_of(record, one))]
    if any((record.effect(act), act.position) > (record.effect(granted), granted.position) for act in acts):
        return
    said = ("it gives a power back to where it came from", *_by_way_of(others))
    evidence = (granted.position, *(act.position for act in acts))
    looks = partial(_is_closed, frozenset({delegation, *others}))
    for closed in intervals(stretches(record, looks, grant.functions, grant.places, grant.matters)):
        yield Tripped(said, evidence, closed.since, closed.until)


def _by_way_of(others: tuple[str, ...]) -> Said:
    return (", by way of ", *joined([(Named(one),) for one in others])) if others else ()


def _is_closed(circle: frozenset[str], walk: Walk) -> tuple[frozenset[str], ...]:
    """The delegations of a circle, where one of them leads back on a way."""
    for ways in ("from_duties", "of_their_own"):
        getattr(walk, ways)
        if any(one.code == _LEADS_BACK and one.subject in circle for one in walk.findings.values()):
            return (circle,)
    return ()


def _back_to(record: Record, giver: str, delegates: tuple[str, ...]) -> tuple[str, ...] | None:
    """By which other delegations a power may come from these delegates back to its giver; none, where it cannot."""
    passed = set(delegates)
    waiting: list[tuple[str, tuple[str, ...]]] = [(one, ()) for one in delegates]
    while waiting:
        party, by = waiting.pop(0)
        if party == giver:
            return by
        for receiver, delegation in _given_by(record, party):
            if receiver not in passed:
                passed.add(receiver)
                waiting.append((receiver, (*by, delegation) if delegation else by))
    return None


def _given_by(record: Record, party: str) -> Iterator[tuple[str, str]]:
    """Whoever may have a power from somebody: by which delegation, or as a body of theirs by none."""
    for granted in record.naming(party, DelegationGranted, "delegator", "on_behalf_of"):
        yield from ((one, granted.fact.stream) for one in granted.data.delegates or ())
    for constituted in record.naming(party, BodyConstituted, "parents.parent"):
        yield constituted.fact.stream, ""

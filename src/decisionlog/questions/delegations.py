"""A delegation as a link of a chain: from whom, to whom, within what, and whether it held when it was used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo

from decisionlog.domain.answers import Hop
from decisionlog.domain.days import NotADate, instant_asked, span
from decisionlog.domain.facts.delegation import DelegationGranted
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.facts.typed import untyped
from decisionlog.domain.known import Known, happened_at, read
from decisionlog.questions.telling import NOT_RECORDED, opened
from decisionlog.store.log import Log

_ENDS = {"delegation.revoked": "revoked", "delegation.lapsed": "lapsed", "delegation.suspended": "suspended"}


def hop(log: Log, stream: str, known: Known, used_on: str | None) -> Hop | None:
    """The delegation of a stream as known, and whether it was in force on the day (or at the time) when it was used."""
    everything = log.stream(stream)
    reading = read(everything, known, log.zone)
    facts = reading.facts
    granted = next((fact for fact in facts if isinstance(fact.data, DelegationGranted)), None)
    if granted is None:
        return None
    data = opened(untyped(granted.data), log.openings([granted]))
    ends = [fact for fact in facts if fact.type in _ENDS or fact.type == "delegation.resumed"]
    corrections = dict.fromkeys(change.position for change in reading.corrections.get(granted.position, ()))
    return Hop(
        from_=data.get("delegator", NOT_RECORDED),
        to=tuple(data.get("delegates", ())),
        legal_basis=data.get("legal_basis", NOT_RECORDED),
        instrument=data.get("instrument", NOT_RECORDED),
        clause=data.get("clause", ""),
        limits=tuple(data.get("limits", ())),
        valid=validity(granted, ends, used_on, log.zone),
        delegation=stream,
        words=data.get("words", "") if isinstance(data.get("words", ""), str) else "withheld",
        evidence=(granted.position, *corrections, *(fact.position for fact in ends)),
    )


def validity(granted: Fact, ends: Iterable[Fact], used_on: str | None, zone: tzinfo) -> str:
    """Whether a delegation was in force, over the whole time at which it may have been used; with why not."""
    if used_on is None:
        return f"{NOT_RECORDED}: the day of use is not recorded"
    try:
        first, last = span(used_on, zone).earliest, instant_asked(used_on, zone)
    except NotADate:
        return f"{NOT_RECORDED}: '{used_on}' is not a date"
    ends = list(ends)
    before, after = _state(granted, ends, first, zone), _state(granted, ends, last, zone)
    if before == after:
        return before
    return f"possible: {before}, then {after}, within {used_on}"


def _state(granted: Fact, ends: list[Fact], moment: int, zone: tzinfo) -> str:
    begins = _effect(granted, zone)
    if moment < begins:
        return f"not in force: granted from {_written(granted)}"
    state = "in force"
    for fact in sorted(ends, key=lambda fact: (_effect(fact, zone), fact.position)):
        if _effect(fact, zone) <= moment:
            ended = _ENDS.get(fact.type)
            state = f"not in force: {ended} on {_written(fact)}" if ended else "in force"
            if fact.type == "delegation.suspended" and _is_over(fact, moment, zone):
                state = "in force"
    if state == "in force" and _is_over(granted, moment, zone):
        return f"not in force: it ended before {getattr(granted.data, 'until', '')}"
    return state


def _effect(fact: Fact, zone: tzinfo) -> int:
    from_ = getattr(fact.data, "from_", None)
    try:
        return span(from_, zone).earliest if from_ else happened_at(fact, zone)
    except NotADate:
        return happened_at(fact, zone)


def _is_over(fact: Fact, moment: int, zone: tzinfo) -> bool:
    until = getattr(fact.data, "until", None)
    try:
        return bool(until) and span(until, zone).earliest <= moment
    except NotADate:
        return False


def _written(fact: Fact) -> str:
    return getattr(fact.data, "from_", None) or fact.on or f"{fact.said_at} (when it was first said)"

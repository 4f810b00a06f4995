"""A delegation as a link of a chain: from whom, to whom, within what, and whether it held when it was used."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from decisionlog.domain.answers.deciding import Hop
from decisionlog.domain.days import NotADate, instant_asked, span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import happened_at
from decisionlog.questions.telling import NOT_RECORDED, text_of
from decisionlog.questions.viewing import Seen, Stated

_ENDS = {"delegation.revoked": "revoked", "delegation.lapsed": "lapsed", "delegation.suspended": "suspended"}
_RESUMED = "delegation.resumed"
_OF_THE_VARYING = frozenset(
    {"from", "by_decision", "instrument", "clause", "legal_basis", "struck", "reason", "documents"}
)
"""Fields of a variation that say how it was varied, and change no term."""


def hop(seen: Seen, used_on: str | None, zone: tzinfo, *, step: int = 0, rests: str = "") -> Hop | None:
    """The delegation of a stream as known, with its terms and whether it was in force when it was used."""
    granted = _granted(seen)
    if granted is None:
        return None
    data, varied = terms(seen, used_on, zone)
    ends = [fact for fact in seen.reading.facts if fact.type in _ENDS or fact.type == _RESUMED]
    corrections = dict.fromkeys(change.position for change in seen.reading.corrections.get(granted.position, ()))
    return Hop(
        from_=data.get("delegator", NOT_RECORDED),
        to=tuple(data.get("delegates", ())),
        legal_basis=data.get("legal_basis", NOT_RECORDED),
        instrument=data.get("instrument", NOT_RECORDED),
        clause=data.get("clause", ""),
        limits=tuple(data.get("limits", ())),
        valid=validity(granted.fact, ends, used_on, zone),
        delegation=seen.stream,
        words=text_of(data.get("words")),
        evidence=(granted.position, *corrections, *(one.position for one in varied), *(fact.position for fact in ends)),
        step=step,
        rests=rests,
    )


def _granted(seen: Seen) -> Stated | None:
    """The grant, also where it was made after the day asked about: that it was not yet in force is the answer then."""
    return next((one for one in seen.known() if one.fact.type == "delegation.granted"), None)


def terms(seen: Seen, used_on: str | None, zone: tzinfo) -> tuple[dict[str, Any], list[Stated]]:
    """The terms of a delegation on a day, and the variations that they rest on."""
    granted = _granted(seen)
    data: dict[str, Any] = dict(granted.data) if granted else {}
    applied = []
    for one in seen.known():
        if one.fact.type != "delegation.varied" or not _had_begun(one.fact, used_on, zone):
            continue
        applied.append(one)
        data |= {name: value for name, value in one.data.items() if name not in _OF_THE_VARYING}
        for name in one.data.get("struck", ()):
            data.pop(name, None)
    return data, applied


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


def _had_begun(varied: Fact, used_on: str | None, zone: tzinfo) -> bool:
    if used_on is None:
        return False
    try:
        return _effect(varied, zone) <= instant_asked(used_on, zone)
    except NotADate:
        return False


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

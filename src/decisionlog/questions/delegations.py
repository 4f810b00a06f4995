"""A delegation as a link of a chain: from whom, to whom, within what, and whether it held when it was used."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any

from decisionlog.domain.answers.deciding import Hop
from decisionlog.domain.days import NotADate, instant_asked
from decisionlog.domain.facts.envelope import Fact
from decisionlog.questions.in_force import ENDINGS, Given, Use, takes_effect, validity
from decisionlog.questions.telling import NOT_RECORDED, text_of
from decisionlog.questions.viewing import Seen, Stated

_OF_THE_VARYING = frozenset(
    {"from", "by_decision", "instrument", "clause", "legal_basis", "struck", "reason", "documents"}
)
"""Fields of a variation that say how it was varied, and change no term."""


def hop(
    seen: Seen, used_on: str | None, zone: tzinfo, use: Use | None = None, *, step: int = 0, rests: str = ""
) -> Hop | None:
    """The delegation of a stream as known, with its terms and whether it was in force when it was used, and for that use."""
    granted = _granted(seen)
    if granted is None:
        return None
    data, varied = terms(seen, used_on, zone)
    ends = tuple(fact for fact in seen.reading.facts if fact.type in ENDINGS)
    corrections = dict.fromkeys(change.position for change in seen.reading.corrections.get(granted.position, ()))
    return Hop(
        from_=data.get("delegator", NOT_RECORDED),
        to=tuple(data.get("delegates", ())),
        legal_basis=data.get("legal_basis", NOT_RECORDED),
        instrument=data.get("instrument", NOT_RECORDED),
        clause=data.get("clause", ""),
        limits=tuple(data.get("limits", ())),
        valid=validity(Given(granted.fact, data, ends, zone), used_on, use),
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


def _had_begun(varied: Fact, used_on: str | None, zone: tzinfo) -> bool:
    if used_on is None:
        return False
    try:
        return takes_effect(varied, zone) <= instant_asked(used_on, zone)
    except NotADate:
        return False

"""A delegation as a link of a chain: from whom, to whom, within what, and whether it held when it was used."""

from __future__ import annotations

from datetime import tzinfo
from typing import Any, Final

from decisionlog.domain.answers.deciding import Hop
from decisionlog.domain.authority.standing import IN_FORCE, NOT_CONTINUED, NOT_KNOWN, NOT_YET, Standing, Use, standing
from decisionlog.domain.authority.world import Grant, Stop, World
from decisionlog.domain.days import NotADate, day_before, instant_asked, span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import happened_at
from decisionlog.questions.point import day_of
from decisionlog.questions.telling import NOT_RECORDED, text_of
from decisionlog.questions.viewing import Seen, Stated, Viewing

_OF_THE_VARYING: Final = frozenset(
    {"from", "by_decision", "instrument", "clause", "legal_basis", "struck", "reason", "documents"}
)
"""Fields of a variation that say how it was varied, and change no term."""
OUTLIVED_BY_NOTHING: Final = f"{NOT_RECORDED}: nothing says that it outlived whoever gave it"
"""How a delegation stands whose giver is no more."""
_IN_WORDS: Final = {
    NOT_CONTINUED: "not in force: not continued when whoever gave it was succeeded",
    NOT_KNOWN: OUTLIVED_BY_NOTHING,
}


def hop(
    viewing: Viewing, stream: str, used_on: str | None, use: Use | None = None, *, step: int = 0, rests: str = ""
) -> Hop | None:
    """The delegation of a stream as known, with its terms and whether it was in force when it was used, and for that use."""
    seen = viewing.of(stream)
    granted = _granted(seen)
    if granted is None:
        return None
    data, varied = terms(seen, used_on, viewing.log.zone)
    valid, why = validity(viewing, stream, used_on, use)
    corrections = dict.fromkeys(change.position for change in seen.reading.corrections.get(granted.position, ()))
    evidence = (granted.position, *corrections, *(one.position for one in varied), *why)
    return Hop(
        from_=data.get("delegator", NOT_RECORDED),
        to=tuple(data.get("delegates", ())),
        legal_basis=data.get("legal_basis", NOT_RECORDED),
        instrument=data.get("instrument", NOT_RECORDED),
        clause=data.get("clause", ""),
        limits=tuple(data.get("limits", ())),
        valid=valid,
        delegation=stream,
        words=text_of(data.get("words")),
        evidence=tuple(dict.fromkeys(evidence)),
        step=step,
        rests=rests,
    )


def _granted(seen: Seen) -> Stated | None:
    """The grant, also where it was made after the day asked about: that it was not yet in force is the answer then."""
    return next((one for one in seen.known() if one.fact.type == "delegation.granted"), None)


# What it says


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
        return _takes_effect(varied, zone) <= instant_asked(used_on, zone)
    except NotADate:
        return False


def _takes_effect(fact: Fact, zone: tzinfo) -> int:
    """The first moment from which a fact has effect."""
    from_ = getattr(fact.data, "from_", None)
    try:
        return span(from_, zone).earliest if from_ else happened_at(fact, zone)
    except NotADate:
        return happened_at(fact, zone)


# Whether it held


def validity(viewing: Viewing, stream: str, used_on: str | None, use: Use | None = None) -> tuple[str, tuple[int, ...]]:
    """Whether a delegation was in force, over the whole time at which it may have been used; with why not, and the facts.

    Where it ended in part, this is told of its `use`; where none is given, that it is `in force in part`.
    """
    if used_on is None:
        return f"{NOT_RECORDED}: the day of use is not recorded", ()
    try:
        moments = span(used_on, viewing.log.zone).earliest, instant_asked(used_on, viewing.log.zone)
    except NotADate:
        return f"{NOT_RECORDED}: '{used_on}' is not a date", ()
    (before, _), (after, evidence) = (_held(viewing.world.at(moment), viewing, stream, use) for moment in moments)
    if before == after:
        return before, evidence
    return f"possible: {before}, then {after}, within {used_on}", evidence


def _held(world: World, viewing: Viewing, stream: str, use: Use | None) -> tuple[str, tuple[int, ...]]:
    grant = next(iter(world.grants([stream])), None)
    if grant is None:
        return f"{NOT_RECORDED}: it was not known {day_of(viewing.point.basis.known_at)}", ()
    found = standing(world, grant, use)
    said = _said(found, grant, use)
    return (f"possible: {said}, a date of it is recorded only in part" if found.possible else said), found.evidence


def _said(found: Standing, grant: Grant, use: Use | None) -> str:
    if found.state in _IN_WORDS:
        return _IN_WORDS[found.state]
    if found.state == NOT_YET:
        return f"not in force: granted from {found.on or f'a day that is {NOT_RECORDED}'}"
    if found.state == "ended":
        ended = found.on or grant.until
        last = day_before(ended or "")
        return f"not in force: its last day was {last}" if last else f"not in force: it ended before {ended}"
    if found.state != IN_FORCE:
        return f"not in force: {found.state}{_on(found.on)}"
    if not found.in_part:
        return IN_FORCE
    parts = ", ".join(_part(stop) for stop in found.in_part)
    if use is None:
        return f"in force in part: {parts}"
    return f"possible: {parts}; whether that reaches this use is not recorded"


def _part(stop: Stop) -> str:
    return f"{stop.how} in part{_on(stop.on)}"


def _on(day: str) -> str:
    return f" on {day}" if day else ""

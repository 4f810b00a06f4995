"""Whether a delegation was in force when it was used: for whom, and for which functions, where it ended only in part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from typing import Any, Final, NamedTuple

from decisionlog.domain.days import NotADate, instant_asked, span
from decisionlog.domain.facts.envelope import Fact
from decisionlog.domain.known import happened_at
from decisionlog.questions.telling import NOT_RECORDED

_ENDS: Final = {"delegation.revoked": "revoked", "delegation.lapsed": "lapsed", "delegation.suspended": "suspended"}
_RESUMED: Final = "delegation.resumed"
ENDINGS: Final = (*_ENDS, _RESUMED)
"""Types of fact that bear on whether a delegation is in force."""


class Use(NamedTuple):
    """What a delegation was used for, as far as it is recorded."""

    functions: frozenset[str]
    """The functions exercised, and those that they are part of."""
    parties: frozenset[str]
    """The organisations bound."""


class Given(NamedTuple):
    """A delegation: the fact that granted it, its terms by then, and what bears on whether it is in force."""

    granted: Fact
    terms: Mapping[str, Any]
    ends: tuple[Fact, ...]
    zone: tzinfo


def validity(given: Given, used_on: str | None, use: Use | None = None) -> str:
    """Whether a delegation was in force, over the whole time at which it may have been used; with why not.

    Where it ended in part, this is told of its `use`; where none is given, that it is `in force in part`.
    """
    if used_on is None:
        return f"{NOT_RECORDED}: the day of use is not recorded"
    try:
        first, last = span(used_on, given.zone).earliest, instant_asked(used_on, given.zone)
    except NotADate:
        return f"{NOT_RECORDED}: '{used_on}' is not a date"
    before, after = _state(given, first, use), _state(given, last, use)
    if before == after:
        return before
    return f"possible: {before}, then {after}, within {used_on}"


def takes_effect(fact: Fact, zone: tzinfo) -> int:
    """The first moment from which a fact has effect."""
    from_ = getattr(fact.data, "from_", None)
    try:
        return span(from_, zone).earliest if from_ else happened_at(fact, zone)
    except NotADate:
        return happened_at(fact, zone)


def _state(given: Given, moment: int, use: Use | None) -> str:
    if moment < takes_effect(given.granted, given.zone):
        return f"not in force: granted from {_written(given.granted)}"
    reached = [(fact, _reaches(fact, given.terms, use)) for fact in _standing(given, moment)]
    for fact, reaches in reversed(reached):
        if reaches:
            return f"not in force: {_ENDS[fact.type]} on {_written(fact)}"
    if _is_over(given.granted, moment, given.zone):
        return f"not in force: it ended before {getattr(given.granted.data, 'until', '')}"
    unclear = [f"{_ENDS[fact.type]} in part on {_written(fact)}" for fact, reaches in reached if reaches is None]
    if not unclear:
        return "in force"
    if use is None:
        return f"in force in part: {', '.join(unclear)}"
    return f"possible: {', '.join(unclear)}; whether that reaches this use is not recorded"


def _standing(given: Given, moment: int) -> Iterable[Fact]:
    """What had ended it by a moment, wholly or in part, and did so still."""
    standing: dict[int, Fact] = {}
    for fact in sorted(given.ends, key=lambda fact: (takes_effect(fact, given.zone), fact.position)):
        if takes_effect(fact, given.zone) > moment:
            continue
        if fact.type == _RESUMED:
            named = fact.of.n if fact.of and fact.of.stream == fact.stream else 0
            over = [n for n, one in standing.items() if one.type == "delegation.suspended" and named in {0, n}]
            for n in over:
                del standing[n]
        elif not (fact.type == "delegation.suspended" and _is_over(fact, moment, given.zone)):
            standing[fact.n] = fact
    return standing.values()


def _reaches(ending: Fact, terms: Mapping[str, Any], use: Use | None) -> bool | None:
    """Whether what ended a delegation reaches a use of it; none, where that cannot be told."""
    parties = _apart(getattr(ending.data, "on_behalf_of", None), terms.get("on_behalf_of", ()))
    scope = getattr(ending.data, "scope", None)
    functions = _apart([one.function for one in scope or ()], [one.get("function") for one in terms.get("scope", ())])
    told = [
        _meets(parties, use.parties if use else frozenset()),
        _meets(functions, use.functions if use else frozenset()),
    ]
    return False if False in told else None if None in told else True


def _apart(named: Iterable[str] | None, everything: Iterable[str]) -> frozenset[str]:
    """What an ending names of what was given; nothing, where it names the whole."""
    ended = frozenset(named or ())
    return ended if set(everything) - ended else frozenset()


def _meets(ended: frozenset[str], used: frozenset[str]) -> bool | None:
    if not ended:
        return True
    return bool(ended & used) if used else None


def _is_over(fact: Fact, moment: int, zone: tzinfo) -> bool:
    until = getattr(fact.data, "until", None)
    try:
        return bool(until) and span(until, zone).earliest <= moment
    except NotADate:
        return False


def _written(fact: Fact) -> str:
    return getattr(fact.data, "from_", None) or fact.on or f"{fact.said_at} (when it was first said)"

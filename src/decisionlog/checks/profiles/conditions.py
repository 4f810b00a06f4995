"""Under what a field is asked for: whether a decision was key, urgent, exempt, taken at a meeting, and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from decisionlog.checks.profiles.record import DecisionRecord, says_none

_GOES_NOWHERE: Final = frozenset({"noted", "received", "withdrawn", "no-decision"})
_ALONE: Final = frozenset({"individual", "written-procedure", "without-meeting"})


class Held(NamedTuple):
    """Whether a condition held; None: that is not recorded."""

    held: bool | None
    why: str
    """Where it did not hold, or where it is not recorded: how that is told."""
    evidence: tuple[int, ...]


def holds(condition: str, record: DecisionRecord) -> Held:
    """Whether a condition of the table held for a decision; what has none always does."""
    return _RULES[condition](record) if condition else Held(held=True, why="", evidence=())


def _key(record: DecisionRecord) -> Held:
    said_by = ("decision.taken key", "proposal.noticed key", "proposal.submitted key")
    found = next(filter(None, (list(record.values(path)) for path in said_by)), [])
    return _either(found, "it was not a key decision", "it is not recorded whether it was a key decision")


def _urgent(record: DecisionRecord) -> Held:
    found = [fact.position for fact in record.of("decision.taken") if "urgent" in fact.data]
    return Held(bool(found) or None, "" if found else "no urgency is recorded", tuple(found))


def _exempt(record: DecisionRecord) -> Held:
    types = ("decision.taken", "decision.published", "proposal.submitted", "record.access_changed")
    found = [
        (level != "open", position) for level, position in record.values(*(f"{name} access.level" for name in types))
    ]
    return _either(found, "it is open", "it is not recorded whether it is open or exempt")


def _at_a_meeting(record: DecisionRecord) -> Held:
    met = tuple(position for _, position in record.values("decision.taken meeting"))
    if met:
        return Held(held=True, why="", evidence=met)
    alone = [position for method, position in record.values("decision.taken method") if method in _ALONE]
    if alone:
        return Held(held=False, why="it was taken outside a meeting", evidence=tuple(alone))
    return Held(held=None, why="no meeting is recorded at which it was taken", evidence=())


def _interest_declared(record: DecisionRecord) -> Held:
    if record.interests:
        return Held(
            held=True, why="", evidence=tuple(fact.position for one in record.interests for fact in one.facts.every[:1])
        )
    none = [
        position
        for value, position in record.values("decision.taken interests", "meeting.held interests")
        if says_none(value)
    ]
    if none:
        return Held(held=False, why="no interest was declared", evidence=tuple(none))
    return Held(held=None, why="it is not recorded whether an interest was declared", evidence=())


def _consulted(record: DecisionRecord) -> Held:
    found = [
        (not says_none(value), position)
        for value, position in record.values("decision.taken consulted", "proposal.consulted consulted")
    ]
    return _either(found, "nobody was consulted", "it is not recorded whether anybody was consulted")


def _express_authorisation(record: DecisionRecord) -> Held:
    found = [
        ("matters" in grant.data, grant.position)
        for grant in record.of("delegation.granted")
        if "matters" in grant.data or "scope" in grant.data
    ]
    general = "it was taken under a general authorisation"
    return _either(found, general, "it is not recorded whether it was expressly authorised")


def _by_delegation(record: DecisionRecord) -> Held:
    given = tuple(position for _, position in record.values("decision.taken authority.delegation"))
    if given:
        return Held(held=True, why="", evidence=given)
    own = tuple(position for _, position in record.values("decision.taken authority"))
    if own:
        return Held(held=False, why="it relied on no delegation", evidence=own)
    return Held(held=None, why="it is not recorded whether it relied on a delegation", evidence=())


def _goes_on(record: DecisionRecord) -> Held:
    found = [(outcome not in _GOES_NOWHERE, position) for outcome, position in record.values("decision.taken outcome")]
    return _either(found, "what came of it goes no further", "it is not recorded what came of it")


def _on_a_paper(record: DecisionRecord) -> Held:
    papers = tuple(fact.position for fact in record.of("proposal.submitted"))
    return Held(bool(papers) or None, "" if papers else "no paper is recorded that it disposed of", papers)


def _either(found: list[tuple[Any, int]], where_not: str, where_unknown: str) -> Held:
    """Held where any fact says so, else not held where any says that it was not."""
    if yes := tuple(position for value, position in found if value):
        return Held(held=True, why="", evidence=yes)
    no = tuple(position for _, position in found)
    return Held(held=False, why=where_not, evidence=no) if no else Held(held=None, why=where_unknown, evidence=())


_RULES: Final[Mapping[str, Callable[[DecisionRecord], Held]]] = {
    "key": _key,
    "urgent": _urgent,
    "exempt": _exempt,
    "at-a-meeting": _at_a_meeting,
    "interest-declared": _interest_declared,
    "consulted": _consulted,
    "express-authorisation": _express_authorisation,
    "by-delegation": _by_delegation,
    "goes-on": _goes_on,
    "on-a-paper": _on_a_paper,
}

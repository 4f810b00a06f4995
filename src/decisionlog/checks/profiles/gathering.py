"""The record of one decision, gathered from the streams that bear on it: its own, its proposals', its meeting's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from decisionlog.checks.profiles.looking import Looking, Stated, Stream
from decisionlog.checks.profiles.record import DecisionRecord, Declared, Facts, Noted
from decisionlog.domain.authority.world import World
from decisionlog.domain.en_bloc import carried
from decisionlog.domain.references import fold

_OF_A_PROPOSAL: Final = ("proposal.submitted", "proposal.revised", "proposal.noticed", "proposal.consulted")
_OF_A_MEETING: Final = (
    "meeting.held",
    "meeting.resumed",
    "meeting.quorum_noted",
    "meeting.interest_declared",
    "meeting.minutes_drafted",
    "meeting.minutes_confirmed",
    "meeting.minutes_published",
)


Dispensations = dict[str, list[Noted]]
"""The dispensations of each person who was asked about already."""


def record_of(
    viewing: Looking, seen: Stream, taken: Stated, world: World, dispensations: Dispensations
) -> DecisionRecord:
    """What is recorded that bears on a decision; `world` is that of its day, and `dispensations` are added to."""
    data = taken.data
    facts = [_noted(one) for one in seen.stated() if one.fact.type != taken.fact.type]
    for part in data.get("proposals", ()):
        facts += map(_noted, viewing.of(part["proposal"]).stated(*_OF_A_PROPOSAL) if "proposal" in part else ())
    meeting = viewing.of(data["meeting"]) if "meeting" in data else None
    of_the_meeting = [one for one in meeting.stated(*_OF_A_MEETING) if _bears_on(one, data)] if meeting else []
    facts += map(_noted, of_the_meeting)
    facts += _terms(data.get("decision_makers", ()), world)
    facts += _grants(viewing, data)
    interests = [*_listed(taken), *(each for one in of_the_meeting for each in _listed(one))]
    declared = [_declared(meeting, one, data) for one in of_the_meeting if _declares(one)] if meeting else []
    merged = _merged(declared, interests)
    for one in merged:
        if one.by not in dispensations:
            dispensations[one.by] = list(_dispensations(viewing, one.by))
    dispensed = [_dispensed(one, dispensations[one.by], seen.stream, data) for one in merged]
    return DecisionRecord(Facts((_noted(taken), *facts)), tuple(dispensed))


def _noted(one: Stated) -> Noted:
    return Noted(one.fact.type, one.data, one.position, one.fact.on or "", one.fact.stream)


def _bears_on(one: Stated, decision: Mapping[str, Any]) -> bool:
    """Whether what is recorded of a meeting bears on a decision: on its item, and on whoever decided."""
    items, bodies = one.data.get("items"), one.data.get("bodies")
    own = {fold(item) for item in carried(decision)}
    if items and own and own.isdisjoint(map(fold, items)):
        return False
    if one.fact.type == "meeting.quorum_noted" and bodies:
        return not set(bodies).isdisjoint(decision.get("decision_makers", bodies))
    return True


def _terms(makers: Iterable[str], world: World) -> Iterator[Noted]:
    for maker in makers:
        terms = world.terms(maker) if maker.startswith("body:") else None
        if terms is not None and terms.evidence:
            yield Noted("body.terms_adopted", {"version": terms.version}, terms.evidence[0])


def _grants(viewing: Looking, decision: Mapping[str, Any]) -> Iterator[Noted]:
    for relied_on in decision.get("authority", ()):
        if "delegation" in relied_on and (granted := viewing.of(relied_on["delegation"]).first("delegation.granted")):
            yield _noted(granted)


def _declares(one: Stated) -> bool:
    return one.fact.type == "meeting.interest_declared"


def _listed(one: Stated) -> Iterator[Declared]:
    """The interests that a decision or a meeting lists itself."""
    if one.fact.type not in {"decision.taken", "meeting.held"}:
        return
    for entry in one.data.get("interests", ()):
        alone = Noted(one.fact.type, {"interests": [entry]}, one.position, one.fact.on or "")
        yield Declared(entry.get("by", ""), Facts((alone,)))


def _declared(meeting: Stream, one: Stated, decision: Mapping[str, Any]) -> Declared:
    """An interest declared by a fact of its own, with what was done about it."""
    managed = [
        _noted(other)
        for other in meeting.stated("meeting.conflict_managed")
        if other.fact.of and other.fact.of.n == one.fact.n and _bears_on(other, decision)
    ]
    return Declared(one.data.get("by", ""), Facts((_noted(one), *managed)))


def _merged(declared: Iterable[Declared], listed: Iterable[Declared]) -> list[Declared]:
    """Each interest once: what is listed of a person who declared one too says more of that one."""
    found = list(declared)
    for one in listed:
        same = next((number for number, other in enumerate(found) if other.by == one.by), None)
        if same is None:
            found.append(one)
        else:
            found[same] = Declared(one.by, Facts((*found[same].facts.every, *one.facts.every)))
    return found


def _dispensations(viewing: Looking, person: str) -> Iterator[Noted]:
    for dispensation in viewing.dispensations_of(person) if person else ():
        if granted := viewing.of(dispensation).first("dispensation.granted"):
            yield _noted(granted)


def _dispensed(one: Declared, granted: Iterable[Noted], stream: str, decision: Mapping[str, Any]) -> Declared:
    """An interest with the dispensations of its person that reach the decision."""
    reaching = [each for each in granted if _reaches(each.data, stream, decision)]
    return Declared(one.by, Facts((*one.facts.every, *reaching))) if reaching else one


def _reaches(dispensation: Mapping[str, Any], stream: str, decision: Mapping[str, Any]) -> bool:
    """Whether a dispensation is for the body that decided and for what it decided, where it names any."""
    proposals = [part.get("proposal") for part in decision.get("proposals", ())]
    matters = {stream, *proposals, *decision.get("functions", ())}
    bodies = set(decision.get("decision_makers", ()))
    named_bodies, named_matters = dispensation.get("bodies", ()), dispensation.get("matters", ())
    return (not named_bodies or not bodies.isdisjoint(named_bodies)) and (
        not named_matters or not matters.isdisjoint(named_matters)
    )

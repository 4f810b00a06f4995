"""What bears on who must record what of a decision, looked up on its day: what kinds of deciders and organisations, what law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from decisionlog.checks.profiles.choosing import PROCUREMENT, Circumstances, Known, Law, Maker
from decisionlog.checks.profiles.looking import Looking, Stated
from decisionlog.checks.profiles.record import DecisionRecord
from decisionlog.domain.authority.world import World
from decisionlog.domain.references import split

_WITHOUT_A_SAY: Final = frozenset({"in-attendance", "observer", "secretary", "non-voting-member"})


def circumstances_of(
    viewing: Looking, taken: Stated, record: DecisionRecord, world: World, moment: int
) -> Circumstances:
    """The circumstances of a decision; `world` is that of its moment."""
    data = taken.data
    people = list(data.get("people", ()))
    return Circumstances(
        day=taken.fact.on or "",
        outcome=data.get("outcome", ""),
        asked_to=data.get("asked_to", ""),
        key=any(value is True for value, _ in record.values("decision.taken key", "proposal.noticed key")),
        position=taken.position,
        makers=tuple(_maker(viewing, one, people, world, moment) for one in data.get("decision_makers", ())),
        bound=tuple(_bound(data.get("on_behalf_of", ()), world)),
        laws=tuple(_laws(taken, record, world)),
        givers=tuple(
            _known(giver, world)
            for grant in record.of("delegation.granted")
            if split(giver := grant.data.get("delegator", ""))[0] == "body"
        ),
    )


def _known(reference: str, world: World) -> Known:
    party = world.party(reference)
    return Known(reference, party.kind, party.evidence)


def _maker(viewing: Looking, reference: str, people: list[str], world: World, moment: int) -> Maker:
    kind = split(reference)[0]
    party = world.party(reference)
    above = list(_above(reference, world, set())) if kind == "body" else []
    own = {"body": above, "organisation": [reference]}.get(kind, party.organisations)
    terms = world.terms(reference) if kind == "body" else None
    return Maker(
        reference=reference,
        kind=party.kind if kind == "body" else "",
        evidence=(*party.evidence, *(terms.evidence if terms and terms.can else ())),
        can=terms.can if terms else "",
        above=tuple(_known(one, world) for one in above if split(one)[0] == "body"),
        organisations=tuple(_known(one, world) for one in own if split(one)[0] == "organisation"),
        sits_on=tuple(_seats(viewing, [reference, *people], world, moment)) if kind in {"post", "person"} else (),
    )


def _above(body: str, world: World, met: set[str]) -> Iterator[str]:
    """The parents of a body, and theirs, each once."""
    for seat in world.parents_of(body):
        if seat.parent not in met:
            met.add(seat.parent)
            yield seat.parent
            if split(seat.parent)[0] == "body":
                yield from _above(seat.parent, world, met)


def _seats(viewing: Looking, members: Iterable[str], world: World, moment: int) -> Iterator[Known]:
    for seat in viewing.seats_of(members, moment):
        if seat.role not in _WITHOUT_A_SAY and seat.voting is not False:
            yield Known(seat.body, world.party(seat.body).kind, (seat.position,))


def _bound(named: Iterable[str], world: World) -> Iterator[Known]:
    """The organisations that a decision names as bound; those of a body, where it names a body."""
    for one in named:
        if split(one)[0] != "body":
            yield _known(one, world)
            continue
        organisations = [each for each in _above(one, world, set()) if split(each)[0] == "organisation"]
        yield from (_known(each, world) for each in organisations)
        if not organisations:
            yield Known(one, "", world.party(one).evidence)


def _laws(taken: Stated, record: DecisionRecord, world: World) -> Iterator[Law]:
    for relied_on in taken.data.get("authority", ()):
        if code := relied_on.get("legal_basis"):
            yield Law(code, taken.fact.stream, (taken.position,))
    for grant in record.of("delegation.granted"):
        if code := grant.data.get("legal_basis"):
            yield Law(code, grant.stream, (grant.position,))
    yield from _procured(record, world)


def _procured(record: DecisionRecord, world: World) -> Iterator[Law]:
    """The functions exercised of which the duty, or that of one above them, rests on the law of procurement."""
    named = (record.values(f"{type_} functions") for type_ in ("decision.taken", "proposal.submitted"))
    exercised = next(filter(None, ([one for one, _ in values if isinstance(one, str)] for values in named)), [])
    for function in dict.fromkeys(exercised):
        for duty in world.duties(world.function(function).chain):
            if duty.legal_basis == PROCUREMENT:
                yield Law(PROCUREMENT, function, duty.evidence)

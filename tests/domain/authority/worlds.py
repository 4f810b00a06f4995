"""A small world in memory: what is known of authority, written down by hand, at every moment alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Any, ClassVar

from decisionlog.domain.authority.question import Question
from decisionlog.domain.authority.resolving import resolve
from decisionlog.domain.authority.table import Basis, Table
from decisionlog.domain.authority.world import (
    Catalogue,
    Consent,
    Disputed,
    Duty,
    Fund,
    Grant,
    Holder,
    Instrument,
    Party,
    Promise,
    Relation,
    Seat,
    Share,
    Stop,
    Succession,
    Terms,
)

NOW = 1_000
HELD: dict[str, Any] = {"evidence": (1,), "since": "2025-04-01", "until": "", "possible": False}
F = "function:discharge"
ICB, COUNCIL = "organisation:icb", "organisation:council"
BOARD, CABINET, COMMITTEE, FORUM = "body:board", "body:cabinet", "body:committee", "body:forum"
DIRECTOR = "post:director"
PLACE, EAST, WEST, SYSTEM = "place:northmoor", "place:east", "place:west", "place:system"
WITHIN = {EAST: (PLACE,), WEST: (PLACE,), PLACE: (SYSTEM,)}


def basis(code="power", **given) -> Basis:
    usual = {
        "name": code, "uri": "", "from_": "", "until": "", "givers": ("any",), "receivers": ("any",), "onward": "",
        "accountability": "", "liability": "giver", "liability_words": "", "source": "", "verified": True,
    }  # fmt: skip
    return Basis(code=code, **(usual | given))


TABLE = Table(
    "test-1", {"power": basis(), "moves": basis("moves", liability="receiver")}, {"icb": ("NHS England",)}, ("mou",)
)


def duty(holder=ICB, **given) -> Duty:
    usual = {
        "function": F, "n": 2, "holder": holder, "places": (), "legal_basis": "power", "instrument": "", "clause": "",
        "must_consult": (), "placed_at": 0,
    }  # fmt: skip
    return Duty(**(HELD | usual | given))


def grant(giver=ICB, *delegates, reference="", **given) -> Grant:
    usual = {
        "reference": reference or f"delegation:{giver.partition(':')[2]}-{'-'.join(delegates).replace(':', '.')}",
        "begun": True, "granted_at": 500, "delegator": giver, "on_behalf_of": (), "delegates": delegates,
        "jointly": False, "kind": "delegate", "functions": (F,), "scope": (), "matters": (), "places": (),
        "legal_basis": "power", "instrument": "instrument:scheme", "clause": "", "by_decision": "", "parent": "",
        "continues": (), "exclusivity": "", "limits": (), "conditions": (), "must_consult": (), "reserved": 0,
        "onward": "permitted", "consent_of": (), "holders": "any-holder", "reporting": (), "review_by": "",
    }  # fmt: skip
    return Grant(**(HELD | usual | given))


def seat(body=BOARD, parent=ICB, functions=None, **given) -> Seat:
    usual = {
        "body": body, "parent": parent, "functions": functions, "legal_basis": "power", "instrument": "", "clause": "",
        "by_decision": "decision:d",
    }  # fmt: skip
    return Seat(**(HELD | usual | given))


def party(reference, kind="", **given) -> Party:
    return Party(**(HELD | {"reference": reference, "recorded": True, "exists": True, "kind": kind} | given))


def succession(organisation, *shares, at=700, **given) -> Succession:
    usual = {
        "organisation": organisation, "shares": shares, "ends": True, "legal_basis": "", "instrument": "", "clause": "",
        "continuity": "treated-as-done-by-successor", "liabilities": "", "at": at,
    }  # fmt: skip
    return Succession(**(HELD | usual | given))


def whole(organisation) -> Share:
    return Share(organisation, whole=True, places=(), functions=())


def part(organisation, *places) -> Share:
    return Share(organisation, whole=False, places=places, functions=())


def holder(person="person:p", role="substantive") -> Holder:
    return Holder(**HELD, member=person, role=role)


def stop(how="revoked", **given) -> Stop:
    return Stop(how, "2025-05-01", (9,), **given)


def consent(who="", **given) -> Consent:
    return Consent(who, **({"delegates": (), "delegation": "", "evidence": (8,)} | given))


def terms(can="decide", **given) -> Terms:
    usual = {"version": "1", "instrument": "", "can": can, "must_consult": (), "reports_to": (), "sign_off": ()}
    return Terms(**(HELD | usual | given))


def instrument(reference="instrument:scheme", **given) -> Instrument:
    usual = {
        "reference": reference, "recorded": True, "in_force": True, "why": "", "kind": "sord", "version": "",
        "parties": (), "functions": (), "places": (), "review_by": "",
    }  # fmt: skip
    return Instrument(**(HELD | usual | given))


@dataclass
class PlainWorld:
    """What holds; `before` is what held at earlier moments, newest last, each from its moment on."""

    duties_: list[Duty] = field(default_factory=lambda: [duty()])
    grants_: list[Grant] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    successions_: list[Succession] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    terms_: dict[str, Terms] = field(default_factory=dict)
    holders_: dict[str, list[Holder]] = field(default_factory=lambda: {DIRECTOR: [holder()]})
    instruments: list[Instrument] = field(default_factory=lambda: [instrument()])
    relations_: list[Relation] = field(default_factory=list)
    funds_: list[Fund] = field(default_factory=list)
    promises_: list[Promise] = field(default_factory=list)
    disputes_: list[Disputed] = field(default_factory=list)
    hosts: dict[str, str] = field(default_factory=dict)
    functions_above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    before: PlainWorld | None = None

    _KINDS: ClassVar[dict[str, str]] = {
        ICB: "icb", COUNCIL: "upper-tier-la", BOARD: "board", CABINET: "executive", COMMITTEE: "committee",
        FORUM: "advisory-forum",
    }  # fmt: skip

    def function(self, function):
        return Catalogue((function, *self.functions_above.get(function, ())), recorded=True)

    def place(self, place):
        chain = [place]
        while above := WITHIN.get(chain[-1]):
            chain += above
        return Catalogue(tuple(chain), recorded=True)

    def places_in(self, place):
        return frozenset(one for one in WITHIN if one != place and place in self.place(one).chain)

    def duties(self, functions):
        return [one for one in self.duties_ if one.function in functions]

    def successions(self, organisation):
        return [one for one in self.successions_ if one.organisation == organisation]

    def party(self, reference):
        found = next((one for one in self.parties if one.reference == reference), None)
        organisations = (ICB,) if reference == DIRECTOR else ()
        return found or party(reference, self._KINDS.get(reference, ""), organisations=organisations)

    def bodies_of(self, parent):
        return [one for one in self.seats if one.parent == parent]

    def parents_of(self, body):
        return [one for one in self.seats if one.body == body]

    def bodies_at(self, places):
        return [one.reference for one in self.parties if set(one.places) & set(places)]

    def bodies_for(self, functions):
        return [one.body for one in self.seats if set(one.functions or ()) & set(functions)]

    def terms(self, body):
        return self.terms_.get(body)

    def host(self, body):
        return self.hosts.get(body, "")

    def holders(self, reference):
        return self.holders_.get(reference, [])

    def instrument(self, reference):
        found = next((one for one in self.instruments if one.reference == reference), None)
        return found or instrument(reference, recorded=False)

    def grants_of(self, functions, matters):
        return [one for one in self.grants_ if set(one.functions) & set(functions) or set(one.matters) & set(matters)]

    def grants(self, delegations):
        return [one for wanted in delegations for one in self.grants_ if one.reference == wanted]

    def funds(self, functions):
        return [one for one in self.funds_ if set(one.functions) & set(functions)]

    def relations(self, organisation):
        return [one for one in self.relations_ if one.organisation == organisation]

    def agreements(self, functions):
        return [one for one in self.instruments if one.in_force and set(one.functions) & set(functions)]

    def promises(self, functions):
        return [one for one in self.promises_ if set(one.functions) & set(functions)]

    def disputes(self, streams):
        return [one for one in self.disputes_ if one.about in streams]

    def at(self, moment):
        return self.before or replace(self, grants_=[one for one in self.grants_ if one.granted_at <= moment])


def asked(world, *, function=F, places=(), matters=(), value=None, table=TABLE, moment=NOW):
    """The answer of the walk."""
    values = ({"money": {"amount": value, "currency": "GBP"}},) if value is not None else ()
    question = Question((function,) if function else (), places, matters, values, moment, UTC)
    return resolve(world, question, table)


def ways(answer) -> list[str]:
    """Every chain by the keys of whom it goes through; what fails is marked."""
    return [
        " > ".join(
            " and ".join(one.partition(":")[2] for one in step.receivers) + ("!" if step.fails else "")
            for step in way.steps
        )
        for way in answer.chains
    ]


def could(answer) -> set[str]:
    """Who could decide, by key."""
    return {" and ".join(one.partition(":")[2] for one in power.receivers) for power in answer.powers}


def role(answer, name) -> set[str]:
    """Who is in a role."""
    return {entry.party for entry in answer.roles[name]}


def outcomes(answer, reference) -> dict[str, str]:
    """The tests of the first step by this."""
    step = next(step for way in answer.chains for step in way.steps if step.reference == reference)
    return {test.name: str(test.outcome) for test in step.tests}


def codes(answer) -> set[tuple[str, str]]:
    """What was found."""
    return {(one.code, one.test or one.subject) for one in answer.findings}

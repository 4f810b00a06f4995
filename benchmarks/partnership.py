"""The plain facts of an imagined partnership, as `import` reads them: the same ones each time, as many as are wanted.

Eight organisations meet in bodies of eight. Each body meets about every eleven days and records some fifty facts of it,
which is about what a body records in England: a log of a million facts is sixty-six bodies for ten years.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, count, islice
from typing import Any

import orjson

Plain = dict[str, Any]

_BODY_FACTS = 15_000
_FEWEST_BODIES = 3
_SEATS = 8
_ITEMS = 5
_FIRST_DAY = date(2015, 1, 6)
_DAYS_BETWEEN = 11

_COUNCIL = "organisation:northmoor-council"
_ICB = "organisation:northmoor-icb"
_ORGANISATIONS = {
    "northmoor-council": ("Northmoor Council", "upper-tier-la"),
    "northmoor-icb": ("NHS Northmoor Integrated Care Board", "icb"),
    "northmoor-ft": ("Northmoor NHS Foundation Trust", "foundation-trust"),
    "moorside-trust": ("Moorside Partnership NHS Trust", "nhs-trust"),
    "gp-collaborative": ("Northmoor GP Collaborative", "gp-provider"),
    "voluntary-alliance": ("Northmoor Voluntary Alliance", "vcse"),
    "healthwatch": ("Healthwatch Northmoor", "healthwatch"),
    "moorside-homes": ("Moorside Homes", "housing"),
}
_PARTNERS = [f"organisation:{key}" for key in _ORGANISATIONS]
_TITLES = [
    "urgent community response",
    "adult social care",
    "community mental health",
    "children's nursing",
    "hospital discharge",
    "primary care estates",
    "public health grants",
    "falls prevention",
]
FUNCTIONS = [f"function:{title}" for title in _TITLES]
"""What is decided about; the council and the ICB have the duty for each."""
_POSITIONS = ["support", "support", "support-with-conditions", "support", "in-principle", "object", "abstain"]
_OUTCOMES = ["approved", "approved", "approved-with-conditions", "noted", "approved", "deferred", "endorsed"]
_WORDS = [
    "We support this, subject to the funding being there for the whole of the period.",
    "There is no plan for carers, and none for the weekends.",
    "The committee heard that the pilot had met its aims, and that two practices had not yet joined it.",
    "Officers are to report to this board each quarter on what was spent, and on what came of it.",
    "It ends when the year does, unless this board decides otherwise before.",
]


def plain_facts(facts: int) -> Iterator[bytes]:
    """As many lines; whatever one of them names was opened by one before it."""
    bodies = bodies_of(facts)
    sittings = (_sitting(body, number) for number in count() for body in range(bodies))
    return map(orjson.dumps, islice(chain(_founding(bodies), chain.from_iterable(sittings)), facts))


def position(number: int) -> Plain:
    """What a partner says of a proposal: the data of one `proposal.position_taken`."""
    return {
        "on_behalf_of": [_PARTNERS[number % len(_PARTNERS)]],
        "position": _POSITIONS[number % len(_POSITIONS)],
        "version": "1",
        "words": _words(number),
    }


def neighbourhood(body: int) -> str:
    """The place that a body is for."""
    return f"place:n-{body:02}"


def bodies_of(facts: int) -> int:
    """How many bodies a log of so many facts has."""
    return max(_FEWEST_BODIES, facts // _BODY_FACTS)


def joint(bodies: int) -> range:
    """The bodies of the two organisations that have the duties, the council and the ICB."""
    return range(0, bodies, len(_PARTNERS))


def _fact(type_: str, stream: str, on: date, data: Plain, of: Plain | None = None) -> Plain:
    return {"type": type_, "stream": stream, "on": on.isoformat(), "data": data, **({"of": of} if of else {})}


def _words(number: int) -> str:
    return f"{' '.join(_WORDS[: number % len(_WORDS) + 1])} ({number})"


def _function(number: int) -> str:
    return FUNCTIONS[number % len(FUNCTIONS)]


def _person(body: int, seat: int) -> str:
    return f"person:p-{body:02}{seat}"


def _value(number: int) -> list[Plain]:
    return [{"money": {"amount": (number % 900 + 100) * 10_000, "currency": "GBP"}, "recurrence": "recurrent"}]


def _founding(bodies: int) -> Iterator[Plain]:
    day = _FIRST_DAY - timedelta(days=30)
    yield _fact("place.defined", "place:northmoor", day, {"name": "Northmoor", "level": "place"})
    for key, (name, kind) in _ORGANISATIONS.items():
        yield _fact("organisation.registered", f"organisation:{key}", day, {"name": name, "kind": kind})
    for title in _TITLES:
        yield _fact("function.catalogued", f"function:{title}", day, {"name": title.capitalize()})
    yield _fact("instrument.adopted", "instrument:scheme-of-delegation", day, {"kind": "sord", "version": "1"})
    yield from _authority(day, FUNCTIONS)
    for body in range(bodies):
        yield from _body(body, day)


def _authority(day: date, functions: list[str]) -> Iterator[Plain]:
    """Who has the duties, who acts for them, and what both give to a director, within limits."""
    yield _fact("organisation.registered", "organisation:nhs-england", day, {"kind": "nhs-england"})
    answers = {"relation": "answerable-to", "to": "organisation:nhs-england"}
    yield _fact("organisation.related", _ICB, day, answers)
    parties = {"parties": [_COUNCIL, _ICB], "functions": functions}
    yield _fact("instrument.adopted", "instrument:understanding", day, {"kind": "mou", **parties})
    fund = {"kind": "pooled", "host": _COUNCIL, "manager": "post:director-of-place", **parties}
    yield _fact("fund.established", "fund:better-care", day, {**fund, "reporting": [{"to": "body:icb-board"}]})
    post = {"organisation": _ICB, "jointly_with": [_COUNCIL]}
    yield _fact("post.established", "post:director-of-place", day, post)
    yield _fact("person.registered", "person:director", day, {"name": "The director"})
    yield _fact("post.filled", "post:director-of-place", day, {"person": "person:director", "basis": "substantive"})
    for holder, kind, key, basis in (
        (_ICB, "board", "icb-board", "nhsa2006-sch1B"),
        (_COUNCIL, "executive", "cabinet", "lga2000-s9E"),
    ):
        parents = [{"parent": holder, "legal_basis": basis, "instrument": "instrument:scheme-of-delegation"}]
        yield _fact("body.constituted", f"body:{key}", day, {"name": key, "kind": kind, "parents": parents})
        yield _fact(
            "body.terms_adopted", f"body:{key}", day, {"version": "1", "can": "decide", "must_consult": [_COUNCIL]}
        )
        for number, function_ in enumerate(functions):
            duty = {"holder": holder, "places": ["place:northmoor"], "legal_basis": "nhsa2006-s3", "from": "2010-04-01"}
            yield _fact("function.duty_placed", function_, day, duty)
            granted = {
                "delegator": f"body:{key}",
                "on_behalf_of": [holder],
                "delegates": ["post:director-of-place"],
                "scope": [{"function": function_}],
                "legal_basis": basis,
                "instrument": "instrument:scheme-of-delegation",
                "limits": [{"money": {"amount": 25_000_000, "currency": "GBP"}, "operator": "<="}],
                "onward": {"rule": "prohibited"},
                "reporting": [{"to": f"body:{key}"}],
            }
            yield _fact("delegation.granted", f"delegation:{key}-{number}", day, granted)


def _body(body: int, day: date) -> Iterator[Plain]:
    stream, place = f"body:B{body:02}", neighbourhood(body)
    name = f"Northmoor {_TITLES[body % len(_TITLES)]} board {body + 1}"
    functions = FUNCTIONS
    parents = [
        {"parent": _PARTNERS[(body + seat) % len(_PARTNERS)], "functions": functions, "legal_basis": "nhsa2006-s65Z5"}
        for seat in (0, 1)
    ]
    yield _fact("place.defined", place, day, {"level": "neighbourhood", "within": "place:northmoor"})
    made = {"name": name, "kind": "joint-committee", "parents": parents, "places": [place], "host": _COUNCIL}
    yield _fact("body.constituted", stream, day, made)
    terms = {"version": "1", "remit": _words(body), "can": "decide", "reports_to": ["body:icb-board"]}
    yield _fact("body.terms_adopted", stream, day, terms)
    for seat in range(_SEATS):
        person = _person(body, seat)
        yield _fact("person.registered", person, day, {"name": f"Member {seat + 1} of board {body + 1}"})
        seated = {"member": person, "on_behalf_of": [_PARTNERS[seat]], "role": "chair" if not seat else "voting-member"}
        yield _fact("body.member_appointed", stream, day, {**seated, "voting": True, "from": day.isoformat()})


def _sitting(body: int, number: int) -> Iterator[Plain]:
    """One meeting of one body, from its papers to what was done about it."""
    day = _FIRST_DAY + timedelta(days=_DAYS_BETWEEN * number)
    code, meeting = f"B{body:02}", f"meeting:B{body:02}/{day}"
    items = [number * _ITEMS + item for item in range(_ITEMS)]
    for item in items:
        yield from _paper(body, item, day - timedelta(days=9))
    yield from _meeting(body, meeting, items, day)
    for item in items:
        yield from _decided(body, meeting, item, day)
    considered = {"item": str(_ITEMS + 1), "title": "Any other business", "words": _words(number)}
    yield _fact("meeting.item_considered", meeting, day, considered)
    if number % 8 == 0:
        yield from _delegation(body, code, number // 8, f"decision:{code}/{items[0]}", day)


def _paper(body: int, number: int, day: date) -> Iterator[Plain]:
    stream = f"proposal:B{body:02}/P{number}"
    paper = {
        "ref": stream.removeprefix("proposal:"),
        "issuer": f"body:B{body:02}",
        "title": f"Paper {number} on {_TITLES[number % len(_TITLES)]}",
        "version": "1",
        "purpose": "decision",
        "sponsor": _PARTNERS[number % len(_PARTNERS)],
        "authors": [_person(body, number % _SEATS)],
        "functions": [_function(number)],
        "places": ["place:northmoor"],
        "recommendation": _words(number),
        "value": _value(number),
    }
    yield _fact("proposal.submitted", stream, day, paper)
    if number % 4 == 0:
        revised = {"version": "2", "material": False, "reason": _words(number)}
        yield _fact("proposal.revised", stream, day + timedelta(days=3), revised, of={"stream": stream, "n": 1})


def _meeting(body: int, meeting: str, items: list[int], day: date) -> Iterator[Plain]:
    known = {"ref": meeting.removeprefix("meeting:"), "issuer": f"body:B{body:02}", "bodies": [f"body:B{body:02}"]}
    agenda = [
        {
            "item": str(place),
            "asked_to": "decide",
            "title": f"Paper {item}",
            "proposals": [{"proposal": f"proposal:B{body:02}/P{item}"}],
        }
        for place, item in enumerate(items, start=1)
    ]
    called = {**known, "kind": "ordinary", "for_when": day.isoformat(), "agenda": agenda}
    yield _fact("meeting.called", meeting, day - timedelta(days=6), called)
    attendance = [
        {"by": _person(body, seat), "on_behalf_of": [_PARTNERS[seat]], "presence": "present" if seat else "apologies"}
        for seat in range(_SEATS)
    ]
    yield _fact("meeting.held", meeting, day, {**known, "attendance": attendance, "quorum": {"quorate": True}})


def _decided(body: int, meeting: str, number: int, day: date) -> Iterator[Plain]:
    code, place = f"B{body:02}", {"meeting": meeting, "item": str(number % _ITEMS + 1)}
    proposal, decision, action = f"proposal:{code}/P{number}", f"decision:{code}/{number}", f"action:{code}/A{number}"
    for spoke in range(3):
        said = position(number + spoke) | {"by": _person(body, (number + spoke) % _SEATS), **place}
        yield _fact("proposal.position_taken", proposal, day, said)
    if number % 10 == 5:
        yield from _disagreement(f"disagreement:{code}/G{number}", proposal, number, day)
    taken = {
        "ref": f"{code}/{number}",
        "issuer": f"body:{code}",
        "title": f"Decision {number} on {_TITLES[number % len(_TITLES)]}",
        "text": _words(number + 1),
        "reasons": _words(number + 2),
        "decision_makers": [f"body:{code}"],
        "on_behalf_of": [_COUNCIL, _PARTNERS[body % (len(_PARTNERS) - 1) + 1]],
        "outcome": _OUTCOMES[number % len(_OUTCOMES)],
        "method": "consensus",
        "proposals": [{"proposal": proposal, "version": "1"}],
        "functions": [_function(number)],
        "value": _value(number),
        **place,
    }
    yield _fact("decision.taken", decision, day, taken)
    due = day + timedelta(days=30)
    assigned = {
        "what": _words(number),
        "organisation": _PARTNERS[number % len(_PARTNERS)],
        "decision": decision,
        **place,
    }
    if number % 40 == 1:
        assigned |= {"functions": [_function(number)], "places": [neighbourhood(body)], "to": _COUNCIL}
    yield _fact("action.assigned", action, day, {**assigned, "due": due.isoformat()})
    if number % 2:
        yield _fact("action.completed", action, due, {"words": _words(number)})
        yield _fact("decision.implemented", decision, due, {"wholly": True, "actions": [action]})
    if number % 40 == 7:
        yield _correction(decision, number, due)


def _disagreement(stream: str, proposal: str, number: int, day: date) -> Iterator[Plain]:
    raised = {"about": [proposal], "on_behalf_of": [_PARTNERS[number % len(_PARTNERS)]], "grounds": _words(number)}
    yield _fact("disagreement.raised", stream, day, raised)
    yield _fact("disagreement.reconciled", stream, day + timedelta(days=20), {"terms": _words(number)})


def _correction(decision: str, number: int, day: date) -> Plain:
    was = _value(number)[0]["money"]["amount"]
    changes = [{"path": "/value/0/money/amount", "was": was, "now": was * 10}]
    corrected = {"changes": changes, "reason": "A nought was missing."}
    return _fact("record.corrected", decision, day, corrected, of={"stream": decision, "n": 1})


def _delegation(body: int, code: str, number: int, decision: str, day: date) -> Iterator[Plain]:
    """A delegation by decision, in the place of the one before."""
    granted = {
        "ref": f"{code}/D{number}",
        "issuer": f"body:{code}",
        "delegator": f"body:{code}",
        "delegates": [_person(body, number % _SEATS)],
        "on_behalf_of": [_COUNCIL],
        "scope": [{"function": _function(number + body)}],
        "places": [neighbourhood(body)],
        "legal_basis": "nhsa2006-sch1B",
        "instrument": "instrument:scheme-of-delegation",
        "by_decision": decision,
        "limits": [{"money": {"amount": 50_000_000, "currency": "GBP"}, "operator": "<="}],
        "from": day.isoformat(),
        "words": _words(number),
    }
    yield _fact("delegation.granted", f"delegation:{code}/D{number}", day, granted)
    if number:
        revoked = {"by_decision": decision, "from": day.isoformat(), "reason": _words(number)}
        yield _fact("delegation.revoked", f"delegation:{code}/D{number - 1}", day, revoked)

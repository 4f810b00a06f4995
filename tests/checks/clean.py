"""The facts of a small place in which nothing is irregular: each of them is there so that some rule has what it asks for.

An integrated care board has the duty for discharge in Town. Its board gave the place committee what is up to £500,000;
on 12 March 2026 the committee approved paper P1 as decision D1; the minutes were confirmed on 9 April.
"""

from __future__ import annotations

from typing import Any, Final

DIGEST: Final = "0" * 64
POUNDS_400K: Final = {"money": {"amount": 40_000_000, "currency": "GBP"}, "recurrence": "one-off", "kind": "revenue"}
POUNDS_500K: Final = {"money": {"amount": 50_000_000, "currency": "GBP"}, "operator": "<="}
MEMBERS: Final = ("person:p1", "person:p2", "person:p3")


def fact(type_: str, stream: str, on: str | None, /, of: dict[str, Any] | None = None, **data: Any) -> dict[str, Any]:
    """A plain fact; `from_` is `from`."""
    plain: dict[str, Any] = {"type": type_, "stream": stream, "data": {k.rstrip("_"): v for k, v in data.items()}}
    if on is not None:
        plain["on"] = on
    if of is not None:
        plain["of"] = of
    return plain


def _opening(type_: str, stream: str, on: str, **data: Any) -> dict[str, Any]:
    return fact(type_, stream, on, ref=stream.partition(":")[2], **data)


def _member(person: str, role: str) -> dict[str, Any]:
    return fact(
        "body.member_appointed",
        "body:committee",
        "2025-04-01",
        member=person,
        on_behalf_of=["organisation:icb"],
        role=role,
        voting=True,
    )


def _there(person: str, role: str) -> dict[str, Any]:
    return {"by": person, "on_behalf_of": ["organisation:icb"], "role": role, "voting": True, "presence": "present"}


_THREE_THERE: Final = [
    _there("person:p1", "chair"),
    _there("person:p2", "voting-member"),
    _there("person:p3", "voting-member"),
]

CLEAN: Final[dict[str, dict[str, Any]]] = {
    # Who there is
    "icb": _opening(
        "organisation.registered", "organisation:icb", "2022-07-01", name="Town ICB", kind="icb", legal_person=True
    ),
    "council": _opening(
        "organisation.registered",
        "organisation:council",
        "1974-04-01",
        name="Town Council",
        kind="upper-tier-la",
        legal_person=True,
    ),
    "trust": _opening(
        "organisation.registered",
        "organisation:trust",
        "2004-04-01",
        name="Town Hospitals",
        kind="foundation-trust",
        legal_person=True,
    ),
    "town": _opening("place.defined", "place:town", "2022-07-01", name="Town", level="place"),
    "discharge": _opening("function.catalogued", "function:discharge", "2022-07-01", name="Hospital discharge"),
    "p1": _opening("person.registered", "person:p1", "2022-07-01", name="Ada Brown"),
    "p2": _opening("person.registered", "person:p2", "2022-07-01", name="Ben Cole"),
    "p3": _opening("person.registered", "person:p3", "2022-07-01", name="Cy Dean"),
    "p4": _opening("person.registered", "person:p4", "2022-07-01", name="Di Eves"),
    # Powers
    "constitution": _opening(
        "instrument.adopted",
        "instrument:constitution",
        "2022-07-01",
        kind="constitution",
        name="Constitution",
        version="1",
        document={"sha256": DIGEST},
        parties=["organisation:icb"],
    ),
    "sord": _opening(
        "instrument.adopted",
        "instrument:sord",
        "2022-07-01",
        kind="sord",
        name="Scheme of reservation and delegation",
        version="1",
        document={"sha256": DIGEST},
        parties=["organisation:icb"],
        review_by="2027-07-01",
    ),
    "duty": fact(
        "function.duty_placed",
        "function:discharge",
        "2022-07-01",
        holder="organisation:icb",
        places=["place:town"],
        legal_basis="nhsa2006-s3",
        instrument="instrument:constitution",
    ),
    "board": _opening(
        "body.constituted",
        "body:board",
        "2022-07-01",
        name="Board of Town ICB",
        kind="board",
        parents=[
            {
                "parent": "organisation:icb",
                "functions": ["function:discharge"],
                "legal_basis": "nhsa2006-sch1B",
                "instrument": "instrument:constitution",
            }
        ],
    ),
    "committee": _opening(
        "body.constituted",
        "body:committee",
        "2022-07-01",
        name="Town Place Committee",
        kind="committee",
        places=["place:town"],
        parents=[
            {
                "parent": "organisation:icb",
                "functions": ["function:discharge"],
                "legal_basis": "nhsa2006-sch1B",
                "instrument": "instrument:constitution",
            }
        ],
    ),
    "terms": fact(
        "body.terms_adopted",
        "body:committee",
        "2025-04-01",
        version="3",
        document={"sha256": DIGEST},
        can="decide",
        size=3,
        quorum_rule={"at_least": 2, "recused_count": False, "deputies_count": True},
        decision_rules=[{"rule": "consensus", "tie": "lost"}],
        deputies={"allowed": True, "named_only": True, "may_vote": True},
        sign_off=[],
        reserved_matters=[],
        must_consult=[],
        reports_to=["body:board"],
        meets_in_public=True,
        review_by="2027-04-01",
    ),
    "m-p1": _member("person:p1", "chair"),
    "m-p2": _member("person:p2", "voting-member"),
    "m-p3": _member("person:p3", "voting-member"),
    "grant": _opening(
        "delegation.granted",
        "delegation:S1",
        "2025-04-01",
        delegator="body:board",
        on_behalf_of=["organisation:icb"],
        delegates=["body:committee"],
        scope=[{"function": "function:discharge"}],
        kind="delegate",
        places=["place:town"],
        legal_basis="nhsa2006-sch1B",
        instrument="instrument:sord",
        clause="7.2",
        exclusivity="concurrent",
        limits=[POUNDS_500K],
        conditions=[],
        must_consult=["organisation:council"],
        reserved_matters=[],
        onward={"rule": "prohibited"},
        holders="any-holder",
        reporting=[],
        review_by="2027-04-01",
    ),
    # Paper P1, and what the partners said of it
    "P1": _opening(
        "proposal.submitted",
        "proposal:P1",
        "2026-02-20",
        title="Discharge hub",
        version="1",
        sponsor="organisation:trust",
        authors=["organisation:trust"],
        partners=["organisation:icb", "organisation:council"],
        recommendation="to approve the hub",
        options=[{"words": "the hub", "preferred": True}, {"words": "do nothing"}],
        functions=["function:discharge"],
        places=["place:town"],
        value=[POUNDS_400K],
        key=False,
        background=[],
        assessments=[{"title": "Equality impact", "sha256": DIGEST}],
        access={"level": "open"},
    ),
    "s-council": fact(
        "proposal.position_taken",
        "proposal:P1",
        "2026-03-02",
        on_behalf_of=["organisation:council"],
        version="1",
        position="support",
        binding={"kind": "own-authority"},
    ),
    # The meeting of 12 March
    "called": _opening(
        "meeting.called",
        "meeting:M1",
        "2026-03-02",
        bodies=["body:committee"],
        for_when="2026-03-12",
        agenda=[{"item": "4", "proposals": [{"proposal": "proposal:P1", "version": "1"}]}],
    ),
    "held": fact(
        "meeting.held",
        "meeting:M1",
        "2026-03-12",
        bodies=["body:committee"],
        kind="ordinary",
        public="public",
        presiding=[{"by": "person:p1"}],
        attendance=_THREE_THERE,
        quorum={"quorate": True},
        interests=[],
        minutes="taken",
    ),
    "D1": _opening(
        "decision.taken",
        "decision:D1",
        "2026-03-12",
        title="Discharge hub",
        text="The hub was approved.",
        proposals=[{"proposal": "proposal:P1", "version": "1"}],
        decision_makers=["body:committee"],
        on_behalf_of=["organisation:icb"],
        asked_to="decide",
        outcome="approved",
        reasons="fewer delays",
        options_rejected=["do nothing"],
        authority=[
            {
                "on_behalf_of": ["organisation:icb"],
                "legal_basis": "nhsa2006-sch1B",
                "delegation": "delegation:S1",
                "instrument": "instrument:sord",
                "clause": "7.2",
            }
        ],
        functions=["function:discharge"],
        places=["place:town"],
        value=[POUNDS_400K],
        meeting="meeting:M1",
        item="4",
        method="consensus",
        conditions=[],
        consulted=[{"who": "organisation:council", "on": "2026-03-02"}],
        interests=[],
        key=False,
        access={"level": "open"},
        review_by="2027-03-12",
        lead="person:p1",
        documents=[{"sha256": DIGEST}],
    ),
    "published": fact("decision.published", "decision:D1", "2026-03-16", channel="web"),
    # What followed
    "A1": _opening(
        "action.assigned",
        "action:A1",
        "2026-03-12",
        what="mobilise the hub",
        organisation="organisation:trust",
        owner="person:p4",
        due="2026-05-01",
        decision="decision:D1",
        meeting="meeting:M1",
        item="4",
    ),
    "A1-done": fact("action.completed", "action:A1", "2026-04-20"),
    "drafted": fact("meeting.minutes_drafted", "meeting:M1", "2026-03-19", version="1", document={"sha256": DIGEST}),
    "next": _opening(
        "meeting.held",
        "meeting:M2",
        "2026-04-09",
        bodies=["body:committee"],
        kind="ordinary",
        public="public",
        presiding=[{"by": "person:p1"}],
        attendance=_THREE_THERE,
        quorum={"quorate": True},
        interests=[],
        minutes="taken",
    ),
    "confirmed": fact(
        "meeting.minutes_confirmed",
        "meeting:M1",
        "2026-04-09",
        version="1",
        record_status="confirmed",
        meeting="meeting:M2",
    ),
    "drafted-2": fact("meeting.minutes_drafted", "meeting:M2", "2026-04-16", version="1", document={"sha256": DIGEST}),
    "confirmed-2": fact(
        "meeting.minutes_confirmed", "meeting:M2", "2026-04-30", version="1", record_status="confirmed"
    ),
}
"""The facts by the short names that tests give them, in the order in which they are recorded."""

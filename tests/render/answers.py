"""Answers made by hand, as the questions give them."""

from __future__ import annotations

from msgspec.structs import replace

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.deciding import (
    Decided,
    DecisionMaker,
    DisagreementShown,
    Hop,
    PositionTaken,
    WhoDecided,
)
from decisionlog.domain.answers.telling import FactShown
from decisionlog.domain.answers.things import Listed
from decisionlog.domain.saying import Named

BASIS = Basis(
    log="northmoor.example/decisions",
    as_at="2026-03-31",
    known_at="2026-04-02T09:30:00.000000Z",
    clock="log",
    position=31,
    root="9f2c" + "0" * 60,
    rules="reading-1",
)
NAMES = {
    "body:icb-board": "Northmoor ICB Board",
    "body:cabinet": "Northmoor Cabinet",
    "organisation:icb": "NHS Northmoor ICB",
    "organisation:council": "Northmoor Council",
    "instrument:SORD": "Scheme of delegation",
    "person:p-1": "withheld",
    "person:p-2": "Sam Okoro",
}
THING = Listed(
    stream="decision:D1",
    ref="D1",
    issuer="",
    title="Type hints",
    state="approved",
    status="",
    opened_on="2026-03-12",
    state_on="2026-03-12",
    from_="2026-04-01",
    until="",
    possible="",
    level="",
    evidence=(24,),
)
FACT = FactShown(
    position=24,
    type="decision.taken",
    stream="decision:D1",
    n=1,
    on="2026-03-12",
    recorded_at="2026-03-13T09:30:00.000000Z",
    recorded_by="clerk-1",
    said_at="",
    headline="body:cabinet approved it, on behalf of organisation:council.",
    data={"outcome": "approved"},
    of="",
    source="",
    said=(Named("body:cabinet"), " approved it, on behalf of ", Named("organisation:council"), "."),
)
MAKER = DecisionMaker("body:cabinet", "", "", "", "", ("organisation:council",), ("person:p-2",))
HOP = Hop(
    from_="body:icb-board",
    to=("body:cabinet",),
    legal_basis="nhsa2006-s65Z5",
    instrument="instrument:SORD",
    clause="7.2",
    limits=({"money": {"amount": 45_000_050, "currency": "GBP"}, "operator": "<", "per": "year", "vat": "excluded"},),
    valid="in force",
    delegation="delegation:X",
    words="",
    evidence=(14,),
)
POSITION = PositionTaken(
    on_behalf_of=("organisation:council",),
    by="",
    capacity="",
    position="support-with-conditions",
    words="If funded.",
    conditions=("c1: funding confirmed",),
    version="2",
    on="2026-03-12",
    current=True,
    evidence=(18,),
)
DISAGREEMENT = DisagreementShown(
    "disagreement:X1", "X1", ("organisation:icb",), "", "No plan.", "raised", "We were not heard.", (20, 25)
)
DECIDED = Decided(
    decision={
        "stream": "decision:D1",
        "ref": "D1",
        "on": "2026-03-12",
        "state": "approved",
        "recorded_at": "2026-03-13T09:30:00.000000Z",
        "said_at": "",
        "title": "Type hints",
        "outcome": "approved",
        "on_behalf_of": ["organisation:council"],
        "later": [],
    },
    decision_makers=(MAKER,),
    authority=(HOP,),
    positions=(POSITION,),
    disagreements=(DISAGREEMENT,),
    interests=({"by": "person:p-1", "nature": "employer", "position": 22},),
    interests_asked=True,
    findings=(),
    notes=(),
    evidence=(24, 14, 18, 20, 25),
)
UNKNOWN = replace(
    DECIDED,
    decision={
        "stream": "decision:D2",
        "ref": "D2",
        "on": "not recorded",
        "state": "taken",
        "recorded_at": "",
        "said_at": "",
        "later": [],
    },
    decision_makers=(),
    authority=(),
    positions=(),
    disagreements=(),
    interests=(),
    interests_asked=False,
    evidence=(30,),
)


def who_decided(*items, of_a_decision=True, asked="decision:D1", **more):
    return WhoDecided(BASIS, asked, of_a_decision, items, more.pop("in_place", ()), more.pop("names", NAMES), **more)

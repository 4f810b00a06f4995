"""From when a finding holds: a flaw in an act from the first moment of its day, and for ever."""

from __future__ import annotations

import pytest

from decisionlog.domain.days import OPEN_END
from tests.checks.clean import POUNDS_400K, fact
from tests.checks.histories import clean

TWELFTH_OF_MARCH = 1773273600000000
TRUST, COUNCIL, ICB = "organisation:trust", "organisation:council", "organisation:icb"


def there(person, **more):
    return {"by": f"person:{person}", "presence": "present", **more}


def vote(person, how="in-favour"):
    return {"by": f"person:{person}", "vote": how}


def meeting(what, on="2026-03-12", **data):
    return fact(f"meeting.{what}", "meeting:M1", on, **data)


DECLARED = meeting("interest_declared", by="person:p2", items=["4"])
REGISTERED = fact(
    "interest.registered", "interest:R1", "2025-04-01", ref="R1", by="person:p1", arose="2025-04-01", held_in=[TRUST]
)
REVISED = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2")
RAISED = fact("disagreement.raised", "disagreement:G1", "2026-03-05", ref="G1", about=["proposal:P1"])
POOLED = fact("fund.established", "fund:BCF", "2025-04-01", ref="BCF", kind="pooled", parties=[ICB, COUNCIL])
SET_UP = fact("decision.taken", "decision:SET", "2025-03-01", ref="SET", decision_makers=[COUNCIL], outcome="noted")
JOINT = clean().but("committee", kind="joint-committee", parents=[{"parent": ICB}, {"parent": COUNCIL}])
SET_UP_BY = [{"parent": ICB}, {"parent": COUNCIL, "by_decision": "decision:SET"}]
VOTED = clean().but("D1", votes={"named": [vote("p1"), vote("p2"), vote("p3")]})

FLAWS = [
    ("GL11", clean().but("held", attendance=[there("p1")])),
    ("GL11", clean().but("held", quorum={"quorate": False})),
    ("GL12", clean().but("D1", votes={"named": [vote("p1"), vote("p4")]})),
    ("GL13", clean().but("held", attendance=[there("p1"), there("p2"), there("p4", deputy_for="person:p3")])),
    ("GL14", clean().also(R1=REGISTERED)),
    ("GL14", clean().also(late=meeting("interest_declared", "2026-03-20", by="person:p1", items=["4"]))),
    ("GL15", VOTED.also(declared=DECLARED)),
    ("GL17", VOTED.also(declared=DECLARED).but("declared", kind="dpi")),
    ("GL18", clean().but("terms", sign_off=[{"partner": TRUST}])),
    ("GL19", clean().also(v2=REVISED).but("D1", proposals=[{"proposal": "proposal:P1", "version": "2"}])),
    ("GL21", clean().also(G1=RAISED)),
    ("GL27", JOINT.but("D1", value=[{**POUNDS_400K, "fund": "fund:BCF"}]).also(BCF=POOLED)),
    ("GL27", JOINT.but("committee", parents=SET_UP_BY).also(SET=SET_UP)),
    ("GL48", clean().but("D1", decision_makers=["person:p4"]).but("P1", sponsor="person:p4")),
    ("GL49", clean().but("D1", votes={"result": "tied"})),
    (
        "GL49",
        clean()
        .but("D1", votes={"named": [vote("p1"), vote("p2", "against")]})
        .but("terms", decision_rules=[{"rule": "majority", "tie": "casting-vote"}]),
    ),
]
LEFT_OPEN = [
    ("GL11", clean().but("held", quorum=None).but("terms", quorum_rule=None)),
    ("GL12", clean().but("D1", votes={"named": [vote("p1"), vote("p4")]}).but("terms", size=4)),
    ("GL13", FLAWS[3][1].but("terms", deputies=None)),
    ("GL14", clean().also(R1=REGISTERED).but("held", interests=None).but("D1", interests=None)),
    ("GL15", clean().also(declared=DECLARED)),
    ("GL18", clean().but("terms", sign_off=[{"partner": TRUST, "applies_to": "some"}])),
    ("GL19", FLAWS[9][1].undated("s-council").but("s-council", version=None)),
    ("GL21", clean().also(G1=RAISED).but("G1", on="2026-03-12")),
    ("GL49", clean().but("D1", votes={"result": "tied"}).but("terms", decision_rules=None)),
]


@pytest.mark.parametrize(("rule", "place"), FLAWS)
def test_a_flaw_in_an_act_holds_from_the_first_moment_of_its_day(rule, place):
    found = place.says_something(rule)
    assert (found.since, found.until) == (TWELFTH_OF_MARCH, OPEN_END)


@pytest.mark.parametrize(("rule", "place"), LEFT_OPEN)
def test_so_does_what_the_record_leaves_open(rule, place):
    found = place.is_not_evidenced(rule)
    assert (found.since, found.until) == (TWELFTH_OF_MARCH, OPEN_END)


def test_a_signature_without_authority_counts_from_the_effect_of_the_decision():
    said = fact(
        "proposal.position_taken",
        "proposal:P1",
        "2026-03-02",
        on_behalf_of=[TRUST],
        position="support",
        version="1",
        binding={"kind": "officer-view"},
    )
    place = clean().but("terms", sign_off=[{"partner": TRUST}]).also(said=said)
    assert place.says_something("GL20").since == TWELFTH_OF_MARCH
    assert place.but("D1", from_="2026-03-01").says_something("GL20").since == TWELFTH_OF_MARCH
    week = 7 * 24 * 60 * 60 * 1_000_000
    assert place.but("D1", from_="2026-03-19").says_something("GL20").since == TWELFTH_OF_MARCH + week


def test_a_late_registration_counts_from_the_day_of_registering():
    place = clean().also(R1=REGISTERED).but("R1", held_in=None).but("R1", on="2026-03-12")
    assert place.says_something("GL16").since == TWELFTH_OF_MARCH
    assert place.but("R1", arose=None).is_not_evidenced("GL16").since == TWELFTH_OF_MARCH

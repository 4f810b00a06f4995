"""What was decided at a meeting, who brought it, and who else decided on it."""

from __future__ import annotations

from decisionlog.checks.determinations import determination
from decisionlog.checks.meetings.business import (
    acted_for,
    acts,
    brought_by,
    decided_at,
    decided_themselves,
    proposals_of,
)
from decisionlog.checks.meetings.certainty import Sure
from tests.checks.clean import fact
from tests.checks.histories import clean

TRUST, COUNCIL, ICB = "organisation:trust", "organisation:council", "organisation:icb"
BOARD = fact("body.constituted", "body:trust-board", "2004-04-01", ref="trust-board", parents=[{"parent": TRUST}])


def another(name="decision:D2", on="2026-03-12", **more):
    """A decision of the committee like the first, on the same paper and at the same meeting."""
    first = clean().facts["D1"]
    data = {**first["data"], "ref": name.partition(":")[2], "value": [], "item": "5", **more}
    return {**first, "stream": name, "on": on, "data": {field: one for field, one in data.items() if one is not None}}


def own(**more):
    """A decision of the trust's board on the same paper."""
    data = {"meeting": None, "item": None, "decision_makers": ["body:trust-board"], "on_behalf_of": [TRUST], **more}
    return another("decision:T1", **data)


def decided(place, meeting="meeting:M1", *body):
    return place.ask(lambda record: [one.stream for one in decided_at(record, meeting, *body)])


def brought(place):
    return place.ask(lambda record: brought_by(record, determination(record, "decision:D1")))


def decided_for(party, place, *also):
    """The decisions of those who act for a party."""

    def found(record):
        return [one.stream for one in acted_for(record, party, determination(record, "decision:D1"), *also)]

    return place.ask(found)


# At a meeting


def test_the_decisions_of_a_meeting_are_those_that_were_taken_there_in_their_order():
    assert decided(clean()) == ["decision:D1"]
    assert decided(clean(), "meeting:M2") == []
    assert decided(clean(), "") == []
    both = clean().also(D2=another())
    assert decided(both) == ["decision:D1", "decision:D2"]
    assert decided(clean().also(D2=another(on="2026-03-11"))) == ["decision:D2", "decision:D1"]
    elsewhere = another(meeting="meeting:M2", next=[{"meeting": "meeting:M1"}])
    assert decided(clean().also(D2=elsewhere)) == ["decision:D1"]


def test_what_used_no_power_or_has_no_day_was_not_decided_there():
    assert decided(clean().but("D1", outcome="noted")) == []
    assert decided(clean().undated("D1")) == []
    assert decided(clean().but("D1", outcome="noted").also(D2=another())) == ["decision:D2"]


def test_of_several_bodies_that_met_each_has_decisions_of_its_own():
    place = clean().also(D2=another(decision_makers=["body:board", "body:committee"]))
    assert decided(place, "meeting:M1", "body:committee") == ["decision:D1", "decision:D2"]
    assert decided(place, "meeting:M1", "body:board") == ["decision:D2"]
    assert decided(place.undated("D2"), "meeting:M1", "body:board") == []
    assert decided(place.but("D2", outcome="noted"), "meeting:M1", "body:board") == []


def test_the_proposals_of_a_decision_are_those_that_it_disposed_of():
    def proposals(record):
        return proposals_of(determination(record, "decision:D1"))

    assert clean().ask(proposals) == ("proposal:P1",)
    assert clean().but("D1", proposals=None).ask(proposals) == ()


# Who brought it


def test_owners_authors_and_partners_brought_it():
    assert brought(clean()) == {TRUST, ICB, COUNCIL}
    bare = clean().but("P1", sponsor=None, authors=None, partners=None)
    assert brought(bare) == frozenset()
    assert brought(bare.but("P1", sponsor=TRUST)) == {TRUST}
    assert brought(bare.but("P1", authors=[TRUST])) == {TRUST}
    assert brought(bare.but("P1", partners=[TRUST])) == {TRUST}
    assert brought(clean().but("D1", proposals=None)) == frozenset()


def test_authors_and_partners_of_every_version_brought_it():
    bare = clean().but("P1", sponsor=ICB, authors=None, partners=None)
    revised = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2")
    assert brought(bare.also(v2=revised)) == {ICB}
    assert brought(bare.also(v2=revised).but("v2", authors=[TRUST])) == {ICB, TRUST}
    assert brought(bare.also(v2=revised).but("v2", partners=[COUNCIL])) == {ICB, COUNCIL}
    assert brought(bare.but("P1", authors=[TRUST]).also(v2=revised).but("v2", authors=[COUNCIL])) == {
        ICB,
        TRUST,
        COUNCIL,
    }


def test_a_body_or_a_post_brings_it_for_its_organisation():
    post = fact("post.established", "post:manager", "2025-04-01", ref="manager", organisation=COUNCIL)
    facts = clean().but("P1", sponsor=None, authors=["post:manager"], partners=["body:trust-board"]).facts
    first = {name: facts[name] for name in ("council", "trust")}
    place = type(clean())({**first, "post": post, "trust_board": BOARD, **facts})
    assert brought(place) == {COUNCIL, TRUST}


# Who else decided on it


def test_a_party_has_decided_by_whoever_acts_for_it_on_the_same_paper():
    place = clean().also(board2=BOARD)
    assert decided_for(TRUST, place) == []
    assert decided_for(TRUST, place.also(T1=own())) == ["decision:T1"]
    assert decided_for(COUNCIL, place.also(T1=own())) == []
    assert decided_for(TRUST, place.also(T1=own(decision_makers=[TRUST]))) == ["decision:T1"]
    assert decided_for(TRUST, place.also(T1=own(proposals=None))) == []
    assert decided_for(TRUST, place.also(T1=own(outcome="noted"))) == []


def test_who_decides_for_others_alone_has_not_decided_for_their_own():
    place = clean().also(board2=BOARD)
    assert decided_for(TRUST, place.also(T1=own(on_behalf_of=[ICB]))) == []
    assert decided_for(TRUST, place.also(T1=own(on_behalf_of=None))) == ["decision:T1"]
    assert decided_for(TRUST, place.also(T1=own(on_behalf_of=[ICB, TRUST]))) == ["decision:T1"]
    assert decided_for(TRUST, place.also(T1=own(decision_makers=["body:board"]))) == []
    assert decided_for(TRUST, place.also(T1=own(decision_makers=["body:board", TRUST]))) == ["decision:T1"]


def test_the_decision_itself_is_no_other_decision_unless_its_maker_is_asked_for():
    assert decided_for(ICB, clean()) == []
    assert decided_for(ICB, clean(), "body:committee") == ["decision:D1"]
    assert decided_for(ICB, clean(), "body:board") == []
    place = clean().also(D2=another(on_behalf_of=[COUNCIL], decision_makers=["body:board"]))
    assert decided_for(ICB, place) == []
    assert decided_for(ICB, place, "body:board") == ["decision:D2"]


def test_a_body_acts_for_its_parents_and_for_itself():
    def acting(party):
        return clean().ask(lambda record: acts(record, party, determination(record, "decision:D1")))

    assert acting(ICB)
    assert not acting("body:committee")  # for the integrated care board alone it decided
    assert not acting(COUNCIL)
    unbound = clean().but("D1", on_behalf_of=None)
    assert unbound.ask(lambda record: acts(record, "body:committee", determination(record, "decision:D1")))


# Who decided themselves


def themselves(place):
    return place.ask(lambda record: decided_themselves(record, determination(record, "decision:D1")))


def held_by(*people, on="2024-01-01"):
    post = fact("post.established", "post:chief", "2024-01-01", ref="chief", organisation=ICB)
    filled = {f"h-{one}": fact("post.filled", "post:chief", on, person=f"person:{one}") for one in people}
    return clean().also(post=post, **filled).but("D1", decision_makers=["post:chief"])


def test_the_members_of_a_body_decide_as_that_body():
    assert themselves(clean()) == {}


def test_a_person_who_is_the_decision_maker_decided_and_so_did_the_only_holder_of_a_post():
    assert themselves(clean().but("D1", decision_makers=["person:p1", "body:committee"])) == {"person:p1": Sure.YES}
    assert themselves(held_by("p4")) == {"person:p4": Sure.YES}
    both = held_by("p4").but("D1", decision_makers=["person:p1", "post:chief"])
    assert themselves(both) == {"person:p1": Sure.YES, "person:p4": Sure.YES}
    assert themselves(held_by()) == {}


def test_which_of_several_holders_decided_is_not_recorded():
    assert themselves(held_by("p3", "p4")) == {"person:p3": Sure.PERHAPS, "person:p4": Sure.PERHAPS}
    sure = held_by("p3", "p4").but("D1", decision_makers=["person:p3", "post:chief"])
    assert themselves(sure) == {"person:p3": Sure.YES, "person:p4": Sure.PERHAPS}


def test_who_came_into_a_post_in_the_month_or_at_an_hour_of_the_day_of_a_decision_perhaps_decided():
    assert themselves(held_by("p4", on="2026-03")) == {"person:p4": Sure.PERHAPS}
    assert themselves(held_by("p4", on="2026-03-12T12:00:00+00:00")) == {"person:p4": Sure.PERHAPS}
    left = fact("post.vacated", "post:chief", "2026-03-12T12:00:00+00:00", of={"stream": "post:chief", "n": 2})
    assert themselves(held_by("p4").also(left=left)) == {"person:p4": Sure.PERHAPS}
    assert themselves(held_by("p4").also(left=left).but("left", on="2026-03-12")) == {}
    of_the_year = held_by("p4").also(left=left).but("left", on="2026-12").but("D1", on="2026")
    assert themselves(of_the_year) == {"person:p4": Sure.PERHAPS}


def test_the_people_who_are_recorded_decided_whoever_held_the_post():
    assert themselves(held_by("p4").but("D1", people=["person:p1"])) == {"person:p1": Sure.YES}

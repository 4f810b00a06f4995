"""`agenda BODY`: for each section, what awaits the body's next meeting, and what does not."""

from __future__ import annotations

import pytest

from decisionlog.domain.answers.agenda import SECTIONS
from decisionlog.domain.refusals import BadInput, NotFound
from tests.scenario import about, body, corrected, decision, fact, organisation, person, proposal

PC, ICB, COUNCIL = "body:pc", "organisation:icb", "organisation:council"
P1 = {"proposals": [{"proposal": "proposal:P1"}]}


@pytest.fixture
def pc(place):
    """A place committee that met once and is called to meet again on 12 June 2026."""
    place.record(organisation("icb", name="NHS Northmoor ICB"), organisation("council", name="Northmoor Council"))
    place.record(body("pc", name="Place Committee"), body("cabinet", name="Northmoor Cabinet"), person("p-6"))
    place.record(fact("post.established", "post:director", "2025-04-01", name="Place Director"))
    place.record(fact("meeting.held", "meeting:M1", "2026-03-12", bodies=[PC], minutes="none-taken"))
    place.record(fact("meeting.called", "meeting:M2", "2026-05-20", bodies=[PC], for_when="2026-06-12"))
    return place


def refs(items):
    return [item.ref for item in items]


def taken(key, on="2026-03-12", maker=PC, outcome="approved", **data):
    return decision(key, on, decision_makers=[maker], outcome=outcome, **data)


def test_the_next_meeting_is_the_first_that_is_called_and_not_over(pc):
    pc.record(fact("meeting.called", "meeting:M3", "2026-05-20", bodies=[PC], for_when="2026-07-12"))
    assert pc.agenda("pc", "2026-06-01").next_meeting.ref == "M2"
    assert pc.agenda("pc", "2026-06-12").next_meeting.ref == "M2"
    assert pc.agenda("pc", "2026-06-13").next_meeting.ref == "M3"
    assert pc.agenda("pc", "2026-05-01").next_meeting is None
    assert "No next meeting is recorded" in pc.agenda("pc", "2026-05-01").notes[0]


def test_minutes_wait_until_they_are_confirmed(pc):
    pc.record(fact("meeting.held", "meeting:M0", "2026-02-12", bodies=[PC], minutes="taken"))
    pc.record(fact("meeting.minutes_confirmed", "meeting:M0", "2026-06-12"))
    assert [(one.ref, one.state) for one in pc.awaiting("minutes", "2026-06-11")] == [
        ("M0", "minutes taken, not confirmed")
    ]
    assert pc.awaiting("minutes", "2026-06-12") == []


def test_of_meetings_without_any_word_of_minutes_only_the_last_is_asked_about(pc):
    pc.record(fact("meeting.held", "meeting:M4", "2026-04-12", bodies=[PC]))
    pc.record(fact("meeting.held", "meeting:M5", "2026-04-20", bodies=[PC]))
    assert refs(pc.awaiting("minutes")) == ["M5"]


def test_minutes_of_a_meeting_that_was_adjourned_wait_when_the_day_to_which_it_was_put_is_over(pc):
    pc.record(fact("meeting.held", "meeting:M4", "2026-04-12", bodies=[PC]))
    pc.record(fact("meeting.adjourned", "meeting:M4", "2026-04-12", for_when="2026-04-20"))
    assert refs(pc.awaiting("minutes", "2026-04-19")) == []
    pc.record(fact("meeting.held", "meeting:M5", "2026-04-20", bodies=[PC], minutes="none-taken"))
    assert refs(pc.awaiting("minutes", "2026-04-21")) == ["M4"]


def test_open_actions_arise_from_its_meetings_and_its_decisions(pc):
    pc.record(taken("D1"), taken("D2", maker="body:cabinet"))
    pc.record(
        fact("action.assigned", "action:A1", "2026-03-12", what="a plan", meeting="meeting:M1", owner="post:director", due="2026-07-01"),
        fact("action.assigned", "action:A2", "2026-03-12", decision="decision:D1", due="2026-05-31"),
        fact("action.assigned", "action:A3", "2026-03-12", meeting="meeting:M1"),
        fact("action.assigned", "action:A4", "2026-03-12", decision="decision:D2"),
        fact("action.assigned", "action:A5", "2026-03-12", meeting="meeting:M1"),
        fact("action.completed", "action:A5", "2026-05-01"),
    )  # fmt: skip
    found = pc.awaiting("actions")
    assert [(one.ref, one.overdue) for one in found] == [("A2", True), ("A1", False), ("A3", False)]
    assert (found[1].title, found[1].who, found[1].due) == ("a plan", ("post:director",), "2026-07-01")
    assert "A5" in refs(pc.awaiting("actions", "2026-04-30"))


def test_what_is_due_today_is_not_overdue(pc):
    pc.record(fact("action.assigned", "action:A1", "2026-03-12", meeting="meeting:M1", due="2026-06-01"))
    assert [pc.awaiting("actions", day)[0].overdue for day in ("2026-06-01", "2026-06-02")] == [False, True]


@pytest.mark.parametrize(
    ("how", "state"),
    [
        (fact("proposal.listed", "proposal:P1", "2026-05-01", body=PC), "listed"),
        (fact("proposal.listed", "proposal:P1", "2026-05-01", meeting="meeting:M2"), "listed"),
        (fact("proposal.referred", "proposal:P1", "2026-05-01", to=PC, asked_to="advise"), "referred to advise"),
        (fact("proposal.deferred", "proposal:P1", "2026-05-01", meeting="meeting:M2"), "deferred"),
        (taken("D9", "2026-05-01", outcome="deferred", **P1), "deferred by D9"),
        (taken("D9", "2026-05-01", "body:cabinet", "referred", next=[{"to": PC}], **P1), "referred by D9"),
    ],
)  # fmt: skip
def test_a_proposal_that_came_before_it_awaits_it(pc, how, state):
    pc.record(proposal("P1", "2026-04-01", title="Response"), proposal("P2", "2026-04-01"), how)
    assert [(one.ref, one.state, one.title) for one in pc.awaiting("proposals")] == [("P1", state, "Response")]
    assert pc.awaiting("proposals", "2026-04-30") == []


def test_a_proposal_that_it_has_decided_or_that_was_withdrawn_awaits_it_no_more(pc):
    pc.record(proposal("P1", "2026-04-01"), proposal("P2", "2026-04-01"))
    pc.record(*(fact("proposal.listed", f"proposal:{key}", "2026-05-01", body=PC) for key in ("P1", "P2")))
    pc.record(taken("D9", "2026-05-10", **P1))
    pc.record(fact("proposal.withdrawn", "proposal:P2", "2026-05-20"))
    assert [refs(pc.awaiting("proposals", day)) for day in ("2026-05-09", "2026-05-10", "2026-05-20")] == [
        ["P1", "P2"], ["P2"], [],
    ]  # fmt: skip


def test_what_another_body_decides_leaves_the_proposal_before_this_one(pc):
    pc.record(proposal("P1", "2026-04-01"), fact("proposal.listed", "proposal:P1", "2026-05-01", body=PC))
    pc.record(taken("D9", "2026-05-10", "body:cabinet", **P1))
    assert refs(pc.awaiting("proposals")) == ["P1"]


def at_its_meeting(key, outcome):
    return taken(key, "2026-05-10", "body:cabinet", outcome, meeting="meeting:M1", **P1)


def test_what_others_decide_at_its_own_meeting_is_no_longer_before_it(pc):
    pc.record(proposal("P1", "2026-04-01"), fact("proposal.listed", "proposal:P1", "2026-05-01", body=PC))
    pc.record(at_its_meeting("D9", "approved"))
    assert refs(pc.awaiting("proposals", "2026-05-09")) == ["P1"]
    assert pc.awaiting("proposals") == []


def test_what_it_referred_elsewhere_is_no_longer_before_it(pc):
    pc.record(proposal("P1", "2026-04-01"), fact("proposal.listed", "proposal:P1", "2026-05-01", body=PC))
    referred = {"to": "body:cabinet", "asked_to": "decide", "meeting": "meeting:M1", "due": "2026-05-25"}
    pc.record(fact("proposal.referred", "proposal:P1", "2026-05-10", **referred))
    pc.record(taken("D9", "2026-05-10", outcome="referred", next=[{"to": "body:cabinet"}], **P1))
    assert pc.awaiting("proposals") == []
    assert refs(pc.awaiting("proposals", body="cabinet")) == ["P1"]


def test_what_was_listed_and_put_off_to_a_day_waits_for_that_day(pc):
    pc.record(proposal("P1", "2026-04-01"))
    pc.record(fact("proposal.listed", "proposal:P1", "2026-04-02", body=PC, for_when="2026-05-10"))
    pc.record(fact("proposal.deferred", "proposal:P1", "2026-05-10", for_when="2026-09-11"))
    (one,) = pc.awaiting("proposals")
    assert (one.state, one.due, one.overdue) == ("deferred", "2026-09-11", False)


@pytest.mark.parametrize(
    ("asked", "terms", "left"),
    [("advise", [], []), ("decide", [], ["P1"]), (None, [], ["P1"]), (None, [{"can": "discuss"}], [])],
)
def test_what_it_was_only_to_be_heard_on_is_over_when_another_has_decided(pc, asked, terms, left):
    for one in terms:
        pc.record(fact("body.terms_adopted", PC, "2026-01-01", **one))
    listed = {"body": PC, **({"asked_to": asked} if asked else {})}
    pc.record(proposal("P1", "2026-04-01"), fact("proposal.listed", "proposal:P1", "2026-05-01", **listed))
    pc.record(taken("D8", "2026-05-05", "body:cabinet", "noted", **P1), taken("D9", "2026-05-10", "body:cabinet", **P1))
    assert refs(pc.awaiting("proposals", "2026-05-09")) == ["P1"]
    assert refs(pc.awaiting("proposals")) == left


def before(pc, *facts):
    pc.record(
        proposal("P1", "2026-04-01", version="1"), fact("proposal.listed", "proposal:P1", "2026-05-01", body=PC), *facts
    )


def signed(who=ICB, on="2026-05-03", version="1", **data):
    return fact(
        "proposal.position_taken", "proposal:P1", on, on_behalf_of=[who], position="support", version=version, **data
    )


def test_a_sign_off_that_was_asked_for_is_missing_until_it_is_given(pc):
    before(
        pc,
        fact("proposal.sign_off_requested", "proposal:P1", "2026-05-02", asked=ICB, due="2026-05-10"),
        signed(on="2026-05-12"),
    )
    (missing,) = pc.awaiting("sign-offs", "2026-05-11")
    assert (missing.state, missing.who, missing.overdue) == ("sign-off missing: asked, no answer", (ICB,), True)
    assert pc.awaiting("sign-offs", "2026-05-12") == []


def test_a_sign_off_that_the_terms_require_is_missing_until_it_is_given(pc):
    pc.record(fact("body.terms_adopted", PC, "2025-04-01", sign_off=[{"partner": COUNCIL}, {"partner": ICB}]))
    before(pc, signed())
    assert [(one.who, one.state) for one in pc.awaiting("sign-offs")] == [
        ((COUNCIL,), "sign-off missing: required by the terms of reference")
    ]


def test_for_what_the_terms_require_a_sign_off_is_told(pc):
    required = [{"partner": ICB, "applies_to": "changes of service"}]
    before(pc, fact("body.terms_adopted", PC, "2026-01-01", sign_off=required))
    (one,) = pc.awaiting("sign-offs")
    assert one.state == "sign-off missing: required by the terms of reference for 'changes of service'"


def test_a_position_on_an_earlier_version_is_out_of_date_until_it_is_given_anew(pc):
    before(
        pc,
        signed(),
        fact("proposal.revised", "proposal:P1", "2026-05-10", version="2"),
        signed(on="2026-05-20", version="2"),
    )
    assert pc.awaiting("sign-offs", "2026-05-09") == []
    (stale,) = pc.awaiting("sign-offs", "2026-05-10")
    assert stale.state == "position out of date: support on version 1; current is version 2"
    assert pc.awaiting("sign-offs", "2026-05-20") == []


def test_disagreements_are_its_own_those_about_its_business_and_those_that_came_to_it(pc):
    before(pc, taken("D1"), proposal("P7", "2026-04-01"))
    pc.record(
        fact("disagreement.raised", "disagreement:X1", "2026-05-02", about=["proposal:P1"], on_behalf_of=[COUNCIL],
             respond_by="2026-05-20"),
        fact("disagreement.raised", "disagreement:X2", "2026-05-02", about=["decision:D1"]),
        fact("disagreement.raised", "disagreement:X3", "2026-05-02", about=["proposal:P7"]),
        fact("disagreement.escalated", "disagreement:X3", "2026-05-20", to=PC, rung=2),
        fact("disagreement.reconciled", "disagreement:X2", "2026-05-10"),
    )  # fmt: skip
    assert refs(pc.awaiting("disagreements", "2026-05-09")) == ["X1", "X2"]
    first, third = pc.awaiting("disagreements")
    assert (first.ref, first.title, first.overdue, first.who) == ("X1", "Northmoor Council about P1", True, ())
    assert (third.ref, third.state, third.who) == ("X3", "escalated to rung 2", (PC,))


@pytest.mark.parametrize(
    "decided",
    [
        taken("U1", urgent={}),
        taken("U1", maker="post:director", urgent={}, report_to=[{"to": PC, "due": "2026-05-01"}]),
        taken("U1", maker="post:director", urgent={}, on_behalf_of=[PC]),
        taken("U1", maker="post:director", urgent={}, authority=[{"delegation": "delegation:S1"}]),
    ],
)
def test_an_urgent_decision_that_is_its_own_or_reportable_to_it_is_to_be_ratified(pc, decided):
    pc.record(fact("delegation.granted", "delegation:S1", "2025-04-01", delegator=PC, delegates=["post:director"]))
    pc.record(decided, taken("U2", maker="body:cabinet", urgent={}))
    pc.record(fact("decision.ratified", "decision:U1", "2026-05-10"))
    assert refs(pc.awaiting("ratifications", "2026-05-09")) == ["U1"]
    assert pc.awaiting("ratifications", "2026-05-10") == []


def test_an_urgent_decision_is_to_be_ratified_also_when_its_time_is_up(pc):
    pc.record(
        taken("D1", urgent={}, until="2026-04-01"), taken("D2", urgent={}), taken("D3", urgent={}, until="2026-04-01")
    )
    pc.record(fact("decision.rescinded", "decision:D2", "2026-04-02"))
    pc.record(fact("decision.ratified", "decision:D3", "2026-05-01"))
    assert refs(pc.awaiting("ratifications", "2026-04-30")) == ["D1", "D3"]
    assert refs(pc.awaiting("ratifications")) == ["D1"]


def test_conditions_wait_until_they_are_met_or_waived(pc):
    conditions = [
        {"id": "c1", "words": "funding confirmed", "falls_to": [ICB], "due": "2026-05-01"},
        {"id": "c2", "words": "a lease"},
    ]
    pc.record(taken("D1", conditions=conditions), taken("D2", maker="body:cabinet", conditions=conditions))
    pc.record(
        {
            **fact("condition.waived", "decision:D1", "2026-04-01", condition="c2"),
            "of": {"stream": "decision:D1", "n": 1},
        }
    )
    pc.record(
        {
            **fact("condition.discharged", "decision:D1", "2026-06-05", condition="c1"),
            "of": {"stream": "decision:D1", "n": 1},
        }
    )
    (one,) = pc.awaiting("conditions")
    assert (one.ref, one.title, one.state, one.who, one.overdue) == (
        "D1",
        "funding confirmed",
        "condition c1 open",
        (ICB,),
        True,
    )
    assert pc.awaiting("conditions", "2026-06-05") == []


def test_conditions_of_support_wait_while_the_position_stands(pc):
    subject_to = [{"id": "c1", "words": "funding confirmed", "falls_to": [COUNCIL]}]
    before(pc, signed(conditions=subject_to), signed(COUNCIL, on="2026-05-04", conditions=subject_to))
    met = {"of": {"stream": "proposal:P1", "n": 3}}
    pc.record({**fact("condition.discharged", "proposal:P1", "2026-05-10", condition="c1"), **met})
    pc.record(
        {**fact("proposal.position_withdrawn", "proposal:P1", "2026-05-20"), "of": {"stream": "proposal:P1", "n": 4}}
    )
    states = [
        [one.state for one in pc.awaiting("conditions", day)] for day in ("2026-05-09", "2026-05-19", "2026-05-20")
    ]
    icb, council = (f"condition c1 of {name} open" for name in ("NHS Northmoor ICB", "Northmoor Council"))
    assert states == [[icb, council], [council], []]


def test_a_condition_of_a_decision_that_has_ended_waits_for_nobody(pc):
    pc.record(
        taken("D1", conditions=[{"id": "c1", "words": "x"}]), fact("decision.rescinded", "decision:D1", "2026-05-01")
    )
    assert [len(pc.awaiting("conditions", day)) for day in ("2026-04-30", "2026-05-01")] == [1, 0]


def test_a_decision_is_to_be_reported_back_until_it_is(pc):
    pc.record(taken("D1", maker="post:director", report_to=[{"to": PC, "due": "2026-05-01"}, {"to": "body:cabinet"}]))
    pc.record(fact("decision.reported_back", "decision:D1", "2026-05-20", to=PC))
    (one,) = pc.awaiting("reports", "2026-05-19")
    assert (one.ref, one.state, one.due, one.overdue, one.who) == (
        "D1",
        "decision not reported back",
        "2026-05-01",
        True,
        ("post:director",),
    )
    assert pc.awaiting("reports", "2026-05-20") == []
    assert refs(pc.awaiting("reports", "2026-05-20", body="cabinet")) == ["D1"]


def test_what_it_passed_on_and_is_to_hear_of_itself_waits_for_whom_it_passed_it_to(pc):
    pc.record(
        taken("D1", outcome="delegated", next=[{"to": "post:director"}], report_to=[{"to": PC, "due": "2026-05-01"}])
    )
    (one,) = pc.awaiting("reports")
    assert (one.ref, one.state, one.overdue, one.who) == ("D1", "decision not reported back", True, ("post:director",))


def test_how_a_fund_stands_is_to_be_reported_when_its_day_comes(pc):
    reporting = [{"to": PC, "every": "quarterly", "next_due": "2026-03-31"}]
    pc.record(fact("fund.established", "fund:F1", "2025-04-01", ref="F1", name="Pool", host=ICB, reporting=reporting))
    pc.record(fact("fund.reported", "fund:F1", "2026-04-15", to=PC, next_due="2026-06-05"))
    (one,) = pc.awaiting("reports", "2026-04-01")
    assert (one.ref, one.state, one.due, one.overdue, one.who) == (
        "F1", "report on a fund, quarterly, never reported", "2026-03-31", True, (ICB,),
    )  # fmt: skip
    assert pc.awaiting("reports", "2026-05-01") == []
    (later,) = pc.awaiting("reports", "2026-06-06")
    assert (later.state, later.overdue) == ("report on a fund, quarterly, last reported 2026-04-15", True)
    pc.record(fact("fund.closed", "fund:F1", "2026-06-07"))
    assert pc.awaiting("reports", "2026-06-08") == []


def test_a_report_under_a_delegation_is_due_when_its_day_comes_by_the_next_meeting(pc):
    reporting = [{"to": PC, "every": "quarterly", "next_due": "2026-03-31"}]
    pc.record(
        fact(
            "delegation.granted",
            "delegation:S1",
            "2025-04-01",
            delegator=PC,
            delegates=["post:director"],
            reporting=reporting,
        )
    )
    pc.record(fact("delegation.reported", "delegation:S1", "2026-04-02", to=PC, next_due="2026-06-30"))
    pc.record(fact("meeting.called", "meeting:M3", "2026-06-13", bodies=[PC], for_when="2026-07-12"))
    pc.record(fact("delegation.revoked", "delegation:S1", "2026-07-01"))
    first = pc.awaiting("reports", "2026-04-01")
    assert [(one.ref, one.overdue, one.who) for one in first] == [("S1", True, ("post:director",))]
    assert pc.awaiting("reports", "2026-06-01") == []
    assert [(one.due, one.overdue) for one in pc.awaiting("reports", "2026-06-13")] == [("2026-06-30", False)]
    assert pc.awaiting("reports", "2026-07-01") == []


def test_a_decision_may_be_called_in_until_the_last_day_of_the_window(pc):
    pc.record(taken("D1", call_in_until="2026-05-20"), taken("D2", maker="body:cabinet", call_in_until="2026-05-20"))
    assert [refs(pc.awaiting("call-ins", day)) for day in ("2026-05-20", "2026-05-21")] == [["D1"], []]


def test_a_decision_that_was_called_in_waits_until_that_is_concluded(pc):
    pc.record(taken("D1"), fact("decision.called_in", "decision:D1", "2026-05-01"))
    pc.record(fact("decision.call_in_concluded", "decision:D1", "2026-05-20", call_in_result="referred-back"))
    (called,), (back,) = pc.awaiting("call-ins", "2026-05-19"), pc.awaiting("call-ins", "2026-05-20")
    assert (called.state, called.who) == ("called in", ())
    assert (back.state, back.who) == ("referred back", (PC,))


def test_reviews_come_up_when_their_day_comes_by_the_next_meeting(pc):
    pc.record(fact("body.terms_adopted", PC, "2025-04-01", version="2", review_by="2026-06-12"))
    pc.record(taken("D1", review_by="2026-06-10"), taken("D2", review_by="2026-06-13"))
    pc.record(
        fact(
            "delegation.granted",
            "delegation:S1",
            "2025-04-01",
            delegator=PC,
            delegates=["post:director"],
            review_by="2026-06-01",
        )
    )
    assert [(one.ref, one.state) for one in pc.awaiting("reviews")] == [
        ("pc", "terms of reference 2 to be reviewed"), ("D1", "decision to be reviewed"), ("S1", "delegation to be reviewed"),
    ]  # fmt: skip
    assert pc.awaiting("reviews", "2026-05-01") == []
    pc.record(
        fact("delegation.reviewed", "delegation:S1", "2026-05-30"),
        fact("decision.reviewed", "decision:D1", "2026-05-30"),
    )
    assert refs(pc.awaiting("reviews")) == ["pc"]


def test_it_is_answered_as_it_was_known(pc):
    pc.record(fact("action.assigned", "action:A1", "2026-03-12", meeting="meeting:M1", due="2026-05-01"))
    known = f"@{pc.log.head().size}"
    pc.record(corrected("action:A1", "/due", "2026-05-01", "2026-08-01"))
    assert [pc.awaiting("actions", known=at)[0].overdue for at in (known, None)] == [True, False]
    pc.record(about("action:A1", "record.retracted", of=1))
    assert pc.awaiting("actions") == []
    assert refs(pc.awaiting("actions", known=known)) == ["A1"]


def test_every_line_cites_its_facts_and_stands_in_its_section(pc):
    test_disagreements_are_its_own_those_about_its_business_and_those_that_came_to_it(pc)
    items = pc.agenda("pc", "2026-06-01").items
    assert items
    assert all(item.evidence and item.section in SECTIONS for item in items)
    order = [list(SECTIONS).index(item.section) for item in items]
    assert order == sorted(order)


def test_only_a_body_that_was_there_has_an_agenda(pc):
    with pytest.raises(NotFound):
        pc.agenda("cabinett", "2026-06-01")
    with pytest.raises(NotFound):
        pc.agenda("pc", "2024-06-01")
    with pytest.raises(BadInput):
        pc.agenda("organisation:icb", "2026-06-01")

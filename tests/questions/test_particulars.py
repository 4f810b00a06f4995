"""What a list says of each thing beyond its name: who does it by when, whose move it is, what was decided."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import BadInput
from decisionlog.questions.filters import Filters
from decisionlog.questions.listing import list_things
from tests.questions.asking import given, in_json, page, put, shown
from tests.scenario import body, decision, fact, organisation, proposal

TRUST, COUNCIL = "organisation:trust", "organisation:council"
PARTNERS = (organisation("trust", name="The Trust"), organisation("council", name="The Council"), body("board"))


def listing(told, kind, on="2026-05-01", **filters):
    def ask(log, models, kind, asked, now):
        return list_things(log, models, kind, asked, now, filters=Filters(**filters))

    return put(ask, told.log, kind, on=on)


def only(log, kind, **more):
    (item,) = listing(log, kind, **more).items
    return item


def action(key, due="2026-04-30", **data):
    return fact("action.assigned", f"action:{key}", "2026-03-12", what=f"Do {key}", due=due, **data)


@pytest.fixture
def actions():
    return given(
        *PARTNERS,
        action("late", organisation=TRUST, to=COUNCIL),
        action("done"),
        action("coming", due="2026-06-30"),
        fact("action.completed", "action:done", "2026-04-01"),
    )


def test_an_action_is_listed_with_its_owner_its_day_and_whether_that_is_over(actions):
    late, done, coming = listing(actions, "action").items
    assert late.more == {"organisation": TRUST, "to": COUNCIL, "due": "2026-04-30", "overdue": True}
    assert "overdue" not in done.more
    assert "overdue" not in coming.more
    (line,) = [line for line in page(listing(actions, "action")) if line.startswith("late")]
    assert "Do late" in line
    assert "due 30 April 2026, OVERDUE, The Trust, promised to The Council" in line


def test_open_and_overdue_are_states_of_actions(actions):
    def stated(state):
        return [item.ref for item in listing(actions, "action", state=state).items]

    assert (stated("open"), stated("overdue"), stated("completed")) == (["late", "coming"], ["late"], ["done"])


def test_what_falls_due_by_a_day_leaves_out_what_was_done(actions):
    assert [item.ref for item in listing(actions, "action", due_by="2026-05-31").items] == ["late"]
    assert [item.ref for item in listing(actions, "action", due_by="2026-06").items] == ["late", "coming"]


def test_a_due_day_that_is_no_date_and_a_kind_without_one_are_refused(actions):
    with pytest.raises(BadInput, match="is not a date"):
        listing(actions, "action", due_by="soon")
    with pytest.raises(BadInput, match="cannot be narrowed by --due-by"):
        listing(actions, "organisation", due_by="2026-05-31")


def test_a_decision_that_ended_is_not_to_be_reviewed_any_more():
    log = given(
        *PARTNERS,
        decision("D1", "2026-03-12", outcome="approved", decision_makers=["body:board"], review_by="2026-04-30"),
        decision("D2", "2026-03-12", outcome="approved", review_by="2026-04-30"),
        fact("decision.rescinded", "decision:D2", "2026-04-01"),
    )
    assert [item.ref for item in listing(log, "decision", due_by="2026-05-01").items] == ["D1"]
    assert only(log, "decision", state="rescinded").more == {
        "outcome": "approved",
        "stands": "rescinded",
        "review_by": "2026-04-30",
    }


def test_a_proposal_that_was_disposed_of_is_decided_and_says_by_what():
    log = given(
        *PARTNERS,
        proposal("P1", "2026-03-01"),
        decision("D1", "2026-03-12", outcome="approved", proposals=[{"proposal": "proposal:P1"}]),
    )
    before, after = only(log, "proposal", on="2026-03-11"), only(log, "proposal")
    assert (before.state, before.more) == ("submitted", {})
    assert (after.state, after.state_on, after.more) == ("decided", "2026-03-12", {"decisions": ["D1"]})
    assert after.evidence[-1] == log.log.head().size
    assert [item.ref for item in listing(log, "proposal", state="decided").items] == ["P1"]
    assert listing(log, "proposal", state="submitted").items == ()


@pytest.mark.parametrize("outcome", ["noted", "endorsed", "recommended", "deferred", "no-decision"])
def test_what_only_notes_or_puts_off_a_proposal_leaves_it_to_be_decided(outcome):
    log = given(
        *PARTNERS,
        proposal("P1", "2026-03-01"),
        decision("D1", "2026-03-12", outcome=outcome, proposals=[{"proposal": "proposal:P1"}]),
    )
    assert only(log, "proposal").state == "submitted"


def test_a_proposal_brought_back_after_its_rejection_is_to_be_decided_again():
    log = given(
        *PARTNERS,
        proposal("P1", "2026-03-01"),
        decision("D1", "2026-03-12", outcome="rejected", proposals=[{"proposal": "proposal:P1"}]),
        fact("proposal.revised", "proposal:P1", "2026-04-01", version="2"),
    )
    assert only(log, "proposal", on="2026-03-12").state == "decided"
    assert only(log, "proposal").state == "submitted"


def test_a_proposal_withdrawn_or_decided_by_what_was_void_is_not_decided():
    log = given(
        *PARTNERS,
        proposal("P1", "2026-03-01"),
        proposal("P2", "2026-03-01"),
        decision("D1", "2026-03-12", outcome="approved", proposals=[{"proposal": "proposal:P1"}]),
        decision("D2", "2026-03-12", outcome="approved", proposals=[{"proposal": "proposal:P2"}]),
        fact("decision.voided", "decision:D1", "2026-04-01"),
        fact("proposal.withdrawn", "proposal:P2", "2026-04-01"),
    )
    assert [item.state for item in listing(log, "proposal").items] == ["submitted", "withdrawn"]


@pytest.mark.parametrize(("how", "state"), [("rescinded", "decided"), ("voided", "submitted")])
def test_a_proposal_whose_approval_was_undone_says_so_in_its_line_and_on_its_page(how, state):
    log = given(
        *PARTNERS,
        proposal("P1", "2026-03-01"),
        decision("D1", "2026-03-12", outcome="approved", proposals=[{"proposal": "proposal:P1"}]),
        fact(f"decision.{how}", "decision:D1", "2026-04-01"),
    )
    item = only(log, "proposal")
    assert (item.state, item.more["undone"]) == (state, [{"decision": "D1", "state": how}])
    assert item.evidence[-1] == log.log.head().size
    assert f"approved by D1, which was {how} on 1 April 2026" in page(listing(log, "proposal"))[0]
    assert "undone" not in only(log, "proposal", on="2026-03-31").more
    assert [one.ref for one in listing(log, "proposal", state="approval undone").items] == ["P1"]
    lines = page(shown(log.log, "P1"))
    assert "No approval of it stands." in lines
    assert any(line.endswith(f"It was {how} on 1 April 2026. [{log.log.head().size - 1}, {log.log.head().size}]")
               for line in lines), lines  # fmt: skip


def test_where_another_approval_stands_the_proposal_is_still_approved():
    log = given(
        *PARTNERS,
        proposal("P1", "2026-03-01"),
        decision("D1", "2026-03-12", outcome="approved", proposals=[{"proposal": "proposal:P1"}]),
        decision("D2", "2026-03-13", outcome="approved", proposals=[{"proposal": "proposal:P1"}]),
        fact("decision.rescinded", "decision:D1", "2026-04-01"),
    )
    assert "No approval of it stands." not in page(shown(log.log, "P1"))
    line, *_ = page(listing(log, "proposal"))
    assert "approved by D1, which was rescinded on 1 April 2026, approved by D2" in line


def test_a_disagreement_says_whose_it_is_about_what_on_which_rung_and_whose_move_it_is():
    log = given(
        *PARTNERS,
        proposal("P1", "2026-03-01"),
        fact("disagreement.raised", "disagreement:G1", "2026-03-12", about=["proposal:P1"], on_behalf_of=[TRUST]),
        fact(
            "disagreement.escalated", "disagreement:G1", "2026-03-20", rung=2, to="body:board", respond_by="2026-04-20"
        ),
    )
    assert only(log, "disagreement", state="overdue").more == {
        "on_behalf_of": [TRUST],
        "about": ["proposal:P1"],
        "rung": 2,
        "to": ["body:board"],
        "respond_by": "2026-04-20",
    }
    (line,) = [line for line in page(listing(log, "disagreement")) if line.startswith("G1")]
    assert "The Trust" in line
    assert "rung 2" in line
    assert "the move is with" in line


def test_a_meeting_says_how_its_minutes_stand():
    log = given(
        *PARTNERS,
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:board"]),
        fact("meeting.held", "meeting:M2", "2026-04-12", bodies=["body:board"]),
        fact("meeting.minutes_confirmed", "meeting:M1", "2026-04-12"),
    )
    assert [item.ref for item in listing(log, "meeting", state="minutes unconfirmed").items] == ["M2"]
    assert listing(log, "meeting").items[0].more == {
        "bodies": ["body:board"],
        "minutes": "confirmed",
        "held_on": "2026-03-12",
    }


def test_a_meeting_that_is_called_says_for_when_and_whether_that_is_to_come():
    log = given(
        *PARTNERS, fact("meeting.called", "meeting:M1", "2026-05-01", bodies=["body:board"], for_when="2026-05-20")
    )
    assert listing(log, "meeting", on="2026-05-10").items[0].more["is_to_come"]
    assert listing(log, "meeting", on="2026-05-21").items[0].more == {
        "bodies": ["body:board"],
        "for_when": "2026-05-20",
    }


GRANT = {"delegator": "body:board", "delegates": ["post:director"], "on_behalf_of": [TRUST, COUNCIL]}


def grants(*more):
    granted = fact(
        "delegation.granted", "delegation:L1", "2025-04-01", review_by="2026-04-30", until="2026-06-01", **GRANT
    )
    return given(*PARTNERS, fact("post.established", "post:director"), granted, *more)


def test_a_delegation_is_listed_from_whom_to_whom_and_as_what_it_is_on_the_day():
    log = grants()
    assert [only(log, "delegation", on=on).state for on in ("2025-04-01", "2026-06-01")] == ["in force", "ended"]
    assert listing(log, "delegation", on="2025-03-31").items == ()
    assert only(log, "delegation").more == {**GRANT, "review_by": "2026-04-30"}
    assert [item.ref for item in listing(log, "delegation", state="in force", due_by="2026-04-30").items] == ["L1"]
    assert listing(log, "delegation", on="2026-06-01", due_by="2026-06-30").items == ()


def test_a_delegation_granted_for_later_is_not_yet_in_force():
    log = given(*PARTNERS, fact("delegation.granted", "delegation:L1", "2025-04-01", **{"from": "2025-06-01"}))
    states = [only(log, "delegation", on=on).state for on in ("2025-05-31", "2025-06-01")]
    assert states == ["not yet in force", "in force"]


@pytest.mark.parametrize("ending", ["suspended", "revoked", "lapsed"])
def test_a_delegation_that_is_stopped_says_so(ending):
    log = grants(fact(f"delegation.{ending}", "delegation:L1", "2026-01-01"))
    assert only(log, "delegation", on="2025-12-31").state == "in force"
    stopped = only(log, "delegation")
    assert (stopped.state, stopped.state_on) == (ending, "2026-01-01")


def test_a_delegation_that_is_stopped_in_part_is_in_force_for_the_rest():
    log = grants(
        fact("function.catalogued", "function:beds", name="Beds"),
        fact(
            "delegation.suspended",
            "delegation:L1",
            "2026-01-01",
            on_behalf_of=[TRUST],
            scope=[{"function": "function:beds"}],
        ),
    )
    assert only(log, "delegation").state == "in force"
    assert any("suspended 1 January 2026 for The Trust as to Beds" in line for line in page(listing(log, "delegation")))


def test_an_instrument_and_the_terms_of_a_body_are_listed_with_their_review():
    log = given(
        *PARTNERS,
        fact("instrument.adopted", "instrument:I1", "2025-04-01", parties=[TRUST, COUNCIL], review_by="2026-03-31"),
        fact("body.terms_adopted", "body:board", "2025-04-01", version="1.0", review_by="2026-05-31"),
    )
    assert only(log, "instrument", due_by="2026-03-31").more == {"parties": [TRUST, COUNCIL], "review_by": "2026-03-31"}
    assert only(log, "body", due_by="2026-05-31").more == {"terms_version": "1.0", "review_by": "2026-05-31"}
    assert listing(log, "body", due_by="2026-05-30").items == ()


def test_programs_get_the_particulars_under_the_names_of_the_facts_fields(actions):
    item = in_json(listing(actions, "action"))["items"][0]
    assert item["organisation"] == TRUST
    assert not {"said", "more"} & item.keys()

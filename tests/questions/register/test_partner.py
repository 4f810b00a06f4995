"""The page of a partner: its seats, what it signed and on what conditions, where it dissented, what it owes, who acts for whom."""

from __future__ import annotations

import pytest

from decisionlog.domain.saying import plain
from tests.questions.register.parties import CABINET, COUNCIL, DIRECTOR, FORUM, JOINT, PLACE, TRUST, grant, page, seat
from tests.scenario import about, decision, fact, given, organisation, proposal

P1 = "proposal:P1"


def position(of, says, on="2026-03-12", **data):
    return fact("proposal.position_taken", P1, on, on_behalf_of=[of], position=says, **data)


@pytest.fixture(scope="module")
def log():
    return given(
        *PLACE,
        seat(FORUM, "person:q", COUNCIL, "voting-member"),
        seat(CABINET, DIRECTOR, None, "member"),
        seat(FORUM, "person:p", TRUST, "chair"),
        proposal("P1", title="Beds for the winter", version="1"),
        position(
            COUNCIL, "support-with-conditions", words="If it is paid for.",
            conditions=[{"id": "C1", "words": "It is paid for."}, {"id": "C2", "words": "It is safe."}],
        ),
        position(TRUST, "object", words="We cannot staff it."),
        about(P1, "condition.discharged", "2026-04-01", of=2, condition="C1"),
        fact("disagreement.raised", "disagreement:D1", "2026-03-12", about=[P1], on_behalf_of=[TRUST], grounds="No nurses."),
        fact("disagreement.dissent_recorded", "disagreement:D1", "2026-03-20", words="We were never for it."),
        decision("A1", decision_makers=[JOINT], on_behalf_of=[COUNCIL, TRUST], outcome="approved", proposals=[{"proposal": P1}]),
        decision(
            "A2", decision_makers=[CABINET], on_behalf_of=[COUNCIL], outcome="approved",
            report_to=[{"to": JOINT, "due": "2026-04-01"}],
        ),
        fact("action.assigned", "action:T1", "2026-03-12", what="A plan", organisation=COUNCIL, to=TRUST, due="2026-04-01"),
        fact("action.assigned", "action:T2", "2026-03-12", what="A list", organisation=TRUST, due="2027-04-01"),
        grant("G1", TRUST, JOINT),
        grant("G2", COUNCIL, CABINET),
        grant("G3", TRUST, DIRECTOR),
    ).log  # fmt: skip


def test_it_sits_where_somebody_was_appointed_for_it_and_where_a_post_of_its_own_sits(log):
    seats = page(log, COUNCIL).answers["seats"]
    assert {one.office: [held.who for held in one.holders] for one in seats.items} == {
        FORUM: ["person:q"],
        CABINET: [DIRECTOR],
    }


def test_a_seat_that_begins_later_is_not_shown_before(log):
    assert page(log, COUNCIL, on="2025-03-31").answers["seats"].items == ()


def test_it_signed_on_conditions_of_which_one_is_not_met(log):
    (signed,) = page(log, COUNCIL).answers["dealings"].signed
    assert (signed.proposal, signed.position.position, signed.state) == (P1, "support-with-conditions", "decided")
    assert [(one.id, one.state) for one in signed.position.condition_states] == [("C1", "discharged"), ("C2", "stated")]
    assert signed.open_conditions == 1


def test_before_a_condition_was_discharged_both_were_open(log):
    (signed,) = page(log, COUNCIL, on="2026-03-31").answers["dealings"].signed
    assert signed.open_conditions == 2


def test_where_it_dissented_it_is_told_in_its_words_and_how_that_ended(log):
    (dissent,) = page(log, TRUST).answers["dealings"].dissents
    assert (dissent.shown.grounds, dissent.shown.dissent) == ("No nurses.", "We were never for it.")
    assert (dissent.shown.state, dissent.state_on, dissent.is_open) == ("dissent recorded", "2026-03-20", False)
    assert plain(dissent.stands) == "The dissent of organisation:trust was recorded."
    assert page(log, TRUST, on="2026-03-13").answers["dealings"].dissents[0].is_open


def test_what_it_owes_is_what_bodies_await_of_it(log):
    (owed,) = page(log, COUNCIL).answers["dealings"].owed
    assert (owed.to, owed.awaited.ref, owed.awaited.overdue) == (JOINT, "A2", True)
    assert page(log, TRUST).answers["dealings"].owed == ()


def test_what_it_promised_and_what_was_promised_to_it_are_listed_the_overdue_first(log):
    promises = page(log, TRUST).answers["promises"].items
    assert [(one.ref, one.more.get("to", ""), one.more.get("overdue", False)) for one in promises] == [
        ("T1", TRUST, True),
        ("T2", "", False),
    ]


def test_what_a_post_of_it_is_to_do_it_promised_unless_another_organisation_did():
    log = given(
        *PLACE,
        fact("action.assigned", "action:T1", "2026-03-12", what="A plan", owner=DIRECTOR),
        fact("action.assigned", "action:T2", "2026-03-12", what="A list", owner=DIRECTOR, organisation=TRUST),
    ).log
    assert [one.ref for one in page(log, COUNCIL).answers["promises"].items] == ["T1"]
    assert [one.ref for one in page(log, TRUST).answers["promises"].items] == ["T2"]


def test_what_others_exercise_for_it_is_told_apart_from_what_is_given_within_it(log):
    council, trust = (page(log, one).answers["powers"] for one in (COUNCIL, TRUST))
    assert [one.delegation for one in council.within_it] == ["delegation:G2"]
    assert [one.delegation for one in council.given_to_it] == ["delegation:G1", "delegation:G3"]
    assert council.given_by_it == ()
    assert [one.delegation for one in trust.given_by_it] == ["delegation:G1", "delegation:G3"]


def test_the_decisions_made_for_it_are_those_that_bind_it(log):
    assert [one.ref for one in page(log, TRUST).answers["decisions"].items] == ["A1"]
    assert sorted(one.ref for one in page(log, COUNCIL).answers["decisions"].items) == ["A1", "A2"]


def test_who_took_over_from_whom_is_told():
    log = given(
        *PLACE,
        fact(
            "organisation.succeeded",
            TRUST,
            "2026-02-01",
            successors=[{"organisation": COUNCIL, "takes": "whole"}],
            ends=True,
        ),
    ).log
    named = {
        part.reference
        for said in page(log, COUNCIL).answers["show"].opening
        for part in said
        if hasattr(part, "reference")
    }
    assert TRUST in named


def test_a_partner_of_which_only_its_name_is_recorded_has_a_page():
    log = given(organisation("alone", name="Alone")).log
    shown = page(log, "organisation:alone")
    assert shown.title == "Alone"
    assert shown.answers["dealings"].signed == shown.answers["seats"].items == shown.answers["promises"].items == ()

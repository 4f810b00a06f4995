"""The page of a body: who leads it and sits on it, what it may decide, what it did, what awaits it, on any day."""

from __future__ import annotations

import pytest

from decisionlog.domain.refusals import NotFound
from tests.questions.register.parties import CABINET, COUNCIL, DIRECTOR, FORUM, JOINT, PLACE, TRUST, grant, page, seat
from tests.scenario import decision, fact, given

SEATED = [
    *PLACE,
    fact("post.filled", DIRECTOR, "2025-04-01", person="person:p", basis="acting"),
    seat(JOINT, DIRECTOR, COUNCIL, "joint-chair", voting=True),
    seat(JOINT, "person:q", TRUST, "voting-member"),
]


@pytest.fixture(scope="module")
def log():
    return given(
        *SEATED,
        grant("G1", TRUST, JOINT, limits=[{"money": {"amount": 500, "currency": "GBP"}, "operator": "<="}]),
        grant("G2", JOINT, DIRECTOR, until="2026-01-01"),
        fact("body.terms_adopted", JOINT, "2025-04-01", version="1", can="decide"),
        fact("body.terms_adopted", JOINT, "2026-02-01", version="2", can="recommend"),
        *(
            decision(f"D{day}", f"2026-03-0{day}", decision_makers=[JOINT], outcome="approved", title=f"The {day}th")
            for day in range(1, 8)
        ),
        fact("meeting.called", "meeting:M9", "2026-05-01", bodies=[JOINT], for_when="2026-07-01"),
        *(fact("meeting.held", f"meeting:M{day}", f"2026-03-0{day}", bodies=[JOINT]) for day in (1, 2)),
    ).log


def members(shown):
    (office,) = shown.answers["holders"].items
    return {one.who: one for one in office.holders}


def test_it_shows_who_leads_it_for_whom_and_who_holds_the_post_on_the_day(log):
    leading = members(page(log, JOINT))[DIRECTOR]
    assert (leading.role, leading.on_behalf_of) == ("joint-chair", (COUNCIL,))
    assert [(one.who, one.role) for one in leading.people] == [("person:p", "acting")]


def test_it_shows_that_nobody_holds_a_post_that_sits(log):
    before = given(*PLACE, seat(JOINT, DIRECTOR, COUNCIL, "chair")).log
    assert members(page(before, JOINT))[DIRECTOR].people == ()


def test_it_shows_what_was_given_to_it_and_what_it_gave_on(log):
    given_ = page(log, JOINT).answers["powers"]
    assert [one.parent for one in given_.acts_for] == [COUNCIL, TRUST]
    assert [(one.delegation, one.state) for one in given_.given_to_it] == [("delegation:G1", "in force")]
    assert [(one.delegation, one.state) for one in given_.given_by_it] == [("delegation:G2", "ended")]


def test_on_a_day_it_shows_what_was_in_force_then(log):
    then = page(log, JOINT, on="2025-12-01")
    assert [one.state for one in then.answers["powers"].given_by_it] == ["in force"]
    assert [fact.data["version"] for fact in then.answers["show"].facts if fact.type == "body.terms_adopted"] == ["1"]
    assert then.answers["decisions"].items == ()


def test_before_it_was_set_up_there_is_no_page_of_it(log):
    with pytest.raises(NotFound):
        page(log, JOINT, on="2024-01-01")


def test_what_was_not_known_yet_is_not_shown(log):
    with pytest.raises(NotFound):
        page(log, JOINT, known="@2")


def test_it_shows_the_latest_decisions_and_how_many_more_there_are(log):
    shown = page(log, JOINT).answers["decisions"]
    assert [one.ref for one in shown.items] == ["D7", "D6", "D5", "D4", "D3"]
    assert shown.left_out == 2


def test_its_meetings_to_come_stand_before_those_that_were(log):
    assert [one.ref for one in page(log, JOINT).answers["meetings"].items] == ["M9", "M2", "M1"]


def test_what_awaits_it_is_its_agenda(log):
    awaiting = page(log, JOINT).answers["agenda"]
    assert awaiting.next_meeting.ref == "M9"
    assert {one.section for one in awaiting.items} >= {"minutes"}


def test_what_does_not_add_up_is_shown_only_where_it_may_be():
    log = given(*SEATED, decision("F1", "2026-03-01", decision_makers=[FORUM], outcome="approved")).log
    hidden, shown = (page(log, FORUM, findings=allowed).answers["agenda"] for allowed in (False, True))
    assert hidden.findings == ()
    assert "GL26" in {one.rule for one in shown.findings}


def test_a_body_of_which_only_its_name_is_recorded_has_a_page(log):
    shown = page(log, CABINET)
    assert shown.title == "The Cabinet"
    assert shown.answers["powers"].given_to_it == shown.answers["decisions"].items == ()

"""A person's page: the seats that go with a post, the meetings, decisions and interests, as on the day asked about."""

from __future__ import annotations

from tests.questions.asking import given, page, section, shown
from tests.scenario import about, body, decision, fact, organisation

COUNCIL = "organisation:council"


def place(*more):
    return given(
        organisation("council", name="Northmoor Council"),
        body("board", name="Locality Board"),
        fact("person.registered", "person:p-1", "2024-01-01", ref="p-1", name="Ada Bell"),
        fact("person.registered", "person:p-2", "2024-01-01", ref="p-2", name="Ben Cole"),
        fact("post.established", "post:leader", "2024-01-01", ref="leader", name="Leader of the Council"),
        fact("post.filled", "post:leader", "2025-04-01", person="person:p-1"),
        fact("body.member_appointed", "body:board", "2025-04-01", member="post:leader", role="chair", on_behalf_of=[COUNCIL]),
        *more,
    ).log  # fmt: skip


def test_the_seats_of_a_post_are_those_of_who_holds_it_that_day():
    log = place(
        about("post:leader", "post.vacated", "2026-01-01", of=2),
        fact("post.filled", "post:leader", "2026-01-01", person="person:p-2"),
    )
    seat = "Locality Board, chair, for Northmoor Council, as Leader of the Council, since 1 April 2025"
    assert section(log, "p-1", "Seats", on="2025-12-31") == [f"{seat} [8, 7]"]
    assert section(log, "p-2", "Seats", on="2025-12-31") == ["No seat is recorded."]
    assert section(log, "p-1", "Seats", on="2026-01-01") == ["No seat is recorded."]
    assert section(log, "p-2", "Seats", on="2026-01-01") == [f"{seat} [8, 10]"]


def test_a_seat_that_the_post_has_lost_is_no_seat_of_its_holder():
    log = place(about("body:board", "body.member_ended", "2025-09-01", of=2))
    assert section(log, "p-1", "Seats", on="2025-09-01") == ["No seat is recorded."]


def test_the_meetings_that_a_person_was_at_are_told_with_the_role():
    log = place(
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:board"], presiding=[{"by": "person:p-1"}],
             attendance=[{"by": "person:p-1", "role": "chair", "presence": "present", "on_behalf_of": [COUNCIL]},
                         {"by": "person:p-2", "presence": "apologies"}]),
        fact("meeting.held", "meeting:M2", "2026-04-12", bodies=["body:board"],
             attendance=[{"by": "person:p-2", "presence": "part", "deputy_for": "person:p-1"}]),
    )  # fmt: skip
    assert section(log, "p-1", "Meetings") == ["M1 on 12 March 2026, chair, for Northmoor Council, presiding [9]"]
    assert section(log, "p-2", "Meetings") == [
        "M1 on 12 March 2026, apologies [9]",
        "M2 on 12 April 2026, for part of it, deputy for Ada Bell [10]",
    ]


def test_the_decisions_that_a_person_took_are_told():
    log = place(
        decision("D1", on="2026-03-20", decision_makers=["person:p-1"], outcome="approved"),
        decision("D2", on="2026-03-21", decision_makers=["body:board"], people=["person:p-1"], outcome="rejected"),
    )
    assert section(log, "p-1", "Decisions") == [
        "D1: Ada Bell approved it on 20 March 2026. [9]",
        "D2: Locality Board rejected it on 21 March 2026. [10]",
    ]
    assert "Decisions" not in page(shown(log, "p-2"))


def test_interests_are_told_where_they_were_registered_and_where_they_were_declared():
    log = place(
        fact("interest.registered", "interest:I1", "2025-05-01", by="person:p-1", nature="A trustee", kind="financial"),
        fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:board"],
             interests=[{"by": "person:p-1", "nature": "A tenant"}, {"by": "person:p-2", "nature": "A landlord"}]),
        fact("meeting.interest_declared", "meeting:M1", "2026-03-12", by="person:p-1", items=["4"], nature="A trustee"),
        fact("interest.ended", "interest:I1", "2026-03-20"),
    )  # fmt: skip
    assert section(log, "p-1", "Interests", on="2026-03-12") == [
        "I1: registered on 1 May 2025: 'A trustee' (financial) [9]",
        "M1: declared on 12 March 2026: 'A tenant' [10]",
        "M1: declared on 12 March 2026, item 4: 'A trustee' [11]",
    ]
    assert section(log, "p-1", "Interests", on="2026-03-20")[0].endswith("(financial), no longer held [9, 12]")
    assert section(log, "p-2", "Interests") == ["M1: declared on 12 March 2026: 'A landlord' [10]"]

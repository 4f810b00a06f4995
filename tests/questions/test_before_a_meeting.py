"""What a secretary has at hand before a meeting is written up."""

from __future__ import annotations

from decisionlog.questions.before_a_meeting import before_a_meeting
from tests.scenario import NOW, about, body, decision, fact, person

B = "body:pc"
BODY = body("pc")


def held(key, on, **data):
    return fact("meeting.held", f"meeting:{key}", on, bodies=[B], **data)


def at_hand(place, on="2026-05-01"):
    place.models.catch_up()
    return before_a_meeting(place.log, place.models, "pc", on, NOW)


def test_it_has_who_sits_there_on_the_day_and_who_holds_the_posts_that_sit(place):
    place.record(
        BODY, person("p"), person("q"), person("r"),
        fact("post.established", "post:chief", "2025-04-01"),
        fact("post.filled", "post:chief", "2025-04-01", person="person:p"),
        fact("body.member_appointed", B, "2025-04-01", member="post:chief"),
        fact("body.member_appointed", B, "2025-04-02", member="person:q", role="chair"),
        fact("body.member_appointed", B, "2025-04-03", member="person:r", until="2026-05-01"),
    )  # fmt: skip
    assert [(seat.person, seat.post, seat.role) for seat in at_hand(place).seats] == [
        ("p", "chief", ""),
        ("q", "", "chair"),
    ]
    assert [seat.person for seat in at_hand(place, "2026-04-30").seats] == ["p", "q", "r"]


def test_it_has_what_the_last_meeting_left_open(place):
    place.record(
        BODY, held("M1", "2026-03-12"), held("M2", "2026-04-12"),
        fact("action.assigned", "action:A1", "2026-04-12", meeting="meeting:M2", what="Write.", due="2026-06-01"),
        fact("action.assigned", "action:A2", "2026-04-12", meeting="meeting:M2", what="Done."),
        about("action:A2", "action.completed", "2026-04-13"),
        decision("D1", "2026-04-12", decision_makers=[B], outcome="deferred", meeting="meeting:M2", title="Beds"),
        decision("D2", "2026-04-12", decision_makers=[B], outcome="approved", meeting="meeting:M2"),
    )  # fmt: skip
    found = at_hand(place)
    assert found.last_meeting == "meeting:M2"
    assert [(item.ref, item.title, item.due) for item in found.open_items] == [
        ("A1", "Write.", "2026-06-01"),
        ("D1", "Beds", "deferred"),
    ]


def test_a_meeting_that_was_retracted_or_is_of_another_day_by_now_is_not_the_last(place):
    place.record(BODY, held("M1", "2026-03-12"), held("M2", "2026-04-12"), held("M3", "2026-04-20"))
    place.record(
        about("meeting:M2", "record.retracted", of=1),
        about(
            "meeting:M3", "record.corrected", of=1, changes=[{"path": "/on", "was": "2026-04-20", "now": "2026-02-20"}]
        ),
    )
    assert at_hand(place).last_meeting == "meeting:M1"


def test_a_day_that_is_named_is_written_as_a_date(place):
    place.record(BODY)
    assert at_hand(place, "yesterday").on == "2026-05-31"

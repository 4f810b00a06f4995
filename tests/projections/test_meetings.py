"""Meetings: called, held or cancelled, and what became of the minutes."""

from __future__ import annotations

from decisionlog.projections.meetings import meetings
from decisionlog.store.histories import unpacked
from tests.scenario import about, body, fact, person

M1 = "meeting:M1"


def at(asked, query, stream, *days, **known):
    return [next(iter(asked.held(query, [stream], day, **known)), None) for day in days]


def test_a_meeting_is_called_then_held_then_its_minutes_are_confirmed(asked):
    asked.record(body("b"), person("p"))
    asked.record(
        fact("meeting.called", M1, "2026-03-01", bodies=["body:b"], for_when="2026-03-12"),
        fact(
            "meeting.held",
            M1,
            "2026-03-12",
            bodies=["body:b"],
            minutes="taken",
            attendance=[{"by": "person:p", "role": "chair"}],
        ),
        fact("meeting.minutes_drafted", M1, "2026-03-14"),
        fact("meeting.minutes_confirmed", M1, "2026-04-12", record_status="confirmed-as-amended"),
    )
    days = ("2026-03-01", "2026-03-12", "2026-03-14", "2026-04-12")
    found = at(asked, meetings, M1, *days)
    assert [(one.state, one.minutes) for one in found] == [
        ("called", ""), ("held", "taken"), ("held", "draft"), ("held", "confirmed-as-amended"),
    ]  # fmt: skip
    assert (found[0].for_when, found[1].for_when, found[1].on) == ("2026-03-12", "", "2026-03-12")
    assert unpacked(found[1].attendance) == [{"by": "person:p", "role": "chair"}]


def test_a_meeting_that_was_cancelled_is_not_held(asked):
    asked.record(body("b"), fact("meeting.called", M1, "2026-03-01", bodies=["body:b"], for_when="2026-03-12"))
    asked.record(fact("meeting.cancelled", M1, "2026-03-10"))
    assert [one.state for one in at(asked, meetings, M1, "2026-03-09", "2026-03-10")] == ["called", "cancelled"]
    asked.record(about(M1, "record.retracted", of=2))
    assert [one.state for one in at(asked, meetings, M1, "2026-03-10")] == ["called"]

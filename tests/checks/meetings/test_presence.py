from __future__ import annotations

import pytest

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.presence import in_the_room
from tests.checks.clean import fact
from tests.checks.histories import clean

OPENED, CLOSED = "14:00", "16:00"


def at(clock):
    return f"2026-03-12T{clock}:00+00:00"


def hours(*pairs):
    """Comings and goings, each `from-to`; either may be missing."""
    found = []
    for pair in pairs:
        arrived, left = pair.split("-")
        found.append({**({"arrived": at(arrived)} if arrived else {}), **({"left": at(left)} if left else {})})
    return found


def seen(first, last, place=None, **attendee):
    """Whether p1 was there between two times."""
    place = place or clean().but("held", attendance=[{"by": "person:p1", **attendee}], ended=at(CLOSED)).but(
        "held", on=at(OPENED)
    )
    return place.ask(lambda record: _seen(record, record.moment(at(first)), record.moment(at(last))))


def _seen(record, first, last):
    there = in_the_room(record, "meeting:M1", first, last)
    return there and {one.person: one.presence for one in there}


@pytest.mark.parametrize(
    ("presence", "expected"),
    [("present", Sure.YES), ("part", Sure.PERHAPS), (None, Sure.PERHAPS), ("apologies", Sure.NO), ("absent", Sure.NO)],
)
def test_without_hours_the_word_of_the_minutes_counts(presence, expected):
    given = {"presence": presence} if presence else {}
    assert seen("15:00", "15:00", **given) == {"person:p1": expected}


@pytest.mark.parametrize(
    ("spell", "when", "expected"),
    [
        ("14:30-15:30", "15:00", Sure.YES),
        ("14:30-15:30", "14:29", Sure.NO),
        ("14:30-15:30", "14:30", Sure.PERHAPS),
        ("14:30-15:30", "15:30", Sure.PERHAPS),
        ("14:30-15:30", "15:31", Sure.NO),
        ("14:30-", "15:59", Sure.YES),
        ("-15:30", "14:01", Sure.YES),
        ("14:00-15:30", "14:00", Sure.YES),
        ("13:50-15:30", "14:00", Sure.YES),
        ("14:01-15:30", "14:00", Sure.NO),
        ("14:30-16:00", "16:00", Sure.YES),
        ("14:30-15:59", "16:00", Sure.NO),
    ],
)
def test_the_hours_tell_and_in_their_first_and_last_minute_perhaps(spell, when, expected):
    assert seen(when, when, intervals=hours(spell)) == {"person:p1": expected}


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        (["14:00-16:00"], Sure.YES),
        (["-16:00"], Sure.YES),
        (["14:10-"], Sure.PERHAPS),
        (["-15:50"], Sure.PERHAPS),
        (["14:10-14:20", "15:00-15:10"], Sure.PERHAPS),
    ],
)
def test_of_a_day_without_a_time_the_hours_of_the_meeting_count(spells, expected):
    assert seen("00:00", "23:59", intervals=hours(*spells)) == {"person:p1": expected}


def test_the_best_of_several_spells_counts():
    assert seen("15:05", "15:05", intervals=hours("14:10-14:20", "15:00-15:10")) == {"person:p1": Sure.YES}
    assert seen("15:05", "15:05", intervals=hours("15:00-15:10", "14:10-14:20")) == {"person:p1": Sure.YES}
    assert seen("14:30", "14:30", intervals=hours("14:10-14:20", "15:00-15:10")) == {"person:p1": Sure.NO}


def test_whoever_sent_apologies_was_not_there_whatever_the_hours():
    assert seen("15:00", "15:00", presence="apologies", intervals=hours("14:00-16:00")) == {"person:p1": Sure.NO}


@pytest.mark.parametrize(("when", "expected"), [("13:00", Sure.NO), ("17:00", Sure.NO)])
def test_what_was_outside_the_hours_of_the_meeting_goes_by_the_hours_of_people(when, expected):
    assert seen(when, when, intervals=hours("14:30-15:30")) == {"person:p1": expected}


def test_where_nobody_is_named_nobody_knows():
    place = clean().but("held", attendance=None)
    assert seen("15:00", "15:00", place) is None
    assert seen("15:00", "15:00", clean().without("held")) is None
    assert seen("15:00", "15:00", clean().but("held", attendance=[])) == []


# After an adjournment


def resumed(on=None, *people, **more):
    attendance = [{"by": f"person:{one}", "presence": presence} for one, presence in people]
    return fact(
        "meeting.resumed", "meeting:M1", on or at("15:00"), **({"attendance": attendance} if people else {}), **more
    )


def adjourned(again):
    people = [{"by": "person:p1", "presence": "present"}, {"by": "person:p2", "presence": "present"}]
    return clean().but("held", on=at(OPENED), attendance=people).also(again=again)


def test_after_an_adjournment_the_later_list_counts():
    place = adjourned(resumed(None, ("p1", "present"), ("p3", "present")))
    assert seen("15:30", "15:30", place) == {"person:p1": Sure.YES, "person:p3": Sure.YES}
    assert seen("15:00", "15:00", place) == {"person:p1": Sure.YES, "person:p3": Sure.YES}
    assert seen("14:30", "14:30", place) == {"person:p1": Sure.YES, "person:p2": Sure.YES}


def test_where_either_list_may_count_those_of_one_alone_were_there_perhaps():
    place = adjourned(resumed(None, ("p1", "present"), ("p3", "present")))
    assert seen("14:30", "15:30", place) == {
        "person:p1": Sure.YES,
        "person:p3": Sure.PERHAPS,
        "person:p2": Sure.PERHAPS,
    }
    apologies = adjourned(resumed(None, ("p1", "apologies"), ("p2", "part")))
    assert seen("14:30", "15:30", apologies) == {"person:p1": Sure.PERHAPS, "person:p2": Sure.PERHAPS}


def test_a_resumption_that_names_nobody_leaves_the_list_as_it_was():
    assert seen("15:30", "15:30", adjourned(resumed())) == {"person:p1": Sure.YES, "person:p2": Sure.YES}


def test_a_resumption_on_another_day_has_its_own_list():
    place = adjourned(resumed("2026-03-20", ("p3", "present")))
    asked = place.ask(lambda record: _seen(record, record.moment("2026-03-20"), record.end("2026-03-20")))
    assert asked == {"person:p3": Sure.YES}
    assert seen("00:00", "23:59", place) == {"person:p1": Sure.YES, "person:p2": Sure.YES}

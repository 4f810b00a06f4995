"""Who sat on a body, and how surely: what the rules on quorum, deputies and votes rest upon."""

from __future__ import annotations

import pytest

from decisionlog.checks.meetings.certainty import Sure
from decisionlog.checks.meetings.seats import all_recorded, members_seats, seats_of, sitters
from tests.checks.clean import fact
from tests.checks.histories import clean

COMMITTEE = "body:committee"
NOON = "2026-03-12T12:00:00+00:00"
POST = fact("post.established", "post:director", "2025-04-01", ref="director", organisation="organisation:icb")
FILLED = fact("post.filled", "post:director", "2025-04-01", person="person:p4")


def appointed(member="person:p4", body=COMMITTEE, **more):
    return fact("body.member_appointed", body, "2025-04-01", member=member, **more)


def that_day(record):
    return record.moment("2026-03-12"), record.end("2026-03-12")


def sat(place, body=COMMITTEE):
    """Everybody who sat there on 12 March, and whether surely all day."""
    found = place.ask(lambda record: sitters(record, body, *that_day(record)))
    return {one.person.removeprefix("person:"): one.held_at_both for one in found}


def votes(place):
    """Whether each of them has a vote."""
    found = place.ask(lambda record: sitters(record, COMMITTEE, *that_day(record)))
    return {one.person.removeprefix("person:"): one.votes for one in found}


THREE = {"p1": True, "p2": True, "p3": True}


def test_whoever_holds_a_seat_all_day_sits_surely():
    assert sat(clean()) == THREE
    assert sat(clean(), "body:board") == {}
    elsewhere = clean().also(seat=appointed(body="body:board"))
    assert sat(elsewhere) == THREE
    assert sat(elsewhere, "body:board") == {"p4": True}


def test_each_day_and_each_body_has_sitters_of_its_own_also_where_they_are_asked_for_together():
    def asked(record):
        (first, last), (other, end) = that_day(record), (record.moment("2026-03-13"), record.end("2026-03-13"))
        days = [(COMMITTEE, first, last), (COMMITTEE, first, end), (COMMITTEE, other, end), ("body:board", first, last)]
        return [{one.person: one.held_at_both for one in sitters(record, *day)} for day in days]

    place = clean(
        "icb", "council", "town", "discharge", "p1", "p2", "constitution", "board", "committee", "m-p1", "m-p2"
    )
    told = place.but("m-p2", until="2026-03-13").ask(asked)
    assert told == [
        {"person:p1": True, "person:p2": True},
        {"person:p1": True, "person:p2": False},
        {"person:p1": True},
        {},
    ]


def test_a_seat_that_began_or_ended_within_the_day_is_held_but_not_surely():
    assert sat(clean().but("m-p3", until=NOON)) == {**THREE, "p3": False}
    assert sat(clean().but("m-p3", from_=NOON)) == {**THREE, "p3": False}
    assert sat(clean().but("m-p3", until="2026-03-12")) == {"p1": True, "p2": True}
    assert sat(clean().but("m-p3", from_="2026-03-13")) == {"p1": True, "p2": True}


def test_a_seat_that_began_or_ended_in_that_month_is_not_surely_held():
    assert sat(clean().but("m-p3", from_="2026-03")) == {**THREE, "p3": False}
    assert sat(clean().but("m-p3", until="2026-03")) == {**THREE, "p3": False}


def test_whoever_holds_the_post_sits_on_its_seat_as_surely_as_post_and_seat_are_held():
    place = clean().also(post=POST, filled=FILLED, seat=appointed("post:director"))
    assert sat(place) == {**THREE, "p4": True}
    assert sat(place.but("filled", from_="2026-03")) == {**THREE, "p4": False}
    assert sat(place.but("seat", from_="2026-03")) == {**THREE, "p4": False}
    assert sat(place.without("filled")) == THREE


def test_of_several_posts_each_holder_sits():
    second = fact("post.established", "post:nurse", "2025-04-01", ref="nurse", organisation="organisation:icb")
    place = clean().but("m-p3", member="post:nurse").also(post=POST, filled=FILLED, seat=appointed("post:director"))
    place = type(place)({"nurse": second, **place.facts})
    held = fact("post.filled", "post:nurse", "2025-04-01", person="person:p3")
    assert sat(place.also(held=held)) == {**THREE, "p4": True}


@pytest.mark.parametrize("role", ["observer", "in-attendance", "secretary", "non-voting-member"])
def test_a_seat_that_is_there_to_attend_has_no_vote_unless_it_is_said(role):
    assert votes(clean().but("m-p3", role=role, voting=None))["p3"] is Sure.NO
    assert votes(clean().but("m-p3", role=role, voting=True))["p3"] is Sure.YES
    assert votes(clean().but("m-p3", role="voting-member", voting=None))["p3"] is Sure.YES
    assert votes(clean().but("m-p3", role="voting-member", voting=False))["p3"] is Sure.NO


def test_the_seats_of_members_are_counted_filled_or_vacant_and_no_others():
    def seats(place):
        return place.ask(lambda record: members_seats(record, COMMITTEE, record.moment("2026-03-12")))

    assert seats(clean()) == 3
    assert seats(clean().also(post=POST, seat=appointed("post:director"))) == 4
    for more in ({"role": "observer"}, {"role": "deputy"}, {"deputy_for": "person:p3"}):
        assert seats(clean().also(seat=appointed(**more))) == 3
    assert seats(clean().also(seat=appointed(body="body:board"))) == 3


def test_members_are_all_recorded_where_as_many_were_appointed_as_the_terms_have():
    def recorded(place, size):
        return place.ask(lambda record: all_recorded(record, COMMITTEE, size))

    assert recorded(clean(), 3)
    assert recorded(clean(), None)
    assert not recorded(clean(), 4)
    assert recorded(clean().also(seat=appointed(role="voting-member")), 4)
    others = ("observer", "in-attendance", "secretary", "deputy")
    for more in ({"role": "voting-member", "deputy_for": "person:p3"}, *({"role": role} for role in others)):
        assert not recorded(clean().also(seat=appointed(**more)), 4)
    assert not recorded(clean().without("m-p1", "m-p2", "m-p3"), None)


def test_a_seat_that_may_not_have_begun_or_may_have_ended_at_either_end_is_not_surely_held():
    def sat_from(first, last, place):
        found = place.ask(lambda record: sitters(record, COMMITTEE, record.moment(first), record.end(last)))
        return {one.person: one.held_at_both for one in found}["person:p3"]

    began = clean().but("m-p3", from_="2026-03")
    assert sat_from("2026-03-12", "2026-04-01", began) is False
    assert sat_from("2026-04-01", "2026-04-01", began) is True
    ended = clean().but("m-p3", until="2026-03")
    assert sat_from("2026-02-01", "2026-03-12", ended) is False
    assert sat_from("2026-02-01", "2026-02-01", ended) is True


def test_somebody_s_seats_are_theirs_alone():
    def seats(record):
        every = sitters(record, COMMITTEE, *that_day(record))
        return [
            [one.seat.role for one in seats_of(every, person)] for person in ("person:p1", "person:p2", "person:p4")
        ]

    assert clean().but("m-p2", member="person:p1").ask(seats) == [["chair", "voting-member"], [], []]

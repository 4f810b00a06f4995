"""Seats: who sits where on which day, by the effect of the appointment."""

from __future__ import annotations

from decisionlog.projections import seats
from tests.scenario import about, body, corrected, fact, person

B = "body:b"


def given(asked, *facts):
    asked.record(body("b"), person("p"), person("q"), *facts)


def appointed(who="person:p", on="2026-03-01", **data):
    return fact("body.member_appointed", B, on, member=who, **data)


def ended(n, on, **data):
    return {**fact("body.member_ended", B, on, **data), "of": {"stream": B, "n": n}}


def sitting(asked, *days, **known):
    return [[one.member.partition(":")[2] for one in asked.held(seats.on, [B], day, **known)] for day in days]


def test_a_seat_is_held_from_its_first_day_not_from_the_appointment(asked):
    given(asked, appointed(**{"from": "2026-04-01"}))
    assert sitting(asked, "2026-03-31", "2026-04-01") == [[], ["p"]]


def test_it_ends_with_its_term_or_with_the_fact_that_ends_it(asked):
    given(asked, appointed(until="2026-05-01"), appointed("person:q"), ended(3, "2026-06-01"))
    assert sitting(asked, "2026-04-30", "2026-05-01", "2026-06-01") == [["p", "q"], ["q"], []]


def test_it_ends_with_the_first_of_its_ends_whichever_was_recorded_first(asked):
    given(
        asked, appointed(until="2026-05-01"), ended(2, "2026-06-01"), ended(2, "2026-04-01", **{"from": "2026-04-15"})
    )
    assert sitting(asked, "2026-04-14", "2026-04-15") == [["p"], []]
    assert sitting(asked, "2026-04-30", "2026-05-01", known="@6") == [["p"], []]


def test_an_ending_in_another_batch_ends_the_seat_that_it_names(asked):
    given(asked, appointed(), appointed("person:q"))
    asked.reading()
    asked.record(ended(2, "2026-06-01"))
    assert sitting(asked, "2026-05-31", "2026-06-01") == [["p", "q"], ["q"]]
    assert sitting(asked, "2026-06-01", known="@6") == [["p", "q"]]


def test_corrections_and_retractions_change_one_seat_alone(asked):
    given(asked, appointed(until="2026-05-01"), appointed("person:q"))
    asked.record(corrected(B, "/until", "2026-05-01", "2026-07-01", of=2))
    asked.record(about(B, "record.retracted", of=3))
    assert sitting(asked, "2026-06-01", known="@6") == [["q"]]
    assert sitting(asked, "2026-06-01", known="@7") == [["p", "q"]]
    assert sitting(asked, "2026-06-01") == [["p"]]


def test_within_a_partial_date_a_seat_is_only_possible(asked):
    given(asked, appointed(**{"from": "2026-04"}))
    with asked.reading() as rows:
        found = {
            day: list(seats.on(rows, [B], asked._point(day, "2030-01-01", None)))
            for day in ("2026-04-10", "2026-04-30")
        }
    assert [one.possible for one in found["2026-04-10"]] == [True]
    assert [one.possible for one in found["2026-04-30"]] == [False]


def test_the_seats_and_posts_of_a_person_are_found(asked):
    given(asked, appointed(), fact("post.established", "post:chief", "2026-01-01"))
    asked.record(fact("post.filled", "post:chief", "2026-02-01", person="person:p", basis="acting"))
    with asked.reading() as rows:
        found = list(seats.of(rows, ["person:p"], asked._point("2026-03-02", "2030-01-01", None)))
    assert [(one.stream, one.values.role) for one in found] == [("body:b", ""), ("post:chief", "acting")]

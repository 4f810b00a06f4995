"""Decisions by month as a picture: a bar a month, its number beside it."""

from __future__ import annotations

from datetime import date
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from decisionlog.domain.vocabulary import Outcome
from decisionlog.render.site.pictures.months import KINDS, Period, draw, periods, tell
from tests.render.site.pictures.reading import forbidden, names_itself, outside, texts, words

OUTCOMES = sorted(get_args(Outcome))
APRIL, JUNE = "2025-04-24", "2025-06-24"


def test_decisions_are_counted_by_month_and_by_what_came_of_them():
    assert periods([(APRIL, "approved"), (APRIL, "rejected"), (APRIL, "noted")]) == (Period("2025-04", (1, 1, 1)),)


def test_a_month_in_which_nothing_was_decided_is_there_and_says_so():
    found = periods([(JUNE, "approved"), (APRIL, "ratified")])

    assert [one.when for one in found] == ["2025-04", "2025-05", "2025-06"]
    assert "May 2025 none" in words(draw(found, "p"))


def test_more_than_two_years_are_counted_by_year():
    found = periods([("2020-01-01", "approved"), ("2022-06-01", "approved")])

    assert [(one.when, one.total) for one in found] == [("2020", 1), ("2021", 0), ("2022", 1)]


def test_two_years_are_counted_by_month():
    assert len(periods([("2020-01-01", "approved"), ("2021-12-31", "approved")])) == 24


def test_a_decision_without_a_day_is_counted_apart_and_last():
    found = periods([("not recorded", "approved"), (APRIL, "approved"), ("2025", "noted")])

    assert [one.when for one in found] == ["2025", "2025-04", ""]
    assert tell(found)[0].rows[-1] == ("Day not recorded", "1", "0", "0", "1")


def test_every_number_is_written_where_its_bar_has_room():
    found = periods([(APRIL, "approved")] * 3 + [(APRIL, "noted")] * 4)

    assert words(draw(found, "p")).endswith("Apr 2025 3 4 7")


def test_beside_each_bar_stands_its_own_number():
    found = periods([(APRIL, "approved")] * 12 + [(JUNE, "noted")])

    assert words(draw(found, "p")).endswith("Apr 2025 12 May 2025 none Jun 2025 1")


def test_only_what_there_is_stands_in_the_legend():
    assert KINDS[1] not in words(draw(periods([(APRIL, "approved")]), "p"))


def test_where_nothing_is_decided_the_picture_says_so():
    assert words(draw((), "p")) == "No decision is recorded"


def test_the_words_beside_it_have_every_number():
    (told,) = tell(periods([(APRIL, "approved"), (APRIL, "noted"), (JUNE, "rejected")]), of="Cabinet")

    assert told.caption == "Decisions of Cabinet over time"
    assert told.rows == (
        ("April 2025", "1", "0", "1", "2"), ("May 2025", "0", "0", "0", "0"), ("June 2025", "0", "1", "0", "1"),
    )  # fmt: skip


dated = st.one_of(st.dates().map(str), st.dates().map(lambda day: str(day)[:7]), texts)
near = st.dates(min_value=date(2024, 1, 1), max_value=date(2025, 6, 1)).map(str)


@given(
    st.one_of(
        st.lists(st.tuples(near, st.sampled_from(OUTCOMES)), max_size=40),
        st.lists(st.tuples(st.one_of(dated, near), texts), max_size=6),
    ),
    texts,
)
def test_whatever_is_counted_every_decision_is_in_the_picture_once(decisions, of):
    found = periods(decisions)
    drawn = draw(found[:60], "p1", of=of)

    assert sum(one.total for one in found) == len(decisions)
    assert names_itself(drawn, "p1")
    assert forbidden(drawn) == outside(drawn) == []

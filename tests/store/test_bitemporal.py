"""Rows with two axes of time: what held when, and when it was known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, String, Table, create_engine, select

from decisionlog.domain.days import OPEN_END
from decisionlog.domain.known import AsOf
from decisionlog.store.bitemporal import BOTH, LOG, SOURCE, Holding, Version, as_of, columns, row, versions


def holding(values, valid_from=0, valid_until=OPEN_END):
    return Holding(valid_from, valid_from, valid_until, (values,))


def test_what_stays_as_it_is_is_one_version():
    assert versions([3, 1, 2, 2], lambda _: [holding("a")]) == [Version(holding("a"), 1, OPEN_END)]


def test_what_changes_is_known_until_the_change():
    timelines = {1: [holding("a")], 2: [holding("a", 0, 5), holding("b", 5)], 3: [holding("b", 5)]}
    assert set(versions(timelines, timelines.__getitem__)) == {
        Version(holding("a"), 1, 2),
        Version(holding("a", 0, 5), 2, 3),
        Version(holding("b", 5), 2, OPEN_END),
    }


def test_what_comes_back_is_a_new_version():
    timelines = {1: [holding("a")], 2: [], 3: [holding("a")]}
    assert set(versions(timelines, timelines.__getitem__)) == {
        Version(holding("a"), 1, 2),
        Version(holding("a"), 3, OPEN_END),
    }


def test_nothing_known_is_nothing_written():
    assert versions([], lambda _: [holding("a")]) == []


@given(
    st.dictionaries(
        st.integers(1, 9), st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4)), max_size=3), min_size=1
    )
)
def test_at_every_point_the_versions_say_what_the_timeline_said(timelines):
    def at(point):
        return [Holding(begins, begins, OPEN_END, (word,)) for word, begins in timelines[point]]

    found = versions(timelines, at)
    for point in range(12):
        learnt = max((known for known in timelines if known <= point), default=None)
        expected = set(at(learnt)) if learnt is not None else set()
        assert {one.holding for one in found if one.known_from <= point < one.known_until} == expected
        assert len(expected) == sum(one.known_from <= point < one.known_until for one in found)


@pytest.fixture
def table():
    made = Table("things", MetaData(), Column("word", String), *columns())
    engine = create_engine("sqlite://")
    made.metadata.create_all(engine)
    names = [column.name for column in made.columns]
    with engine.begin() as connection:
        for word, clock, valid, known in [
            ("both", BOTH, (10, 20), (1, 5)),
            ("log", LOG, (10, 20), (2, 5)),
            ("source", SOURCE, (10, 20), (1_000, 2_000)),
        ]:
            version = Version(Holding(valid[0], valid[0], valid[1], ()), *known)
            connection.execute(made.insert(), dict(zip(names, (word, *row(version, clock)), strict=True)))
        yield lambda point: sorted(
            found.word for found in connection.execute(select(made.c.word).where(as_of(made, point)))
        )
    engine.dispose()


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (AsOf(10, 1), ["both"]),
        (AsOf(10, 2), ["both", "log"]),
        (AsOf(19, 4), ["both", "log"]),
        (AsOf(9, 4), []),
        (AsOf(20, 4), []),  # half open on both axes
        (AsOf(10, 0), []),
        (AsOf(10, 5), []),
        (AsOf(10, 1, 1_000), ["both", "source"]),
        (AsOf(10, 9, 1_999), ["source"]),
        (AsOf(10, 2, 2_000), ["both"]),
        (AsOf(10, 2, 999), ["both"]),
        (AsOf(30, 2, 1_500), []),
    ],
)
def test_a_point_picks_what_held_then_as_it_was_known_then(table, point, words):
    assert table(point) == words

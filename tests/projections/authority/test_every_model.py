"""The read models of authority: the same however they were built, and at any point what a replay finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS
from decisionlog.domain.days import at, moment
from decisionlog.domain.known import AsOf
from decisionlog.projections.seats import Seats
from tests import oracle
from tests.projections.authority.histories import AuthorityHistory, histories
from tests.properties.histories import DAYS, SAID
from tests.properties.test_read_models import read_models, replayed, require_same_rows_in_any_batches, rows_at, rows_of
from tests.scenario import NOW, new_log, record

AUTHORITY = [model.load() for model in MODELS if model.place.startswith("authority.")]


KEPT = [*AUTHORITY, Seats]


@given(history=histories, size=st.integers(1, 6), breaks=st.sets(st.integers(0, 14)))
def test_rows_grown_in_any_batches_are_rows_built_at_once(history, size, breaks):
    require_same_rows_in_any_batches(history, size, breaks, KEPT)


MOMENTS = sorted({oracle.first_moment(day) for day in (*DAYS, *SAID, "2026-04-01", "2026-10-01") if day})


def points(log):
    """Points on both axes: when something may change, just before, and long after."""
    moments = st.one_of(
        st.builds(int.__add__, st.sampled_from(MOMENTS), st.sampled_from([-1, 0])), st.just(moment(NOW) + 10**14)
    )
    by_position = st.tuples(moments, st.integers(0, log.head().size)).map(lambda asked: AsOf(*asked))
    by_source = st.tuples(moments, moments).map(lambda asked: AsOf(asked[0], log.position_at(asked[1]), asked[1]))
    return by_position | by_source


@given(history=histories, data=st.data())
def test_rows_carried_on_are_at_any_point_of_both_times_what_a_replay_finds(history, data):
    log = new_log()
    with read_models(log, KEPT) as models:
        for now, facts in history.batches:
            if facts:
                record(log, *facts, now=now, again=True)
            models.catch_up()
        asked = data.draw(st.lists(points(log), min_size=4, max_size=4))
        with models.reading() as rows:
            for point in asked:
                for model in (*AUTHORITY, Seats):
                    assert rows_at(rows, model, point) == replayed(log, model, point), (model.name, point, at(point.on))


def test_the_histories_reach_every_model():
    moves = [
        (kind, move, choice, "2026-03-12", None, True)
        for kind in AuthorityHistory.openings
        for move in ("step",)
        for choice in (0, 1, 4, *range(12))
    ]
    history = AuthorityHistory([(kind, *rest) for kind, *rest in moves])
    with read_models(history.record(), KEPT) as models:
        models.catch_up()
        empty = [name for name, rows in rows_of(models, AUTHORITY).items() if not rows]
    assert empty == []

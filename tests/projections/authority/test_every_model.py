"""The read models of authority: the same however they were built, and at any point what a replay finds."""

from __future__ import annotations

from contextlib import contextmanager

from hypothesis import given
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS
from decisionlog.domain.days import at, moment
from decisionlog.domain.known import AsOf
from decisionlog.projections.seats import Seats
from decisionlog.store import catch_up
from decisionlog.store.catch_up import ReadModels, engine_of
from tests import oracle
from tests.projections.authority.histories import AuthorityHistory, histories
from tests.properties.histories import DAYS, SAID
from tests.properties.test_read_models import replayed, rows_at
from tests.scenario import NOW, new_log, record

AUTHORITY = [model for model in MODELS if ".authority." in model.__module__]


@contextmanager
def read_models(log):
    models = ReadModels(log, engine_of(None), [*AUTHORITY, Seats])
    try:
        yield models
    finally:
        models._engine.dispose()


def rows_of(models):
    with models.reading() as connection:
        return {
            model.name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {model.name}")))
            for model in AUTHORITY
        }


@given(history=histories, size=st.integers(1, 6), breaks=st.sets(st.integers(0, 14)))
def test_rows_grown_in_any_batches_are_rows_built_at_once(history, size, breaks):
    before, log = catch_up.BATCH, new_log()
    try:
        with read_models(log) as grown, read_models(log) as built:
            catch_up.BATCH = size
            for number, (now, facts) in enumerate(history.batches):
                if facts:
                    record(log, *facts, now=now, again=True)
                if number in breaks:
                    grown.catch_up()
            grown.catch_up()
            catch_up.BATCH = before
            built.catch_up()
            assert rows_of(grown) == rows_of(built)
            grown.rebuild()
            assert rows_of(grown) == rows_of(built)
    finally:
        catch_up.BATCH = before


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
    with read_models(log) as models:
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
    with read_models(history.record()) as models:
        models.catch_up()
        empty = [name for name, rows in rows_of(models).items() if not rows]
    assert empty == []

"""Read models: the same however they were built, and the register the same as brute force."""

from __future__ import annotations

from contextlib import contextmanager

from hypothesis import given
from hypothesis import strategies as st

from decisionlog.bootstrap import MODELS
from decisionlog.domain.days import at, moment
from decisionlog.projections import register
from decisionlog.store import catch_up
from decisionlog.store.bitemporal import AsOf
from decisionlog.store.catch_up import ReadModels, engine_of
from tests import oracle
from tests.properties.histories import DAYS, SAID, History, histories
from tests.scenario import NOW, new_log, record


@contextmanager
def read_models(log):
    models = ReadModels(log, engine_of(None), MODELS)
    try:
        yield models
    finally:
        models._engine.dispose()


def rows_of(models):
    with models.reading() as connection:
        return {
            model.name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {model.name}")))
            for model in MODELS
        }


@given(history=histories, size=st.integers(1, 6), breaks=st.sets(st.integers(0, 12)))
def test_models_caught_up_in_any_batches_are_models_built_at_once(history, size, breaks):
    before = catch_up.BATCH
    log = new_log()
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


def points(log):
    """Points on both axes at which something may change, and between them."""
    size = log.head().size
    moments = sorted(
        {oracle.first_moment(day) for day in (*DAYS, *SAID) if day}
        | {moment(NOW) + step for step in (0, 10**9, 6 * 10**9)}
    )
    about = [one + step for one in moments for step in (-1, 0)]
    for on in (*about, moment(NOW) + 10**14):
        for position in range(size + 1):
            yield AsOf(on, position)
        for said_by in about:
            yield AsOf(on, log.position_at(said_by), said_by)


def listed(rows, point):
    return {
        one.stream: (
            oracle.State(**{name: getattr(one.thing, name) for name in oracle.State._fields}),
            one.possible,
        )
        for kind in ("proposal", "decision", "body", "person", "meeting")
        for one in register.things(rows, kind, point)
    }


@given(history=histories, data=st.data())
def test_the_register_at_any_point_of_both_times_is_what_brute_force_finds(history, data):
    log = history.record()
    facts = [fact for fact in oracle.facts_of(log.lines()) if fact["type"] != "log.opened"]
    asked = data.draw(st.lists(st.sampled_from(list(points(log))), min_size=8, max_size=8))
    with read_models(log) as models:
        models.catch_up()
        with models.reading() as rows:
            for point in asked:
                assert listed(rows, point) == oracle.register(facts, oracle.Point(*point)), (point, at(point.on))


@given(history=histories)
def test_every_title_that_the_register_shows_can_be_opened_where_it_says(history):
    log = history.record()
    size = log.head().size
    with read_models(log) as models:
        models.catch_up()
        with models.reading() as rows:
            for kind in ("proposal", "person", "meeting"):
                for one in register.things(rows, kind, AsOf(moment(NOW) + 10**14, size)):
                    there = {opening.digest for opening in log.recorder.openings([one.thing.title_position])}
                    assert not one.thing.title or one.thing.title in there


def test_histories_have_something_of_everything():
    moves = [
        (kind, move, choice, "2026-03-12", None, True)
        for kind in ("proposal", "decision", "body", "person", "meeting")
        for move in ("step", "step", "correct", "retract", "renumber")
        for choice in range(3)
    ]
    facts = oracle.facts_of(History(moves).record().lines())
    assert {fact["type"] for fact in facts} > {
        "record.corrected",
        "record.retracted",
        "record.renumbered",
        "meeting.held",
        "body.renamed",
    }

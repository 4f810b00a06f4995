"""Read models: the same however they were built, and the register the same as brute force."""

from __future__ import annotations

from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import MetaData

from decisionlog.bootstrap import MODELS
from decisionlog.commands.import_facts import import_facts
from decisionlog.domain.days import at, moment
from decisionlog.domain.known import AsOf, Known, never_was, read
from decisionlog.projections import decisions, positions, register
from decisionlog.store import catch_up
from decisionlog.store.catch_up import ReadModels, engine_of
from decisionlog.store.histories import Histories, chosen, held
from decisionlog.store.sqlite import SQLiteRecorder
from tests import oracle
from tests.properties.histories import DAYS, OPENINGS, SAID, History, histories
from tests.scenario import NOW, engine_for, new_log, record, request


@contextmanager
def read_models(log, several=MODELS):
    models = ReadModels(log, engine_for(log), several)
    try:
        yield models
    finally:
        models._engine.dispose()


def rows_of(models, several=MODELS):
    with models.reading() as connection:
        return {
            model.name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {model.name}")))
            for model in several
        }


def require_same_rows_in_any_batches(history, size, breaks, several=MODELS):
    """Rows grown in batches of a size, caught up after some acts only, are the rows of models built at once and of a rebuild."""
    before = catch_up.BATCH
    log = new_log()
    try:
        with read_models(log, several) as grown, read_models(log, several) as built:
            catch_up.BATCH = size
            for number, (now, facts) in enumerate(history.batches):
                if facts:
                    record(log, *facts, now=now, again=True)
                if number in breaks:
                    grown.catch_up()
            grown.catch_up()
            catch_up.BATCH = before
            built.catch_up()
            assert rows_of(grown, several) == rows_of(built, several)
            grown.rebuild()
            assert rows_of(grown, several) == rows_of(built, several)
    finally:
        catch_up.BATCH = before


@given(history=histories, size=st.integers(1, 6), breaks=st.sets(st.integers(0, 12)))
def test_models_caught_up_in_any_batches_are_models_built_at_once(history, size, breaks):
    require_same_rows_in_any_batches(history, size, breaks)


@given(history=histories)
def test_rows_that_go_with_their_facts_are_those_of_models_built_at_once(history):
    with TemporaryDirectory() as folder, closing(SQLiteRecorder.create(Path(folder) / "decisionlog.db")) as recorder:
        log = new_log(recorder)
        with closing(ReadModels(log, engine_of(recorder.path), MODELS)) as followed, read_models(log) as built:
            followed.catch_up()
            log.follower = followed
            for now, facts in history.batches:
                if facts:
                    import_facts(log, request(*facts, now=now, again=True), followed=True)
                    assert {standing.position for standing in followed.standings()} == {log.size()}
            built.catch_up()
            assert rows_of(followed) == rows_of(built)


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
        for kind in OPENINGS
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


HISTORIES = [
    model for one in MODELS if issubclass(model := one.load(), Histories) and not model.kinds.isdisjoint(OPENINGS)
]


@cache
def table_of(model):
    """The table of a model, made once, so that its query is put together once."""
    return model.define(model.name, MetaData())


def rows_at(rows, model, point):
    """The rows of a model at one point of both times, with whether each is only possible."""
    found = held(rows, model, chosen(table_of(model), point), point)
    return sorted((one.stream, tuple(one.values), one.possible) for one in found)


def replayed(log, model, point):
    """The same by brute force: every stream read whole as it was known, folded anew, and what held then picked out."""
    known = Known(None if point.said_by is not None else point.position, point.said_by)
    found = []
    for stream in {fact.stream for fact in log.facts()}:
        if stream.partition(":")[0] not in model.kinds:
            continue
        marks = log.stream(stream, sorted(model.marks | {"record.corrected", "record.retracted"}))
        for reading in apart(model, read(marks, known, log.zone)):
            found += [
                (stream, tuple(each.values), point.on < each.certain_from)
                for each in model.holdings(reading, log.zone)
                if each.valid_from <= point.on < each.valid_until
            ]
    return sorted(found)


def apart(model, reading):
    """A reading as it is folded: whole, or each part (a seat, a duty) with what ended it."""
    if all(model.root(fact) == 0 for fact in reading.facts):
        return [] if never_was(reading) else [reading]
    begun = [fact for fact in reading.facts if model.root(fact) == fact.n]
    return [
        replace(reading, facts=[fact for fact in reading.facts if model.root(fact) == one.n], contested=[])
        for one in begun
    ]


@given(history=histories, data=st.data())
def test_every_model_at_any_point_of_both_times_is_what_a_replay_finds(history, data):
    log = new_log()
    with read_models(log) as models:
        for now, facts in history.batches:  # caught up after each batch, so that histories are carried on
            if facts:
                record(log, *facts, now=now, again=True)
            models.catch_up()
        asked = data.draw(st.lists(st.sampled_from(list(points(log))), min_size=4, max_size=4))
        with models.reading() as rows:
            for point in asked:
                for model in HISTORIES:
                    assert rows_at(rows, model, point) == replayed(log, model, point), (model.name, point, at(point.on))


@given(history=histories, data=st.data())
def test_how_decisions_and_positions_stand_is_what_the_stored_facts_say(history, data):
    log = history.record()
    facts = oracle.facts_of(log.lines())
    asked = data.draw(st.lists(st.sampled_from(list(points(log))), min_size=8, max_size=8))
    with read_models(log) as models:
        models.catch_up()
        with models.reading() as rows:
            for point in asked:
                of = {kind: [f for f in facts if f["stream"].startswith(f"{kind}:")] for kind in OPENINGS}
                stands = [one.values.state for one in decisions.decisions(rows, ["decision:d"], point)]
                assert stands == [word for word in [oracle.decision(of["decision"], oracle.Point(*point))] if word]
                taken = {
                    one.values.n: (one.values.state, one.values.stale)
                    for one in positions.positions(rows, ["proposal:p"], point)
                    if one.values.what == "position"
                }
                assert taken == oracle.positions(of["proposal"], oracle.Point(*point)), (point, at(point.on))


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
        for kind in OPENINGS
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

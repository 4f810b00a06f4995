"""Read models catch up with the log: in batches, each fact exactly once, a new build beside the old."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table
from sqlalchemy.exc import OperationalError

from decisionlog.domain.refusals import NotSound, Unusable
from decisionlog.store import catch_up, sqlite_file
from decisionlog.store.catch_up import ModelStopped, ReadModels, engine_of
from decisionlog.store.log import Log
from decisionlog.store.read_model import ReadModel
from decisionlog.store.sqlite import SQLiteRecorder
from decisionlog.store.sqlite_file import engine
from tests.scenario import engine_for, history, new_log, proposal, record
from tests.store import raw


class Seen(ReadModel):
    """Every fact that was folded, in the order of folding."""

    name = "seen"
    version = 1
    word = "first"

    @classmethod
    def define(cls, table_name, metadata):
        return Table(
            table_name,
            metadata,
            Column("number", Integer, primary_key=True),
            Column("position", Integer),
            Column("word", String),
        )

    def fold(self, facts, rows, _log):
        for fact in facts:
            rows.execute(self.table.insert(), {"position": fact.position, "word": self.word})


class SeenAgain(Seen):
    """The same with other rows: a version of its own."""

    version = 2
    word = "second"


class Counted(Seen):
    """Another model, which does not know the first."""

    name = "counted"


class Fussy(Seen):
    """A model that cannot fold what it does not like."""

    name = "fussy"
    dislikes: frozenset[int] = frozenset()

    def fold(self, facts, rows, log):
        for fact in facts:
            super().fold([fact], rows, log)
            if fact.position in self.dislikes:
                message = f"nothing is known of {fact.stream}"
                raise ValueError(message)


def models_of(log, *models, **more):
    path = getattr(log.recorder, "path", None)
    return ReadModels(log, engine_of(path), models or (Seen,), **more)


def rows_of(models, name="seen", column="position"):
    with models.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql(f"SELECT {column} FROM {name} ORDER BY number")]


def standings(models):
    return [(one.name, one.version, one.build, one.position, one.serving) for one in models.standings()]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(catch_up, "BATCH", 3)
    monkeypatch.setattr(Fussy, "dislikes", frozenset())


@pytest.fixture
def eight(log):
    """A log of eight facts."""
    record(log, *(proposal(f"P{number}") for number in range(7)))
    return log


def test_every_fact_is_folded_once_in_the_order_of_the_log(eight):
    models, told = models_of(eight), []
    assert models.catch_up(told.append) == 8
    assert rows_of(models) == list(range(1, 9))
    assert told == [3, 6, 8]
    assert standings(models) == [("seen", 1, 1, 8, True)]


def test_catching_up_again_folds_only_what_is_new(eight):
    models = models_of(eight)
    models.catch_up()
    models.catch_up()
    record(eight, proposal("P8"))
    assert models.catch_up() == 9
    assert rows_of(models) == list(range(1, 10))


def test_models_that_are_not_equally_far_behind_all_arrive(sqlite_log):
    record(sqlite_log, *(proposal(f"P{number}") for number in range(4)))
    first = models_of(sqlite_log, Seen)
    first.catch_up()
    first.close()
    record(sqlite_log, *(proposal(f"Q{number}") for number in range(4)))
    both = models_of(sqlite_log, Seen, Counted)
    both.catch_up()
    assert rows_of(both, "seen") == rows_of(both, "counted") == list(range(1, 10))
    both.close()


def test_two_programs_that_catch_up_fold_each_fact_once(sqlite_log):
    path = sqlite_log.recorder.path
    one, other = (models_of(Log(SQLiteRecorder(path))) for _ in range(2))
    for number in range(4):
        record(sqlite_log, *(proposal(f"P{number}-{copy}") for copy in range(4)))
        (one, other)[number % 2].catch_up()
    one.catch_up()
    assert rows_of(one) == rows_of(other) == list(range(1, 18))
    one.close()
    other.close()


def test_a_log_that_is_only_read_makes_no_tables(eight):
    models = models_of(eight, read_only=True)
    assert models.catch_up() == 8
    assert models.standings() == []


# Rebuilding


def test_a_rebuild_takes_the_place_of_what_was_read(eight):
    models, told = models_of(eight, Seen, Counted), []
    models.catch_up()
    models.rebuild(["seen"], told.append)
    assert rows_of(models) == list(range(1, 9))
    assert standings(models) == [("counted", 1, 1, 8, True), ("seen", 1, 2, 8, True)]
    assert told == [3, 6, 8]
    with models.reading() as connection:
        tables = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {name for name in tables if name.startswith(("seen", "counted"))} == {"seen_v1_2", "counted_v1_1"}


def test_everything_is_rebuilt_where_nothing_is_named(eight):
    models = models_of(eight, Seen, Counted)
    models.rebuild()
    models.rebuild()
    assert standings(models) == [("counted", 1, 3, 8, True), ("seen", 1, 3, 8, True)]
    assert rows_of(models) == rows_of(models, "counted") == list(range(1, 9))


def test_what_is_read_stays_until_a_rebuild_has_caught_up(eight, monkeypatch):
    models = models_of(eight, Fussy)
    models.catch_up()
    monkeypatch.setattr(Fussy, "dislikes", frozenset({7}))
    with pytest.raises(ModelStopped):
        models.rebuild()
    assert rows_of(models, "fussy") == list(range(1, 9))
    assert standings(models) == [("fussy", 1, 1, 8, True), ("fussy", 1, 2, 6, False)]
    monkeypatch.setattr(Fussy, "dislikes", frozenset())
    models.rebuild()  # what was left of the other is given up
    assert standings(models) == [("fussy", 1, 3, 8, True)]
    assert rows_of(models, "fussy") == list(range(1, 9))


def test_a_rebuild_that_was_stopped_goes_on_when_it_can(eight, monkeypatch):
    models = models_of(eight, Fussy)
    models.catch_up()
    monkeypatch.setattr(Fussy, "dislikes", frozenset({7}))
    with pytest.raises(ModelStopped):
        models.rebuild()
    monkeypatch.setattr(Fussy, "dislikes", frozenset())
    models.catch_up()
    assert standings(models) == [("fussy", 1, 2, 8, True)]


def test_a_new_version_grows_beside_the_old_and_takes_its_place(sqlite_log):
    record(sqlite_log, *(proposal(f"P{number}") for number in range(7)))
    old = models_of(sqlite_log, Seen)
    old.catch_up()
    old.close()
    new = models_of(sqlite_log, SeenAgain)
    assert rows_of(new, column="word") == ["first"] * 8
    new.catch_up()
    assert rows_of(new, column="word") == ["second"] * 8
    assert standings(new) == [("seen", 2, 2, 8, True)]
    new.close()


# Stopping


def test_a_fact_that_cannot_be_folded_stops_that_model_and_is_named(eight, monkeypatch):
    monkeypatch.setattr(Fussy, "dislikes", frozenset({5}))
    models = models_of(eight, Fussy, Seen)
    with pytest.raises(ModelStopped) as stopped:
        models.catch_up()
    assert isinstance(stopped.value, NotSound)
    assert (
        "The read model 'fussy' stopped at fact 5 (proposal.submitted of proposal:P3): ValueError: nothing is known"
        in str(stopped.value)
    )
    assert "The log itself is untouched" in str(stopped.value)
    assert rows_of(models, "seen") == list(range(1, 9))
    assert rows_of(models, "fussy") == [1, 2, 3]
    assert [one.stopped for one in models.standings()] == [str(stopped.value), ""]


def test_what_the_database_says_of_a_fact_is_told_in_one_line(eight, monkeypatch):
    def fold(self, facts, rows, _log):
        for fact in facts:
            rows.execute(self.table.insert(), {"number": 1, "position": fact.position, "word": "same"})

    monkeypatch.setattr(Seen, "fold", fold)
    with pytest.raises(ModelStopped) as stopped:
        models_of(eight, Seen).catch_up()
    assert "IntegrityError: UNIQUE constraint failed: seen_v1_1.number. The log itself" in str(stopped.value)
    assert "\n" not in str(stopped.value)


def test_a_stopped_model_goes_on_where_it_stood(eight, monkeypatch):
    monkeypatch.setattr(Fussy, "dislikes", frozenset({5}))
    models = models_of(eight, Fussy)
    for _ in range(2):
        with pytest.raises(ModelStopped):
            models.catch_up()
    monkeypatch.setattr(Fussy, "dislikes", frozenset())
    assert models.catch_up() == 8
    assert rows_of(models, "fussy") == list(range(1, 9))
    assert [one.stopped for one in models.standings()] == [""]


def test_a_fold_that_fails_on_many_facts_and_on_none_alone_names_the_last(eight):
    class Crowded(Seen):
        name = "crowded"

        def fold(self, facts, _rows, _log):
            if len(facts) > 1:
                raise NotSound("it is too much")

    models = models_of(eight, Crowded)
    with pytest.raises(ModelStopped, match=r"stopped at fact 3 .*: it is too much"):
        models.catch_up()


def test_trouble_with_the_disk_stops_no_model(eight, monkeypatch):
    class Unlucky(Fussy):
        name = "unlucky"
        alone = False

        def fold(self, facts, _rows, _log):
            if self.alone and len(facts) > 1:
                raise ValueError("it is too much")
            fault = engine.OperationalError("database or disk is full")
            fault.sqlite_errorname = "SQLITE_FULL"
            raise OperationalError("INSERT", {}, fault)

    models = models_of(eight, Unlucky)
    for alone in (False, True):
        monkeypatch.setattr(Unlucky, "alone", alone)
        with pytest.raises(Unusable, match=r"is full"):
            models.catch_up()
        assert [(one.position, one.stopped) for one in models.standings()] == [(0, "")]


def test_another_writer_is_waited_for_and_then_named(sqlite_log, monkeypatch):
    monkeypatch.setattr(sqlite_file, "LOCK_TIMEOUT", 0.05)
    models = models_of(sqlite_log)
    with sqlite_log.recorder.writing(), pytest.raises(Unusable, match=r"Another program is recording"):
        models.catch_up()
    assert models.catch_up() == 1
    models.close()


def test_a_gap_in_the_positions_stops_every_model_where_it_stood(sqlite_log):
    models = models_of(sqlite_log)
    record(sqlite_log, *history("proposal:P1", ("proposal.submitted",), ("proposal.deferred",)))
    models.catch_up()
    raw.insert_at(sqlite_log, 6, raw.fact("proposal:P2"))
    with pytest.raises(NotSound, match=r"Position 4 is missing"):
        models.catch_up()
    assert rows_of(models) == [1, 2, 3]
    assert standings(models) == [("seen", 1, 1, 3, True)]
    models.close()


def test_what_comes_before_a_row_that_is_no_fact_is_folded(sqlite_log):
    models = models_of(sqlite_log)
    record(sqlite_log, *history("proposal:P1", ("proposal.submitted",), ("proposal.deferred",)))
    raw.insert(sqlite_log, raw.fact("proposal:P2"), b"not json")
    for _ in range(2):
        with pytest.raises(NotSound, match=r"Entry 4 is not a fact"):
            models.catch_up()
        assert rows_of(models) == [1, 2, 3]
        assert standings(models) == [("seen", 1, 1, 3, True)]
    models.close()


def test_a_model_must_say_what_it_is():
    with pytest.raises(NotImplementedError):
        ReadModel.define("nothing", MetaData())
    with pytest.raises(NotImplementedError):
        ReadModel.fold(Seen(1), [], None, None)


def test_rows_and_position_are_in_the_file_of_the_log(sqlite_log):
    models = models_of(sqlite_log)
    models.catch_up()
    models.close()
    again = models_of(sqlite_log)
    assert rows_of(again) == [1]
    again.close()


def test_an_empty_log_has_nothing_to_fold(recorder):
    models = ReadModels(Log(recorder), engine_for(Log(recorder)), (Seen,))
    assert models.catch_up() == 0
    assert rows_of(models) == []


def test_a_fresh_log_in_memory_is_read_in_memory():
    log = new_log()
    models = models_of(log)
    models.catch_up()
    assert rows_of(models) == [1]

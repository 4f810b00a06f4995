"""What is read from the facts goes with them in one transaction; where it cannot, the facts go alone and it follows later."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from decisionlog.commands.import_facts import import_facts
from decisionlog.domain.refusals import Conflict, Mistakes
from decisionlog.store import log as log_module
from decisionlog.store import sqlite
from decisionlog.store.batch import Batch, Draft
from decisionlog.store.catch_up import ModelStopped
from decisionlog.store.log import Log
from decisionlog.store.sqlite import SQLiteRecorder
from tests.faults.test_lost_answer import commit_and_lose_the_answer, fail_to_commit
from tests.scenario import BY, NOW, history, proposal, record, request
from tests.store.test_catch_up import Counted, Fussy, Seen, SeenAgain, models_of, rows_of, standings

COMMIT = sqlite._Connection.commit


@pytest.fixture(autouse=True)
def no_dislikes(monkeypatch):
    monkeypatch.setattr(Fussy, "dislikes", frozenset())


@pytest.fixture
def models(sqlite_log):
    """A log of one fact that two read models follow, caught up."""
    with closing(models_of(sqlite_log, Fussy, Seen)) as made:
        made.catch_up()
        sqlite_log.follower = made
        yield made


def record_followed(log, *facts, **options):
    return import_facts(log, request(*facts, **options), followed=True).receipt


def positions(models):
    return [standing.position for standing in models.standings()]


def rows_and_positions(models):
    return rows_of(models, "seen"), rows_of(models, "fussy"), positions(models)


def test_rows_and_facts_are_there_together(sqlite_log, models):
    record_followed(sqlite_log, proposal("P1"), proposal("P2"))
    assert rows_and_positions(models) == ([1, 2, 3], [1, 2, 3], [3, 3])
    told = []
    assert models.catch_up(told.append) == 3
    assert told == []
    assert rows_and_positions(models) == ([1, 2, 3], [1, 2, 3], [3, 3])


def test_rows_stay_behind_where_nobody_asked_for_them(sqlite_log, models):
    record(sqlite_log, proposal("P1"))
    assert positions(models) == [1, 1]


def test_a_log_that_nothing_follows_records_as_ever(log):
    assert record_followed(log, proposal("P1")).last == 2


def test_the_fold_sees_the_log_with_the_new_facts(sqlite_log, models, monkeypatch):
    seen = []

    def look(self, facts, _rows, log):
        if self.name == "seen":
            seen.append((log.size(), [fact.n for fact in log.stream("proposal:P1")], log.openings(facts), log.zone))

    monkeypatch.setattr(Seen, "fold", look)
    record_followed(sqlite_log, *history("proposal:P1", ("proposal.submitted", None, {"title": "Snow"})))
    record_followed(sqlite_log, *history("proposal:P1", ("proposal.deferred",)))
    (size, versions, openings, _), (later, more, _, zone) = seen
    assert (size, versions, list(openings.values())) == (2, [1], ["Snow"])
    assert (later, more, zone) == (3, [1, 2], sqlite_log.zone)


# A model that fails


def test_a_model_that_fails_is_no_hindrance_to_the_facts_and_is_found_by_catching_up(sqlite_log, models, monkeypatch):
    monkeypatch.setattr(Fussy, "dislikes", frozenset({3}))
    receipt = record_followed(sqlite_log, proposal("P1"), proposal("P2"))
    assert (receipt.first, receipt.last, sqlite_log.size()) == (2, 3, 3)
    assert rows_and_positions(models) == ([1], [1], [1, 1])
    with pytest.raises(
        ModelStopped, match=r"'fussy' stopped at fact 3 .*: ValueError: nothing is known of proposal:P2"
    ):
        models.catch_up()
    assert rows_and_positions(models) == ([1, 2, 3], [1], [1, 3])


def test_a_model_that_has_stopped_does_not_hold_up_the_others(sqlite_log, models, monkeypatch):
    monkeypatch.setattr(Fussy, "dislikes", frozenset({2}))
    record_followed(sqlite_log, proposal("P1"))
    with pytest.raises(ModelStopped):
        models.catch_up()
    record_followed(sqlite_log, proposal("P2"))
    with pytest.raises(ModelStopped):
        models.catch_up()
    assert rows_and_positions(models) == ([1, 2, 3], [1], [1, 3])
    monkeypatch.setattr(Fussy, "dislikes", frozenset())
    models.catch_up()
    assert rows_and_positions(models) == ([1, 2, 3], [1, 2, 3], [3, 3])


def test_where_the_database_gives_up_everything_the_facts_are_recorded_without_rows(sqlite_log, models, monkeypatch):
    def lose_all(_self, _facts, rows, _log):
        rows.exec_driver_sql("ROLLBACK")  # as SQLite does where it finds no room in the middle of a statement
        raise ValueError("it is too much")

    with monkeypatch.context() as fault:
        fault.setattr(Seen, "fold", lose_all)
        receipt = record_followed(sqlite_log, proposal("P1"))
    assert (receipt.first, receipt.last, receipt.already) == (2, 2, False)
    assert positions(models) == [1, 1]
    models.catch_up()
    assert rows_and_positions(models) == ([1, 2], [1, 2], [2, 2])


# A transaction that does not end well


def test_a_commit_that_fails_with_rows_is_tried_without_them(sqlite_log, models, monkeypatch):
    tried = []

    def fail_once(connection):
        tried.append(connection)
        (fail_to_commit if len(tried) == 1 else COMMIT)(connection)

    with monkeypatch.context() as fault:
        fault.setattr(sqlite._Connection, "commit", fail_once)
        receipt = record_followed(sqlite_log, proposal("P1"))
    assert (receipt.first, receipt.last, receipt.already) == (2, 2, False)
    assert (len(tried), positions(models)) == (2, [1, 1])
    models.catch_up()
    assert rows_and_positions(models) == ([1, 2], [1, 2], [2, 2])


def test_an_answer_that_was_lost_is_settled_by_reading_and_nothing_is_done_twice(sqlite_log, models, monkeypatch):
    with monkeypatch.context() as fault:
        fault.setattr(sqlite._Connection, "commit", commit_and_lose_the_answer)
        receipt = record_followed(sqlite_log, proposal("P1"))
    assert (receipt.last, receipt.already, sqlite_log.size()) == (2, False, 2)
    models.catch_up()
    assert rows_and_positions(models) == ([1, 2], [1, 2], [2, 2])
    assert record_followed(sqlite_log, proposal("P1")).already


def test_a_dry_run_leaves_no_rows(sqlite_log, models):
    record_followed(sqlite_log, proposal("P1"), dry_run=True)
    assert (sqlite_log.size(), *rows_and_positions(models)) == (1, [1], [1], [1, 1])
    record_followed(sqlite_log, proposal("P1"))
    assert rows_and_positions(models) == ([1, 2], [1, 2], [2, 2])


def test_what_is_refused_leaves_no_rows(sqlite_log, models):
    with pytest.raises(Conflict):
        record_followed(sqlite_log, proposal("P1"), size=7)
    with pytest.raises(Mistakes):
        record_followed(sqlite_log, proposal("P1", sponsor="organisation:nobody"))
    assert (sqlite_log.size(), *rows_and_positions(models)) == (1, [1], [1], [1, 1])


def test_a_request_that_was_answered_before_folds_nothing_again(sqlite_log, models):
    record_followed(sqlite_log, proposal("P1"))
    assert record_followed(sqlite_log, proposal("P1"), now=NOW + timedelta(hours=1)).already
    assert rows_and_positions(models) == ([1, 2], [1, 2], [2, 2])


# Only where everything that is read stands right before the facts


def test_facts_of_another_program_in_between_are_caught_up_with_first(sqlite_log, models):
    with closing(Log(SQLiteRecorder(sqlite_log.recorder.path))) as other:
        record(other, proposal("P1"))
        record_followed(sqlite_log, proposal("P2"))
        assert rows_and_positions(models) == ([1], [1], [1, 1])
        models.catch_up()
        record_followed(sqlite_log, proposal("P3"))
        assert rows_and_positions(models) == ([1, 2, 3, 4], [1, 2, 3, 4], [4, 4])
        record(other, proposal("P4"))
    models.catch_up()
    assert rows_and_positions(models) == ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [5, 5])


def test_two_programs_that_are_followed_fold_each_fact_once(sqlite_log, models):
    with closing(Log(SQLiteRecorder(sqlite_log.recorder.path))) as other, closing(models_of(other, Fussy, Seen)) as its:
        its.catch_up()
        other.follower = its
        for number in range(4):
            record_followed((sqlite_log, other)[number % 2], proposal(f"P{number}"))
            assert rows_and_positions(models) == rows_and_positions(its)
            assert positions(its) == [number + 2] * 2
        assert models.catch_up() == its.catch_up() == 5
    assert rows_of(models) == [1, 2, 3, 4, 5]


def test_rows_that_nobody_has_asked_for_yet_are_left_for_later(sqlite_log):
    with closing(models_of(sqlite_log)) as models:
        sqlite_log.follower = models
        record_followed(sqlite_log, proposal("P1"))
        assert models.standings() == []
        models.catch_up()
        assert rows_of(models) == [1, 2]


def test_while_a_model_is_built_beside_another_facts_go_alone(sqlite_log, models, monkeypatch):
    monkeypatch.setattr(Fussy, "dislikes", frozenset({1}))
    with pytest.raises(ModelStopped):
        models.rebuild(["fussy"])
    record_followed(sqlite_log, proposal("P1"))
    assert [one.position for one in models.standings()] == [1, 0, 1]
    monkeypatch.setattr(Fussy, "dislikes", frozenset())
    models.catch_up()
    record_followed(sqlite_log, proposal("P2"))
    assert rows_and_positions(models) == ([1, 2, 3], [1, 2, 3], [3, 3])


def test_a_program_of_another_version_does_not_write_rows_that_are_not_its_own(sqlite_log):
    with closing(models_of(sqlite_log, Seen)) as old, closing(models_of(sqlite_log, SeenAgain)) as new:
        old.catch_up()
        new.catch_up()
        sqlite_log.follower = old
        record_followed(sqlite_log, proposal("P1"))
        assert standings(new) == [("seen", 2, 2, 1, True)]


def test_a_program_with_fewer_models_leaves_none_behind(sqlite_log, models):
    with closing(models_of(sqlite_log, Seen, Fussy, Counted)) as more:
        more.catch_up()
        record_followed(sqlite_log, proposal("P1"))
        assert positions(more) == [1, 1, 1]


def test_many_facts_go_alone(sqlite_log, models, monkeypatch):
    monkeypatch.setattr(log_module, "MOST_AT_ONCE", 2)
    record_followed(sqlite_log, *(proposal(f"P{number}") for number in range(3)))
    assert positions(models) == [1, 1]


def test_facts_go_alone_where_the_positions_of_rows_cannot_be_read(sqlite_log, models):
    with sqlite_log.recorder.writing() as writer:
        writer.connection.execute("ALTER TABLE read_models RENAME TO elsewhere")
    receipt = sqlite_log.record(
        Batch([Draft("proposal.submitted", "proposal:P1", {}, opens=True)], BY, NOW), followed=True
    )
    assert receipt.last == sqlite_log.size() == 2
    with sqlite_log.recorder.writing() as writer:
        writer.connection.execute("ALTER TABLE elsewhere RENAME TO read_models")
    models.catch_up()
    assert positions(models) == [2, 2]

"""What was made of rows is kept as long as nothing is written to their database, by whomever, and no longer."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.store.unchanged import kept_while_unchanged
from tests.scenario import BY, NOW, ORIGIN, body, record


@pytest.fixture
def file(tmp_path):
    place = tmp_path / "log.db"
    with make_log(place, Begin("Northmoor", ORIGIN, BY, NOW - timedelta(hours=2))) as made:
        made.catch_up()
    return place


@pytest.fixture
def opened(file):
    with open_log(file) as found:
        yield found


class Made:
    """Counts how often something is made, on whatever connection a question is lent."""

    def __init__(self, models):
        self._models = models
        self.times = 0

    def again(self, what="it", **options):
        """Whether it had to be made."""
        before = self.times
        with self._models.reading() as rows:
            kept_while_unchanged(rows, (what,), self._make, options.get("fits", lambda _: True))
        return self.times > before

    def _make(self):
        self.times += 1
        return object()


@pytest.fixture
def made(opened):
    found = Made(opened.models)
    assert found.again()
    return found


def test_what_was_made_is_kept_for_the_next_question(made):
    assert not made.again()
    assert made.again("something else")
    assert not made.again()


def test_it_is_made_anew_after_a_fact_was_recorded_here(made, opened):
    record(opened.log, body("b"))
    assert made.again()
    assert not made.again()


def test_it_is_made_anew_after_a_fact_was_recorded_by_another_program(made, file):
    with open_log(file) as other:
        record(other.log, body("b"))
    assert made.again()
    assert not made.again()


def test_it_is_made_anew_after_read_models_caught_up_with_facts_that_were_recorded_before(file):
    with open_log(file) as behind, open_log(file) as other:
        record(other.log, body("b"))
        made = Made(behind.models)
        made.again()
        other.catch_up()
        assert made.again()
        behind.models.rebuild(["register"])
        assert made.again()


def test_it_is_made_anew_after_its_own_connection_wrote(made, opened):
    with opened.models.reading() as rows:
        rows.exec_driver_sql("UPDATE read_models SET stopped = stopped")
    assert made.again()


def test_nothing_is_kept_of_a_transaction_which_may_be_undone(made, opened):
    with opened.models.reading() as rows:
        rows.exec_driver_sql("BEGIN")
        kept_while_unchanged(rows, ("undone",), made._make, lambda _: True)
        rows.exec_driver_sql("ROLLBACK")
    assert made.again("undone")


def test_what_no_longer_fits_is_made_anew(made):
    assert made.again(fits=lambda _: False)


def test_only_few_things_are_kept_and_what_was_made_first_goes_first(made):
    for number in range(8):
        assert made.again(str(number))
    assert not made.again("7")
    assert made.again("it")


def test_nothing_is_kept_where_the_database_does_not_tell(server_log):
    made = Made(server_log)
    assert made.again()
    assert made.again()


@pytest.fixture
def server_log(monkeypatch, opened):
    """A database that does not tell whether anybody wrote, as a server does not."""
    from decisionlog.store.postgresql.rows import PostgreSQL

    assert PostgreSQL().state(None) is None
    monkeypatch.setattr("decisionlog.store.sqlite_rows.SQLite.state", lambda _, driver: PostgreSQL().state(driver))
    with closing(opened.models):
        yield opened.models

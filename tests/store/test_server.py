"""A log on a server: who may do what, what is refused, and that what is said to be recorded is added and never changed."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from decisionlog.addresses import Server, place_of
from decisionlog.bootstrap import make_log, move, open_log
from decisionlog.commands.begin import Begin
from decisionlog.domain.refusals import BadInput, Forbidden, NotFound, NotSound, Unusable
from decisionlog.projections import register
from decisionlog.questions.doctor_of_server import checks_of
from decisionlog.questions.verifying.held import Held
from decisionlog.questions.verifying.log import verified_log
from decisionlog.store.log import Log
from decisionlog.store.postgresql import schema
from decisionlog.store.postgresql.connecting import connected
from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
from tests import servers
from tests.scenario import BY, NOW, ORIGIN, new_log, proposal, record
from tests.store import raw
from tests.store.roles import roles_at

WAYS_TO_CHANGE = (
    "UPDATE stored_events SET topic = 'x'",
    "UPDATE stored_events SET state = 'x' WHERE false",
    "DELETE FROM stored_events",
    "TRUNCATE stored_events",
    (
        "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES ('log:x', 1, 'x', 'x') "
        "ON CONFLICT (originator_id, originator_version) DO UPDATE SET state = excluded.state"
    ),
)


@pytest.fixture
def place():
    return servers.place()


@pytest.fixture
def log(place):
    with closing(PostgreSQLRecorder.create(place)) as recorder:
        made = new_log(recorder)
        record(made, proposal("P1", title="Beds"))
        yield made


@pytest.mark.parametrize(
    "statement", [*WAYS_TO_CHANGE, "ALTER TABLE stored_events DISABLE TRIGGER ALL", "DROP TABLE stored_events"]
)
def test_who_records_may_not_change_a_fact_whatever_the_triggers_do(log, place, statement):
    with connected(place) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (roles_at(place).recorder,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(statement)


@pytest.mark.parametrize("statement", WAYS_TO_CHANGE)
def test_not_even_the_owner_changes_a_fact_by_mistake(log, place, statement):
    with (
        connected(place, as_role=False) as connection,
        pytest.raises(psycopg.errors.RaiseException, match=r"append-only|position"),
    ):
        connection.execute(statement.replace("VALUES ('log:x', 1", "VALUES ('proposal:P1', 1"))


@pytest.mark.parametrize("position", [1, 2, 4, 0, -1])
def test_a_fact_is_added_at_the_next_position_and_no_other(log, place, position):
    with connected(place) as connection, pytest.raises(psycopg.errors.UniqueViolation, match="the next position is 3"):
        connection.execute("INSERT INTO stored_events VALUES ('a:b', 1, 'x', '', ?)", (position,))


@pytest.mark.parametrize("state", ["x", "", "[]", "null", '"{}"', '{"type": "x"', "{} {}", "\xff", '{"a": "\xff"}'])
def test_what_is_no_json_object_is_no_fact_whoever_adds_it(log, place, state):
    with connected(place) as connection, pytest.raises((psycopg.errors.DataError, psycopg.errors.CheckViolation)):
        connection.execute("INSERT INTO stored_events VALUES ('a:b', 1, 'x', ?)", (state.encode("latin-1"),))
    assert log.size() == 2


@pytest.mark.parametrize("words", ["\u0001\u007f\u2028", "\U0010ffff é", '"}{', "\\u0000 \\", "\0 x" * 100_000])
def test_whatever_words_a_fact_has_it_is_a_json_object(log, words):
    raw.insert(log, raw.fact("proposal:P7", data={"words": words, words: [[[]]]}))
    assert log.size() == 3


def test_a_reader_reads_and_cannot_record(log, place, reader):
    with open_log(reader) as found:
        assert found.log.size() == 2
        assert found.log.root(2) == log.root(2)
        assert found.log.recorder.read_only
        with pytest.raises(Unusable, match="can only be read here"):
            record(found.log, proposal("P2", title="More"))
    assert verified_log(reader, Held()).sound


@pytest.fixture
def reader(place):
    """The log, for a user of the server who may only read it."""
    name = f"{place.schema}_resident"
    with connected(place, as_role=False) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
    schema.give_roles_to(place, [], [name])
    return place_of(f"{place.url.replace('user=postgres', f'user={name}')}&schema={place.schema}")


def test_a_user_who_may_not_make_roles_is_told_so(log, reader):
    with pytest.raises(Forbidden, match="CREATEROLE"):
        schema.give_roles_to(reader, [], [])


def test_a_role_is_given_to_users_of_the_server_only(log, place):
    with pytest.raises(NotFound, match="no user 'nobody-here'"):
        schema.give_roles_to(place, ["nobody-here"], [])


def test_a_user_with_no_role_is_not_let_in(log, place):
    name = f"{place.schema}_stranger"
    with connected(place, as_role=False) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
    stranger = place_of(f"{place.url.replace('user=postgres', f'user={name}')}&schema={place.schema}")
    with pytest.raises(Unusable, match=roles_at(place).reader):
        PostgreSQLRecorder(stranger)


def test_one_schema_has_one_log(log, place):
    with pytest.raises(BadInput, match="There is a log at"):
        make_log(place, Begin("Another", ORIGIN, BY, NOW))
    assert log.size() == 2


def test_a_schema_of_something_else_is_left_alone(place):
    with connected(place, as_role=False) as connection:
        connection.execute(f"CREATE SCHEMA {place.schema}")
        connection.execute("CREATE TABLE patients (name TEXT)")
    with pytest.raises(Unusable, match="tables of something else"):
        make_log(place, Begin("Northmoor", ORIGIN, BY, NOW))
    with connected(place, as_role=False) as connection:
        assert connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = ?", (place.schema,)
        ).fetchall() == [("patients",)]


def test_where_there_is_no_log_nothing_is_made(place):
    with pytest.raises(NotFound, match="There is no log at"):
        PostgreSQLRecorder(place)
    with connected(place, as_role=False) as connection:
        assert connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = ?", (place.schema,)).fetchone() is None


def test_a_log_of_a_newer_program_is_not_touched(log, place):
    with connected(place, as_role=False) as connection:
        connection.execute("UPDATE written_by SET schema_version = 99")
    with pytest.raises(Unusable, match="newer decisionlog"):
        PostgreSQLRecorder(place)


@pytest.mark.parametrize("address", ["postgresql:///nowhere?host=/tmp/no-such-folder", "postgresql://127.0.0.1:1/db"])
def test_a_server_that_is_not_there_is_said_in_one_sentence(address):
    with pytest.raises(Unusable, match="cannot be reached now"):
        PostgreSQLRecorder(place_of(address))


def test_a_database_that_is_not_there_is_named(place):
    with pytest.raises(Unusable, match="does not exist"):
        PostgreSQLRecorder(Server(place.url.replace("/postgres?", "/no_such_database?"), place.schema))


def test_an_address_with_a_part_that_the_server_does_not_know_is_refused(place):
    with pytest.raises(BadInput, match='invalid URI query parameter: "shema"'):
        PostgreSQLRecorder(Server(f"{place.url}&shema=x", place.schema))


def test_nothing_is_called_by_what_a_server_cannot_hold(log):
    assert log.recorder.named(["decision:a\0"]) == []
    assert log.stream("decision:a\0") == []


def test_a_reader_asks_whatever_reads(log, place, reader):
    with open_log(place) as whole:
        whole.catch_up()
    with open_log(reader) as found:
        found.catch_up()
        assert not found.is_unclean()
        with found.models.reading() as rows:
            assert register.streams(rows, "proposal", 2) == ["proposal:P1"]
    with closing(Log(PostgreSQLRecorder(reader))) as alone:
        assert {check.name: check.state for check in checks_of(reader, alone)}["permission"] == "warn"


def test_an_end_that_was_removed_is_noticed_before_anything_is_recorded(log, place):
    tamper(place, "DELETE FROM stored_events WHERE notification_id = 2")
    with pytest.raises(NotSound, match="its end was removed"):
        record(Log(PostgreSQLRecorder(place)), proposal("P3", title="After"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE stored_events SET state = overlay(state placing '!' from 30) WHERE notification_id = 2", "2"),
        ("DELETE FROM stored_events WHERE notification_id = 1", "1"),
        ("DELETE FROM stored_events WHERE notification_id = 2", "facts that the log does not have"),
        ("UPDATE stored_events SET nodes = '' WHERE notification_id = 2", "2"),
        ("UPDATE stored_events SET topic = 'this:nothing' WHERE notification_id = 2", "2"),
        ("UPDATE streams SET position = 1 WHERE name = 'proposal:p1'", "P1"),
        ("UPDATE vault SET value = '\"Wards\"'", "2"),
    ],
)
def test_what_an_owner_changed_behind_the_triggers_is_found_by_verify(log, place, change, says):
    assert verified_log(place, Held()).sound
    tamper(place, change)
    found = verified_log(place, Held())
    assert not found.sound
    assert any(says in f"{fault.position} {fault.sentence} {fault.about}" for fault in found.faults), found.faults


def tamper(place, statement):
    """What somebody does who owns the tables and switches the triggers off."""
    with connected(place, as_role=False) as connection:
        connection.execute("ALTER TABLE stored_events DISABLE TRIGGER ALL")
        assert connection.execute(statement).rowcount
        connection.execute("ALTER TABLE stored_events ENABLE TRIGGER ALL")


def checks(place):
    with closing(Log(PostgreSQLRecorder(place))) as log:
        return {check.name: check for check in checks_of(place, log)}


def test_doctor_finds_nothing_wrong_with_a_log_as_it_was_made(log, place):
    assert {name: check.state for name, check in checks(place).items() if check.state == "fail"}.keys() <= {
        "durability"
    }
    assert (
        checks(place)["append-only"].found
        == f"4 guards in place, recorded by {roles_at(place).recorder}, who may only add"
    )
    assert checks(place)["tree"].found.startswith("2 facts, none missing")


@pytest.mark.parametrize(
    ("statement", "name", "says"),
    [
        (
            "ALTER TABLE stored_events DISABLE TRIGGER stored_events_are_never_deleted",
            "append-only",
            "stored_events_are_never_deleted",
        ),
        (
            "DROP TRIGGER stored_events_stand_at_the_end ON stored_events",
            "append-only",
            "stored_events_stand_at_the_end",
        ),
        (
            "CREATE OR REPLACE FUNCTION stored_events_are_never_changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "append-only",
            "stored_events_are_never_updated",
        ),
        (
            "CREATE TRIGGER more AFTER INSERT ON stored_events EXECUTE FUNCTION stored_events_are_never_changed()",
            "append-only",
            "triggers added: more",
        ),
        ("UPDATE positions_given SET position = 9", "tree", "there were 9: the end was removed"),
    ],
)
def test_doctor_finds_a_guard_that_somebody_took_away(log, place, statement, name, says):
    with connected(place, as_role=False) as connection:
        connection.execute(statement)
    found = checks(place)[name]
    assert found.state == "fail"
    assert says in found.found


def test_doctor_says_which_setting_would_lose_facts(log, place):
    found = checks(place)["durability"]
    assert found.state == "fail"  # the server of the tests is thrown away, so it does not wait for the disk
    assert "fsync" in found.found


def test_a_move_there_and_back_keeps_every_position_and_the_root(log, place, tmp_path):
    other, file = servers.place(), tmp_path / "moved.db"
    size, root, lines = log.size(), log.root(log.size()).hex(), [line.state for line in log.lines()]
    assert move(place, file)[:2] == (size, root)
    assert move(file, other)[:2] == (size, root)
    with open_log(other) as found:
        assert [line.state for line in found.log.lines()] == lines
        assert found.log.openings(found.log.facts()) == log.openings(log.facts())
    assert verified_log(other, Held()).sound


def test_a_move_to_where_something_lies_changes_nothing(log, place, tmp_path):
    file = tmp_path / "there.db"
    file.write_text("mine")
    with pytest.raises(BadInput, match="exists already"):
        move(place, file)
    assert file.read_text() == "mine"


def test_read_models_go_on_when_the_server_ended_their_connection(log, place):
    with open_log(place) as own:
        own.models.rebuild(["register"])
        pid = own.models._writer.connection.dbapi_connection.info.backend_pid
        with connected(place, as_role=False) as other:
            other.execute("SELECT pg_terminate_backend(?, 5000)", (pid,))
        record(log, proposal("P2", title="Wards"))
        own.catch_up()
        assert {one.position for one in own.models.standings() if one.serving} == {log.size()}


def test_who_misspells_a_schema_is_told_what_is_near_and_sees_no_password(log, place):
    near = place_of(f"{place.url.replace('postgresql:///', 'postgresql://:secret@/')}&schema={place.schema}x")
    with pytest.raises(NotFound) as refused:
        PostgreSQLRecorder(near)
    told = str(refused.value)
    assert f"?schema={place.schema}" in told.partition("Did you mean ")[2].partition("? Make one")[0].split(" or ")
    assert "***" not in told
    assert "secret" not in told
    assert "PGPASSWORD" in told

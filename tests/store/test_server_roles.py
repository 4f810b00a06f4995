"""The roles of a log on a server: made by whoever may, at whatever time, of one log alone, and by nobody else's leave."""

from __future__ import annotations

from contextlib import closing
from urllib.parse import quote

import pytest
from psycopg import errors
from psycopg.sql import SQL, Identifier

from decisionlog.addresses import place_of
from decisionlog.bootstrap import make_log, open_log
from decisionlog.commands.begin import Begin
from decisionlog.domain.refusals import Forbidden, Unusable
from decisionlog.questions.doctor_of_server import checks_of
from decisionlog.questions.unchanged import unchanged
from decisionlog.store.log import Log
from decisionlog.store.postgresql import role_names, schema
from decisionlog.store.postgresql.connecting import connected
from decisionlog.store.postgresql.recorder import PostgreSQLRecorder
from decisionlog.store.postgresql.role_names import Roles, formerly_named, roles_named
from tests import servers
from tests.cli.running import run
from tests.scenario import BY, NOW, ORIGIN, proposal, record
from tests.store.roles import roles_at

LONG = "d" * 63


@pytest.fixture
def place():
    return servers.place()


def user(place, name, *, may="", database=None):
    """The log's address, for a user of the server who is made here."""
    known_as = f"{place.schema}_{name}"
    with connected(place, as_role=False) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = ?", (known_as,)).fetchone():
            connection.execute(SQL("CREATE ROLE {} LOGIN " + may).format(Identifier(known_as)))
        connection.execute(SQL("GRANT CREATE ON DATABASE postgres TO {}").format(Identifier(known_as)))
    url = place.url.replace("user=postgres", f"user={known_as}")
    if database:
        url = url.replace("/postgres?", f"/{quote(database)}?")
    return place_of(f"{url}&schema={place.schema}")


def in_database(place, database):
    """The log's address in another database."""
    return place_of(f"{place.url.replace('/postgres?', f'/{quote(database)}?')}&schema={place.schema}")


def begun(place):
    """A log that is made and read by this user."""
    with make_log(place, Begin("Northmoor", ORIGIN, BY, NOW)) as made:
        record(made.log, proposal("P1", title="Beds"))
        made.catch_up()


def use(place, ref):
    """Everything that a user does who records: record, read, build anew."""
    with open_log(place) as found:
        record(found.log, proposal(ref, title="Wards"))
        found.catch_up()
        found.models.rebuild(["register"])
        found.catch_up()
        assert {one.position for one in found.models.standings() if one.serving} == {found.log.size()}
        assert not any(one.stopped for one in found.models.standings())


def name_of(place):
    return place.url.rpartition("user=")[2].partition("&")[0]


def checks(place):
    with closing(Log(PostgreSQLRecorder(place))) as log:
        return {check.name: check for check in checks_of(place, log)}


def test_roles_made_later_let_everybody_go_on_where_the_owner_had_begun(place):
    owner, secretary, resident = user(place, "owner"), user(place, "secretary"), user(place, "resident")
    begun(owner)
    assert roles_at(place) is None
    schema.give_roles_to(place, [name_of(owner), name_of(secretary)], [name_of(resident)])
    for number, who in enumerate((owner, secretary, place, owner)):
        use(who, f"R{number}")
    with open_log(resident) as found:
        found.catch_up()
        with found.models.reading() as rows:
            assert (
                rows.exec_driver_sql(
                    "SELECT count(DISTINCT stream) FROM register_now WHERE kind = 'proposal'"
                ).scalar_one()
                == 5
            )
    with connected(resident) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("UPDATE read_models SET position = 0")


def test_an_owner_who_was_given_no_role_goes_on_too(place):
    owner = user(place, "owner")
    begun(owner)
    schema.give_roles_to(place, [], [])
    use(owner, "P2")
    assert checks(owner)["append-only"].found.endswith("who may only add")


def test_what_a_superuser_built_before_there_were_roles_is_the_recorders_afterwards(place):
    owner = user(place, "owner")
    with make_log(owner, Begin("Northmoor", ORIGIN, BY, NOW)):
        pass
    with open_log(place) as found:
        found.catch_up()
    schema.give_roles_to(place, [name_of(owner)], [])
    use(owner, "P2")


def test_an_owner_with_createrole_makes_the_roles_and_gives_them(place):
    owner, secretary = user(place, "owner", may="CREATEROLE"), user(place, "secretary")
    begun(owner)
    assert roles_at(place) == roles_named("postgres", place.schema)
    schema.give_roles_to(owner, [name_of(secretary)], [])
    use(secretary, "P2")
    use(owner, "P3")


def test_the_same_again_changes_nothing(place):
    owner, secretary = user(place, "owner", may="CREATEROLE"), user(place, "secretary")
    begun(owner)
    for _ in range(2):
        schema.give_roles_to(owner, [name_of(secretary)], [])
    use(secretary, "P2")


def test_an_owner_who_may_not_make_roles_is_told_who_may(place):
    owner = user(place, "owner")
    begun(owner)
    with pytest.raises(Forbidden, match=r"owns .*, and may not make roles.*CREATEROLE"):
        schema.give_roles_to(owner, [], [])
    use(owner, "P2")


def test_an_owner_who_may_make_roles_but_not_give_one_that_is_there_is_told_so(place):
    owner = user(place, "owner", may="CREATEROLE")
    with connected(place, as_role=False) as connection:
        for role in roles_named("postgres", place.schema):
            connection.execute(SQL("CREATE ROLE {}").format(Identifier(role)))
    begun(owner)
    with pytest.raises(
        Forbidden, match=r"has postgres\.\w+_recorder and postgres\.\w+_reader already, and this user may not"
    ):
        schema.give_roles_to(owner, [], [])
    assert roles_at(place) is None
    use(owner, "P2")


def test_who_does_not_own_the_log_is_told_who_does(place):
    owner, other = user(place, "owner", may="CREATEROLE"), user(place, "other", may="CREATEROLE")
    begun(owner)
    schema.give_roles_to(owner, [name_of(other)], [])
    with pytest.raises(Forbidden, match=f"made by {name_of(owner)}, who owns it"):
        schema.give_roles_to(other, [], [name_of(other)])


@pytest.fixture
def elsewhere(place):
    """The same schema of another database of the same server."""
    database = f"{place.schema}.and more"
    with connected(place, as_role=False) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(database)))
    yield in_database(place, database)
    servers.close_all()
    with connected(place, as_role=False) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(database)))


def test_who_records_in_one_database_may_do_nothing_in_another(place, elsewhere):
    begun(place)
    begun(elsewhere)
    secretary = user(place, "secretary")
    schema.give_roles_to(place, [name_of(secretary)], [])
    use(secretary, "P2")
    with pytest.raises(Unusable, match="does not let this user read it"):
        PostgreSQLRecorder(user(place, "secretary", database=f"{place.schema}.and more"))


def test_a_log_whose_database_was_renamed_goes_on_and_is_given_roles_of_that_name(place, elsewhere):
    begun(elsewhere)
    name, secretary = f"{place.schema}.and more", user(place, "secretary")
    schema.give_roles_to(elsewhere, [name_of(secretary)], [])
    with open_log(elsewhere) as found:
        found.catch_up()
    servers.close_all()
    with connected(place, as_role=False) as connection:
        connection.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name), Identifier(f"{name}2")))
    try:
        renamed = user(place, "secretary", database=f"{name}2")
        use(renamed, "P2")
        assert checks(renamed)["append-only"].found.endswith("who may only add")
        given = schema.give_roles_to(in_database(place, f"{name}2"), [], [])
        assert (given.replaced, given.roles) == (roles_named(name, place.schema), roles_named(f"{name}2", place.schema))
        assert given.recorders == (name_of(secretary),)
        use(renamed, "P3")
    finally:
        servers.close_all()
        with connected(place, as_role=False) as connection:
            connection.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(f"{name}2"), Identifier(name)))


@pytest.fixture
def older(place, monkeypatch):
    """A log whose roles are called as they once were, with somebody in each."""
    monkeypatch.setattr(role_names, "roles_named", lambda _, name: formerly_named(name))
    secretary, resident = user(place, "secretary"), user(place, "resident")
    begun(place)
    schema.give_roles_to(place, [name_of(secretary)], [name_of(resident)])
    monkeypatch.undo()
    return secretary, resident


def test_a_log_whose_roles_are_called_as_once_goes_on(place, older):
    secretary, resident = older
    assert roles_at(place) == formerly_named(place.schema)
    use(secretary, "P2")
    assert checks(secretary)["append-only"].found.endswith("who may only add")
    assert checks(resident)["permission"].found == "can only be read"


def test_roles_of_a_former_name_are_replaced_and_nobody_is_shut_out(place, older):
    secretary, resident = older
    given = schema.give_roles_to(place, [], [])
    assert (given.replaced, given.recorders, given.readers) == (
        formerly_named(place.schema),
        (name_of(secretary),),
        (name_of(resident),),
    )
    assert roles_at(place) == roles_named("postgres", place.schema)
    use(secretary, "P2")
    use(place, "P3")
    with open_log(resident) as found, found.models.reading() as rows:
        assert (
            rows.exec_driver_sql("SELECT count(DISTINCT stream) FROM register_now WHERE kind = 'proposal'").scalar_one()
            == 3
        )
    with connected(place, as_role=False) as connection:
        for role in formerly_named(place.schema):
            connection.execute(SQL("DROP ROLE {}").format(Identifier(role)))  # refused while anything is granted to it


NAMES = [
    ("a", "b_c"),
    ("a_b", "c"),
    ("a.b", "c"),
    ("a", "b"),
    ("A", "b"),
    (LONG, "c"),
    (LONG[:-1] + "e", "c"),
    (LONG, "d" * 48),
    ("dé", "c"),
    ("d", "c"),
    ("é" * 31, "c"),
]


def test_no_two_logs_have_roles_of_one_name_and_none_is_cut_off():
    named = [role for name in NAMES for role in roles_named(*name)]
    assert len(set(named)) == 2 * len(NAMES)
    assert all(len(role.encode()) <= 63 for role in named)
    assert not {role for _, name in NAMES for role in formerly_named(name)} & set(named)
    assert roles_named("place", "northmoor") == Roles("place.northmoor_recorder", "place.northmoor_reader")


def test_a_reader_is_said_to_read_and_an_owner_to_be_able_to_take_the_guards_away(place):
    owner, resident = user(place, "owner"), user(place, "resident")
    begun(owner)
    found = checks(owner)["append-only"]
    assert found.state == "warn"
    assert found.found == (
        f"4 guards in place, and {name_of(owner)}, who records and owns the table of the facts, could take them away"
    )
    assert found.remedy == f"Have somebody who may make roles run: decisionlog roles --recorder {name_of(owner)}"
    schema.give_roles_to(place, [], [name_of(resident)])
    found = checks(resident)
    assert found["append-only"].found == f"4 guards in place, read by {name_of(resident)}, who may only read"
    assert found["permission"].remedy.endswith(f"decisionlog roles --recorder {name_of(resident)}")
    assert [check.state for check in unchanged(resident, 1)] == ["ok"]


def test_init_says_that_the_roles_were_not_made_and_how_they_are(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    owner = user(place, "owner")
    made = run("init", str(owner), "--name", "Northmoor", "--origin", "northmoor.example/decisions", "--by", "clerk-1")
    assert "may not make the roles of the log" in made.stderr
    assert f"decisionlog roles --recorder {name_of(owner)}" in " ".join(made.stderr.split())
    said = run("roles", "--recorder", name_of(owner), "--log", str(place)).stdout
    assert f"Given {roles_at(place).recorder}: {name_of(owner)}." in said
    for words in (["status"], ["rebuild"], ["doctor"]):
        run(*words, "--log", str(owner), code=6 if words == ["doctor"] else 0)  # the server of the tests has fsync off


def test_init_says_nothing_of_roles_where_it_made_them(place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = run("init", str(place), "--name", "Northmoor", "--origin", "northmoor.example/decisions", "--by", "clerk-1")
    assert "roles" not in made.stderr


def test_a_service_that_is_to_record_does_not_start_for_a_user_who_may_only_read(place, monkeypatch):
    monkeypatch.setattr("decisionlog.cli.serving.listening_on", lambda *_: pytest.fail("it listens"))
    resident = user(place, "resident")
    begun(place)
    schema.give_roles_to(place, [], [name_of(resident)])
    refused = run("serve", "--write", "--port", "0", "--log", str(resident), code=6)
    assert "can only be read here" in refused.stderr
    assert "Nothing was started." in refused.stderr

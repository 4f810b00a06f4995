"""Where a log lies: a path, or a schema of a server. Nothing is connected to here."""

from __future__ import annotations

from pathlib import Path

import pytest

from decisionlog.addresses import BadAddress, Server, key_beside, path_of, place_of


@pytest.mark.parametrize(
    ("log", "path"),
    [
        ("decisionlog.db", "decisionlog.db"),
        ("/srv/log.db", "/srv/log.db"),
        ("sqlite:///log.db", "log.db"),
        ("sqlite:////srv/log.db", "/srv/log.db"),
        ("sqlite://log.db", "log.db"),
        ("a b/ŵ 📗.db", "a b/ŵ 📗.db"),
        ("C:\\logs\\x.db", "C:\\logs\\x.db"),
        ("~/log.db", "HOME/log.db"),
        ("sqlite:///~/log.db", "HOME/log.db"),
    ],
)
def test_an_address_names_a_path(log, path):
    assert path_of(log) == Path(path.replace("HOME", str(Path.home())))


@pytest.mark.parametrize(
    ("log", "scheme"),
    [
        ("https://example.org/log.db", "https"),
        ("my sql://x", "my sql://x"),
    ],
)
def test_an_address_of_another_store_is_refused_without_repeating_its_password(log, scheme):
    with pytest.raises(BadAddress) as refused:
        path_of(log)
    assert str(refused.value).startswith(f"A log at {scheme}")
    assert "postgresql://HOST/DATABASE" in str(refused.value)
    assert "sqlite:///PATH" in str(refused.value)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("log", ["~nobody-of-that-name/log.db", "sqlite:///~nobody-of-that-name/log.db"])
def test_a_home_that_nobody_has_is_no_fault_of_the_program(log):
    try:
        found = path_of(log)
    except BadAddress as refused:
        assert "nobody-of-that-name" in str(refused)  # noqa: PT017 - either will do
    else:
        assert "nobody-of-that-name" in str(found)


@pytest.mark.parametrize("log", ["northmoor.db", "sqlite:///northmoor.db", "~/northmoor.db"])
def test_a_place_is_a_path_unless_a_server_is_named(log):
    assert isinstance(place_of(log), Path)


@pytest.mark.parametrize(
    ("log", "url", "schema"),
    [
        ("postgresql://host/db", "postgresql://host/db", "decisionlog"),
        ("postgres://host/db", "postgresql://host/db", "decisionlog"),
        ("postgresql://host/db?schema=northmoor", "postgresql://host/db", "northmoor"),
        (
            "postgresql://u:p%40@a:1,b:2/db?sslmode=verify-full&schema=n_2",
            "postgresql://u:p%40@a:1,b:2/db?sslmode=verify-full",
            "n_2",
        ),
        ("postgresql:///db?host=/run/postgresql", "postgresql:///db?host=/run/postgresql", "decisionlog"),
    ],
)
def test_the_schema_is_ours_and_the_rest_is_the_servers(log, url, schema):
    assert place_of(log) == Server(url, schema)


@pytest.mark.parametrize(
    ("log", "says"),
    [
        ("postgresql://host/db?schema=Northmoor", "cannot be the schema"),
        ("postgresql://host/db?schema=", "cannot be the schema"),
        ("postgresql://host/db?schema=pg_catalog", "cannot be the schema"),
        ('postgresql://host/db?schema=a";drop', "cannot be the schema"),
        (f"postgresql://host/db?schema={'a' * 49}", "cannot be the schema"),
        ("postgresql://host/db?schema=a&schema=b", "twice"),
        ("postgresql://host", "names no database"),
        ("postgresql://host/?schema=a", "names no database"),
        ("postgresql://u:a#b@host/db", "'#' in it"),
    ],
)
def test_an_address_that_names_no_log_of_a_server_is_refused(log, says):
    with pytest.raises(BadAddress, match=says):
        place_of(log)


@pytest.mark.parametrize(
    ("log", "shown"),
    [
        ("postgresql://u:secret@host/db", "postgresql://u:***@host/db"),
        ("postgresql://host/db?password=secret&schema=n", "postgresql://host/db?password=***&schema=n"),
        ("postgresql://host/db", "postgresql://host/db"),
        ("postgresql:///db?host=/run/postgresql", "postgresql:///db?host=/run/postgresql"),
    ],
)
def test_a_password_is_never_shown(log, shown):
    server = place_of(log)
    assert str(server) == shown
    assert server.holds_password == ("secret" in log)


@pytest.mark.parametrize(
    ("log", "unguarded"),
    [
        ("postgresql:///db?host=/run/postgresql", False),
        ("postgresql:///db", False),
        ("postgresql://localhost:5433/db", False),
        ("postgresql://127.0.0.1/db?sslmode=disable", False),
        ("postgresql://[::1]:5432/db", False),
        ("postgresql://records.example/db", True),
        ("postgresql://records.example/db?sslmode=require", True),
        ("postgresql://records.example/db?sslmode=verify-full", False),
        ("postgresql://localhost,records.example/db", True),
        ("postgresql:///db?host=10.0.0.7", True),
    ],
)
def test_words_that_cross_a_network_want_a_server_that_proves_who_it_is(log, unguarded):
    assert place_of(log).is_unguarded is unguarded


def test_a_path_is_wanted_where_only_a_file_will_do():
    with pytest.raises(BadAddress, match="A file is needed here"):
        path_of("postgresql://u:secret@host/db")


def test_the_key_lies_beside_the_file_or_here_under_the_name_of_the_schema():
    assert key_beside(Path("a/northmoor.db")) == Path("a/northmoor.key")
    assert key_beside(place_of("postgresql://host/db?schema=northmoor")) == Path("northmoor.key")


@pytest.mark.parametrize("schema", ["public", "information_schema"])
def test_a_schema_that_is_everybodys_holds_no_log(schema):
    with pytest.raises(BadAddress, match="cannot be the schema"):
        place_of(f"postgresql://host/db?schema={schema}")


def test_an_address_that_cannot_be_taken_apart_is_refused():
    with pytest.raises(BadAddress, match="cannot be read"):
        place_of("postgresql://[bad/db")

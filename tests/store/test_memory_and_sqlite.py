"""The two stores answer alike, keep nothing in clear, and lose nothing when the vault is emptied."""

from __future__ import annotations

import itertools
import json
import os

import pytest
from eventsourcing.persistence import IntegrityError

from decisionlog.bootstrap import make_log
from decisionlog.commands.begin import Begin
from decisionlog.domain.refusals import Conflict, DecisionlogError, Unusable
from decisionlog.store import sqlite
from decisionlog.store.batch import Opening
from decisionlog.store.codec import LINE_LIMIT
from decisionlog.store.log import Log
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.sqlite import SQLiteRecorder
from decisionlog.store.sqlite_file import engine
from tests.scenario import (
    BY,
    NOW,
    ORIGIN,
    about,
    body,
    corrected,
    decision,
    fact,
    given,
    new_log,
    person,
    proposal,
    record,
    stored,
)
from tests.store import raw

CANARIES = (
    "Canary Byron",
    "CANARYTITLE",
    "canary prose",
    "canarycell",
    "canary-version",
    "CANARYSOURCE",
    "canary new title",
    "canary says",
)
EVERYTHING = (
    body("nlb", ref="Northmoor Locality Board"),
    person("p-014", "Canary Byron"),
    proposal(
        "P1",
        title="CANARYTITLE",
        recommendation="canary prose",
        version={"$private": "canary-version"},
        issuer="body:nlb",
    ),
    decision(
        "D1", text="canary prose", options_rejected=["canary prose"], conditions=[{"id": "a", "words": "canary prose"}]
    ),
    {
        **fact("row.imported", "row:r1", cells=[{"column": "canarycell", "verbatim": " canarycell "}]),
        "source": {"name": "sheet.csv", "recorded_by": "CANARYSOURCE"},
    },
    corrected("proposal:P1", "/title", "CANARYTITLE", "canary new title"),
    about("proposal:P1", "record.contradicted", path="/title", says="canary says", words="canary prose"),
)


@pytest.fixture
def full(log):
    """A log with words in every place in which words may be."""
    for each in EVERYTHING:
        record(log, each, personal_data=True)
    return log


def test_the_same_requests_make_the_same_bytes_on_both_stores(tmp_path, monkeypatch):
    logs = []
    for recorder in (MemoryRecorder(), SQLiteRecorder.create(tmp_path / "decisionlog.db")):
        numbers = itertools.count()
        monkeypatch.setattr(os, "urandom", lambda size, numbers=numbers: next(numbers).to_bytes(size, "big"))
        log = new_log(recorder)
        for each in EVERYTHING:
            record(log, each)
        logs.append(log)
    one, other = logs
    size = one.head().size
    assert list(one.lines()) == list(other.lines())
    assert one.head() == other.head()
    assert [one.root(n) for n in range(size + 1)] == [other.root(n) for n in range(size + 1)]
    for kind in ("body", "person", "proposal", "decision", "row", "log"):
        assert sorted(one.recorder.names_of_kind(kind, 9)) == sorted(other.recorder.names_of_kind(kind, 9))
    positions = range(size + 2)
    assert sorted(one.recorder.openings(positions)) == sorted(other.recorder.openings(positions))
    names = ["proposal:p1", "body:nlb", "body:northmoor locality board", "body:nothing"]
    assert sorted(one.recorder.named(names)) == sorted(other.recorder.named(names))
    assert one.recorder.stream_lines("proposal:P1", ["record.corrected"]) == other.recorder.stream_lines(
        "proposal:P1", ["record.corrected"]
    )
    assert one.recorder.secret("request-key") == other.recorder.secret("request-key") is not None
    assert one.recorder.secret("nothing") is other.recorder.secret("nothing") is None
    other.close()


# Nothing in clear


def test_no_words_stand_in_the_stored_bytes(full):
    states = b"\n".join(line.state for line in full.lines())
    assert [word for word in CANARIES if word.encode() in states] == []
    assert b'"$private":' in states
    opened = json.dumps(stored(full))
    assert [word for word in CANARIES if word not in opened] == []


def test_in_the_file_words_stand_in_the_vault_and_nowhere_else(sqlite_log):
    for each in EVERYTHING:
        record(sqlite_log, each, personal_data=True)
    path = sqlite_log.recorder.path
    sqlite_log.close()
    connection = engine.connect(path)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    holding = {
        table
        for table in tables
        for row in connection.execute(f'SELECT * FROM "{table}"')
        if any(
            word in (value.decode("latin-1") if isinstance(value, bytes) else str(value))
            for word in CANARIES
            for value in row
        )
    }
    assert holding == {"vault"}
    connection.execute("DELETE FROM vault")
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("VACUUM")
    connection.close()
    content = b"".join(file.read_bytes() for file in path.parent.iterdir() if file.is_file())
    assert [word for word in CANARIES if word.encode() in content] == []


def empty_vault(log):
    """What erasure does, done to everything."""
    if isinstance(log.recorder, MemoryRecorder):
        log.recorder.kept.vault.clear()
    else:
        with log.recorder.datastore.transaction(commit=True) as cursor:
            cursor.execute("DELETE FROM vault")


def test_when_the_vault_is_emptied_everything_still_reads_and_the_roots_stay(full):
    size = full.head().size
    before = [full.root(n) for n in range(size + 1)]
    facts = list(full.facts())
    empty_vault(full)
    assert list(full.facts()) == facts
    assert [full.root(n) for n in range(size + 1)] == before
    assert full.openings(facts) == {}
    assert stored(full)[3]["data"]["title"].keys() == {"$private"}
    record(full, proposal("P2", title="after"), fact("proposal.deferred", "proposal:P1"))
    assert full.head().size == size + 2


def test_what_was_erased_can_still_be_corrected_by_its_commitment_alone(full):
    empty_vault(full)
    given(log=full).when(corrected("decision:D1", "/text", "canary prose", "other")).then("record.corrected").noted(
        "Kept as disputed"
    )
    given(log=full).when(corrected("decision:D1", "/outcome", None, "approved")).then("record.corrected")


def test_openings_are_those_of_the_facts_that_are_asked_for(full):
    facts = list(full.facts())
    assert full.openings(facts[2:3]) == {facts[2].data.name.digest: "Canary Byron"}
    assert full.openings([]) == {}
    assert set(full.openings(facts).values()) > {"CANARYTITLE", " canarycell ", "CANARYSOURCE"}


# Transactions


def interrupted(recorder):
    with recorder.writing() as writer:
        writer.add_openings([(2, Opening("d", "s", "v"))])
        writer.put_secret("name", b"value")
        raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_nothing(log, recorder):
    before = (recorder.head(), recorder.openings([2]))
    with pytest.raises(ZeroDivisionError):
        interrupted(recorder)
    assert (recorder.head(), recorder.openings([2])) == before
    assert recorder.secret("name") is None


def written_twice(recorder, line):
    with recorder.writing() as writer:
        writer.put_secret("name", b"value")
        writer.add_lines([line], [b"x" * 32])


def test_a_version_that_is_taken_fails_the_whole_transaction(log, recorder):
    record(log, proposal("P1"))
    lines = list(log.lines())
    with pytest.raises((Conflict, IntegrityError)):
        written_twice(recorder, lines[1]._replace(position=3))
    assert recorder.secret("name") is None
    assert list(log.lines()) == lines


def test_many_names_and_positions_are_asked_for_at_once(log):
    record(log, *(proposal(f"P{number}", title=f"T{number}") for number in range(1_200)))
    found = log.recorder.named([f"proposal:p{number}" for number in range(1_200)])
    assert len(found) == 1_200
    assert len(log.recorder.openings(range(1, 1_300))) == 1_200
    assert len(log.recorder.names_of_kind("proposal", 50)) == 50


# What no program of ours has written


@pytest.mark.parametrize("size", [LINE_LIMIT + 1, 3 * LINE_LIMIT])
def test_a_fact_longer_than_any_that_is_written_is_refused_by_its_size_and_never_loaded(sqlite_log, size):
    with sqlite_log.recorder.datastore.transaction(commit=True) as cursor:
        cursor.execute(
            f"INSERT INTO stored_events VALUES (2, 'proposal:P1', 1, 'proposal.submitted', x'', zeroblob({size}))"
        )
    for ask in (lambda: list(sqlite_log.lines()), lambda: sqlite_log.stream("proposal:P1"), sqlite_log.head):
        with pytest.raises(DecisionlogError) as refused:
            ask()
        assert f"Entry 2 is {size:,} bytes; no fact is longer than {LINE_LIMIT:,}. It was not read." in str(
            refused.value
        )
    assert [fact.type for fact in sqlite_log.facts(limit=1)] == ["log.opened"]


def test_a_last_row_that_is_no_fact_is_named(log):
    raw.insert(log, raw.fact(), state=b"{}")
    with pytest.raises(DecisionlogError, match=r"Entry 2 is not a fact of this log's format"):
        log.head()
    with pytest.raises(DecisionlogError, match=r"Entry 2 is not a fact of this log's format"):
        list(log.facts())


def test_positions_are_never_given_twice(sqlite_log):
    with sqlite_log.recorder.datastore.transaction(commit=False) as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'stored_events'")
        assert "rowid INTEGER PRIMARY KEY AUTOINCREMENT" in cursor.fetchone()[0]


@pytest.mark.parametrize(
    "name", ["Northmoor 2026 \u2013 log.db", "log 📗.db", "new\nline.db", "b" * 240 + ".db", "..db", "a'b\"c?d#e%41.db"]
)
def test_a_log_may_lie_at_any_path(tmp_path, name):
    folder = tmp_path / "Board papers 📁"
    folder.mkdir()
    log = new_log(SQLiteRecorder.create(folder / name))
    record(log, proposal("P1"))
    log.close()
    again = Log(SQLiteRecorder(folder / name))
    assert again.head().size == 2
    again.close()


def test_a_name_that_is_too_long_is_refused_and_nothing_is_left(tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    for length in (252, 255, 300):
        with pytest.raises(DecisionlogError):
            make_log(folder / ("b" * (length - 3) + ".db"), Begin("Northmoor", ORIGIN, BY, NOW))
        assert list(folder.iterdir()) == []


def test_a_file_that_cannot_be_made_is_refused_and_one_that_cannot_be_filled_is_removed(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.touch", refuse)
        with pytest.raises(Unusable, match=r"A log cannot be made at .* \(Permission denied\). Nothing was made"):
            SQLiteRecorder.create(tmp_path / "decisionlog.db")
    with monkeypatch.context() as patched:
        patched.setattr(sqlite, "prepare", refuse)
        with pytest.raises(PermissionError):
            SQLiteRecorder.create(tmp_path / "decisionlog.db")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("decisionlog.db")] == []


def test_a_log_is_the_same_through_a_link(tmp_path):
    log = new_log(SQLiteRecorder.create(tmp_path / "decisionlog.db"))
    (tmp_path / "link.db").symlink_to("decisionlog.db")
    through = Log(SQLiteRecorder(tmp_path / "link.db"))
    record(through, proposal("P1"))
    assert log.head().size == through.head().size == 2
    assert not (tmp_path / "link.db-wal").exists()
    log.close()
    through.close()

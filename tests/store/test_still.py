"""A log that stands still, over every store: it shows what was there, and what was made of it once is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from decisionlog.store.log import Log
from decisionlog.store.still import StillLog
from tests.scenario import NOW, body, decision, person, record


@pytest.fixture
def held(log) -> Log:
    record(log, body("a", name="Board"), person("p-1", "Ada"), decision("D1", decision_makers=["body:a"]))
    return log


def test_what_is_recorded_afterwards_is_not_seen(held):
    still, size, root = StillLog(held), held.size(), held.root(held.size())
    before = still.stream("decision:D1")
    record(held, decision("D2", decision_makers=["body:a"]), now=NOW + timedelta(hours=1))
    assert held.size() == size + 1
    assert (still.size(), still.head().size, still.root(size)) == (size, size, root)
    assert still.stream("decision:D2") == []
    assert still.stream("decision:D1") == before == held.stream("decision:D1")
    assert still.position_known("2100-01-01") == size
    assert StillLog(held).stream("decision:D2") == held.stream("decision:D2") != []


def test_what_was_read_is_not_read_again(held, monkeypatch):
    still = StillLog(held)
    facts = still.stream("person:p-1")
    opened = still.openings(facts)
    assert list(opened.values()) == ["Ada"]
    monkeypatch.setattr(held.recorder, "stream_lines", None)
    monkeypatch.setattr(held.recorder, "openings", None)
    assert still.stream("person:p-1") is facts
    assert still.openings(facts) is opened


def test_a_stream_is_kept_apart_from_its_facts_of_some_types(held):
    still = StillLog(held)
    assert still.stream("body:a", ["body.constituted"]) == held.stream("body:a", ["body.constituted"]) != []
    assert still.stream("body:a", ["body.dissolved"]) == []
    assert still.stream("body:a") == held.stream("body:a") != []


def test_what_was_asked_for_longest_ago_is_forgotten(held):
    still = StillLog(held, kept=2)
    made = []

    def ask(what: str) -> str:
        return still.once(what, lambda: made.append(what) or what)

    assert [ask(what) for what in ("a", "b", "a", "c", "a", "b")] == ["a", "b", "a", "c", "a", "b"]
    assert made == ["a", "b", "c", "b"]


def test_a_log_that_may_grow_keeps_nothing(held):
    made = []
    for _ in range(2):
        held.once("it", lambda: made.append(1))
    assert made == [1, 1]

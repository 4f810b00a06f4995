"""Whatever is asked, rows are found by an index: what a question costs does not grow with what it is not about."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from sqlalchemy import event

from decisionlog.questions.history import history
from decisionlog.questions.point import Asked
from decisionlog.questions.show import show
from decisionlog.questions.who_decided import who_decided
from tests.scenario import NOW, STORE, body, decision, fact, organisation, person, proposal

pytestmark = pytest.mark.skipif(
    os.environ.get(STORE) == "postgresql", reason="it reads the plans of SQLite: a server plans by what the tables hold"
)

SMALL = ("read_models", "sqlite_master", "search_v", "CONSTANT ROW", "(subquery-1)")
"""What may be scanned: a few rows a model, the names of tables, the index of words, which is one, and an empty list of things."""


@pytest.fixture
def northmoor(place):
    place.record(organisation("icb"), body("pc"), person("p"), proposal("P1", sponsor="organisation:icb"))
    place.record(fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:pc"]))
    place.record(fact("proposal.listed", "proposal:P1", "2026-03-13", body="body:pc"))
    place.record(fact("body.member_appointed", "body:pc", "2026-03-13", member="person:p"))
    place.record(decision("D1", decision_makers=["body:pc"], meeting="meeting:M1", people=["person:p"]))
    place.record(fact("action.assigned", "action:A1", "2026-03-12", meeting="meeting:M1", item="9", owner="person:p"))
    place.record(fact("disagreement.raised", "disagreement:X1", "2026-03-12", about=["proposal:P1"]))
    return place


@pytest.mark.parametrize(
    "ask",
    [
        lambda place: place.agenda("pc", "2026-06-01"),
        lambda place: place.list("decision", body="pc", person="p", meeting="M1"),
        lambda place: place.list("decision", outcome="approved"),
        lambda place: place.list("decision", since="2026-01-01", until="2026-02-01"),
        lambda place: place.list("decision", state="in force", body="pc"),
        lambda place: place.list("action", body="pc"),
        lambda place: place.list("person", body="pc"),
        lambda place: place.list("body", person="p"),
        lambda place: place.search("d1"),
        lambda place: show(place.log, place.models, "D1", Asked(), NOW + timedelta(days=1)),
        lambda place: show(place.log, place.models, "organisation:icb", Asked(), NOW + timedelta(days=1)),
        lambda place: history(place.log, place.models, "organisation:icb", Asked(), NOW + timedelta(days=1)),
        lambda place: who_decided(place.log, place.models, "D1", Asked(), NOW + timedelta(days=1)),
        lambda place: who_decided(place.log, place.models, "M1#9", Asked(), NOW + timedelta(days=1)),
    ],
    ids=(
        "agenda things outcome dates state actions people bodies search show organisation history who-decided item"
    ).split(),
)
def test_no_question_scans_a_table(northmoor, ask):
    for statement, plan in plans(northmoor, ask):
        scans = [step for step in plan if step.startswith("SCAN") and not any(one in step for one in SMALL)]
        assert not scans, (statement, plan)


def test_of_what_very_many_facts_name_those_of_one_type_and_field_are_found_by_the_index(northmoor):
    northmoor.record(*(proposal(f"P{number}", sponsor="organisation:icb") for number in range(2, 240)))
    asked = plans(
        northmoor,
        lambda place: show(place.log, place.models, "organisation:icb", Asked(), NOW + timedelta(days=1)),
    )
    searches = [step for _, plan in asked for step in plan if "citations" in step]
    newest = [step for step in searches if "position<?" in step]
    assert newest, searches
    assert all("cited=? AND type=? AND field=?" in step for step in newest), newest


def plans(place, ask):
    """Each query that a question puts, and how the database answers it, step by step."""
    place.agenda("pc", "2026-06-01")  # what is caught up is no part of the question
    asked = []

    def watch(connection, _record, _proxy):
        connection.set_trace_callback(asked.append)

    engine = place.models._engine
    event.listen(engine, "checkout", watch)
    ask(place)
    event.remove(engine, "checkout", watch)
    with place.models.reading() as rows:
        rows.connection.dbapi_connection.set_trace_callback(None)
        found = [
            (statement, [row[3] for row in rows.connection.dbapi_connection.execute(f"EXPLAIN QUERY PLAN {statement}")])
            for statement in dict.fromkeys(asked)
            if statement.startswith("SELECT")
        ]
    assert found
    return found

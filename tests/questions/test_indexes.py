"""Whatever is asked, rows are found by an index: what a question costs does not grow with what it is not about."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from decisionlog.questions.point import Asked
from decisionlog.questions.show import show
from decisionlog.questions.who_decided import who_decided
from tests.scenario import NOW, body, decision, fact, organisation, person, proposal

SMALL = ("read_models", "search_v", "CONSTANT ROW", "(subquery-1)")
"""What may be scanned: a few rows a model, the index of words, which is one, and an empty list of things."""


@pytest.fixture
def northmoor(place):
    place.record(organisation("icb"), body("pc"), person("p"), proposal("P1", sponsor="organisation:icb"))
    place.record(fact("meeting.held", "meeting:M1", "2026-03-12", bodies=["body:pc"]))
    place.record(fact("proposal.listed", "proposal:P1", "2026-03-13", body="body:pc"))
    place.record(fact("body.member_appointed", "body:pc", "2026-03-13", member="person:p"))
    place.record(decision("D1", decision_makers=["body:pc"], meeting="meeting:M1", people=["person:p"]))
    place.record(fact("action.assigned", "action:A1", "2026-03-12", meeting="meeting:M1", owner="person:p"))
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
        lambda place: who_decided(place.log, place.models, "D1", Asked(), NOW + timedelta(days=1)),
    ],
    ids="agenda things outcome dates state actions people bodies search show who-decided".split(),
)
def test_no_question_scans_a_table(northmoor, ask):
    northmoor.agenda("pc", "2026-06-01")  # what is caught up is no part of the question
    asked = []

    def keep(_connection, _cursor, statement, parameters, _context, many):
        if statement.startswith("SELECT") and not many:
            asked.append((statement, parameters))

    engine = northmoor.models._engine
    event.listen(engine, "before_cursor_execute", keep)
    ask(northmoor)
    event.remove(engine, "before_cursor_execute", keep)
    assert asked
    with northmoor.models.reading() as rows:
        for statement, parameters in asked:
            plan = [row[3] for row in rows.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            scans = [step for step in plan if step.startswith("SCAN") and not any(one in step for one in SMALL)]
            assert not scans, (statement, plan)

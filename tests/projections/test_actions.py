"""Actions: who is to do what by when, and whether it was done."""

from __future__ import annotations

from decisionlog.projections.actions import actions
from tests.scenario import corrected, fact, person

A1 = "action:A1"


def at(asked, query, stream, *days, **known):
    return [next(iter(asked.held(query, [stream], day, **known)), None) for day in days]


def test_an_update_of_an_action_takes_the_place_of_what_it_gives(asked):
    asked.record(person("p"), person("q"))
    asked.record(
        fact("action.assigned", A1, "2026-03-01", what="a plan", owner="person:p", due="2026-04-30"),
        fact("action.updated", A1, "2026-03-10", owner="person:q", progress="late"),
        fact("action.completed", A1, "2026-04-01"),
    )
    found = at(asked, actions, A1, "2026-03-01", "2026-03-10", "2026-04-01")
    assert [(one.owner, one.due, one.progress, one.state) for one in found] == [
        ("person:p", "2026-04-30", "", "assigned"),
        ("person:q", "2026-04-30", "late", "assigned"),
        ("person:q", "2026-04-30", "late", "completed"),
    ]


def test_the_words_of_an_action_can_be_opened_where_it_says_also_when_corrected(asked):
    asked.record(fact("action.assigned", A1, "2026-03-01", what="a plan"))
    old = asked.held(actions, [A1])[0]
    asked.record(corrected(A1, "/what", "a plan", "a better plan"))
    new = asked.held(actions, [A1])[0]
    opened = {one.digest: one.value for one in asked.log.recorder.openings([old.what_position, new.what_position])}
    assert (opened[old.what], opened[new.what]) == ("a plan", "a better plan")

"""The acts of a meeting's file, found by their places: also of what was exported and begun from again."""

from __future__ import annotations

from decisionlog.projections import acts
from tests.scenario import decision


def at(place, ref):
    return {**decision(ref), "source": {"name": "march.yaml", "sha256": "0" * 64, "place": place}}


def places(asked, gathering):
    with asked.reading() as rows:
        return [(act.place, act.stream, act.n) for act in acts.acts_within(rows, gathering)]


def test_the_acts_of_one_meeting_are_found_and_no_others(asked):
    asked.record(
        at("meeting NLB-1, item 1, decision 1", "D1"),
        at("meeting NLB-10, item 1, decision 1", "D2"),
        at("meeting NLB-1", "D3"),
        at("meeting NLB-1-a, item 1", "D4"),
    )
    assert places(asked, "meeting NLB-1") == [
        ("meeting NLB-1, item 1, decision 1", "decision:D1", 1),
        ("meeting NLB-1", "decision:D3", 1),
    ]


def test_what_comes_from_another_source_is_no_act(asked):
    asked.record(at("row 12", "D1"), at("correction of meeting NLB-1, item 1", "D2"), decision("D3"))
    with asked.reading() as rows:
        assert rows.exec_driver_sql("SELECT count(*) FROM acts").scalar() == 0

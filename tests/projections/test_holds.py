"""Holds: what was ever kept from being erased."""

from __future__ import annotations

from decisionlog.projections.holds import held_streams
from tests.scenario import about, fact, proposal


def test_each_thing_on_which_a_hold_was_placed_is_found_once_as_far_as_was_known(asked):
    asked.record(proposal("P1"), proposal("P2"))
    asked.record(fact("record.hold_placed", "proposal:P2"), fact("record.hold_placed", "proposal:P1"))
    asked.record(about("proposal:P2", "record.hold_lifted", of=2), fact("record.hold_placed", "proposal:P2"))
    asked.counts()
    with asked._models.reading() as rows:
        assert held_streams(rows, 7) == ["proposal:P2", "proposal:P1"]
        assert held_streams(rows, 4) == ["proposal:P2"]
        assert held_streams(rows, 3) == []

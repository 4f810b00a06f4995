"""What one act newly trips: the findings about what it concerns, as known before it and with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from decisionlog.bootstrap import MODELS
from decisionlog.questions.newly_found import newly_found
from decisionlog.settings import BUILT_IN
from decisionlog.store.catch_up import ReadModels
from tests.scenario import NOW, body, engine_for, fact, new_log, proposal, record


@pytest.fixture
def log():
    made = new_log()
    record(made, body("nlb"), body("cab"), proposal("P1", title="Beds"), now=NOW - timedelta(hours=1))
    return made


def decided(log, ref, outcome, proposal_ref="P1"):
    data = {"proposals": [{"proposal": f"proposal:{proposal_ref}"}], "outcome": outcome}
    plain = fact("decision.taken", f"decision:{ref}", "2026-05-01", decision_makers=["body:nlb"], **data)
    return record(log, plain).receipt.first


def found(log, first, last=None):
    models = ReadModels(log, engine_for(log), MODELS)
    models.catch_up()
    try:
        return newly_found(log, models, first, last or first, NOW, BUILT_IN)
    finally:
        models.close()


def rules(findings):
    return {one.rule for one in findings}


def test_two_opposite_decisions_of_one_matter_are_told_with_the_second(log):
    first, second = decided(log, "D1", "approved"), decided(log, "D2", "rejected")
    assert "GL46" not in rules(found(log, first).appear)
    conflict = next(one for one in found(log, second).appear if one.rule == "GL46")
    assert set(conflict.evidence) == {first, second}


def test_it_is_told_also_where_somebody_recorded_since(log):
    decided(log, "D1", "approved")
    second = decided(log, "D2", "rejected")
    record(log, proposal("P2", title="Wards"))
    assert "GL46" in rules(found(log, second).appear)


def test_another_matter_is_no_matter_of_it(log):
    record(log, proposal("P2", title="Wards"))
    decided(log, "D1", "approved")
    decided(log, "D2", "rejected")
    assert "GL46" not in rules(found(log, decided(log, "D3", "approved", "P2")).appear)


def test_what_an_act_mends_is_told_as_well(log):
    decided(log, "D1", "approved")
    second = decided(log, "D2", "rejected")
    retracted = fact("record.retracted", "decision:D2", reason="the wrong file")
    retracted |= {"of": {"stream": "decision:D2", "n": 1}}
    changed = found(log, record(log, retracted).receipt.first)
    assert "GL46" in rules(changed.vanish)
    assert second in {position for one in changed.vanish for position in one.evidence}
    assert "GL46" not in rules(changed.appear)


def test_what_is_named_in_a_finding_has_its_name(log):
    decided(log, "D1", "approved")
    assert found(log, decided(log, "D2", "rejected")).names["proposal:P1"] == "Beds"

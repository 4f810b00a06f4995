from __future__ import annotations

import pytest

from decisionlog.commands.conditions import numbered
from decisionlog.domain.refusals import BadInput, NotFound, Refusal
from tests.commands.acting import acted, asked, sign
from tests.scenario import decision, organisation, proposal

P1 = "proposal:P1"
FUNDED = sign("P1", "support-with-conditions", conditions=[{"id": "C1", "words": "the money is there"}])
GIVEN = (organisation("council"), organisation("trust"), proposal("P1", on="2026-03-12"), FUNDED)


def became(what="discharged", condition="C1", **more):
    return asked(f"condition.{what}", "P1", condition=condition, **more)


@pytest.mark.parametrize("what", ["accepted", "refused", "discharged", "failed", "waived"])
def test_what_became_of_a_condition_names_the_fact_that_states_it(what):
    acted(*GIVEN).when(became(what)).then(f"condition.{what}", stream=P1, of={"stream": P1, "n": 2}, condition="C1")


def test_conditions_of_decisions_are_discharged_too():
    case = acted(decision("D1", conditions=[{"id": "a", "words": "x"}]))
    case.when(asked("condition.waived", "D1", condition="A")).then(
        "condition.waived", of={"stream": "decision:D1", "n": 1}
    )


def test_a_condition_that_nobody_stated_is_not_found():
    acted(*GIVEN).when(became(condition="C2")).refused("P1 has no condition 'C2'. Its conditions are: C1.", NotFound)
    acted(proposal("P1")).when(became()).refused("No condition of it is recorded.", NotFound)


def test_of_several_conditions_of_one_id_the_one_that_is_meant_is_named():
    other = sign("P1", "support-with-conditions", partner="trust", conditions=[{"id": "C1", "words": "staff"}])
    case = acted(*GIVEN, other)
    case.when(became()).refused("@5 (organisation:council), @6 (organisation:trust). Say which, with --fact.", BadInput)
    case.when(became(fact=6)).then("condition.discharged", of={"stream": P1, "n": 3})
    case.when(became(fact=4)).refused("P1 has no condition 'C1' stated by @4", NotFound)


def test_a_condition_is_discharged_once():
    case = acted(*GIVEN, became(on="2026-03-30"))
    case.when(became(on="2026-03-31")).refused("Condition C1 of P1 was discharged already on 2026-03-30 [6]", Refusal)
    case.when(became(on="2026-03-31", again=True)).then("condition.discharged")


def test_a_discharge_that_fell_away_can_be_made_again():
    acted(*GIVEN, became(), became("failed")).when(became()).then("condition.discharged")


@pytest.mark.parametrize(
    ("given", "taken", "ids"),
    [
        ([{}, {}], [], ["C1", "C2"]),
        ([{}, {"id": "C1"}, {}], [], ["C2", "C1", "C3"]),
        ([{}, {"id": "c7"}], [], ["C1", "c7"]),
        ([{}], ["C4", "funding"], ["C5"]),
    ],
)
def test_conditions_without_an_id_are_numbered(given, taken, ids):
    assert [condition["id"] for condition in numbered({"conditions": given}, taken)["conditions"]] == ids


def test_what_are_no_conditions_is_left_to_be_refused():
    assert numbered({"conditions": "none", "x": 1}) == {"conditions": "none", "x": 1}
    assert numbered({"conditions": ["words"]}) == {"conditions": ["words"]}

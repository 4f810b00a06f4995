from __future__ import annotations

import pytest

from decisionlog.domain.refusals import NotFound, Refusal
from tests.commands.acting import acted, asked
from tests.scenario import about, body, decision, fact, organisation, proposal

D1, P1 = "decision:D1", "proposal:P1"
TAKEN = decision("D1", outcome="approved")
SUBMITTED = proposal("P1")


@pytest.mark.parametrize(
    "type_name",
    ["decision.ratified", "decision.rescinded", "decision.superseded", "decision.published", "decision.varied",
     "decision.reported_back", "decision.implemented", "decision.called_in", "decision.lapsed"],
)  # fmt: skip
def test_what_happened_to_a_decision_names_the_decision(type_name):
    case = acted(TAKEN, fact("decision.published", D1)).when(asked(type_name, "D1", on="2026-04-01"))
    case.then(type_name, stream=D1, of={"stream": D1, "n": 1}, on="2026-04-01").noted()


def test_what_ends_a_proposal_names_its_newest_version():
    case = acted(SUBMITTED, fact("proposal.revised", P1, "2026-03-20"))
    case.when(asked("proposal.withdrawn", "P1")).then("proposal.withdrawn", of={"stream": P1, "n": 2})


def test_a_concluded_call_in_names_the_call_in():
    called_in = asked("decision.called_in", "D1")
    acted(TAKEN, fact("decision.published", D1), called_in).when(asked("decision.call_in_concluded", "D1")).then(
        "decision.call_in_concluded", of={"stream": D1, "n": 3}
    )
    acted(TAKEN).when(asked("decision.call_in_concluded", "D1")).refused(
        "That D1 was called in is not recorded", Refusal
    )


@pytest.mark.parametrize(
    ("type_name", "said"),
    [
        ("decision.ratified", "ratified"),
        ("decision.not_ratified", "not ratified"),
        ("decision.rescinded", "rescinded"),
        ("decision.superseded", "superseded"),
        ("decision.implemented", "implemented"),
        ("decision.called_in", "called in"),
    ],
)
def test_what_is_so_already_is_recorded_only_where_it_is_asked_for_again(type_name, said):
    case = acted(TAKEN, asked(type_name, "D1", on="2026-04-01"))
    case.when(asked(type_name, "D1", on="2026-04-02")).refused(
        f"D1 was {said} already on 2026-04-01 [3], recorded on 2026-06-01", Refusal
    )
    case.when(asked(type_name, "D1", on="2026-04-02", again=True)).then(type_name)


@pytest.mark.parametrize("type_name", ["decision.published", "decision.reported_back", "decision.varied"])
def test_what_can_happen_often_is_recorded_often(type_name):
    acted(TAKEN, asked(type_name, "D1")).when(asked(type_name, "D1")).then(type_name)


def test_what_was_done_in_part_can_be_done_again():
    part = asked("decision.implemented", "D1", wholly=False)
    acted(TAKEN, part).when(asked("decision.implemented", "D1", wholly=True)).then("decision.implemented")


def test_what_was_undone_can_happen_again():
    concluded = asked("decision.call_in_concluded", "D1")
    acted(TAKEN, asked("decision.called_in", "D1"), concluded).when(asked("decision.called_in", "D1")).then(
        "decision.called_in"
    )
    withdrawn, revised = asked("proposal.withdrawn", "P1"), fact("proposal.revised", P1)
    acted(SUBMITTED, withdrawn, revised).when(withdrawn).then("proposal.withdrawn", of={"stream": P1, "n": 3})


def test_what_was_retracted_is_not_so():
    acted(TAKEN, asked("decision.ratified", "D1"), about(D1, "record.retracted", of=2)).when(
        asked("decision.ratified", "D1")
    ).then("decision.ratified")


def test_a_contrary_answer_is_recorded_and_noted():
    acted(TAKEN, asked("decision.not_ratified", "D1", on="2026-04-01")).when(asked("decision.ratified", "D1")).then(
        "decision.ratified"
    ).noted("D1 was not ratified on 2026-04-01 [3]; both are kept")


def test_what_comes_before_the_beginning_or_after_the_end_is_recorded_and_noted():
    acted(TAKEN).when(asked("decision.published", "D1", on="2026-03-19")).then("decision.published").noted(
        "2026-03-19 is before D1 was taken on 2026-03-20 [2]"
    )
    acted(TAKEN, asked("decision.rescinded", "D1", on="2026-04-01")).when(
        asked("decision.implemented", "D1", on="2026-04-02")
    ).then("decision.implemented").noted("D1 was rescinded on 2026-04-01 [3], before this")


def test_a_second_end_of_another_kind_is_recorded_and_noted():
    acted(TAKEN, asked("decision.rescinded", "D1")).when(asked("decision.superseded", "D1")).then(
        "decision.superseded"
    ).noted("D1 was rescinded [3], before this")


def test_a_revocation_names_the_grant():
    granted = fact("delegation.granted", "delegation:L1", delegator="body:b", delegates=["body:c"])
    case = acted(body("b"), body("c"), granted, fact("delegation.varied", "delegation:L1"))
    case.when(asked("delegation.revoked", "L1")).then("delegation.revoked", of={"stream": "delegation:L1", "n": 1})


def test_a_thing_is_found_by_whatever_it_is_called():
    case = acted(TAKEN, fact("record.renumbered", D1, ref="NLB/25-26/031"))
    case.when(asked("decision.published", "nlb/25 26/031")).then("decision.published", stream=D1)
    case.when(asked("decision.published", "@2")).then("decision.published", stream=D1)
    case.when(asked("decision.published", "decision:d1")).then("decision.published", stream=D1)


def test_what_is_not_there_is_not_found_and_what_was_meant_is_said():
    case = acted(organisation("council"), decision("NLB/031"), proposal("NLB/P14"))
    case.when(asked("decision.ratified", "NLB/032")).refused(
        "No decision here is called 'NLB/032'. Did you mean decision:NLB/031?", NotFound
    )
    case.when(asked("decision.ratified", "NLB/P14")).refused(
        "'NLB/P14' is of kind proposal; this is about decision.", NotFound
    )
    case.when(asked("decision.ratified", "body:x")).refused(
        "'body:x' is of kind body; this is about decision.", NotFound
    )
    case.when(asked("decision.ratified", "@2")).refused("'@2' is of kind organisation", NotFound)
    case.when(asked("decision.ratified", "@99")).refused("no fact at position 99; the log has 4", NotFound)


def test_a_new_version_names_what_it_brings_back():
    revised = asked("proposal.revised", "P1", on="2026-04-01", version="2")
    acted(SUBMITTED).when(revised).then("proposal.revised", of={"stream": P1, "n": 1})
    for over in ("proposal.withdrawn", "proposal.deferred", "proposal.lapsed"):
        acted(SUBMITTED, fact("proposal.revised", P1, "2026-03-20"), asked(over, "P1", on="2026-03-30")).when(
            revised
        ).then("proposal.revised", of={"stream": P1, "n": 3}).noted()


def test_a_resumption_names_the_suspension():
    granted = fact("delegation.granted", "delegation:L1")
    resumed = asked("delegation.resumed", "L1")
    acted(granted, fact("delegation.suspended", "delegation:L1")).when(resumed).then(
        "delegation.resumed", of={"stream": "delegation:L1", "n": 2}
    )
    acted(granted).when(resumed).refused("That L1 was suspended is not recorded", Refusal)


@pytest.mark.parametrize("type_name", ["decision.published", "decision.reported_back"])
def test_what_may_rightly_come_after_the_end_is_not_odd(type_name):
    acted(TAKEN, asked("decision.rescinded", "D1", on="2026-04-01")).when(asked(type_name, "D1", on="2026-04-02")).then(
        type_name
    ).noted()


def test_dissent_is_minuted_after_a_disagreement_was_overruled():
    raised = fact("disagreement.raised", "disagreement:G1", "2026-03-01", about=[P1])
    overruled = asked("disagreement.overruled", "G1", on="2026-03-12")
    acted(SUBMITTED, raised, overruled).when(asked("disagreement.dissent_recorded", "G1", on="2026-03-12")).then(
        "disagreement.dissent_recorded", of={"stream": "disagreement:G1", "n": 1}
    ).noted()

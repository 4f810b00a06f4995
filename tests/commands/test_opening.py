from __future__ import annotations

import pytest

from decisionlog.commands.one_fact import decide
from decisionlog.commands.record_facts import RecordFacts, record_facts
from decisionlog.domain.refusals import BadInput, Conflict, Mistakes, NotFound, Refusal, Taken
from tests.commands.acting import acted, asked, sign
from tests.scenario import BY, NOW, about, body, decision, fact, given, organisation, person, proposal

NLB = body("nlb", short_name="NLB")
CABINET = body("cabinet", short_name="CAB")
COUNCIL = organisation("council")


def taken(**data):
    return asked(
        "decision.taken", **{"on": "2026-03-12", "decision_makers": ["cabinet"], "outcome": "approved", **data}
    )


@pytest.mark.parametrize(
    ("act", "ref"),
    [
        (taken(), "CAB/25-26/001"),
        (taken(issuer="nlb"), "NLB/25-26/001"),
        (taken(on=None), "CAB/26-27/001"),
        (taken(on="2026-03-31T23:30:00Z"), "CAB/26-27/001"),  # by the clocks of the log it is April already
        (taken(on="2026-03"), "CAB/25-26/001"),
        (taken(ref="X1"), "X1"),
        (asked("proposal.submitted", on="2026-03-12", sponsor="body:nlb"), "NLB/25-26/P01"),
        (asked("delegation.granted", on="2026-03-12", delegator="cabinet", delegates=["nlb"]), "CAB/25-26/L01"),
        (asked("action.assigned", on="2026-03-12", organisation="council"), "council/25-26/A01"),
        (asked("action.assigned", on="2026-03-12", decision="NPB/25-26/004"), "NPB/25-26/A01"),
        (asked("disagreement.raised", "NPB/25-26/P14", on="2026-03-12", grounds="x"), "NPB/25-26/D01"),
        (asked("disagreement.raised", "P2", on="2026-03-12", on_behalf_of=["council"]), "council/25-26/D01"),
    ],
)  # fmt: skip
def test_what_has_no_reference_is_numbered_by_whom_it_comes_from(act, ref):
    there = (NLB, CABINET, COUNCIL, decision("NPB/25-26/004"), proposal("NPB/25-26/P14"), proposal("P2"))
    acted(*there).when(act).then(act.type, ref=ref, stream=f"{act.type.partition('.')[0]}:{ref}")


def test_the_next_number_follows():
    acted(CABINET, taken(), taken(outcome="noted")).when(taken()).then("decision.taken", ref="CAB/25-26/003")


def test_where_nothing_says_who_numbers_a_reference_is_asked_for():
    acted().when(asked("proposal.submitted", title="T")).refused("Nothing says who numbers it; give --ref", BadInput)
    acted(person("p-001")).when(asked("proposal.submitted", sponsor="p-001")).refused("Nothing says", BadInput)
    acted(COUNCIL).when(asked("proposal.submitted", sponsor="counci")).refused(
        "Nothing here is called 'counci'. Did you mean organisation:council?", BadInput
    )


def test_a_reference_that_is_taken_is_refused_with_when_and_where():
    case = acted(CABINET, decision("D1", outcome="approved"))
    case.when(taken(ref="d1")).refused(
        "D1 was approved already on 2026-03-20 [3], recorded on 2026-06-01. Record what happened to it since", Taken
    )


def test_another_thing_of_the_same_reference_is_kept_beside_the_first_where_that_is_asked_for():
    acted(CABINET, decision("D1", outcome="approved")).when(taken(ref="D1", again=True)).then(
        "decision.taken", stream="decision:D1~2", ref="D1"
    )


def test_an_equal_reference_of_another_issuer_is_another_thing():
    there = fact("decision.taken", "decision:D1", ref="D1", issuer="body:nlb")
    acted(NLB, CABINET, there).when(taken(ref="D1", issuer="cabinet")).then("decision.taken", stream="decision:D1~2")
    acted(NLB, CABINET, there).when(taken(ref="D1", issuer="nlb")).refused("D1 was taken already", Refusal)


def test_a_number_that_somebody_else_may_have_taken_is_not_recorded():
    log = acted(CABINET).log
    decided = decide(log, taken())
    record_facts(log, RecordFacts(decide(log, taken(outcome="noted")).facts, BY, NOW))
    with pytest.raises(Conflict, match="somebody recorded in the meantime"):
        record_facts(log, RecordFacts(decided.facts, BY, NOW, size=decided.size))


def test_a_decision_that_was_made_on_what_stood_before_is_not_recorded():
    log = acted(COUNCIL, proposal("P1")).log
    decided = decide(log, sign("P1"))
    given(fact("proposal.revised", "proposal:P1", version="2"), log=log)
    with pytest.raises(Conflict, match="proposal:P1 has changed: it was at version 1 and is at 2"):
        record_facts(log, RecordFacts(decided.facts, BY, NOW, expected=decided.expected))


def test_a_decision_keeps_the_version_of_each_proposal_that_was_before_it():
    there = (CABINET, proposal("P1", version="1"), fact("proposal.revised", "proposal:P1", version="2"), proposal("P2"))
    proposals = [{"proposal": "p1"}, {"proposal": "P2"}]
    acted(*there).when(taken(proposals=proposals)).then(
        "decision.taken", proposals=[{"proposal": "proposal:P1", "version": "2"}, {"proposal": "proposal:P2"}]
    )
    acted(*there).when(taken(proposals=[{"proposal": "P1", "version": "1"}])).then(
        "decision.taken", proposals=[{"proposal": "proposal:P1", "version": "1"}]
    )


def test_a_decision_on_what_is_not_there_is_not_found():
    acted(CABINET, proposal("P14")).when(taken(proposals=[{"proposal": "P15"}])).refused(
        "Did you mean proposal:P14", NotFound
    )


def test_a_decision_relies_on_its_authority_for_the_one_organisation_that_it_binds():
    there = (CABINET, COUNCIL, organisation("icb"), fact("delegation.granted", "delegation:L1"))
    authority = [{"delegation": "L1"}]
    acted(*there).when(taken(on_behalf_of=["council"], authority=authority)).then(
        "decision.taken", authority=[{"delegation": "delegation:L1", "on_behalf_of": ["organisation:council"]}]
    )
    acted(*there).when(taken(on_behalf_of=["council", "icb"], authority=authority)).then(
        "decision.taken", authority=[{"delegation": "delegation:L1"}]
    )


def test_a_decision_that_is_odd_in_time_is_recorded_and_noted():
    withdrawn = fact("proposal.withdrawn", "proposal:P1", "2026-03-01")
    case = acted(body("cabinet", on="2026-04-01"), proposal("P1", on="2026-02-01"), withdrawn)
    case.when(taken(proposals=[{"proposal": "P1"}])).then("decision.taken").noted(
        "P1 was withdrawn on 2026-03-01 [4], before this",
        "2026-03-12 is before cabinet was constituted on 2026-04-01 [2]",
    )


def test_what_else_is_wrong_is_told_when_it_is_recorded():
    acted(CABINET).when(taken(outcome="aproved", on="31/02/2026")).refused("Did you mean 'approved'?", Mistakes)
    acted(CABINET).when(taken(decision_makers=["cabinett"], ref="D1")).refused("Did you mean body:cabinet?", Mistakes)


# Disagreeing


def test_a_disagreement_is_about_the_newest_version_and_beside_the_position_that_expresses_it():
    there = (COUNCIL, NLB, proposal("P1", version="1"), fact("proposal.revised", "proposal:P1", version="2"))
    raised = asked("disagreement.raised", "P1", on_behalf_of=["council"], grounds="no carers", ref="D1")
    acted(*there, sign("P1", "object")).when(raised).then(
        "disagreement.raised", about=["proposal:P1"], version="2", expressed_in={"stream": "proposal:P1", "n": 3}
    )
    acted(*there, sign("P1", "support")).when(raised).then("disagreement.raised", version="2").without("expressed_in")


def test_one_may_disagree_with_a_decision():
    raised = asked("disagreement.raised", "D9", on="2026-03-19", on_behalf_of=["council"], ref="X1")
    acted(COUNCIL, decision("D9")).when(raised).then("disagreement.raised", about=["decision:D9"]).noted(
        "before D9 was taken"
    )


# Delegating


def granted(delegator="board", delegates=("committee",), **data):
    return asked(
        "delegation.granted",
        on="2026-03-12",
        **{"ref": "L2", "delegator": delegator, "delegates": list(delegates), **data},
    )


PARENT = fact(
    "delegation.granted", "delegation:L1", "2025-04-01", ref="L1", delegator="body:board", delegates=["body:committee"],
    limits=[{"money": {"amount": 50_000_000, "currency": "GBP"}, "operator": "<="}], until="2026-04-01",
)  # fmt: skip
BODIES = (body("board"), body("committee"), body("panel"), person("p-001"), PARENT)
UNDER = {"delegator": "committee", "delegates": ["panel"], "parent": "L1"}


def money(amount, currency="GBP"):
    return [{"money": {"amount": amount, "currency": currency}}]


def test_nobody_delegates_to_themselves():
    case = acted(*BODIES)
    case.when(granted("board", ["body:board"])).refused("body:board cannot delegate to itself", Refusal)
    case.when(granted("board", ["board", "committee"])).then("delegation.granted")


def test_a_grant_within_its_parent_is_recorded_without_a_word():
    acted(*BODIES).when(granted(**UNDER, limits=money(50_000_000))).then(
        "delegation.granted", parent="delegation:L1"
    ).noted()


@pytest.mark.parametrize(
    ("more", "noted"),
    [
        ({"limits": money(90_000_000)}, "beyond the giver's own limit: 900,000 GBP against 500,000 GBP under L1"),
        ({"delegates": ["board"]}, "body:board gave this power under L1 and now has it back"),
        ({"delegator": "panel", "delegates": ["person:p-001"]}, "L1 does not give the power to body:panel"),
    ],
)
def test_a_grant_that_is_more_than_the_giver_has_is_recorded_and_noted(more, noted):
    acted(*BODIES).when(granted(**{**UNDER, **more})).then("delegation.granted").noted(noted)


def test_limits_of_another_currency_are_not_compared():
    acted(*BODIES).when(granted(**UNDER, limits=money(90_000_000, "EUR"))).then("delegation.granted").noted()


def test_a_grant_under_what_had_ended_is_recorded_and_noted():
    revoked = fact("delegation.revoked", "delegation:L1", "2026-03-01")
    acted(*BODIES, revoked).when(granted(**UNDER)).then("delegation.granted").noted("L1 was revoked on 2026-03-01 [7]")
    late = asked("delegation.granted", on="2026-04-01", ref="L2", **UNDER)
    acted(*BODIES).when(late).then("delegation.granted").noted("L1 was in force until 2026-04-01")
    early = asked("delegation.granted", on="2025-03-31", ref="L2", **UNDER)
    acted(*BODIES).when(early).then("delegation.granted").noted("L1 was not yet in force on 2025-03-31")


def test_a_chain_that_already_goes_in_a_circle_ends():
    circle = about("delegation:L1", "record.corrected", changes=[{"path": "/parent", "now": "delegation:L1"}])
    acted(*BODIES, circle).when(granted(**UNDER)).then("delegation.granted").noted()

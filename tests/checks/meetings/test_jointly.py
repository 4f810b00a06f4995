from __future__ import annotations

import pytest

from decisionlog.checks.determinations import determination
from decisionlog.checks.meetings.jointly import told_of_parents
from tests.checks.clean import POUNDS_400K, fact
from tests.checks.histories import clean, sentence

ICB, COUNCIL, TRUST = "organisation:icb", "organisation:council", "organisation:trust"
PARENTS = [{"parent": ICB}, {"parent": COUNCIL}]


def pooled(**more):
    data = {"ref": "BCF", "kind": "pooled", "parties": [ICB, COUNCIL], **more}
    return fact("fund.established", "fund:BCF", "2025-04-01", **data)


def joint(kind="joint-committee", **more):
    """The committee is the ICB's and the council's; for the ICB alone, it spent what both pooled."""
    place = clean().but("committee", kind=kind, parents=PARENTS)
    return place.but("D1", value=[{**POUNDS_400K, "fund": "fund:BCF"}], **more).also(BCF=pooled())


def own(on="2026-03-10", **more):
    data = {
        "decision_makers": ["organisation:council"],
        "on_behalf_of": [COUNCIL],
        "outcome": "approved",
        "proposals": [{"proposal": "proposal:P1", "version": "1"}],
        **more,
    }
    return fact("decision.taken", "decision:C1", on, ref="C1", **data)


def found(place, **asked):
    return place.says_something("GL27", **asked)


@pytest.mark.parametrize("kind", ["joint-committee", "committees-in-common"])
def test_to_spend_pooled_money_for_one_side_alone_is_told(kind):
    place = joint(kind)
    one = found(place)
    assert sentence(one) == "it uses fund:BCF, and organisation:council has not decided on it"
    assert place._named(one.evidence) == ["D1", "BCF"]
    assert one.severity == "error"


def test_what_binds_all_whose_money_it_is_is_fine():
    joint(on_behalf_of=[ICB, COUNCIL]).says_nothing("GL27")
    joint(on_behalf_of=None).says_nothing("GL27")


def test_to_bind_a_body_of_a_parent_binds_the_parent():
    cabinet = fact("body.constituted", "body:cabinet", "2002-05-01", ref="cabinet", parents=[{"parent": COUNCIL}])
    joint(on_behalf_of=[ICB, "body:cabinet"]).also(cabinet=cabinet).says_nothing("GL27")


def test_other_money_and_other_bodies_are_not_asked():
    joint().but("BCF", kind="own").says_nothing("GL27")
    joint().but("BCF", parties=[ICB, TRUST]).says_nothing("GL27")
    joint().but("BCF", parties=None).says_nothing("GL27")
    joint("committee").says_nothing("GL27")
    joint(outcome="noted").says_nothing("GL27")
    joint(outcome="rejected").says_nothing("GL27")
    joint().but("committee", parents=[{"parent": ICB}]).says_nothing("GL27")


def test_the_parties_of_that_day_count():
    left = fact("fund.parties_changed", "fund:BCF", "2026-03-12", parties_left=[COUNCIL])
    joint().also(left=left).says_nothing("GL27")
    found(joint().also(left=left).but("left", on="2026-03-13"))
    joined = fact("fund.parties_changed", "fund:BCF", "2026-03-12", parties_joined=[COUNCIL])
    place = joint().but("BCF", parties=[ICB]).also(joined=joined)
    assert place._named(found(place).evidence) == ["D1", "BCF", "joined"]
    place.but("joined", on="2026-03-13").says_nothing("GL27")
    again = fact("fund.parties_changed", "fund:BCF", "2026-03-01", parties_joined=[TRUST])
    third = joint().also(again=again)
    assert third._named(found(third).evidence) == ["D1", "BCF"]


def test_a_parent_that_decided_itself_is_not_left_out():
    joint().also(C1=own()).says_nothing("GL27")
    joint().also(C1=own("2026-03-12")).says_nothing("GL27")
    late = joint().also(C1=own("2026-04-20"))
    found(late, on="2026-04-20T12:00:00+01:00")
    late.says_nothing("GL27", on="2026-04-21")
    found(joint().also(C1=own(outcome="noted")))
    found(joint().also(C1=own(proposals=[])))


def duty(holder=COUNCIL):
    return fact("function.duty_placed", "function:care", "2022-07-01", holder=holder)


CARE = fact("function.catalogued", "function:care", "2022-07-01", ref="care", name="Care")


def test_to_use_the_function_of_another_parent_is_told():
    place = joint(functions=["function:care"]).also(care=CARE, theirs=duty()).but("BCF", kind="own")
    one = found(place)
    assert sentence(one) == "it uses function:care, and organisation:council has not decided on it"
    assert place._named(one.evidence) == ["D1", "theirs"]
    place.but("theirs", holder=ICB).says_nothing("GL27")
    place.also(both=duty(ICB)).says_nothing("GL27")
    place.but("theirs", holder=TRUST).says_nothing("GL27")
    place.but("theirs", on="2026-03-13").says_nothing("GL27")


def test_a_parent_that_has_ended_is_not_left_out():
    ended = fact("organisation.dissolved", COUNCIL, "2026-03-12")
    joint().also(ended=ended).says_nothing("GL27")
    found(joint().also(ended=ended).but("ended", on="2026-03-13"))


# Whether the body was ever set up by all its parents


def set_up(outcome="approved", **more):
    """The council's cabinet is said to have set the committee up by this decision."""
    resolved = fact(
        "decision.taken", "decision:SET", "2025-03-01", ref="SET", decision_makers=[COUNCIL], outcome=outcome, **more
    )
    parents = [{"parent": ICB}, {"parent": COUNCIL, "by_decision": "decision:SET"}]
    return joint(on_behalf_of=[ICB, COUNCIL]).but("committee", parents=parents).also(resolved=resolved)


@pytest.mark.parametrize("outcome", ["noted", "rejected", "deferred", "no-decision"])
def test_a_parent_that_only_noted_the_body_or_declined_never_set_it_up(outcome):
    place = set_up(outcome)
    one = found(place)
    told = outcome.replace("-", " ")
    assert sentence(one) == (
        f"organisation:council never resolved to set up body:committee: the outcome of decision:SET was '{told}'"
    )
    assert place._named(one.evidence) == ["D1", "resolved", "committee"]


def test_a_parent_that_resolved_or_of_which_nothing_is_recorded_is_not_told():
    set_up().says_nothing("GL27")
    set_up().but("resolved", outcome=None).says_nothing("GL27")
    found(set_up(asked_to="note"))


def test_what_is_wrong_with_the_body_is_told_once():
    later = {**clean().facts["D1"], "stream": "decision:D2", "on": "2026-03-13"}
    later["data"] = {**later["data"], "ref": "D2", "on_behalf_of": [ICB, COUNCIL], "meeting": "meeting:M2"}
    place = set_up("noted").also(D2=later)
    assert [one.subject for one in place.findings("GL27")] == ["decision:D1"]
    place = set_up("noted").also(D2=later).but("D1", outcome="noted")
    assert [one.subject for one in place.findings("GL27")] == ["decision:D2"]


# What exactly is used, by whom, and until when


def test_a_decision_that_was_retracted_uses_nothing():
    gone = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 1})
    joint().also(gone=gone).says_nothing("GL27")


def test_the_first_pooled_fund_of_several_that_it_is_a_party_to_is_told():
    other = fact("fund.established", "fund:OTHER", "2025-04-01", ref="OTHER", kind="pooled", parties=[ICB, TRUST])
    sums = [{**POUNDS_400K, "fund": "fund:OTHER"}, POUNDS_400K, {**POUNDS_400K, "fund": "fund:BCF"}]
    place = joint().also(other=other).but("D1", value=sums)
    assert sentence(found(place)) == "it uses fund:BCF, and organisation:council has not decided on it"


def test_each_parent_that_was_left_out_is_told():
    parents = [*PARENTS, {"parent": TRUST}]
    place = joint().but("committee", parents=parents).but("BCF", parties=[ICB, COUNCIL, TRUST])
    told = [sentence(one) for one in place.findings("GL27")]
    assert told == [f"it uses fund:BCF, and {one} has not decided on it" for one in (COUNCIL, TRUST)]
    place.but("BCF", parties=[ICB, TRUST]).says_something("GL27")


def test_only_bodies_that_are_joint_are_asked_of_several_that_decide():
    place = joint(decision_makers=["body:board", "body:committee"])
    found(place)


def test_the_first_parent_s_own_decision_of_several_ends_it():
    earlier = {**own("2026-04-10"), "stream": "decision:C2"}
    earlier["data"] = {**earlier["data"], "ref": "C2"}
    late = joint().also(C1=own("2026-04-20"), C2=earlier)
    found(late, on="2026-04-10T12:00:00+01:00")
    late.says_nothing("GL27", on="2026-04-11")


def test_who_left_and_joined_again_is_a_party_and_who_was_none_and_left_is_none():
    left = fact("fund.parties_changed", "fund:BCF", "2026-02-01", parties_left=[COUNCIL])
    again = fact("fund.parties_changed", "fund:BCF", "2026-03-01", parties_joined=[COUNCIL])
    place = joint().also(again=again, left=left)
    assert place._named(found(place).evidence) == ["D1", "BCF", "left", "again"]
    both = fact("fund.parties_changed", "fund:BCF", "2026-03-01", parties_joined=[COUNCIL], parties_left=[COUNCIL])
    found(joint().also(both=both))


def test_a_function_that_another_parent_has_as_well_is_not_used_for_one_side_alone():
    place = joint(functions=["function:care"]).also(care=CARE, theirs=duty(), others=duty(TRUST))
    place.but("BCF", kind="own").says_something("GL27")
    place.but("BCF", kind="own").also(ours=duty(ICB)).says_nothing("GL27")


def test_the_first_function_of_several_that_is_none_of_the_others_is_told():
    place = joint(functions=["function:discharge", "function:care"]).also(care=CARE, theirs=duty())
    assert sentence(found(place.but("BCF", kind="own"))).startswith("it uses function:care, and")
    joint(functions=None).but("BCF", kind="own").says_nothing("GL27")
    joint(functions=None).but("D1", value=None).says_nothing("GL27")


def test_a_body_of_a_parent_that_has_the_function_has_it_for_the_parent():
    cabinet = fact("body.constituted", "body:cabinet", "2002-05-01", ref="cabinet", parents=[{"parent": COUNCIL}])
    place = joint(functions=["function:care"]).also(cabinet=cabinet, care=CARE, theirs=duty("body:cabinet"))
    found(place.but("BCF", kind="own"))


# By what the body was set up


def test_a_parent_of_which_no_decision_is_named_is_not_asked_whether_it_resolved():
    place = set_up("noted")
    place.but("committee", parents=PARENTS).says_nothing("GL27")
    gone = fact("record.retracted", "decision:SET", None, of={"stream": "decision:SET", "n": 1})
    place.also(gone=gone).says_nothing("GL27")


def test_each_parent_that_never_resolved_is_told():
    resolved = fact(
        "decision.taken", "decision:SET2", "2025-03-01", ref="SET2", decision_makers=[ICB], outcome="deferred"
    )
    parents = [
        {"parent": ICB, "by_decision": "decision:SET2"},
        {"parent": COUNCIL, "by_decision": "decision:SET"},
    ]
    place = set_up("noted").also(second=resolved).but("committee", parents=parents)
    assert len(place.findings("GL27")) == 2


def test_a_body_that_is_not_joint_is_not_asked_how_it_was_set_up():
    set_up("noted").but("committee", kind="committee").says_nothing("GL27")


def test_decisions_that_bind_nobody_are_not_where_it_is_told():
    first = {**clean().facts["D1"], "stream": "decision:D0", "on": "2026-03-01"}
    first["data"] = {**first["data"], "ref": "D0", "meeting": "meeting:M2", "value": []}
    first["data"].pop("on_behalf_of")
    place = set_up("noted").also(D0=first)
    assert [one.subject for one in place.findings("GL27")] == ["decision:D1"]
    binding = place.but("D0", on_behalf_of=[ICB, COUNCIL])
    assert [one.subject for one in binding.findings("GL27")] == ["decision:D0"]


def test_a_parent_that_decides_on_the_same_day_is_left_out_at_no_hour_of_it():
    joint().also(C1=own("2026-03-12")).says_nothing("GL27", on="2026-03-12T12:00:00+00:00")
    found(joint().also(C1=own("2026-03-13")), on="2026-03-12T12:00:00+00:00")


def test_decisions_of_others_that_name_the_body_are_not_its_first():
    recommended = fact(
        "decision.taken",
        "decision:D0",
        "2026-03-01",
        ref="D0",
        decision_makers=["body:board"],
        recommended_by=["body:committee"],
        on_behalf_of=[ICB],
        outcome="approved",
    )
    place = set_up("noted").also(D0=recommended)
    assert [one.subject for one in place.findings("GL27")] == ["decision:D1"]


def test_a_fund_that_is_not_on_record_is_nobody_s():
    gone = fact("record.retracted", "fund:BCF", None, of={"stream": "fund:BCF", "n": 1})
    joint().also(gone=gone).says_nothing("GL27")


def test_who_left_in_the_minute_of_the_decision_is_no_party():
    noon = "2026-03-12T12:00:00+00:00"
    left = fact("fund.parties_changed", "fund:BCF", noon, parties_left=[COUNCIL])
    joint().but("D1", on=noon).also(left=left).says_nothing("GL27")
    found(joint().but("D1", on="2026-03-12T11:59:00+00:00").also(left=left))


def test_a_parent_s_own_decision_need_not_say_for_whom_it_was():
    unsaid = own()
    unsaid["data"].pop("on_behalf_of")
    joint().also(C1=unsaid).says_nothing("GL27")
    found(joint().also(C1=own(on_behalf_of=[TRUST])))
    found(joint().also(C1=own(decision_makers=["body:board"])))


def test_a_body_of_a_parent_decides_for_it():
    cabinet = fact("body.constituted", "body:cabinet", "2002-05-01", ref="cabinet", parents=[{"parent": COUNCIL}])
    joint().also(cabinet=cabinet, C1=own(decision_makers=["body:cabinet"])).says_nothing("GL27")


# Whom this rule tells of, so that no other need


def test_a_parent_is_told_of_here_where_it_was_left_out_and_only_then():
    def told(place):
        return place.ask(lambda record: told_of_parents(record, determination(record, "decision:D1")))

    assert told(joint()) == {COUNCIL}
    assert told(joint(decision_makers=["body:board", "body:committee"])) == {COUNCIL}
    assert told(joint(on_behalf_of=[TRUST])) == {ICB, COUNCIL}
    assert told(joint(on_behalf_of=[ICB, COUNCIL])) == frozenset()
    assert told(joint(on_behalf_of=None)) == frozenset()
    assert told(joint(outcome="noted")) == frozenset()
    assert told(joint("committee")) == frozenset()
    assert told(joint().but("BCF", kind="own")) == frozenset()
    assert told(joint().also(C1=own())) == frozenset()
    assert told(joint().also(ended=fact("organisation.dissolved", COUNCIL, "2026-03-12"))) == frozenset()

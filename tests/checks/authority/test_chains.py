from __future__ import annotations

from tests.checks.authority.passed_on import by_the_officer, moment, positions
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def told_of(subject, history):
    return [one for one in history.findings("GL10") if one.subject == subject]


def test_a_whole_chain_says_nothing():
    by_the_officer().says_nothing("GL10")
    clean().says_nothing("GL10")


def test_who_gave_what_they_were_given_later_trips_it():
    history = by_the_officer().but("grant", on="2025-07-01")
    history = history.but("committee", parents=[{"parent": "organisation:icb", "functions": []}])
    (found,) = told_of("decision:D1", history)
    assert sentence(found) == ("body:committee did not have the power itself when it gave delegation:S2 on 2025-06-01")
    assert found.evidenced
    assert found.severity == "error"
    assert found.evidence == positions(history, "D1", "onward")
    assert found.since == moment("2026-03-12")


_NO_FUNCTIONS = [{"parent": "organisation:icb", "functions": []}]


def _as_a_chain(**data):
    return by_the_officer(**data).but("committee", parents=_NO_FUNCTIONS)


def test_what_is_given_on_the_same_day_from_above_is_whole():
    _as_a_chain(on="2025-04-01").says_nothing("GL10")


def test_who_no_longer_had_the_power_trips_it():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-03-01", of={"stream": "delegation:S1", "n": 1})
    history = _as_a_chain().also(revoked=revoked)
    (found,) = history.findings("GL10")
    assert sentence(found) == "body:committee, who gave delegation:S2, no longer had the power"
    assert found.evidence == positions(history, "D1", "onward", "revoked")
    later = {**revoked, "on": "2026-03-13"}
    _as_a_chain().also(revoked=later).says_nothing("GL10")


def test_who_is_recorded_with_other_powers_and_not_with_this_trips_it():
    history = _as_a_chain().without("grant").but("committee", parents=_NO_FUNCTIONS)
    (found,) = told_of("decision:D1", history)
    assert sentence(found) == "nothing recorded gives body:committee the power that it gave by delegation:S2"
    assert found.evidenced
    assert found.evidence == positions(history, "D1", "onward")


def test_who_is_recorded_with_no_power_at_all_is_not_evidenced():
    history = by_the_officer().without("grant").but("committee", parents=[{"parent": "organisation:icb"}])
    found = history.is_not_evidenced("GL10")
    assert sentence(found) == "how body:committee, who gave delegation:S2, came to the power is not recorded"


def test_who_was_given_something_else_by_delegation_trips_it_too():
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    else_ = fact(
        "delegation.granted",
        "delegation:S9",
        "2025-04-01",
        ref="S9",
        delegator="body:board",
        delegates=["body:committee"],
        scope=[{"function": "function:other"}],
    )
    history = by_the_officer().without("grant").but("committee", parents=[{"parent": "organisation:icb"}])
    (found,) = told_of("decision:D1", history.also(other=other, elsewhere=else_))
    assert sentence(found) == "nothing recorded gives body:committee the power that it gave by delegation:S2"
    gave = {**else_, "data": {**else_["data"], "delegator": "body:committee", "delegates": ["person:p4"]}}
    history.also(other=other, elsewhere=gave).is_not_evidenced("GL10")


def test_only_the_function_that_was_used_is_followed():
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    duty = fact("function.duty_placed", "function:other", "2022-07-01", holder="organisation:icb")
    both = [{"function": "function:discharge"}, {"function": "function:other"}]
    history = by_the_officer(scope=both).also(other=other, other_duty=duty)
    history.says_nothing("GL10")
    (found,) = history.but("D1", functions=["function:other"]).findings("GL10")
    assert sentence(found) == "nothing recorded gives body:committee the power that it gave by delegation:S2"


def test_a_step_further_up_is_told_with_its_own_facts():
    third = fact(
        "delegation.granted",
        "delegation:S3",
        "2025-08-01",
        ref="S3",
        delegator="post:officer",
        delegates=["person:p4"],
        scope=[{"function": "function:discharge"}],
    )
    history = _as_a_chain().but("grant", on="2025-07-01").also(third=third)
    history = history.but("D1", decision_makers=["person:p4"], authority=[{"delegation": "delegation:S3"}])
    (found,) = told_of("decision:D1", history)
    assert sentence(found).endswith("did not have the power itself when it gave delegation:S2 on 2025-06-01")
    assert found.evidence == positions(history, "D1", "third", "onward")


def test_where_nobody_is_recorded_with_the_duty_nothing_is_said():
    _as_a_chain().without("grant", "duty").says_nothing("GL10")


def test_a_giver_who_is_not_recorded_is_not_accused():
    by_the_officer(delegator=None).says_nothing("GL10")


def test_a_giver_who_ended_is_another_rules_matter():
    gone = fact("body.dissolved", "body:committee", "2026-03-01")
    _as_a_chain().also(gone=gone).says_nothing("GL10")


def test_a_delegation_that_had_ended_itself_is_another_rules_matter():
    revoked = fact("delegation.revoked", "delegation:S2", "2026-03-01", of={"stream": "delegation:S2", "n": 1})
    by_the_officer().also(revoked=revoked).says_nothing("GL10")
    by_the_officer(from_="2026-03-13").says_nothing("GL10")


def test_a_function_that_was_not_given_is_another_rules_matter():
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    duty = fact("function.duty_placed", "function:other", "2022-07-01", holder="organisation:icb")
    history = clean().also(other=other, other_duty=duty).but("D1", functions=["function:other"])
    history.says_nothing("GL10")


def test_a_decision_without_a_day_is_not_judged():
    assert not told_of("decision:D1", _as_a_chain().without("grant").undated("D1"))


# To whom


def _others(history):
    return [sentence(one) for one in history.findings("GL10")]


_S1_WENT_ELSEWHERE = "delegation:S1 was given to body:committee, and {} decided"


def test_who_decides_by_what_was_given_to_others_trips_it():
    stranger = fact("body.constituted", "body:other", "2022-07-01", ref="other", name="Other", kind="committee")
    history = clean().also(other=stranger).but("D1", decision_makers=["body:other"])
    (found,) = history.findings("GL10")
    assert sentence(found) == _S1_WENT_ELSEWHERE.format("body:other")
    assert found.evidenced
    assert found.evidence == positions(history, "D1", "grant")


def test_whoever_gave_it_has_it_still():
    assert not _others(clean().but("D1", decision_makers=["body:board"]))


def test_one_of_several_who_decided_jointly_will_do():
    assert not _others(clean().but("D1", decision_makers=["person:p4", "body:committee"]))


def test_a_member_of_the_body_and_whoever_holds_the_post_will_do():
    assert not _others(clean().but("D1", decision_makers=["person:p1"]))
    assert _others(clean().but("D1", decision_makers=["person:p4"])) == [_S1_WENT_ELSEWHERE.format("person:p4")]
    assert not _others(by_the_officer().but("D1", decision_makers=["person:p1"]))
    assert _others(by_the_officer().but("D1", decision_makers=["person:p2"]))
    assert not _others(by_the_officer(delegates=["person:p1"]))
    assert _others(by_the_officer(delegates=["person:p2"]))


def test_an_organisation_and_those_who_act_for_it_are_one():
    assert not _others(clean().but("D1", decision_makers=["organisation:icb"]))
    assert not _others(clean().but("grant", delegates=["organisation:icb"]))
    assert _others(clean().but("D1", decision_makers=["organisation:council"]))


def test_whoever_has_it_from_a_delegate_will_do():
    authority = [{"delegation": "delegation:S1"}]
    assert not _others(by_the_officer().but("D1", authority=authority))
    assert _others(by_the_officer().but("D1", authority=authority).without("onward", "held_post"))


def test_of_whom_it_is_not_recorded_nothing_is_said():
    assert not _others(clean().but("D1", decision_makers=None))
    assert not _others(clean().but("grant", delegates=None))


def test_it_is_asked_also_where_nobody_has_the_duty():
    assert _others(clean().without("duty").but("D1", decision_makers=["person:p4"]))
    authority = [{"delegation": "delegation:S1"}]
    assert not _others(by_the_officer().without("duty").but("D1", authority=authority))


def test_a_successor_of_the_delegate_will_do():
    heir = fact("organisation.registered", "organisation:trust-2", "2026-01-01", ref="trust-2", kind="foundation-trust")
    succeeded = fact(
        "organisation.succeeded",
        "organisation:trust",
        "2026-01-01",
        successors=[{"organisation": "organisation:trust-2", "takes": "whole"}],
        ends=True,
        continuity="treated-as-done-by-successor",
    )
    history = clean().also(heir=heir, succeeded=succeeded).but("grant", delegates=["organisation:trust"])
    assert not _others(history.but("D1", decision_makers=["organisation:trust-2"]))

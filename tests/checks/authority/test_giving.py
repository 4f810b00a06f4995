"""Of a delegation: whether whoever gave it had the power then; and what that means for what rests on it."""

from __future__ import annotations

from decisionlog.domain.days import OPEN_END
from tests.checks.authority.passed_on import by_the_officer, moment, passed_on, positions
from tests.checks.clean import fact
from tests.checks.histories import sentence

OF_S1 = {"stream": "delegation:S1", "n": 1}
PERMITTED = {"rule": "permitted"}
REVOKED = fact("delegation.revoked", "delegation:S1", "2025-05-20", of=OF_S1)
_NO_FUNCTIONS = [{"parent": "organisation:icb", "functions": []}]


def under_s1(**more):
    """S2 says that it is made under S1."""
    return passed_on(PERMITTED, parent="delegation:S1").also(**more)


def told_of(subject, history):
    return [one for one in history.findings("GL10") if one.subject == subject]


def test_what_is_given_under_a_delegation_that_had_been_revoked_is_told_of_the_delegation():
    history = under_s1(revoked=REVOKED)
    (found,) = told_of("delegation:S2", history)
    assert sentence(found) == ("delegation:S1, under which delegation:S2 was given, had been revoked on 2025-05-20")
    assert found.evidenced
    assert found.severity == "error"
    assert found.evidence == positions(history, "onward", "revoked")
    assert (found.since, found.until) == (moment("2025-06-01"), OPEN_END)


def test_and_of_what_was_decided_under_it():
    history = by_the_officer(parent="delegation:S1").also(revoked=REVOKED)
    (found,) = told_of("decision:D1", history)
    assert sentence(found) == ("delegation:S1, under which delegation:S2 was given, had been revoked on 2025-05-20")
    assert found.evidence == positions(history, "D1", "onward", "revoked")


def test_what_was_revoked_between_the_grant_and_the_decision_is_told_of_the_decision_alone():
    history = by_the_officer(parent="delegation:S1").also(revoked={**REVOKED, "on": "2025-09-01"})
    assert not told_of("delegation:S2", history)
    assert len(told_of("decision:D1", history)) == 1


def test_what_was_suspended_at_the_grant_and_went_on_later_is_told_of_both():
    suspended = fact("delegation.suspended", "delegation:S1", "2025-05-20", of=OF_S1)
    resumed = fact("delegation.resumed", "delegation:S1", "2025-09-01", of={"stream": "delegation:S1", "n": 2})
    history = by_the_officer(parent="delegation:S1").also(suspended=suspended, resumed=resumed)
    said = "delegation:S1, under which delegation:S2 was given, was suspended on 2025-05-20"
    assert [sentence(one) for one in told_of("delegation:S2", history)] == [said]
    assert [sentence(one) for one in told_of("decision:D1", history)] == [said]


def test_one_whose_time_was_up_is_told_with_its_last_day():
    history = under_s1().but("grant", until="2025-06-01")
    (found,) = told_of("delegation:S2", history)
    assert sentence(found).endswith("had ended with 2025-05-31")
    assert not told_of("delegation:S2", history.but("grant", until="2025-06-02"))


def test_one_that_was_revoked_after_the_grant_gave_what_it_had():
    assert not told_of("delegation:S2", under_s1(revoked={**REVOKED, "on": "2025-06-02"}))


def test_of_one_day_without_an_order_it_cannot_be_told():
    (found,) = told_of("delegation:S2", under_s1(revoked={**REVOKED, "on": "2025-06-01"}))
    assert not found.evidenced
    assert sentence(found).endswith("had been revoked on 2025-06-01: whether before that cannot be told")
    history = by_the_officer(parent="delegation:S1").also(revoked={**REVOKED, "on": "2026-03-12"})
    (decided,) = told_of("decision:D1", history)
    assert not decided.evidenced


def test_a_revocation_that_was_retracted_ended_nothing():
    gone = fact("record.retracted", "delegation:S1", "2025-06-20", of={"stream": "delegation:S1", "n": 2})
    assert not told_of("delegation:S2", under_s1(revoked=REVOKED, gone=gone))


def test_a_part_that_was_stopped_for_others_or_for_other_functions_ended_nothing_here():
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    scope = [{"function": "function:discharge"}, {"function": "function:other"}]
    suspended = fact(
        "delegation.suspended", "delegation:S1", "2025-05-20", of=OF_S1, scope=[{"function": "function:other"}]
    )
    history = under_s1(other=other, suspended=suspended).but("grant", scope=scope)
    assert not told_of("delegation:S2", history)
    assert told_of("delegation:S2", history.but("suspended", scope=[{"function": "function:discharge"}]))


def test_what_was_carried_into_another_goes_on_there():
    again = fact("delegation.granted", "delegation:S9", "2025-05-20", ref="S9")
    carried = fact("delegation.continued", "delegation:S1", "2025-05-20", of=OF_S1, continued_into=["delegation:S9"])
    assert not told_of("delegation:S2", under_s1(again=again, carried=carried))


def test_a_giver_who_had_the_power_by_another_delegation_gave_what_it_had():
    history = under_s1(revoked=REVOKED)
    other = {**history.facts["grant"], "stream": "delegation:S9"}
    other["data"] = {**other["data"], "ref": "S9"}
    assert not told_of("delegation:S2", history.also(other=other))
    assert told_of("delegation:S2", history.also(other={**other, "on": "2025-06-02"}))


def test_one_further_up_counts_as_the_nearest_does():
    third = fact(
        "delegation.granted",
        "delegation:S3",
        "2025-08-01",
        ref="S3",
        delegator="post:officer",
        delegates=["person:p4"],
        scope=[{"function": "function:discharge"}],
        parent="delegation:S2",
    )
    (found,) = told_of("delegation:S3", under_s1(revoked={**REVOKED, "on": "2025-07-01"}, third=third))
    assert sentence(found).startswith("delegation:S1, under which delegation:S3 was given, ")


def test_it_ends_with_the_delegation_and_with_a_new_one_that_continues_it():
    taken_back = fact("delegation.revoked", "delegation:S2", "2025-10-01", of={"stream": "delegation:S2", "n": 1})
    assert under_s1(revoked=REVOKED, back=taken_back).findings("GL10", on="2025-09-30")[0].until == moment("2025-10-01")
    anew = fact("delegation.granted", "delegation:S9", "2025-09-15", ref="S9", continues=["delegation:S2"])
    assert under_s1(revoked=REVOKED, anew=anew).findings("GL10", on="2025-09-14")[0].until == moment("2025-09-15")


def test_who_gave_what_nothing_recorded_gave_them_is_told_though_nobody_used_it():
    history = passed_on(PERMITTED).without("grant", "D1").but("committee", parents=_NO_FUNCTIONS)
    (found,) = told_of("delegation:S2", history.without("published", "A1", "A1-done"))
    assert sentence(found) == "nothing recorded gives body:committee the power that it gave by delegation:S2"
    assert found.evidence == positions(history.without("published", "A1", "A1-done"), "onward")


def test_who_gave_before_they_had_it_is_told():
    history = passed_on(PERMITTED).but("grant", on="2025-07-01").but("committee", parents=_NO_FUNCTIONS)
    (found,) = told_of("delegation:S2", history)
    assert sentence(found) == "nothing recorded gives body:committee the power that it gave by delegation:S2"


def test_a_giver_of_whom_no_source_is_recorded_is_not_accused():
    assert not told_of(
        "delegation:S2",
        by_the_officer().without("grant").but("committee", parents=[{"parent": "organisation:icb"}]),
    )


def test_a_grant_without_a_day_or_without_a_giver_is_not_judged():
    assert not told_of("delegation:S2", under_s1(revoked=REVOKED).undated("onward"))
    unnamed = passed_on(PERMITTED, delegator=None).but("committee", parents=_NO_FUNCTIONS)
    assert not told_of("delegation:S2", unnamed)


def test_where_nobody_has_the_duty_nothing_is_said_of_the_giver():
    assert not told_of(
        "delegation:S2", by_the_officer().without("grant", "duty").but("committee", parents=_NO_FUNCTIONS)
    )


def test_a_delegation_that_had_lapsed_gives_nothing():
    lapsed = fact("delegation.lapsed", "delegation:S1", "2025-05-20", of=OF_S1)
    (found,) = told_of("delegation:S2", under_s1(lapsed=lapsed))
    assert sentence(found) == "delegation:S1, under which delegation:S2 was given, had lapsed on 2025-05-20"
    (ended,) = told_of("delegation:S2", under_s1().but("grant", until="2025-06-01"))
    assert sentence(ended) == "delegation:S1, under which delegation:S2 was given, had ended with 2025-05-31"


def test_what_takes_effect_at_an_hour_of_the_day_of_a_decision_may_have_come_after_it():
    revoked = fact("delegation.revoked", "delegation:S1", "2026-03-01", of=OF_S1, from_="2026-03-12T12:00:00+00:00")
    (found,) = told_of("decision:D1", by_the_officer(parent="delegation:S1").also(revoked=revoked))
    assert not found.evidenced


def test_a_giver_who_has_it_by_another_delegation_has_it_though_nobody_is_recorded_with_the_duty():
    history = under_s1(revoked=REVOKED).without("duty")
    other = {**history.facts["grant"], "stream": "delegation:S9"}
    other["data"] = {**other["data"], "ref": "S9"}
    assert told_of("delegation:S2", history)
    assert not told_of("delegation:S2", history.also(other=other))


def nothing_given(**data):
    """S2 is given, and nothing is recorded of who gave that to its giver."""
    return passed_on(PERMITTED, **data).without("grant", "D1", "published", "A1", "A1-done")


def test_who_had_ended_when_it_gave_is_for_another_rule():
    history = nothing_given().but("committee", parents=_NO_FUNCTIONS)
    assert told_of("delegation:S2", history)
    dissolved = fact("body.dissolved", "body:committee", "2025-05-01")
    assert not told_of("delegation:S2", history.also(dissolved=dissolved))


def test_whoever_gives_on_what_could_not_be_passed_to_them_had_nothing_to_give():
    given = {"delegator": "post:officer", "delegates": ["person:p4"], "scope": [{"function": "function:discharge"}]}
    third = fact("delegation.granted", "delegation:S3", "2025-08-01", ref="S3", places=["place:town"], **given)
    history = passed_on({"rule": "prohibited"}).but("committee", parents=_NO_FUNCTIONS).also(third=third)
    (found,) = told_of("delegation:S3", history)
    said = "post:officer did not have the power itself when it gave delegation:S3 on 2025-08-01"
    assert sentence(found) == said
    assert not told_of("delegation:S3", history.but("grant", onward=PERMITTED))


def test_a_giver_of_whom_it_is_not_recorded_what_each_parent_gave_it_is_not_accused():
    history = nothing_given()
    assert told_of("delegation:S2", history.but("committee", parents=_NO_FUNCTIONS))
    both = [*_NO_FUNCTIONS, {"parent": "organisation:council"}]
    assert not told_of("delegation:S2", history.but("committee", parents=both))
    by_a_post = nothing_given(delegator="post:officer", delegates=["person:p4"])
    assert not told_of("delegation:S2", by_a_post)


def test_delegations_that_are_each_given_under_the_other_are_followed_once():
    third = {
        "delegator": "body:board",
        "delegates": ["body:board"],
        "scope": [{"function": "function:discharge"}],
        "parent": "delegation:S1",
    }
    turning = fact("delegation.granted", "delegation:S3", "2025-04-01", ref="S3", **third)
    history = under_s1(turning=turning).but("grant", parent="delegation:S3")
    assert not told_of("delegation:S2", history)
    (found,) = told_of("delegation:S2", history.also(revoked=REVOKED))
    assert sentence(found).startswith("delegation:S1, under which delegation:S2 was given, ")

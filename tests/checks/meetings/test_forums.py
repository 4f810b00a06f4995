from __future__ import annotations

import pytest

from decisionlog.domain.days import OPEN_END
from tests.checks.authority.passed_on import moment
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def forum(**more):
    """The committee advises by its terms, and approved something all the same."""
    return clean().but("terms", can="advise").but("D1", **more)


def decided(on="2026-03-20", **more):
    """The board decided on the same proposal."""
    data = {
        "decision_makers": ["body:board"],
        "on_behalf_of": ["organisation:icb"],
        "outcome": "approved",
        "proposals": [{"proposal": "proposal:P1", "version": "1"}],
        **more,
    }
    given = {name: value for name, value in data.items() if value is not None}
    return fact("decision.taken", "decision:B1", on, ref="B1", **given)


def found(place, **asked):
    return place.says_something("GL26", **asked)


def test_a_body_that_advises_and_approves_is_told_after_28_days():
    place = forum()
    place.says_nothing("GL26", on="2026-04-09")
    one = found(place, on="2026-04-10")
    assert sentence(one) == "body:committee cannot decide, and nobody who can took it up within 28 days"
    assert place._named(one.evidence) == ["D1", "terms"]
    assert one.severity == "error"


@pytest.mark.parametrize("kind", ["advisory-forum", "working-group"])
def test_a_body_that_cannot_decide_by_its_kind_is_told(kind):
    place = clean().but("committee", kind=kind)
    assert place._named(found(place).evidence) == ["D1", "committee"]
    place = place.but("terms", can="discuss")
    assert place._named(found(place).evidence) == ["D1", "terms"]
    without = place.without("terms")
    assert without._named(found(without).evidence) == ["D1", "committee"]


def test_who_can_decide_is_not_told():
    clean().says_nothing("GL26")
    clean().but("terms", can=None).says_nothing("GL26")


@pytest.mark.parametrize("outcome", ["endorsed", "recommended", "noted", "rejected", "no-decision"])
def test_to_advise_is_what_a_forum_is_for(outcome):
    forum(outcome=outcome).says_nothing("GL26")


def test_a_forum_that_was_asked_to_advise_approved_as_advice():
    forum(asked_to="advise").says_nothing("GL26")
    found(forum(asked_to=None))


def test_what_somebody_with_power_took_up_in_time_is_fine_and_later_ends_it():
    place = forum().also(B1=decided("2026-04-09"))
    place.says_nothing("GL26")
    late = place.but("B1", on="2026-04-20")
    found(late, on="2026-04-19")
    late.says_nothing("GL26", on="2026-04-20")
    forum().also(B1=decided("2026-03-01")).says_nothing("GL26")


def test_only_a_decision_with_power_takes_it_up():
    found(forum().also(B1=decided(outcome="noted")))
    found(forum().also(B1=decided(decision_makers=["body:committee"], outcome="rejected")))
    found(forum().also(B1=decided(proposals=None)))
    forum().also(B1=decided(outcome="rejected")).says_nothing("GL26")


def test_a_decision_that_is_tied_to_it_takes_it_up():
    tied = decided(proposals=None, links=[{"decision": "decision:D1", "link": "adopts"}])
    forum().also(B1=tied).says_nothing("GL26")
    place = forum(links=[{"decision": "decision:B1", "link": "carried-by"}]).also(B1=decided(proposals=None))
    place.says_nothing("GL26")


def test_to_ratify_takes_it_up():
    ratified = fact("decision.ratified", "decision:D1", "2026-04-09", decision_makers=["body:board"])
    forum().also(ratified=ratified).says_nothing("GL26")
    found(forum().also(ratified=ratified).but("ratified", on="2026-04-20"), on="2026-04-19")


def test_where_one_of_several_can_decide_it_is_a_decision():
    forum(decision_makers=["body:committee", "body:board"]).says_nothing("GL26")
    found(clean().but("committee", kind="working-group").but("board", kind="working-group"))
    forum(decision_makers=None).says_nothing("GL26")


def test_what_the_body_could_do_that_day_counts():
    clean().but("terms", can="advise", from_="2026-03-13").says_nothing("GL26")
    found(clean().but("terms", can="advise", from_="2026-03-12"))


# When it is so, and who takes it up


def test_it_is_so_from_the_29th_day_after_the_decision_on():
    one = found(forum())
    assert one.since == moment("2026-04-10")
    assert found(forum(), on="2026-04-10").until == OPEN_END
    summer = found(forum().but("D1", on="2026-04-20"), on="2026-05-31")
    assert summer.since == moment("2026-05-19")


def test_to_take_it_up_on_the_29th_day_is_too_late_and_ends_it_with_that_moment():
    late = forum().also(B1=decided("2026-04-11")).findings("GL26", on="2026-04-10")
    assert [(one.since, one.until) for one in late] == [(moment("2026-04-10"), moment("2026-04-11"))]
    assert not forum().also(B1=decided("2026-04-10")).findings("GL26", on="2026-04-10")


def test_whoever_takes_it_up_first_ends_it():
    ratified = fact("decision.ratified", "decision:D1", "2026-04-09", decision_makers=["body:board"])
    forum().also(B1=decided("2026-04-20"), ratified=ratified).says_nothing("GL26", on="2026-04-12")
    forum().also(B1=decided("2026-04-02"), ratified=ratified).but("ratified", on="2026-04-20").says_nothing("GL26")


def test_a_decision_that_was_retracted_is_not_asked_and_takes_nothing_up():
    gone = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 1})
    forum().also(gone=gone).says_nothing("GL26")
    withdrawn = fact("record.retracted", "decision:B1", None, of={"stream": "decision:B1", "n": 1})
    found(forum().also(B1=decided(), gone=withdrawn))


def test_who_decides_with_a_forum_takes_it_up():
    forum().also(B1=decided(decision_makers=["body:committee", "body:board"])).says_nothing("GL26")


def test_to_link_to_itself_takes_nothing_up():
    found(forum(links=[{"decision": "decision:D1", "link": "adopts"}]))


def test_terms_that_let_it_decide_do_not_say_why_it_cannot():
    place = clean().but("committee", kind="working-group").but("terms", can=None)
    assert place._named(found(place).evidence) == ["D1", "committee"]


def test_the_first_of_several_forums_is_told():
    place = clean().but("committee", kind="working-group").but("board", kind="advisory-forum")
    one = found(place.but("D1", decision_makers=["body:board", "body:committee"]))
    assert sentence(one).startswith("body:board cannot decide")


def test_a_decision_that_it_names_and_that_was_retracted_takes_nothing_up():
    gone = fact("record.retracted", "decision:B1", None, of={"stream": "decision:B1", "n": 1})
    place = forum(links=[{"decision": "decision:B1", "link": "carried-by"}]).also(B1=decided(proposals=None))
    found(place.also(gone=gone))


def test_the_28_days_run_from_the_day_by_the_clocks_of_the_log():
    late_at_night = forum().but("D1", on="2026-04-21T00:30:00+01:00")
    assert found(late_at_night, on="2026-05-31").since == moment("2026-05-20")

from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

DIRECTOR = fact("post.established", "post:director", "2025-04-01", ref="director", organisation="organisation:icb")
FILLED = fact("post.filled", "post:director", "2025-04-01", person="person:p4")


def alone(maker="post:director", **brought):
    """The director decided alone on P1."""
    place = clean().also(director=DIRECTOR, filled=FILLED)
    return place.but("D1", decision_makers=[maker], meeting=None, item=None).but(
        "P1", **{"sponsor": None, "authors": None, **brought}
    )


def found(place):
    return place.says_something("GL48")


@pytest.mark.parametrize("maker", ["post:director", "person:p4"])
@pytest.mark.parametrize("sponsor", ["post:director", "person:p4"])
def test_who_decides_alone_on_what_they_brought_is_told(maker, sponsor):
    place = alone(maker, sponsor=sponsor)
    one = found(place)
    assert sentence(one) == "person:p4 decided alone on proposal:P1, which the same person had brought"
    assert place._named(one.evidence) == ["D1", "P1"]
    assert one.severity == "warning"


def test_who_decides_alone_on_what_they_wrote_is_told():
    place = alone(authors=["person:p1", "post:director"])
    assert sentence(found(place)) == "person:p4 decided alone on proposal:P1, which the same person had written"


def test_what_others_brought_and_wrote_is_fine():
    alone(sponsor="organisation:trust", authors=["person:p1"]).says_nothing("GL48")
    alone(sponsor="person:p1").says_nothing("GL48")
    alone().says_nothing("GL48")


def test_a_body_that_decides_on_its_own_paper_is_fine():
    clean().but("P1", sponsor="body:committee", authors=["body:committee"]).says_nothing("GL48")


def test_several_who_decide_together_do_not_decide_alone():
    place = alone(sponsor="post:director")
    place.but("D1", decision_makers=["post:director", "person:p1"]).says_nothing("GL48")
    place.but("D1", people=["person:p4", "person:p1"]).says_nothing("GL48")
    found(place.but("D1", people=["person:p4"]))
    place.but("D1", people=["person:p1"]).says_nothing("GL48")
    place.but("D1", decision_makers=None).says_nothing("GL48")


def test_where_somebody_else_decided_on_it_too_it_was_seen_by_two():
    other = fact(
        "decision.taken",
        "decision:B1",
        "2026-03-20",
        ref="B1",
        decision_makers=["body:board"],
        outcome="approved",
        proposals=[{"proposal": "proposal:P1"}],
    )
    place = alone(sponsor="post:director")
    place.also(B1=other).says_nothing("GL48")
    found(place.also(B1=other).but("B1", outcome="noted"))
    twice = place.also(B1=other).but("B1", decision_makers=["post:director"])
    assert [one.subject for one in twice.findings("GL48")] == ["decision:D1", "decision:B1"]


def test_who_held_the_post_that_day_counts():
    place = alone("person:p4", sponsor="post:director")
    place.but("filled", until="2026-03-12").says_nothing("GL48")
    found(place.but("filled", until="2026-03-13"))
    place.but("filled", from_="2026-03-13").says_nothing("GL48")
    place.without("filled").says_nothing("GL48")
    alone(sponsor="post:director").without("filled").says_nothing("GL48")


def test_the_owner_and_the_authors_of_that_day_count():
    changed = fact("proposal.sponsor_changed", "proposal:P1", "2026-03-01", sponsor="person:p1")
    place = alone(sponsor="post:director").also(changed=changed)
    place.says_nothing("GL48")
    found(place.but("changed", on="2026-03-13"))
    mine = alone(sponsor="person:p1").also(changed=changed).but("changed", sponsor="post:director")
    assert mine._named(found(mine).evidence) == ["D1", "changed"]
    revised = fact("proposal.revised", "proposal:P1", "2026-03-01", version="2", authors=["person:p4"])
    place = alone(authors=["person:p1"]).also(revised=revised)
    assert place._named(found(place).evidence) == ["D1", "revised"]
    place.but("revised", on="2026-03-13").says_nothing("GL48")
    found(place.but("revised", authors=None).but("P1", authors=["person:p4"]))


@pytest.mark.parametrize("outcome", ["rejected", "noted", "deferred"])
def test_who_does_not_approve_it_approves_nothing_of_their_own(outcome):
    alone(sponsor="post:director").but("D1", outcome=outcome).says_nothing("GL48")


def test_a_decision_on_no_proposal_is_not_asked():
    alone(sponsor="post:director").but("D1", proposals=None).says_nothing("GL48")


# Which proposals, whose, and who else


def test_a_decision_that_was_retracted_approves_nothing():
    place = alone(sponsor="post:director")
    gone = fact("record.retracted", "decision:D1", None, of={"stream": "decision:D1", "n": 1})
    place.also(gone=gone).says_nothing("GL48")


def test_of_several_proposals_the_one_of_their_own_is_told():
    second = fact("proposal.submitted", "proposal:P2", "2026-02-20", ref="P2", version="1", sponsor="post:director")
    both = [{"proposal": "proposal:P1"}, {"proposal": "proposal:P2"}]
    place = alone(sponsor="organisation:trust").but("D1", proposals=both)
    place = type(place)({"director": DIRECTOR, "P2": second, **place.facts})
    assert sentence(found(place)).startswith("person:p4 decided alone on proposal:P2")


def test_what_somebody_brought_and_wrote_is_told_as_brought():
    place = alone(sponsor="person:p4", authors=["person:p4"])
    assert sentence(found(place)).endswith("which the same person had brought")


def test_what_somebody_owned_once_and_no_longer_may_still_be_theirs_by_writing():
    changed = fact("proposal.sponsor_changed", "proposal:P1", "2026-03-01", sponsor="person:p1")
    place = alone(sponsor="post:director", authors=["person:p4"]).also(changed=changed)
    assert sentence(found(place)).endswith("which the same person had written")


def test_authors_of_an_earlier_version_are_no_authors_of_a_later_one_that_names_others():
    revised = fact("proposal.revised", "proposal:P1", "2026-03-01", version="2", authors=["person:p1"])
    place = alone(authors=["person:p4"]).also(revised=revised)
    place.says_nothing("GL48")
    place.but("revised", authors=[]).says_nothing("GL48")
    found(place.but("revised", on="2026-03-13"))


def test_whoever_shares_a_post_does_not_act_alone_for_it():
    other = fact("post.filled", "post:director", "2025-04-01", person="person:p2")
    alone("person:p4", sponsor="post:director").also(other=other).says_nothing("GL48")
    alone("post:director", sponsor="person:p4").also(other=other).says_nothing("GL48")


def test_a_post_that_changed_hands_on_the_day_leaves_open_who_decided():
    noon = "2026-03-12T12:00:00+00:00"
    after = fact("post.filled", "post:director", "2025-04-01", person="person:p2", from_=noon)
    place = alone(sponsor="person:p4").but("filled", until=noon).also(after=after)
    place.says_nothing("GL48")
    found(place.but("D1", on="2026-03-12T09:00:00+00:00"))
    place.but("D1", on="2026-03-12T15:00:00+00:00").says_nothing("GL48")


def test_a_decision_of_others_that_was_retracted_or_on_another_paper_was_seen_by_nobody():
    other = fact(
        "decision.taken",
        "decision:B1",
        "2026-03-20",
        ref="B1",
        decision_makers=["body:board"],
        outcome="approved",
        proposals=[{"proposal": "proposal:P1"}],
    )
    place = alone(sponsor="post:director").also(B1=other)
    place.says_nothing("GL48")
    gone = fact("record.retracted", "decision:B1", None, of={"stream": "decision:B1", "n": 1})
    found(place.also(gone=gone))
    found(place.but("B1", proposals=[]))


def test_who_decided_with_somebody_else_the_second_time_was_not_alone():
    other = fact(
        "decision.taken",
        "decision:B1",
        "2026-03-20",
        ref="B1",
        decision_makers=["post:director", "body:board"],
        outcome="rejected",
        proposals=[{"proposal": "proposal:P1"}],
    )
    alone(sponsor="post:director").also(B1=other).says_nothing("GL48")


def test_a_body_that_decides_is_several_people_whoever_brought_it():
    alone("body:committee", sponsor="person:p4").but("D1", people=["person:p4"]).says_nothing("GL48")


def test_a_post_that_brought_it_and_changed_hands_that_day_is_not_surely_theirs():
    noon = "2026-03-12T12:00:00+00:00"
    after = fact("post.filled", "post:director", "2025-04-01", person="person:p2", from_=noon)
    place = alone("person:p4", sponsor="post:director").but("filled", until=noon).also(after=after)
    place.says_nothing("GL48")
    found(place.but("D1", on="2026-03-12T09:00:00+00:00"))


def test_who_took_it_over_or_wrote_it_anew_in_the_minute_of_the_decision_is_whose_it_was():
    noon = "2026-03-12T12:00:00+00:00"
    changed = fact("proposal.sponsor_changed", "proposal:P1", noon, sponsor="person:p1")
    place = alone(sponsor="post:director").but("D1", on=noon).also(changed=changed)
    place.says_nothing("GL48")
    found(place.but("D1", on="2026-03-12T11:59:00+00:00"))
    revised = fact("proposal.revised", "proposal:P1", noon, version="2", authors=["person:p1"])
    place = alone(authors=["person:p4"]).but("D1", on=noon).also(revised=revised)
    place.says_nothing("GL48")
    found(place.but("D1", on="2026-03-12T11:59:00+00:00"))


def test_an_organisation_that_brought_it_is_nobody_in_particular():
    alone("person:p4", sponsor="organisation:trust", authors=[]).says_nothing("GL48")


def test_a_change_of_owner_that_names_nobody_leaves_it_with_whoever_had_it():
    changed = fact("proposal.sponsor_changed", "proposal:P1", "2026-03-01")
    found(alone(sponsor="post:director").also(changed=changed))


def test_a_post_that_fell_vacant_on_the_day_leaves_open_who_decided():
    place = alone(sponsor="person:p4").but("filled", until="2026-03-12T12:00:00+00:00")
    place.says_nothing("GL48")
    found(place.but("D1", on="2026-03-12T09:00:00+00:00"))

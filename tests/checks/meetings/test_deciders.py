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

from __future__ import annotations

import pytest

from tests.checks.clean import POUNDS_400K, fact
from tests.checks.histories import clean, sentence

OF_THE_FUND = [{**POUNDS_400K, "fund": "fund:F1"}]
ICB, COUNCIL, TRUST = "organisation:icb", "organisation:council", "organisation:trust"
D1 = {"stream": "decision:D1", "n": 1}


def fund(**data):
    whole = {"kind": "pooled", "host": COUNCIL, "parties": [ICB, COUNCIL], "functions": ["function:discharge"], **data}
    return fact("fund.established", "fund:F1", "2025-04-01", ref="F1", **whole)


def spending(**data):
    """D1, for the ICB alone, spends money of the fund."""
    return clean().but("D1", value=OF_THE_FUND).also(fund=fund(**data))


def other(on="2026-03-12", **data):
    """Another decision on the same paper; only what is asked for here is asked of it."""
    whole = {
        "proposals": [{"proposal": "proposal:P1", "version": "1"}],
        "decision_makers": [COUNCIL],
        "on_behalf_of": [COUNCIL],
        "outcome": "approved",
        **data,
    }
    return fact("decision.taken", "decision:D2", on, ref="D2", **whole)


def test_pooled_money_spent_for_one_party_alone_trips_it():
    found = spending().trips("GL28", "D1", "fund")
    assert sentence(found) == (
        "it commits money of fund:F1, which belongs to organisation:council as well, and nobody decided on its behalf"
    )
    assert found.severity == "error"
    spending().is_clean(on="2026-03-11")


def test_each_party_for_whom_nobody_decided_is_said():
    found = spending(parties=[ICB, COUNCIL, TRUST]).findings("GL28")
    assert [sentence(one).split(" as well")[0].rpartition(" ")[2] for one in found] == [COUNCIL, TRUST]


@pytest.mark.parametrize("kind", ["own", "delegated"])
def test_money_of_one_belongs_to_its_host(kind):
    found = spending(kind=kind, host=TRUST).trips("GL28", "D1", "fund")
    assert sentence(found) == (
        "it commits money of fund:F1, which belongs to organisation:trust, and nobody decided on its behalf"
    )
    spending(kind=kind, host=ICB).is_clean()


@pytest.mark.parametrize("kind", ["aligned", "in-view"])
def test_of_money_that_each_keeps_nothing_is_said(kind):
    spending(kind=kind).says_nothing("GL28")


@pytest.mark.parametrize("lacking", [{"kind": None}, {"parties": None}, {"parties": []}, {"kind": "own", "host": None}])
def test_where_nobody_knows_whose_money_it_is_it_is_not_evidenced(lacking):
    given = {name: value for name, value in lacking.items() if value is not None}
    history = spending()
    history.facts["fund"]["data"] = {
        name: value for name, value in history.facts["fund"]["data"].items() if name not in lacking
    } | given
    found = history.is_not_evidenced("GL28")
    assert sentence(found) == "it commits money of fund:F1, and whose that is is not recorded"


def test_of_a_fund_that_was_never_established_here_nothing_is_said():
    stub = fact("fund.established", "fund:F1", None, ref="F1")
    clean().but("D1", value=OF_THE_FUND).also(stub=stub).is_not_evidenced("GL28")


def test_of_several_funds_of_which_nobody_knows_that_is_said_once():
    second = fact("fund.established", "fund:F2", "2025-04-01", ref="F2", kind="pooled")
    two = [{**POUNDS_400K, "fund": "fund:F1"}, {**POUNDS_400K, "fund": "fund:F2"}]
    history = (
        clean()
        .but("D1", value=two)
        .also(fund=fact("fund.established", "fund:F1", "2025-04-01", ref="F1", kind="pooled"), second=second)
    )
    history.is_not_evidenced("GL28")


def test_what_commits_no_money_of_a_fund_is_well():
    spending().but("D1", value=[POUNDS_400K]).is_clean()
    nothing = {"money": {"amount": 0, "currency": "GBP"}, "fund": "fund:F1"}
    spending().but("D1", value=[nothing]).is_clean()
    spending().but("D1", value=[]).is_clean()
    spending().but("D1", value=None).says_nothing("GL28")


@pytest.mark.parametrize("outcome", ["rejected", "noted", "deferred", "recommended"])
def test_what_does_not_bind_spends_nothing(outcome):
    spending().but("D1", outcome=outcome).says_nothing("GL28")


def test_a_decision_that_binds_both_is_well():
    spending().but("D1", on_behalf_of=[ICB, COUNCIL]).says_nothing("GL28")


def test_a_delegation_that_both_gave_is_well():
    spending().but("grant", on_behalf_of=[ICB, COUNCIL]).says_nothing("GL28")
    spending().but("grant", delegator=COUNCIL).says_nothing("GL28")


def test_of_a_body_of_both_another_rule_speaks():
    spending().but("committee", parents=[{"parent": ICB}, {"parent": COUNCIL}]).says_nothing("GL28")
    below = spending().but("committee", parents=[{"parent": "body:board"}])
    below.but("board", parents=[{"parent": ICB}, {"parent": COUNCIL}]).says_nothing("GL28")
    in_a_circle = below.but("board", parents=[{"parent": "body:committee"}, {"parent": COUNCIL}])
    in_a_circle.but("D1", on_behalf_of=None, value=OF_THE_FUND).says_nothing("GL28")


def test_a_post_that_both_share_is_well():
    post = fact("post.established", "post:x", "2025-01-01", ref="x", organisation=ICB, jointly_with=[COUNCIL])
    shared = spending().also(post=post).but("D1", decision_makers=["post:x"])
    shared.says_nothing("GL28")
    alone = shared.but("post", jointly_with=None)
    assert alone.findings("GL28")


def test_another_decision_on_the_same_paper_for_the_other_is_well():
    spending().also(other=other()).says_nothing("GL28")
    assert spending().also(other=other(outcome="rejected")).findings("GL28")
    assert spending().also(other=other(on_behalf_of=[TRUST])).findings("GL28")
    assert spending().also(other=other(proposals=[])).findings("GL28")


def test_a_ratification_for_the_other_ends_it():
    ratified = fact("decision.ratified", "decision:D1", "2026-05-01", of=D1, on_behalf_of=[COUNCIL])
    history = spending().also(ratified=ratified)
    history.trips("GL28", "D1", "fund", on="2026-04-30")
    history.says_nothing("GL28", on="2026-05-01")
    own = fact("decision.ratified", "decision:D1", "2026-05-01", of=D1, on_behalf_of=[ICB])
    assert spending().also(ratified=own).findings("GL28")


def test_whoever_joined_or_left_the_fund_by_then_counts():
    left = fact("fund.parties_changed", "fund:F1", "2026-03-01", parties_left=[COUNCIL])
    spending().also(left=left).is_clean()
    left_later = fact("fund.parties_changed", "fund:F1", "2026-03-01", from_="2026-04-01", parties_left=[COUNCIL])
    spending().also(left=left_later).trips("GL28", "D1", "fund")
    joined = fact("fund.parties_changed", "fund:F1", "2026-03-12", parties_joined=[TRUST])
    found = spending(parties=[ICB]).also(joined=joined).trips("GL28", "D1", "fund")
    assert TRUST in sentence(found)
    at_once = {**joined, "on": "2026-03-12T09:00:00Z"}
    assert spending(parties=[ICB]).but("D1", on=at_once["on"]).also(joined=at_once).findings("GL28")


def test_a_successor_stands_in_the_place_of_the_party():
    succeeded = fact(
        "organisation.succeeded", COUNCIL, "2026-01-01", successors=[{"organisation": ICB, "takes": "whole"}], ends=True
    )
    spending().also(succeeded=succeeded).says_nothing("GL28")
    later = fact(
        "organisation.succeeded", COUNCIL, "2026-04-01", successors=[{"organisation": ICB, "takes": "whole"}], ends=True
    )
    assert spending().also(succeeded=later).findings("GL28")


def test_a_power_of_the_other_that_is_not_cited_counts_where_no_authority_is_recorded():
    given = fact(
        "delegation.granted",
        "delegation:S2",
        "2025-04-01",
        ref="S2",
        delegator=COUNCIL,
        on_behalf_of=[COUNCIL],
        delegates=["body:committee"],
        scope=[{"function": "function:discharge"}],
    )
    silent = spending().also(given=given).but("D1", authority=None)
    silent.says_nothing("GL28")
    assert spending().also(given=given).findings("GL28")
    assert silent.but("given", delegates=["body:board"]).findings("GL28")
    assert silent.but("given", on_behalf_of=[TRUST]).findings("GL28")
    assert silent.but("given", from_="2026-04-01").findings("GL28")
    revoked = fact("delegation.revoked", "delegation:S2", "2026-01-01")
    assert silent.also(revoked=revoked).findings("GL28")
    assert silent.but("D1", authority=None, functions=[]).findings("GL28")


def test_where_nobody_is_recorded_as_deciding_nothing_is_said():
    spending().but("D1", decision_makers=None).says_nothing("GL28")
    spending().but("D1", decision_makers=[]).says_nothing("GL28")

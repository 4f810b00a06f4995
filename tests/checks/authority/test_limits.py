from __future__ import annotations

import pytest

from decisionlog.render.words import in_words
from tests.checks.authority.passed_on import by_the_officer, positions
from tests.checks.clean import POUNDS_400K, POUNDS_500K, fact
from tests.checks.histories import clean, sentence


def pounds(amount, **more):
    return {"money": {"amount": amount * 100, "currency": "GBP"}, **more}


def _spent(*values):
    return clean().but("D1", value=list(values))


def _limited(*limits):
    return clean().but("grant", limits=list(limits))


def _varied(on, **data):
    return fact("delegation.varied", "delegation:S1", on, **data)


# GL01


def test_more_than_the_limit_trips_it_alone():
    found = _spent(pounds(620_000)).trips("GL01", "D1", "grant")
    assert sentence(found) == ("its value of 620000.00 GBP is over the limit of delegation:S1 (500000.00 GBP, <=)")
    assert found.severity == "error"


def test_the_limit_itself_is_within_it():
    _spent(pounds(500_000)).is_clean()
    _limited(pounds(400_000, operator="<=")).is_clean()
    _limited(pounds(400_000)).is_clean()


def test_the_limit_itself_is_beyond_one_that_is_said_to_be_below_it():
    _limited(pounds(400_000, operator="<")).trips("GL01", "D1", "grant")
    _limited(pounds(400_001, operator="<")).is_clean()


def test_a_penny_more_is_over():
    _spent({"money": {"amount": 50_000_001, "currency": "GBP"}}).trips("GL01", "D1", "grant")


def test_several_sums_are_added_up():
    found = _spent(pounds(300_000), pounds(300_000)).trips("GL01", "D1", "grant")
    assert sentence(found).startswith("its value of 300000.00 GBP and 300000.00 GBP is over")


def test_sums_of_another_kind_than_the_limit_are_not_added():
    _limited(pounds(500_000, kind="revenue")).but(
        "D1", value=[pounds(400_000, kind="revenue"), pounds(300_000, kind="capital")]
    ).is_clean()
    _limited(pounds(500_000, kind="capital")).but(
        "D1", value=[pounds(400_000, kind="revenue"), pounds(600_000, kind="capital")]
    ).trips("GL01", "D1", "grant")


def test_any_of_several_limits_may_be_exceeded():
    found = _limited(pounds(500_000), pounds(300_000, per="year")).trips("GL01", "D1", "grant")
    assert sentence(found).endswith("(300000.00 GBP, year)")


def test_a_limit_that_was_raised_before_counts():
    _spent(pounds(620_000)).also(varied=_varied("2026-03-01", limits=[pounds(700_000)])).is_clean()


def test_a_limit_that_was_lowered_before_counts():
    lowered = _varied("2026-03-01", limits=[pounds(300_000)])
    clean().also(varied=lowered).trips("GL01", "D1", "grant", "varied")
    clean().also(varied=_varied("2026-03-13", limits=[pounds(300_000)])).is_clean()


def test_a_limit_that_changed_within_the_day_is_not_evidenced():
    found = clean().also(varied=_varied("2026-03-12T15:00:00Z", limits=[pounds(300_000)])).is_not_evidenced("GL01")
    assert sentence(found) == (
        "its value of 400000.00 GBP is over the limit of delegation:S1 (300000.00 GBP), which changed at about that "
        "time: which came first is not recorded"
    )
    raised = _varied("2026-03-12T15:00:00Z", limits=[pounds(700_000)])
    _spent(pounds(620_000)).also(varied=raised).is_not_evidenced("GL01")


def test_a_corrected_value_counts():
    corrected = fact(
        "record.corrected",
        "decision:D1",
        "2026-04-01",
        of={"stream": "decision:D1", "n": 1},
        changes=[{"path": "/value/0/money/amount", "was": 62_000_000, "now": 42_000_000}],
    )
    _spent(pounds(620_000)).also(corrected=corrected).is_clean()


def test_the_value_of_the_paper_counts_where_the_decision_names_none():
    history = clean().but("D1", value=None).but("P1", value=[pounds(620_000)])
    found = history.trips("GL01", "D1", "P1", "grant")
    assert sentence(found).startswith("its value of 620000.00 GBP is over")


def test_the_value_of_the_decision_takes_the_place_of_the_papers():
    clean().but("P1", value=[pounds(620_000)]).is_clean()


def test_the_value_is_that_of_the_version_that_was_decided():
    dearer = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", value=[pounds(620_000)])
    clean().but("D1", value=None).also(revised=dearer).says_nothing("GL01")
    decided = clean().but("D1", value=None, proposals=[{"proposal": "proposal:P1", "version": "2"}])
    found = decided.also(revised=dearer).findings("GL01")
    assert [one.rule for one in found] == ["GL01"]


def test_two_papers_are_added_up():
    second = fact("proposal.submitted", "proposal:P2", "2026-02-20", ref="P2", value=[pounds(300_000)])
    both = [{"proposal": "proposal:P1"}, {"proposal": "proposal:P2"}]
    history = clean().also(second=second).but("P1", value=[pounds(300_000)]).but("D1", value=None, proposals=both)
    (found,) = history.findings("GL01")
    assert found.evidence == positions(history, "D1", "P1", "second", "grant")


def test_a_revision_of_that_very_moment_counts():
    at = "2026-03-12T10:00:00Z"
    dearer = fact("proposal.revised", "proposal:P1", at, version="2", value=[pounds(620_000)])
    history = clean().but("D1", on=at, value=None, proposals=[{"proposal": "proposal:P1"}]).also(revised=dearer)
    assert history.findings("GL01")


def test_where_the_version_is_not_recorded_it_is_the_last_before_the_decision():
    undecided = clean().but("D1", value=None, proposals=[{"proposal": "proposal:P1"}])
    dearer = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", value=[pounds(620_000)])
    assert len(undecided.also(revised=dearer).findings("GL01")) == 1
    later = fact("proposal.revised", "proposal:P1", "2026-03-13", version="2", value=[pounds(620_000)])
    undecided.also(revised=later).says_nothing("GL01")
    untouched = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", title="The hub")
    undecided.also(revised=untouched).says_nothing("GL01")


@pytest.mark.parametrize("outcome", ["approved-in-part", "approved-as-amended", "delegated"])
def test_how_much_of_the_papers_value_a_part_of_it_commits_is_not_evidenced(outcome):
    history = clean().but("D1", value=None, outcome=outcome).but("P1", value=[pounds(620_000)])
    found = history.is_not_evidenced("GL01")
    assert sentence(found) == (
        "how much of the 620000.00 GBP of its paper it commits is not recorded; delegation:S1 allows (500000.00 GBP, <=)"
    )


def test_its_own_value_counts_of_a_part_too():
    _spent(pounds(620_000)).but("D1", outcome="approved-in-part").trips("GL01", "D1", "grant")


def test_what_commits_nothing_breaks_no_limit():
    for outcome in ("rejected", "noted", "deferred", "elected", "ratified"):
        _spent(pounds(620_000)).but("D1", outcome=outcome).says_nothing("GL01")
    _spent(pounds(620_000)).but("D1", asked_to="advise").says_nothing("GL01")


def test_another_currency_is_not_evidenced():
    found = _spent({"money": {"amount": 1, "currency": "EUR"}}).is_not_evidenced("GL01")
    assert sentence(found) == (
        "its value of 0.01 EUR cannot be compared with the limit of delegation:S1: it is in another currency"
    )


def test_without_a_limit_nothing_is_over():
    for limits in ([], None, [{"words": "as the budget allows"}]):
        _spent(pounds(9_000_000)).but("grant", limits=limits).is_clean()
    _limited(POUNDS_500K).but("D1", value=[]).is_clean()


def test_what_is_cited_for_two_organisations_is_said_once():
    twice = [
        {"on_behalf_of": [who], "delegation": "delegation:S1"} for who in ("organisation:icb", "organisation:council")
    ]
    found = _spent(pounds(620_000)).but("D1", authority=twice).findings("GL01")
    assert len(found) == 1


def _under_another(onward_limits, amount, **data):
    history = by_the_officer(limits=onward_limits, **data).but("committee", parents=[{"parent": "organisation:icb"}])
    return history.but("D1", value=[pounds(amount)])


def test_the_limit_of_the_delegation_above_counts_too():
    history = _under_another([], 620_000)
    (found,) = history.findings("GL01")
    assert sentence(found) == (
        "its value of 620000.00 GBP is over the limit of delegation:S1 (500000.00 GBP, <=), "
        "under which delegation:S2 was given"
    )
    assert found.evidence == positions(history, "D1", "onward", "grant")
    assert not _under_another([], 500_000).findings("GL01")
    named = _under_another([], 620_000, parent="delegation:S1", delegator="person:p2")
    assert [sentence(one) for one in named.findings("GL01")] == [sentence(found)]


def test_the_limit_counts_however_far_above():
    third = fact(
        "delegation.granted",
        "delegation:S3",
        "2025-07-01",
        ref="S3",
        delegator="post:officer",
        delegates=["person:p4"],
        scope=[{"function": "function:discharge"}],
        parent="delegation:S2",
        limits=[],
    )
    history = _under_another([], 620_000, parent="delegation:S1").also(third=third)
    history = history.but("D1", decision_makers=["person:p4"], authority=[{"delegation": "delegation:S3"}])
    (found,) = history.findings("GL01")
    assert sentence(found).endswith("(500000.00 GBP, <=), under which delegation:S3 was given")
    round_ = history.but("onward", parent="delegation:S3")
    assert not round_.findings("GL01")


def test_its_own_limit_is_told_before_that_of_the_one_above():
    (found,) = _under_another([pounds(600_000)], 620_000).findings("GL01")
    assert sentence(found).endswith("over the limit of delegation:S2 (600000.00 GBP)")


def test_who_had_the_power_without_a_limit_by_another_way_was_within_it():
    other = fact(
        "delegation.granted",
        "delegation:S0",
        "2025-04-01",
        ref="S0",
        delegator="body:board",
        delegates=["body:committee"],
        scope=[{"function": "function:discharge"}],
        limits=[],
    )
    assert not _under_another([], 620_000).also(other=other).findings("GL01")
    assert not _under_another([], 620_000).undated("D1").findings("GL01")


def test_a_limit_is_printed_as_one():
    (over,) = _spent(pounds(620_000)).findings("GL01")
    assert "up to £500,000" in in_words(over.said, {})
    (without,) = clean().but("D1", value=None).but("P1", value=None).findings("GL03")
    assert "up to £500,000" in in_words(without.said, {})


# GL03


def test_a_decision_without_a_value_under_a_limited_delegation_trips_it_alone():
    found = clean().but("D1", value=None).but("P1", value=None).trips("GL03", "D1", "grant")
    assert sentence(found) == "no value is recorded, and delegation:S1 is limited to 500000.00 GBP, <="
    assert found.severity == "warning"


def test_that_there_is_no_value_can_be_said():
    clean().but("D1", value=[]).but("P1", value=None).is_clean()
    clean().but("D1", value=[pounds(0)]).but("P1", value=None).is_clean()
    clean().but("D1", value=None).but("P1", value=[]).is_clean()


def test_the_value_of_its_paper_will_do():
    clean().but("D1", value=None).but("P1", value=[POUNDS_400K]).is_clean()


def test_without_a_limit_in_money_no_value_is_missed():
    for limits in ([], None, [{"words": "as the budget allows"}]):
        clean().but("D1", value=None).but("P1", value=None).but("grant", limits=limits).is_clean()


def test_what_commits_nothing_needs_no_value():
    for outcome in ("rejected", "noted", "deferred", "elected", "ratified"):
        clean().but("D1", value=None, outcome=outcome).but("P1", value=None).says_nothing("GL03")


# Whose value, and under which delegation


def test_a_revision_that_names_no_value_leaves_that_of_the_version_before():
    revised = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", title="The hub")
    history = clean().but("P1", value=[pounds(620_000)]).also(revised=revised)
    history = history.but("D1", value=None, proposals=[{"proposal": "proposal:P1", "version": "2"}])
    (found,) = history.findings("GL01")
    assert found.evidence == positions(history, "D1", "P1", "grant")


def test_where_no_version_has_a_label_the_last_before_the_decision_counts():
    dearer = fact("proposal.revised", "proposal:P1", "2026-03-05", value=[pounds(620_000)])
    history = clean().but("P1", version=None).also(revised=dearer)
    history = history.but("D1", value=None, proposals=[{"proposal": "proposal:P1"}])
    history.says_something("GL01")
    history.but("revised", on="2026-03-13").says_nothing("GL01")


def test_the_last_version_is_the_last_by_its_day_whenever_it_was_written_down():
    third = fact("proposal.revised", "proposal:P1", "2026-03-06", version="3", value=[pounds(620_000)])
    second = fact("proposal.revised", "proposal:P1", "2026-03-05", version="2", value=[pounds(300_000)])
    history = clean().also(third=third, second=second)
    history.but("D1", value=None, proposals=[{"proposal": "proposal:P1"}]).says_something("GL01")
    swapped = history.but("third", on="2026-03-05").but("second", on="2026-03-06")
    swapped.but("D1", value=None, proposals=[{"proposal": "proposal:P1"}]).says_nothing("GL01")


def test_what_limits_one_delegation_from_above_limits_no_other_of_that_day():
    straight = fact(
        "delegation.granted",
        "delegation:S5",
        "2025-06-01",
        ref="S5",
        delegator="body:board",
        delegates=["post:officer"],
        scope=[{"function": "function:discharge"}],
        limits=[],
    )
    history = _under_another([], 620_000).also(straight=straight)
    other = {**history.facts["D1"], "stream": "decision:D2"}
    other["data"] = {**other["data"], "ref": "D2", "authority": [{"delegation": "delegation:S5"}]}
    assert [one.subject for one in history.also(D2=other).findings("GL01")] == ["decision:D1"]


def test_a_way_for_another_place_is_no_way_here():
    elsewhere = fact("place.defined", "place:elsewhere", "2022-07-01", ref="elsewhere", name="Elsewhere", level="place")
    other = fact(
        "delegation.granted",
        "delegation:S0",
        "2025-04-01",
        ref="S0",
        delegator="body:board",
        delegates=["body:committee"],
        scope=[{"function": "function:discharge"}],
        places=["place:town"],
        limits=[],
    )
    history = _under_another([], 620_000).also(elsewhere=elsewhere, other=other)
    history.says_nothing("GL01")
    history.but("other", places=["place:elsewhere"]).says_something("GL01")


def test_a_body_that_acts_for_whoever_limited_it_has_no_more_by_that():
    parents = [{"parent": "body:board", "functions": ["function:discharge"]}]
    _under_another([], 620_000).but("committee", parents=parents).says_something("GL01")


def test_a_circle_further_up_is_walked_once():
    def passed(ref, delegate, parent):
        return fact(
            "delegation.granted",
            f"delegation:{ref}",
            "2025-07-01",
            ref=ref,
            delegator="post:officer",
            delegates=[delegate],
            scope=[{"function": "function:discharge"}],
            parent=parent,
            limits=[],
        )

    third, fourth = passed("S3", "person:p4", "delegation:S2"), passed("S4", "person:p3", "delegation:S3")
    history = _under_another([], 620_000, parent="delegation:S1").also(third=third, fourth=fourth)
    history = history.but("D1", decision_makers=["person:p3"], authority=[{"delegation": "delegation:S4"}])
    history.says_something("GL01")
    history.but("onward", parent="delegation:S3").says_nothing("GL01")

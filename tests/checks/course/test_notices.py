from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

FOUR_WEEKS_AHEAD = "2026-02-11"


def notice(on, **data):
    return fact("proposal.noticed", "proposal:P1", on, key=True, **data)


def key_decision(**data):
    """D1 as a key decision of the council; what other rules make of that is not asked here."""
    return clean().but("D1", key=True, on_behalf_of=["organisation:council"], **data)


def found(history, **asked):
    return history.findings("GL39", **asked)


def test_a_notice_of_less_than_28_clear_days_trips_it():
    [one] = found(key_decision().also(notice=notice("2026-02-12")))
    assert (
        sentence(one)
        == "it is a key decision, and notice of it was given on 2026-02-12, less than 28 clear days before"
    )
    assert (one.severity, one.evidenced) == ("error", True)
    assert key_decision().also(notice=notice("2026-02-12"))._named(one.evidence) == ["D1", "notice"]
    assert not found(key_decision().also(notice=notice("2026-02-12")), on="2026-03-11")


def test_a_notice_of_28_clear_days_is_in_time():
    key_decision().also(notice=notice(FOUR_WEEKS_AHEAD)).says_nothing("GL39")


def test_the_best_of_several_notices_counts():
    key_decision().also(good=notice("2026-01-12"), late=notice("2026-03-01")).says_nothing("GL39")
    two = key_decision().also(later=notice("2026-03-01"), first=notice("2026-02-20"))
    assert two._named(found(two)[0].evidence) == ["D1", "first"]


def test_a_notice_of_another_decision_is_none_of_this_one():
    told = notice(FOUR_WEEKS_AHEAD, notice="FP/26/01")
    place = key_decision(notice="FP/26/02").also(notice=told)
    [one] = found(place)
    assert sentence(one) == "it is a key decision, and when notice FP/26/02 of it was given is not recorded"
    assert not one.evidenced
    assert place._named(one.evidence) == ["D1"]
    key_decision(notice="fp/26/01").also(notice=told).says_nothing("GL39")
    key_decision().also(notice=told).says_nothing("GL39")
    key_decision(notice="FP/26/02").also(notice=notice(FOUR_WEEKS_AHEAD)).says_nothing("GL39")


def test_a_notice_that_names_others_as_deciding_is_none_of_this_decision():
    [one] = found(key_decision().also(notice=notice(FOUR_WEEKS_AHEAD, decision_makers=["body:board"])))
    assert sentence(one) == "it is a key decision, and no notice of it is recorded"
    both = ["body:board", "body:committee"]
    key_decision().also(notice=notice(FOUR_WEEKS_AHEAD, decision_makers=both)).says_nothing("GL39")


def test_a_notice_after_the_decision_is_none():
    [one] = found(key_decision().also(notice=notice("2026-03-13")))
    assert sentence(one) == "it is a key decision, and no notice of it is recorded"


def test_a_notice_in_a_month_may_have_been_in_time():
    [one] = found(key_decision().also(notice=notice("2026-02")))
    assert not one.evidenced
    assert sentence(one) == (
        "it is a key decision, and notice of it was given on 2026-02; whether that was 28 clear days before is not recorded"
    )
    key_decision().also(notice=notice("2026-01")).says_nothing("GL39")
    [late] = found(key_decision().also(notice=notice("2026-03")))
    assert late.evidenced


def test_a_notice_that_may_have_been_given_on_the_first_of_a_month_counts_from_then():
    by_then = key_decision(meeting=None).but("D1", on="2026-03-02", meeting=None).also(notice=notice("2026-02"))
    assert [one.evidenced for one in found(by_then)] == [False]
    the_day_before = key_decision().but("D1", on="2026-03-01", meeting=None).also(notice=notice("2026-02"))
    assert [one.evidenced for one in found(the_day_before)] == [True]


def test_days_are_counted_by_the_clocks_there():
    late_at_night = key_decision().but("D1", on="2026-04-14T23:30:00Z", meeting=None).also(notice=notice("2026-03-17"))
    assert not found(late_at_night)
    noticed_at_night = key_decision().but("D1", on="2026-04-29", meeting=None)
    assert found(noticed_at_night.also(notice=notice("2026-03-31T23:30:00Z")))


def test_a_notice_of_the_very_moment_is_a_notice():
    at_once = "2026-03-12T09:00:00Z"
    [one] = found(key_decision().but("D1", on=at_once).also(notice=notice(at_once)))
    assert "less than 28 clear days before" in sentence(one)


def test_a_notice_whose_day_is_not_recorded_may_have_been_in_time():
    [one] = found(key_decision().also(notice=notice(None)))
    assert not one.evidenced
    assert "notice of it was given on a day that is not recorded; whether" in sentence(one)


def test_the_general_exception_needs_five_clear_days():
    key_decision().also(notice=notice("2026-03-06", exception="general-exception")).says_nothing("GL39")
    [one] = found(key_decision().also(notice=notice("2026-03-07", exception="general-exception")))
    assert sentence(one).endswith("given on 2026-03-07, less than 5 clear days before")


def test_special_urgency_needs_somebody_who_agreed():
    urgency = {"exception": "special-urgency"}
    key_decision().also(notice=notice("2026-03-11", **urgency, agreed_by=["body:board"])).says_nothing("GL39")
    [nobody] = found(key_decision().also(notice=notice("2026-03-11", **urgency, agreed_by=[])))
    assert sentence(nobody).endswith("given on 2026-03-11 under special urgency, to which nobody agreed")
    assert nobody.evidenced
    [unknown] = found(key_decision().also(notice=notice("2026-03-11", **urgency)))
    assert sentence(unknown).endswith("under special urgency, to which who agreed is not recorded")
    assert not unknown.evidenced


def test_of_an_urgent_decision_another_rule_speaks():
    key_decision(urgent={"ground": "the price"}).says_nothing("GL39")


def test_where_the_paper_is_recorded_and_no_notice_of_it_that_trips_it():
    history = key_decision()
    [one] = found(history)
    assert one.evidenced
    assert history._named(one.evidence) == ["D1", "P1"]


def test_where_not_even_the_paper_is_recorded_it_is_not_evidenced():
    [one] = found(key_decision(proposals=None))
    assert not one.evidenced
    assert sentence(one) == "it is a key decision, and whether notice of it was given is not recorded"
    assert [one.evidenced for one in found(key_decision().undated("P1"))] == [False]


def test_a_notice_that_is_only_numbered_is_not_evidenced():
    [one] = found(key_decision(notice="FP/26/02"))
    assert not one.evidenced
    assert sentence(one) == "it is a key decision, and when notice FP/26/02 of it was given is not recorded"


def test_the_paper_says_whether_it_is_key_where_the_decision_does_not():
    said_by_paper = clean().but("P1", key=True).but("D1", key=None, on_behalf_of=["organisation:council"])
    assert found(said_by_paper)
    said_by_paper.but("D1", key=False).says_nothing("GL39")
    revised = fact("proposal.revised", "proposal:P1", "2026-02-25", version="2", key=False)
    said_by_paper.also(revised=revised).says_nothing("GL39")
    unsaid = fact("proposal.revised", "proposal:P1", "2026-02-25", version="2")
    assert found(said_by_paper.also(revised=unsaid))
    said_by_paper.but("P1", key=None).says_nothing("GL39")


def test_whoever_is_known_to_be_no_council_takes_no_key_decisions():
    clean().but("D1", key=True).says_nothing("GL39")
    assert found(clean().but("D1", key=True).but("icb", kind=None))
    assert found(key_decision().but("D1", on_behalf_of=["organisation:icb", "organisation:council"]))
    assert found(key_decision().but("D1", on_behalf_of=None))


@pytest.mark.parametrize("outcome", ["rejected", "deferred", "noted"])
def test_what_does_not_bind_needs_no_notice(outcome):
    key_decision(outcome=outcome).says_nothing("GL39")


def test_what_is_no_key_decision_needs_none():
    key_decision().but("D1", key=False).says_nothing("GL39")


def test_a_retracted_notice_is_none():
    retracted = fact("record.retracted", "proposal:P1", None, of={"stream": "proposal:P1", "n": 3})
    [one] = found(key_decision().also(notice=notice(FOUR_WEEKS_AHEAD), retracted=retracted))
    assert "no notice" in sentence(one)

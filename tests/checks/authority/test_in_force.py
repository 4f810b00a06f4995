from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from decisionlog.domain.days import OPEN_END, span
from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

THE_GRANT = {"stream": "delegation:S1", "n": 1}


def _stop(how, on, **data):
    return fact(f"delegation.{how}", "delegation:S1", on, of=THE_GRANT if how != "lapsed" else None, **data)


def test_nothing_is_found_in_a_clean_place():
    clean().is_clean()


def test_a_delegation_that_had_been_revoked_trips_it_alone():
    found = clean().also(revoked=_stop("revoked", "2026-03-01")).trips("GL04", "D1", "revoked")
    assert sentence(found) == "it relies on delegation:S1, which had been revoked on 2026-03-01"


@pytest.mark.parametrize(
    ("how", "data", "said"),
    [
        ("suspended", {}, "which had been suspended on 2026-03-01"),
        ("lapsed", {"cause": "time-expired"}, "which had lapsed on 2026-03-01"),
        ("continued", {"continued_into": ["delegation:S2"]}, "which had been carried into another on 2026-03-01"),
    ],
)
def test_it_says_how_the_delegation_was_stopped(how, data, said):
    again = fact("delegation.granted", "delegation:S2", "2026-03-01", ref="S2")
    found = clean().also(again=again, stopped=_stop(how, "2026-03-01", **data)).findings("GL04")
    assert [sentence(one) for one in found] == [f"it relies on delegation:S1, {said}"]


def test_a_delegation_whose_last_day_was_the_day_before_trips_it():
    found = clean().but("grant", until="2026-03-12").trips("GL04", "D1", "grant")
    assert sentence(found) == "it relies on delegation:S1, whose last day was 2026-03-11"
    assert (found.since, found.until) == (span("2026-03-12", ZoneInfo("Europe/London")).earliest, OPEN_END)


def test_an_end_that_was_set_on_that_very_day_is_no_act_of_which_the_order_matters():
    varied = fact("delegation.varied", "delegation:S1", "2026-03-12", until="2026-03-12")
    clean().also(varied=varied).trips("GL04", "D1", "varied")


def test_on_its_last_day_it_is_in_force():
    clean().but("grant", until="2026-03-13").is_clean()


def test_what_was_revoked_the_day_after_says_nothing():
    clean().also(revoked=_stop("revoked", "2026-03-13")).is_clean()


def test_a_revocation_that_takes_effect_later_says_nothing():
    clean().also(revoked=_stop("revoked", "2026-03-01", from_="2026-03-13")).is_clean()


def test_a_suspension_that_was_over_says_nothing():
    clean().also(suspended=_stop("suspended", "2026-02-01", until="2026-03-12")).is_clean()


def test_a_retracted_revocation_says_nothing():
    retracted = fact("record.retracted", "delegation:S1", "2026-03-20", of={"stream": "delegation:S1", "n": 2})
    clean().also(revoked=_stop("revoked", "2026-03-01"), retracted=retracted).is_clean()


def test_a_revocation_of_the_very_day_is_not_held_against_it_since_the_order_is_not_recorded():
    found = clean().also(revoked=_stop("revoked", "2026-03-12")).is_not_evidenced("GL04")
    assert sentence(found) == (
        "whether it was taken before delegation:S1 was revoked cannot be told: the order within 2026-03-12 is not recorded"
    )


def test_a_revocation_that_says_it_takes_effect_on_that_day_had_ended_it():
    clean().also(revoked=_stop("revoked", "2026-03-12", from_="2026-03-12")).trips("GL04", "D1", "revoked")


def test_a_revocation_at_an_hour_of_that_day_is_not_evidenced_either():
    clean().also(revoked=_stop("revoked", "2026-03-12T14:00:00Z")).is_not_evidenced("GL04")


def test_where_only_the_month_of_the_decision_is_recorded_a_revocation_within_it_is_not_evidenced():
    history = clean().but("D1", on="2026-03").also(revoked=_stop("revoked", "2026-03-20"))
    found = history.is_not_evidenced("GL04")
    assert sentence(found).endswith("the order within 2026-03 is not recorded")


def test_where_the_day_of_the_decision_is_not_recorded_what_ended_since_is_not_evidenced():
    found = clean().undated("D1").also(revoked=_stop("revoked", "2026-03-20")).is_not_evidenced("GL04")
    assert sentence(found).endswith("the day of the decision is not recorded")
    clean().undated("D1").says_nothing("GL04")


def test_what_one_partner_stopped_touches_only_whom_it_binds():
    by_the_council = _stop("suspended", "2026-03-01", on_behalf_of=["organisation:council"])
    clean().also(suspended=by_the_council).says_nothing("GL04")
    by_the_icb = _stop("suspended", "2026-03-01", on_behalf_of=["organisation:icb"])
    found = clean().also(suspended=by_the_icb).trips("GL04", "D1", "suspended")
    assert sentence(found).endswith("which had been suspended for organisation:icb on 2026-03-01")


def test_what_was_stopped_for_one_function_touches_only_what_is_about_it():
    other = fact("function.catalogued", "function:other", "2022-07-01", ref="other", name="Other")
    one = _stop("suspended", "2026-03-01", scope=[{"function": "function:other"}])
    clean().also(other=other, suspended=one).says_nothing("GL04")
    same = _stop("suspended", "2026-03-01", scope=[{"function": "function:discharge"}])
    clean().also(suspended=same).trips("GL04", "D1", "suspended")


@pytest.mark.parametrize("outcome", ["noted", "deferred", "no-decision", "recommended"])
def test_an_outcome_that_uses_no_power_says_nothing(outcome):
    clean().but("D1", outcome=outcome).also(revoked=_stop("revoked", "2026-03-01")).says_nothing("GL04")


def test_a_rejection_uses_the_power_too():
    clean().but("D1", outcome="rejected").also(revoked=_stop("revoked", "2026-03-01")).trips("GL04", "D1", "revoked")


def test_a_delegation_that_begins_the_day_after_trips_it_alone():
    found = clean().but("grant", from_="2026-03-13").trips("GL05", "D1", "grant")
    assert sentence(found) == "it relies on delegation:S1, which was not in force before 2026-03-13"


def test_on_its_first_day_a_delegation_is_in_force():
    clean().but("grant", from_="2026-03-12").is_clean()
    clean().but("grant", on="2026-03-12").is_clean()


def test_a_delegation_that_began_at_an_hour_of_that_day_is_not_evidenced():
    found = clean().but("grant", on="2026-03-12T14:00:00Z").is_not_evidenced("GL05")
    assert sentence(found) == (
        "whether delegation:S1, which began on 2026-03-12T14:00:00Z, was in force cannot be told: "
        "the order within 2026-03-12 is not recorded"
    )


def test_a_grant_without_a_day_is_not_held_against_the_decision():
    found = clean().undated("grant").is_not_evidenced("GL05")
    assert sentence(found) == "whether delegation:S1 was in force cannot be told: from when it was is not recorded"


def test_a_grant_without_a_day_may_have_been_first_said_on_the_day_of_the_decision():
    found = clean().but("D1", on="2026-06-01").undated("grant").is_not_evidenced("GL05")
    assert sentence(found) == (
        "whether delegation:S1 was in force cannot be told: the order within 2026-06-01 is not recorded"
    )


def test_a_corrected_first_day_counts():
    corrected = fact(
        "record.corrected",
        "delegation:S1",
        "2026-04-01",
        of=THE_GRANT,
        changes=[{"path": "/from", "was": "2026-04-01", "now": "2026-03-01"}],
    )
    clean().but("grant", from_="2026-04-01").also(corrected=corrected).says_nothing("GL05")


def test_an_instrument_that_begins_later_than_the_decision_trips_it():
    found = clean().but("sord", from_="2026-03-13").trips("GL05", "D1", "grant", "sord")
    assert sentence(found) == (
        "it relies on delegation:S1 by instrument:sord, which was not in force before 2026-03-13"
    )
    clean().but("sord", from_="2026-03-12").is_clean()


def test_a_delegation_without_an_instrument_says_nothing_of_one():
    clean().but("grant", instrument=None).says_nothing("GL05")

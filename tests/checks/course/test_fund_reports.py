from __future__ import annotations

import pytest

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence


def fund(reporting=None, **data):
    whole = {"kind": "pooled", "parties": ["organisation:icb", "organisation:council"], **data}
    if reporting is not None:
        whole["reporting"] = reporting
    return clean().also(fund=fact("fund.established", "fund:F1", "2025-04-01", ref="F1", **whole))


def reported(on, **data):
    return fact("fund.reported", "fund:F1", on, **data)


QUARTERLY = [{"to": "body:committee", "every": "quarterly"}]
BY_MAY = [{"to": "body:committee", "every": "quarterly", "next_due": "2026-05-10"}]


def test_a_day_that_passed_without_a_report_trips_it_from_the_day_after():
    found = fund(BY_MAY).trips("GL50", "fund", on="2026-05-11")
    assert sentence(found) == "a report on it was due by 2026-05-10, and none is recorded by then"
    assert (found.subject, found.severity) == ("fund:F1", "warning")
    fund(BY_MAY).is_clean(on="2026-05-10")


def test_the_first_of_several_days_counts():
    several = [*BY_MAY, {"to": "body:board", "next_due": "2026-05-20"}]
    assert sentence(fund(several).trips("GL50", "fund", on="2026-05-25")).startswith(
        "a report on it was due by 2026-05-10,"
    )


def test_a_report_by_its_day_is_in_time_and_a_late_one_ends_it():
    fund(BY_MAY).also(told=reported("2026-05-10")).is_clean(on="2026-05-11")
    late = fund(BY_MAY).also(told=reported("2026-05-15"))
    late.trips("GL50", "fund", on="2026-05-14")
    late.is_clean(on="2026-05-15")
    fund(BY_MAY).also(told=reported(None)).is_clean(on="2026-05-14")


def test_each_report_says_when_the_next_is_due():
    history = fund(BY_MAY).also(told=reported("2026-04-20", next_due="2026-05-20"))
    history.is_clean(on="2026-05-20")
    history.trips("GL50", "told", on="2026-05-21")


def test_a_quarter_without_the_report_on_the_one_before_trips_it():
    found = fund(QUARTERLY).trips("GL50", "fund", on="2025-10-01")
    assert sentence(found) == "no report on it was made in a whole period of 3 months, for which one was due"
    fund(QUARTERLY).is_clean(on="2025-09-30")


def test_after_a_report_the_next_is_due_by_the_end_of_the_period_that_follows():
    history = fund(QUARTERLY).also(told=reported("2025-08-20"))
    history.is_clean(on="2025-12-31")
    history.trips("GL50", "told", on="2026-01-01")
    early = fund(QUARTERLY).also(told=reported("2025-07-01"))
    early.is_clean(on="2025-12-31")
    early.trips("GL50", "told", on="2026-01-01")
    before = fund(QUARTERLY).also(told=reported("2025-06-30"))
    before.trips("GL50", "told", on="2025-10-01")
    much_before = fund(QUARTERLY).also(told=reported("2025-02-01"))
    much_before.findings("GL50", on="2025-10-01")
    partial = fund(QUARTERLY).also(told=reported("2025-08"))
    partial.is_clean(on="2025-12-31")
    some_day = fund(QUARTERLY).also(told=reported("2025"))
    some_day.says_nothing("GL50", on="2026-03-31")
    assert some_day.findings("GL50", on="2026-04-01")
    by_the_clocks_there = fund(QUARTERLY).also(told=reported("2025-09-30T23:30:00Z"))
    by_the_clocks_there.says_nothing("GL50", on="2026-03-31")
    next_year = fund(QUARTERLY).also(told=reported("2026-03-20"))
    next_year.says_nothing("GL50", on="2026-06-30")
    assert next_year.findings("GL50", on="2026-07-01")


@pytest.mark.parametrize(
    ("every", "last_day"),
    [
        ("monthly", "2025-05-31"),
        ("Quarterly", "2025-09-30"),
        ("half-yearly", "2026-03-31"),
        ("annually", "2027-03-31"),
    ],
)
def test_how_often_is_read_from_the_terms(every, last_day):
    history = fund([{"to": "body:committee", "every": every}])
    history.says_nothing("GL50", on=last_day)
    month_after = {"2025-05-31": "2025-06-01", "2025-09-30": "2025-10-01", "2026-03-31": "2026-04-01"}
    assert history.findings("GL50", on=month_after.get(last_day, "2027-04-01"))


def test_the_most_frequent_counts():
    both = fund([{"every": "annually"}, {"every": "quarterly"}])
    assert both.findings("GL50", on="2025-10-01")


def test_a_fund_that_begins_late_in_a_month_or_in_the_year_counts_from_its_month():
    history = fund(QUARTERLY, from_="2025-12-31")
    history.says_nothing("GL50", on="2026-05-31")
    assert history.findings("GL50", on="2026-06-01")


def test_under_section_75_the_law_says_quarterly():
    by_law = fund(legal_basis="nhsa2006-s75")
    by_law.says_nothing("GL50", on="2025-09-30")
    assert by_law.findings("GL50", on="2025-10-01")
    assert fund([{"every": "each meeting"}], legal_basis="nhsa2006-s75").findings("GL50", on="2025-10-01")
    agreement = fact("instrument.adopted", "instrument:s75", "2025-04-01", ref="s75", kind="s75-agreement")
    assert fund(instrument="instrument:s75").also(agreement=agreement).findings("GL50", on="2025-10-01")
    annual = fund([{"every": "annually"}], legal_basis="nhsa2006-s75")
    annual.says_nothing("GL50", on="2025-10-01")


def test_of_other_funds_whose_terms_say_nothing_nothing_is_said():
    fund().says_nothing("GL50", on="2027-01-01")
    fund(legal_basis="nhsa2006-s65Z6").says_nothing("GL50", on="2027-01-01")
    fund([{"every": "each meeting"}]).says_nothing("GL50", on="2027-01-01")
    fund(kind="aligned", legal_basis="nhsa2006-s75").says_nothing("GL50", on="2027-01-01")
    other = fact("instrument.adopted", "instrument:s75", "2025-04-01", ref="s75", kind="mou")
    fund(instrument="instrument:s75").also(other=other).says_nothing("GL50", on="2027-01-01")


def test_a_fund_that_ended_is_not_reported_on_any_more():
    closed = fact("fund.closed", "fund:F1", "2026-05-10")
    fund(BY_MAY).also(closed=closed).says_nothing("GL50", on="2026-05-11")
    fund(BY_MAY, until="2026-05-20").trips("GL50", "fund", on="2026-05-19")
    fund(BY_MAY, until="2026-05-20").says_nothing("GL50", on="2026-05-20")

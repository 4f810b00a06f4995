from __future__ import annotations

from tests.checks.histories import clean, sentence


def test_a_decision_that_was_written_down_after_more_than_four_weeks_trips_it():
    found = clean().written("D1", "2026-04-10").trips("GL43", "D1")
    assert sentence(found) == "it was taken on 2026-03-12 and first written down on 2026-04-10, 29 days later"
    assert found.severity == "info"


def test_after_four_weeks_it_is_not_late():
    clean().written("D1", "2026-04-09").is_clean()
    clean().written("D1", "2026-04-09T22:30:00Z").is_clean()
    at_night = clean().but("D1", on="2026-04-14T23:30:00Z", meeting=None)  # the 15th by the clocks there
    at_night.written("D1", "2026-05-13").says_nothing("GL43")
    assert clean().written("D1", "2026-04-09T23:30:00Z").trips("GL43", "D1")  # it was past midnight in summer time


def test_it_is_so_from_the_day_on_which_it_was_written_down():
    history = clean().written("D1", "2026-04-20")
    history.trips("GL43", "D1", on="2026-04-20")
    history.is_clean(on="2026-04-19")


def test_what_was_typed_here_is_judged_by_the_clock_of_the_log():
    typed = clean().written("D1", "2026-04-20")
    typed.facts["D1"]["source"] = {}
    found = typed.trips("GL43", "D1", on="2026-06-02")
    assert sentence(found).endswith("written down on 2026-06-01, 81 days later")


def test_an_import_whose_source_does_not_say_when_it_was_written_is_not_judged():
    clean().written("D1", None).is_clean(on="2026-06-02")


def test_of_a_month_the_last_day_counts():
    clean().but("D1", on="2026-03", meeting=None).written("D1", "2026-04-28").says_nothing("GL43")
    assert clean().but("D1", on="2026-03", meeting=None).written("D1", "2026-04-29").findings("GL43")


def test_a_decision_of_which_no_day_is_recorded_is_not_judged():
    clean().undated("D1").written("D1", "2026-05-01").says_nothing("GL43")

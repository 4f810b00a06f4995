"""Entries of the log day by day, and decisions month by month, as the history shows them."""

from __future__ import annotations

from decisionlog.domain.answers.basis import Basis
from decisionlog.domain.answers.chronicle import Chronicle, Entry, Month
from decisionlog.render.site.days import by_day, periods

BASIS = Basis("northmoor.example", "2026-06-01", "2026-06-01", "log", 9, "00", "reading-1")


def days(*written):
    told = by_day(Entry(position, day, None) for position, day in enumerate(written, 1))
    return [(day, [one.position for one in several]) for day, several in told]


def test_each_day_has_its_entries():
    assert days("2026-02-01", "2026-02-01", "2026-02-03") == [("2026-02-01", [1, 2]), ("2026-02-03", [3])]


def test_an_entry_that_is_not_shown_stands_with_those_before_it():
    assert days("2026-02-01", "", "2026-02-03", "") == [("2026-02-01", [1, 2]), ("2026-02-03", [3, 4])]


def test_one_at_the_head_of_a_page_stands_with_those_after_it():
    assert days("", "2026-02-01") == [("2026-02-01", [1, 2])]
    assert days("", "") == [("", [1, 2])]
    assert days() == []


def test_decisions_are_counted_for_their_picture_by_month_and_kind():
    told = Chronicle(BASIS, (Month("2026-01", 5, {"approved": 2, "noted": 1}), Month("2026-03", 1, {"rejected": 1})))
    assert [(one.when, one.numbers) for one in periods(told)] == [
        ("2026-01", (2, 0, 1)),
        ("2026-02", (0, 0, 0)),
        ("2026-03", (0, 1, 0)),
    ]

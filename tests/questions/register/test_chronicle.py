"""The history of the log: how much was recorded and decided in each month, and what was recorded in one of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from decisionlog.domain.refusals import NotFound
from decisionlog.questions.register.chronicle import months_recorded
from tests.questions.register.opening import opened, twin, words
from tests.scenario import body, corrected, decision, new_log, proposal, record


def at(*day, hour=12):
    return datetime(*day, hour, tzinfo=UTC)


@pytest.fixture(scope="module")
def log():
    found = new_log(now=at(2025, 12, 30))
    record(found, body("alpha", name="Alpha"), now=at(2025, 12, 31))
    record(found, decision("D1", "2025-11-05", outcome="approved", decision_makers=["body:alpha"]), now=at(2026, 2, 1))
    record(found, decision("D2", "2025-11", outcome="rejected"), now=at(2026, 2, 1))
    record(found, decision("D3", None, outcome="noted"), now=at(2026, 2, 2))
    record(found, corrected("decision:D1", "/outcome", "approved", "noted"), now=at(2026, 3, 31, hour=23))
    return found


def test_entries_count_when_they_were_recorded_and_decisions_when_they_were_taken(log):
    told = opened(log, "history").answers["chronicle"]
    assert [(one.month, one.recorded, dict(one.decided)) for one in told.items] == [
        ("", 0, {"noted": 1}),
        ("2025-11", 0, {"noted": 1, "rejected": 1}),
        ("2025-12", 2, {}),
        ("2026-02", 3, {}),
        ("2026-04", 1, {}),  # 23:00 UTC on the last of March is April in Northmoor, where it is summer
    ]


def test_only_months_in_which_something_was_recorded_have_a_page(log):
    page = opened(log, "history")
    assert "November 2025 None 2" in words(page)
    assert "February 2026 3 None" in words(page)
    assert b'"decisions": 2' in twin(page)
    with pytest.raises(NotFound):
        opened(log, "history/2026-03")
    for never in ("2025-13", "0000-01", "9999-12", "soon", "2026-2"):
        with pytest.raises(NotFound):
            opened(log, f"history/{never}")


def test_a_month_tells_what_was_recorded_day_by_day_as_it_is_known_by_now(log):
    page = opened(log, "history/2026-02")
    told = page.answers["recorded"]
    assert (told.first, told.last) == (3, 5)
    assert [(one.position, one.day) for one in told.items] == [(3, "2026-02-01"), (4, "2026-02-01"), (5, "2026-02-02")]
    assert "What was recorded in February 2026 3 entries of the log, 3 to 5" in words(page)
    assert "1 February 2026 3 D1: Alpha noted it." in words(page)
    assert "Corrected by [6]" in words(page)


def test_an_entry_says_on_which_day_of_the_log_and_from_what_it_was_recorded_and_its_twin_when_and_where():
    whence = {"name": "board.yaml", "place": "meeting M1, item 3"}
    found = new_log(now=at(2026, 3, 30))
    record(found, body("alpha", name="Alpha") | {"source": whence}, now=at(2026, 3, 31, hour=23))
    for page in (opened(found, "history/2026-04"), opened(found, "bodies/alpha")):
        assert b'"source": "board.yaml, meeting M1, item 3"' in twin(page)
        assert b'"recorded_at": "2026-03-31T23:00:00.000000Z"' in twin(page)
    told = words(opened(found, "history/2026-04"))
    assert "Recorded on 1 April 2026 by secretariat-1, from board.yaml." in told
    assert "item 3" not in told


def test_a_full_month_comes_a_page_at_a_time():
    found = new_log(now=at(2026, 1, 1))
    record(found, *(proposal(f"P{number}") for number in range(30)), now=at(2026, 1, 2))
    second = opened(found, "history/2026-01", page="2")
    assert (second.number, second.pages, second.total) == (2, 2, 31)
    assert [one.position for one in second.answers["recorded"].items] == [26, 27, 28, 29, 30, 31]


def test_what_is_recorded_next_turns_no_page_of_before(log):
    before = list(months_recorded(_asking(log)))
    record(log, proposal("P"), now=at(2026, 5, 1))
    assert list(months_recorded(_asking(log))) == [*before, "2026-05"]


def _asking(log):
    from decisionlog.questions.register.asking import Asking

    return Asking(log, None, at(2026, 6, 1))

"""The first page: what was decided last, what is coming, and what is overdue."""

from __future__ import annotations

from decisionlog.domain.saying import plain
from tests.questions.register.opening import opened, twin, words
from tests.scenario import body, decision, fact, given, organisation

OF_ICB = {"decision_makers": ["body:board"], "on_behalf_of": ["organisation:icb"], "outcome": "approved"}


def place(*more):
    return given(organisation("icb", name="The ICB"), body("board", name="ICB Board"), *more).log


def action(number, due, **more):
    key = f"A{number}"
    return fact(
        "action.assigned", f"action:{key}", "2026-01-05", ref=key, organisation="organisation:icb", due=due, **more
    )


def overdue(log):
    page = opened(log, "")
    return [(line.label, plain(line.said)) for line in page.answers["overdue"].lines], page


def test_what_was_due_and_is_not_done_is_told_what_was_due_last_first():
    log = place(
        decision("D1", review_by="2026-04-01", report_to=[{"to": "body:board", "due": "2026-05-01"}], **OF_ICB),
        action(1, "2026-03-31", what="Write it."),
        action(2, "2026-03-31", what="Done"),
        action(3, "2026-06-02", what="Later"),
        fact("action.completed", "action:A2", "2026-03-30"),
    )
    found, page = overdue(log)
    assert found == [
        ("2026-05-01", "Report on decision:D1 to body:board"),
        ("2026-04-01", "Review of decision:D1"),
        ("2026-03-31", "action:A1, 'Write it.': organisation:icb is to do it."),
    ]
    assert "Overdue" in words(page)
    assert "31 March 2026 A1, 'Write it.': The ICB is to do it." in words(page)
    assert "more." not in words(page).partition("Overdue")[2]
    assert b"Write it." in twin(page)


def test_of_many_that_are_overdue_five_are_told_and_how_many_more_there_are():
    found, page = overdue(place(*(action(number, f"2026-03-0{number}") for number in range(1, 8))))
    assert [label for label, _ in found] == [f"2026-03-0{number}" for number in (7, 6, 5, 4, 3)]
    assert "There are 2 more. Every day on which something is due (iCalendar)" in words(page)


def test_where_nothing_is_overdue_nothing_is_said_of_it():
    found, page = overdue(place(action(1, "2026-06-02")))
    assert found == []
    assert "Overdue" not in words(page)

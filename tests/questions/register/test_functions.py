"""The list of functions: parts below their whole, whose duty each is, a page at a time; and the map."""

from __future__ import annotations

from tests.questions.asking import given
from tests.questions.register.opening import opened, words
from tests.questions.test_functions_map import COUNCIL, ICB, NORTH, SYSTEM, duty, function, grant
from tests.scenario import fact


def listed(page):
    return [(one.function.partition(":")[2], len(one.above)) for one in page.answers["catalogue"].items]


def test_parts_follow_their_whole():
    log = given(function("b"), function("a"), function("c", "function:b"), function("d", "function:c")).log
    page = opened(log, "functions")
    assert listed(page) == [("b", 0), ("c", 1), ("d", 2), ("a", 0)]
    assert "C Part of B Nobody is recorded with the duty" in words(page)


def test_the_duty_is_told_of_whoever_came_after_its_holder():
    taken_over = fact("organisation.succeeded", ICB, "2026-04-01", ends=True,
                      successors=[{"organisation": COUNCIL, "takes": "whole"}])  # fmt: skip
    log = given(*SYSTEM, function("care"), duty("care", ICB), taken_over).log
    assert "Duty: The Council" in words(opened(log, "functions"))


def test_a_long_list_comes_a_page_at_a_time():
    log = given(*(function(f"f{number:02}") for number in range(27))).log
    assert len(listed(opened(log, "functions"))) == 25
    second = opened(log, "functions", page="2")
    assert (listed(second), second.number, second.pages, second.total) == ([("f25", 0), ("f26", 0)], 2, 2, 27)
    assert opened(log, "functions", page="x").number == 1
    assert opened(log, "functions", page="9999999").number == 1
    assert opened(log, "functions", page="999").number == 2


def test_a_log_without_functions_says_so():
    assert "No function is recorded yet." in words(opened(given().log, "functions"))
    assert "No function is recorded there by then." in words(opened(given().log, "map"))


def test_the_map_says_first_of_what_it_is_not_clear():
    log = given(*SYSTEM, function("care"), duty("care", ICB, NORTH)).log
    told = words(opened(log, "map"))
    assert (
        "Today, 1 function is recorded. It is clear of 1 of 2 entries who has the duty and who can decide. "
        "Nobody is recorded with the duty for: Care in South." in told
    )
    assert "A gap: nobody is recorded with the duty" in told


def test_the_map_of_one_place_or_level_or_day():
    log = given(*SYSTEM, function("care"), duty("care", ICB, NORTH)).log
    assert [row.place for row in opened(log, "map", place=NORTH).answers["map"].items] == [NORTH]
    assert opened(log, "map", level="system").answers["map"].items == ()
    assert "On 1 January 2021, as known today," in words(opened(log, "map", on="2021-01-01"))
    wrong = opened(log, "map", place="nowhere")
    assert wrong.problem == "No place here is called 'nowhere'."
    assert len(wrong.answers["map"].items) == 2


def test_the_map_hides_what_may_be_irregular_unless_it_is_to_be_shown():
    log = given(*SYSTEM, function("care"), duty("care", ICB), grant("X", COUNCIL, "body:committee", "care")).log
    hidden, shown = (opened(log, "map", findings=flag).answers["map"] for flag in (False, True))
    assert shown.counted == {"complete-with-findings": 1}
    assert any(row.findings for row in shown.items)
    assert hidden.counted == {"complete": 1}
    assert not any(row.findings for row in hidden.items)

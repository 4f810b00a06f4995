"""Of the limits on a way, which bind."""

from __future__ import annotations

from decisionlog.domain.authority.limits import lowest


def pounds(amount, operator="<=", **more):
    return {"money": {"amount": amount * 100, "currency": "GBP"}, "operator": operator, **more}


def of(*limits):
    return [limit for limit, _ in lowest((limit, "") for limit in limits)]


def test_the_lowest_stands_alone_with_what_sets_it():
    assert lowest([(pounds(500), "S-1"), (pounds(50), "S-2"), (pounds(70), "S-3")]) == [(pounds(50), "S-2")]


def test_of_two_that_are_equal_the_first_is_told():
    assert lowest([(pounds(50), "S-1"), (pounds(50), "S-2")]) == [(pounds(50), "S-1")]


def test_below_a_sum_is_less_than_up_to_it():
    assert of(pounds(50), pounds(50, "<")) == [pounds(50, "<")]
    assert of(pounds(50, "<"), pounds(50)) == [pounds(50, "<")]


def test_each_decision_is_meant_where_no_time_is_said():
    assert of(pounds(50), pounds(40, per="decision"), pounds(45, per="each decision")) == [pounds(40, per="decision")]


def test_what_is_not_alike_stands_beside_it():
    euros = {"money": {"amount": 100, "currency": "EUR"}, "operator": "<="}
    several = [
        pounds(50), pounds(40, per="year"), pounds(30, fund="fund:pool"), pounds(20, kind="capital"), euros,
        {"words": "minor works"}, {"words": "repairs"},
    ]  # fmt: skip
    assert of(*several, pounds(60), pounds(50, per="year"), {"words": "repairs"}) == several

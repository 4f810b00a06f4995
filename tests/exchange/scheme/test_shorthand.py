"""Amounts and limits as people say them, and back."""

from __future__ import annotations

import pytest

from decisionlog.exchange.scheme.shorthand import limit, said_limit, said_money


def pounds(amount):
    return {"amount": amount * 100, "currency": "GBP"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("up to £500,000 per decision", {"money": pounds(500_000), "operator": "<=", "per": "decision"}),
        ("below 500k", {"money": pounds(500_000), "operator": "<"}),
        ("<= 2m per financial year", {"money": pounds(2_000_000), "operator": "<=", "per": "financial year"}),
        ("Up to 10.50 EUR", {"money": {"amount": 1050, "currency": "EUR"}, "operator": "<="}),
        ("under £500,000", {"money": pounds(500_000), "operator": "<"}),
        ("£500,000", {"money": pounds(500_000)}),
    ],
)
def test_a_limit_is_read_as_one_says_it(written, meant):
    assert limit(written, "GBP") == meant
    assert limit(said_limit(meant), "GBP") == meant


@pytest.mark.parametrize("written", ["", "lots", "up to", "per decision", "up to many per decision"])
def test_what_is_no_limit_is_not_guessed(written):
    assert limit(written, "GBP") is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (pounds(450_000), "£450,000"),
        ({"amount": 45_000_050, "currency": "EUR"}, "€450,000.50"),
        ({"amount": 100, "currency": "SEK"}, "1 SEK"),
        ({"amount": -100, "currency": "GBP"}, None),
        ({"amount": 100, "currency": "pounds"}, None),
        ({"amount": 100}, None),
    ],
)
def test_an_amount_is_said_only_where_it_would_be_read_as_the_same(value, said):
    assert said_money(value) == said


@pytest.mark.parametrize("more", [{"vat": "included"}, {"words": "as agreed"}, {"fund": "fund:f"}])
def test_a_limit_that_says_more_is_written_out(more):
    assert said_limit({"money": pounds(5), "operator": "<=", **more}) is None
    assert said_limit(more) is None


def test_a_limit_whose_words_would_be_read_otherwise_is_written_out():
    assert said_limit({"money": pounds(5), "per": " decision "}) is None

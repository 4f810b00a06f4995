"""An amount as people write it, and what is none."""

from __future__ import annotations

import pytest

from decisionlog.domain.amounts import money


@pytest.mark.parametrize(
    ("written", "pence", "currency"),
    [
        ("£450,000", 45_000_000, "GBP"),
        ("450k", 45_000_000, "GBP"),
        ("1.5m", 150_000_000, "GBP"),
        ("450000.50 GBP", 45_000_050, "GBP"),
        (450_000, 45_000_000, "GBP"),
        ("0", 0, "GBP"),
        ("€2m", 200_000_000, "EUR"),
        ("12.30 eur", 1_230, "EUR"),
        ("£1.2 million", 120_000_000, "GBP"),
        ("1 250 000", 125_000_000, "GBP"),
    ],
)
def test_an_amount_is_read_as_people_write_it(written, pence, currency):
    assert money(written) == {"amount": pence, "currency": currency}


@pytest.mark.parametrize(
    "written", ["a lot", "-5", "", "1.005", True, "12 pounds", "£", "1,2,x", "1,2m", "£45,00", "£450.000", "1,2345"]
)
def test_what_is_no_amount_is_left_to_be_refused(written):
    assert money(written) is None

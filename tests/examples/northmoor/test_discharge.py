"""The thread of the year: who was accountable for leaving hospital, and who could decide on it, month by month."""

from __future__ import annotations

import pytest

COUNCIL, ICB = "Northmoor Council", "NHS Northmoor Integrated Care Board"
BOTH = f"{COUNCIL} and {ICB}"
THE_FUND = "up to £400,000 per decision"
COMMITTEE, DIRECTOR, OFFICER = (
    "Northmoor Joint Committee",
    "Director of Adult Social Care",
    "Chief Finance Officer of the ICB: held by Gareth Pugh",
)

MONTHS = {
    "2025-04-30": [f"{COMMITTEE}: for {BOTH}, by S75-JC;", f"{DIRECTOR}: held by Judith Okafor", "up to £250,000"],
    "2025-05-31": [f"{COMMITTEE}: for {BOTH}, by S75-JC;", f"{DIRECTOR}: held by Judith Okafor", "up to £250,000"],
    "2025-06-30": [f"{COMMITTEE}: for {BOTH}, by S75-JC;", f"{DIRECTOR}: held by Judith Okafor", "up to £250,000"],
    "2025-07-31": [f"{COMMITTEE}: for {BOTH}, by S75-JC;", f"{DIRECTOR}: held by Judith Okafor", "up to £300,000"],
    "2025-08-31": [f"{COMMITTEE}: for {BOTH}, by S75-JC;", f"{DIRECTOR}: held by Judith Okafor", "up to £300,000"],
    "2025-09-30": [f"{COMMITTEE}: for {BOTH}, by S75-JC;", "by CC-4.7 and JC-D1", "up to £300,000"],
    "2025-10-31": [f"{COMMITTEE}: for {BOTH}, by S75-JC, {THE_FUND}", "by CC-4.7 and JC-D1", "up to £300,000"],
    "2025-11-30": [f"{COMMITTEE}: for {COUNCIL}, by S75-JC, {THE_FUND}", f"{DIRECTOR}: held by person p-019", OFFICER],
    "2025-12-31": [f"{COMMITTEE}: for {COUNCIL}, by S75-JC, {THE_FUND}", f"{DIRECTOR}: held by person p-019", OFFICER],
    "2026-01-31": [f"{COMMITTEE}: for {BOTH}, by S75-JC, {THE_FUND}", f"{DIRECTOR}: held by Judith Okafor", OFFICER],
    "2026-02-28": [f"{COMMITTEE}: for {BOTH}, by S75-JC, {THE_FUND}", f"{DIRECTOR}: held by Judith Okafor"],
    "2026-03-31": [f"{COMMITTEE}: for {BOTH}, by S75-JC, {THE_FUND}", f"{DIRECTOR}: held by Judith Okafor"],
}
ASKED = ("hospital-discharge", "--place", "northmoor", "--on")


@pytest.mark.parametrize("day", MONTHS)
def test_who_could_decide_at_the_end_of_the_month(ask, day):
    told = ask("who", "could", *ASKED, day).stdout
    for sentence in MONTHS[day]:
        assert sentence in told
    assert (OFFICER in told) == (OFFICER in MONTHS[day])


@pytest.mark.parametrize("day", MONTHS)
def test_the_council_and_the_icb_stay_accountable_all_year(ask, day):
    told = ask("who", "accountable", *ASKED, day).stdout
    assert f"{BOTH} were accountable for Hospital discharge in Northmoor." in told.splitlines()[0]

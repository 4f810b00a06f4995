"""Allotted references: the next one of whoever numbers, in the style that is in use."""

from __future__ import annotations

import pytest

from decisionlog.exchange.meetings.numbering import Numbers


def following(*refs, kind="decision", by="NLB", on="2026-03-12"):
    return Numbers(lambda *_: refs).next(kind, by, on)


@pytest.mark.parametrize(
    ("refs", "allotted"),
    [
        ((), "NLB/25-26/001"),
        (("NLB/25-26/031",), "NLB/25-26/032"),
        (("NLB/24-25/099",), "NLB/25-26/001"),
        (("NLB/25-26/031", "NLB/25-26/007"), "NLB/25-26/032"),
        (("NLB/25-26/9",), "NLB/25-26/10"),
        (("NLB/2526/031",), "NLB/2526/032"),
        (("NLB/2025-26/31",), "NLB/2025-26/32"),
        (("NLB/26/118",), "NLB/26/119"),
        (("NLB/2026/118",), "NLB/2026/119"),
        (("NLB 26-007",), "NLB 26-008"),
        (("nlb/25-26/031",), "nlb/25-26/032"),
        (("NLB/25-26/P14", "NLB/whatever"), "NLB/25-26/001"),
        (("NLB/25-26/031", "NLB-X"), "NLB/25-26/032"),
    ],
)
def test_the_next_reference_is_in_the_style_in_use(refs, allotted):
    assert following(*refs) == allotted


@pytest.mark.parametrize(
    ("kind", "allotted"),
    [("proposal", "NLB/25-26/P01"), ("disagreement", "NLB/25-26/D01"), ("action", "NLB/25-26/A01")],
)
def test_every_kind_has_a_letter_of_its_own(kind, allotted):
    assert following(kind=kind) == allotted


@pytest.mark.parametrize(
    ("on", "year"), [("2026-03-31", "25-26"), ("2026-04-01", "26-27"), ("2099-12-01", "99-00"), ("2026", "26-27")]
)
def test_the_year_begins_in_april(on, year):
    assert following(on=on) == f"NLB/{year}/001"


def test_a_reference_is_allotted_once_and_never_one_that_a_file_gives():
    numbers = Numbers(lambda *_: ())
    numbers.reserve(["NLB/25-26/002"])
    numbers.opens("decision:NLB/25-26/004")
    assert [numbers.next("decision", "NLB", "2026-03-12") for _ in range(2)] == ["NLB/25-26/005", "NLB/25-26/006"]

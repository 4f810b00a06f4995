from __future__ import annotations

import pytest

from decisionlog.commands.allotting import next_ref, series_of
from decisionlog.domain.refusals import BadInput
from tests.scenario import body, decision, fact, given, new_log, organisation, proposal


@pytest.mark.parametrize(
    ("kind", "ref"),
    [
        ("decision", "NLB/25-26/001"),
        ("proposal", "NLB/25-26/P01"),
        ("disagreement", "NLB/25-26/D01"),
        ("action", "NLB/25-26/A01"),
        ("delegation", "NLB/25-26/L01"),
        ("meeting", "NLB-2026-03-12"),
    ],
)
def test_each_kind_has_its_own_series(kind, ref):
    assert next_ref(new_log(), kind, "NLB", "2026-03-12") == ref


@pytest.mark.parametrize(
    ("on", "year"),
    [
        ("2025-03-31", "24-25"),
        ("2025-04-01", "25-26"),
        ("2026-03-31T23:30:00+01:00", "25-26"),
        ("2025-02", "24-25"),
        ("2025", "25-26"),
        ("1999-12-31", "99-00"),
    ],
)
def test_the_year_is_that_of_public_bodies(on, year):
    assert next_ref(new_log(), "decision", "NLB", on) == f"NLB/{year}/001"


def test_the_next_number_is_one_more_than_the_highest_whatever_its_spelling():
    log = given(
        decision("NLB/25-26/030"), decision("nlb/25\u201326/031"), decision("NLB/24-25/099"), decision("CAB/25-26/050")
    ).log
    assert next_ref(log, "decision", "NLB", "2026-03-12") == "NLB/25-26/032"


def test_other_kinds_and_other_names_do_not_count():
    log = given(proposal("NLB/25-26/P14"), decision("NLB/25-26/P20"), decision("NLB/25-26/031a")).log
    assert next_ref(log, "decision", "NLB", "2026-03-12") == "NLB/25-26/001"
    assert next_ref(log, "proposal", "NLB", "2026-03-12") == "NLB/25-26/P15"


def test_numbers_beyond_the_digits_go_on():
    assert next_ref(given(proposal("NLB/25-26/P99")).log, "proposal", "NLB", "2026-03-12") == "NLB/25-26/P100"


def test_a_name_that_was_given_later_counts():
    log = given(decision("D1"), fact("record.renumbered", "decision:D1", ref="NLB/25-26/007")).log
    assert next_ref(log, "decision", "NLB", "2026-03-12") == "NLB/25-26/008"


def test_what_is_given_in_the_same_batch_counts():
    taken = ["NLB/25-26/001", "NLB/25-26/002"]
    assert next_ref(new_log(), "decision", "NLB", "2026-03-12", taken) == "NLB/25-26/003"
    assert next_ref(new_log(), "meeting", "NLB", "2026-03-12", ["NLB-2026-03-12"]) == "NLB-2026-03-12-2"


def test_a_second_meeting_of_one_day_has_another_reference():
    log = given(fact("meeting.called", "meeting:NLB-2026-03-12")).log
    assert next_ref(log, "meeting", "NLB", "2026-03-12T14:00:00Z") == "NLB-2026-03-12-2"


def test_a_kind_without_a_series_is_not_numbered():
    with pytest.raises(BadInput, match="No person is numbered"):
        next_ref(new_log(), "person", "NLB", "2026-03-12")


@pytest.mark.parametrize(
    ("facts", "series"),
    [
        ([body("nlb", short_name="NLB")], "NLB"),
        ([body("nlb")], "nlb"),
        ([body("nlb", short_name="Locality Board")], "nlb"),
        (
            [body("nlb", short_name="NLB"), fact("body.renamed", "body:nlb", name="Place Board", short_name="NPB")],
            "NPB",
        ),
        ([body("nlb", short_name="NLB"), fact("body.renamed", "body:nlb", name="Place Board")], "NLB"),
    ],
    ids=["its short name", "none", "one of two words", "renamed", "renamed without one"],
)
def test_a_series_begins_with_the_short_name_of_whoever_numbers(facts, series):
    assert series_of(given(*facts).log, "body:nlb") == series


def test_a_series_with_signs_of_its_own_is_taken_as_it_is():
    log = given(organisation("a"), decision("A.B(1)/25-26/004"), decision("AxB(1)/25-26/009")).log
    assert next_ref(log, "decision", "A.B(1)", "2025-05-01") == "A.B(1)/25-26/005"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("NLB/26/118", "NLB/26/119"),
        ("nlb/2526/07", "NLB/2526/08"),
        ("NLB 2025-26/007", "NLB-2025-26/008"),
        ("NLB/25-26/0031", "NLB/25-26/0032"),
        ("NLB/2024-25/099", "NLB/2025-26/001"),
    ],
)
def test_the_style_that_is_in_use_goes_on(before, after):
    assert next_ref(given(decision(before)).log, "decision", "NLB", "2026-03-12") == after


def test_the_newest_style_counts():
    log = given(decision("NLB/25-26/030"), decision("NLB/26/001")).log
    assert next_ref(log, "decision", "NLB", "2026-03-12") == "NLB/26/002"

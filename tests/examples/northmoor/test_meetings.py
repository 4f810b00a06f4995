"""The meetings of the example: recorded from their files on top of the scheme, once and for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import answer, new_log, run

NORTHMOOR = Path(__file__).parents[3] / "examples" / "northmoor"
MEETINGS = sorted(NORTHMOOR.glob("meetings/*.yaml"))


@pytest.fixture
def year():
    """The scheme and all meetings."""
    new_log()
    run("scheme", "apply", str(NORTHMOOR / "scheme.yaml"), "--by", "clerk-1")
    return run("record", *map(str, MEETINGS), "--by", "clerk-1")


def test_every_meeting_is_recorded_and_none_twice(year):
    assert "in 5 batches" in year.stdout
    assert "Nothing was added." in run("record", *map(str, MEETINGS), "--by", "clerk-1").stdout


def test_one_paper_at_one_meeting_has_three_determinations(year):
    items = answer("who", "decided", "NLB/25-26/P14", "--on", "2026-06-01")["items"]
    assert [item["decision"]["stream"] for item in items] == [
        "decision:NLB/25-26/031",
        "decision:CAB/26/118",
        "decision:NLB/25-26/032",
    ]


def test_an_urgent_decision_under_a_power_that_had_ended_is_recorded_as_it_happened(year):
    item = answer("who", "decided", "ICB/25-26/U02", "--on", "2026-06-01")
    assert item["authority"][0]["valid"].startswith("not in force")


def test_a_conflict_and_how_it_was_managed_stand_with_the_meeting(year):
    told = run("history", "PC-2025-05-15").stdout
    assert "The trust would be paid to run the service." in told
    assert "leaves for item" in told

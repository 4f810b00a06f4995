"""The page about the meeting file says what the tables of keys say, and what it shows can be recorded."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from decisionlog.exchange.meetings.business_keys import (
    ACTION,
    AUTHORITY,
    DECISION,
    DISAGREEMENT,
    MATTERS,
    POSITION,
    PROPOSAL,
    VOTES,
)
from decisionlog.exchange.meetings.keys import (
    ATTENDEE,
    BETWEEN,
    BETWEEN_FILE,
    DEFAULTS,
    DISCUSSED,
    FILE,
    INTEREST,
    INTERVAL,
    ITEM,
    MEETING,
    MINUTES,
    PRESIDING,
    QUORUM,
)
from tests.scenario import decision, fact

LEVELS = {
    "the file": FILE,
    "a file of decisions between meetings": BETWEEN_FILE,
    "meeting": MEETING,
    "between_meetings": BETWEEN,
    "defaults": DEFAULTS,
    "present, apologies, absent, in_attendance": ATTENDEE,
    "intervals": INTERVAL,
    "presiding": PRESIDING,
    "interests": INTEREST,
    "quorum": QUORUM,
    "minutes": MINUTES,
    "items": ITEM,
    "discussed": DISCUSSED,
    "proposal": PROPOSAL,
    "positions": POSITION,
    "disagreement": DISAGREEMENT,
    "decision": DECISION,
    "votes": VOTES,
    "under": AUTHORITY,
    "actions": ACTION,
}
"""Every level of a file with its keys."""
PAGE = (Path(__file__).parents[3] / "docs" / "meeting-file.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
HEAD = "meeting: {body: northmoor-icb-place-committee, on: 2026-03-26}\n"
ROWS = {(key, means.means) for level in LEVELS.values() for key, means in level.items()}


@pytest.mark.parametrize(("key", "means"), sorted(ROWS))
def test_every_key_is_on_the_page_with_what_it_means(key, means):
    assert f"| `{key}` | {means} |" in PAGE


@pytest.mark.parametrize("key", MATTERS)
def test_every_key_for_earlier_business_is_on_the_page(key):
    matter = MATTERS[key]
    assert f"| `{key}` | {matter.kind} | `{matter.short}` | {matter.means}; becomes `{matter.type}` |" in PAGE


def test_no_key_is_on_the_page_that_is_in_no_table():
    shown = set(re.findall(r"^\| `([a-z_]+)` \|", PAGE, re.MULTILINE))
    assert shown - {key for level in LEVELS.values() for key in level} - set(MATTERS) == set()


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"example {number}" for number in range(1, len(EXAMPLES) + 1)])
def test_what_the_page_shows_can_be_recorded(desk, example):
    desk.plain(
        fact("meeting.held", "meeting:NLB-2025-12-11", "2025-12-11", bodies=["body:northmoor-locality-board"]),
        decision("NLB/25-26/027", conditions=[{"id": "C1", "words": "Staff are found."}]),
        fact("action.assigned", "action:NLB/25-26/A01"),
    )
    whole = example if example.startswith(("meeting:", "between_meetings:")) else HEAD + example
    assert desk.records(whole)
    assert desk.records(whole) == []

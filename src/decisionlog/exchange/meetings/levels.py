"""Every level of a file with its keys, for the page that explains them and the test that holds it to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.exchange.meetings.business_keys import (
    ACTION,
    AUTHORITY,
    DECISION,
    DISAGREEMENT,
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
    Level,
)

LEVELS: Final[Mapping[str, Level]] = {
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
"""Every level of a file, for its page in the documents."""

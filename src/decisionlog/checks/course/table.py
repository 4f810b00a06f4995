"""Which function judges by which rule of the course of things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.checks.course import conditions, entries, funds, minutes, reports, reviews, urgency
from decisionlog.checks.rule import Judge

JUDGES: Final[Mapping[str, Judge]] = {
    "GL23": conditions.condition_unmet,
    "GL28": funds.cross_body_spend,
    "GL29": reports.not_reported_back,
    "GL30": urgency.urgent_not_ratified,
    "GL31": urgency.urgency_ground_missing,
    "GL33": reviews.review_overdue,
    "GL41": minutes.minutes_unconfirmed,
    "GL42": minutes.differs_from_minutes,
    "GL43": entries.late_entry,
}

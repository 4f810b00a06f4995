"""Which function judges by which rule of the course of things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.checks.course import (
    access,
    call_in,
    codes,
    completeness,
    conditions,
    conflicting,
    entries,
    fund_reports,
    funds,
    minutes,
    notices,
    promised_actions,
    reports,
    reviews,
    urgency,
)
from decisionlog.checks.rule import Judge

JUDGES: Final[Mapping[str, Judge]] = {
    "GL23": conditions.condition_unmet,
    "GL28": funds.cross_body_spend,
    "GL29": reports.not_reported_back,
    "GL30": urgency.urgent_not_ratified,
    "GL31": urgency.urgency_ground_missing,
    "GL33": reviews.review_overdue,
    "GL38": call_in.implemented_in_call_in,
    "GL39": notices.key_decision_notice,
    "GL40": completeness.incomplete_record,
    "GL41": minutes.minutes_unconfirmed,
    "GL42": minutes.differs_from_minutes,
    "GL43": entries.late_entry,
    "GL44": access.exempt_text,
    "GL46": conflicting.conflicting_decisions,
    "GL47": promised_actions.action_orphan,
    "GL50": fund_reports.fund_not_reported,
    "GL52": codes.identifier_drift,
}

"""Which function judges by which rule of meetings and partners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.checks.meetings import (
    conflicts,
    deciders,
    deputies,
    disagreements,
    escalation,
    forums,
    interests,
    jointly,
    membership,
    quorum,
    sign_offs,
    ties,
)
from decisionlog.checks.rule import Judge

JUDGES: Final[Mapping[str, Judge]] = {
    "GL11": quorum.inquorate,
    "GL12": membership.lapsed_member,
    "GL13": deputies.deputy_invalid,
    "GL14": interests.undeclared_interest,
    "GL15": conflicts.unmanaged_conflict,
    "GL16": interests.late_registration,
    "GL17": conflicts.dispensation_missing,
    "GL18": sign_offs.sign_off_missing,
    "GL19": sign_offs.stale_sign_off,
    "GL20": sign_offs.sign_off_without_authority,
    "GL21": disagreements.unresolved_disagreement,
    "GL22": escalation.escalation_overdue,
    "GL26": forums.forum_acting,
    "GL27": jointly.one_sided,
    "GL48": deciders.self_approval,
    "GL49": ties.tie_without_rule,
}

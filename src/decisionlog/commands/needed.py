"""What an act must say, type by type: without these it says nothing of use, though a record of old may lack them.

One table for every way in which somebody records one act: the command line asks for what is missing, HTTP refuses. Facts
that are imported, and the files of meetings, record what there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

_BY_SOMEBODY: Final = "by|on_behalf_of|by_decision"

NEEDED: Final[Mapping[str, str]] = {
    "proposal.submitted": "title",
    "proposal.revised": "version",
    "proposal.referred": "to",
    "proposal.sign_off_requested": "asked",
    "proposal.position_taken": "on_behalf_of|by position",
    "proposal.superseded": "by_proposals",
    "disagreement.raised": "on_behalf_of|by grounds",
    "disagreement.escalated": "to",
    "decision.taken": "decision_makers outcome",
    "decision.ratified": "decision_makers",
    "decision.not_ratified": "decision_makers",
    "decision.reported_back": "to",
    "decision.superseded": "by_decisions",
    "delegation.granted": "delegator delegates",
    "delegation.reported": "to",
    "condition.accepted": "condition",
    "condition.refused": "condition",
    "condition.discharged": "condition",
    "condition.failed": "condition",
    "condition.waived": "condition",
    "action.assigned": "what",
    "record.corrected": "changes",
    "record.retracted": "reason",
    "record.access_changed": "access",
    "record.hold_placed": "reason",
    "record.hold_lifted": "reason",
    "finding.explained": "rule reason",
    "finding.accepted": f"rule reason {_BY_SOMEBODY}",
    "finding.waived": f"rule reason {_BY_SOMEBODY}",
    "finding.waiver_ended": f"rule {_BY_SOMEBODY}",
}
"""The fields that an act of a type must have; of `a|b`, one."""


def needed(type_name: str) -> Iterator[tuple[str, ...]]:
    """The fields that an act of this type must have, in their order; of each of these, one."""
    return (tuple(one.split("|")) for one in NEEDED.get(type_name, "").split())


def lacking(type_name: str, said: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Those of which none is said."""
    return (names for names in needed(type_name) if not any(name in said for name in names))

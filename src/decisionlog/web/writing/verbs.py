"""The commands for one fact that can be sent over HTTP: what each records, by the kind of what it is about.

The same names and types as on the command line, whose own table has the flags as well; a test holds both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_CONDITION: Final = ("proposal", "decision", "delegation", "disagreement")


class Verb(NamedTuple):
    """One command."""

    types: Mapping[str, str]
    """The type of fact for each kind of thing; `` for what opens a thing of its own, `*` for any kind."""
    ways: Mapping[str, str] = _NONE
    """Words of `way` that make it record another type."""
    must_choose: bool = False
    """Whether `way` must be given."""

    @property
    def opens(self) -> bool:
        """Whether it opens a thing, so that there is none yet that it is about."""
        return "" in self.types


VERBS: Final[Mapping[str, Verb]] = {
    "propose": Verb({"": "proposal.submitted"}),
    "revise": Verb({"proposal": "proposal.revised"}),
    "refer": Verb({"proposal": "proposal.referred"}),
    "defer": Verb({"proposal": "proposal.deferred"}),
    "request-sign-off": Verb({"proposal": "proposal.sign_off_requested"}),
    "sign-off": Verb({"proposal": "proposal.position_taken"}),
    "disagree": Verb(dict.fromkeys(("proposal", "decision", "delegation", "meeting"), "disagreement.raised")),
    "escalate": Verb({"disagreement": "disagreement.escalated"}),
    "resolve": Verb(
        {"disagreement": ""},
        {
            "reconciled": "disagreement.reconciled",
            "parked": "disagreement.parked",
            "upheld": "disagreement.upheld",
            "overruled": "disagreement.overruled",
            "withdrawn": "disagreement.withdrawn",
            "dissent": "disagreement.dissent_recorded",
        },
        must_choose=True,
    ),
    "decide": Verb({"": "decision.taken"}),
    "delegate": Verb({"": "delegation.granted"}),
    "revoke": Verb({"delegation": "delegation.revoked"}),
    "suspend": Verb({"delegation": "delegation.suspended"}),
    "resume": Verb({"delegation": "delegation.resumed"}),
    "ratify": Verb({"decision": "decision.ratified"}, {"declined": "decision.not_ratified"}),
    "report-back": Verb({"decision": "decision.reported_back", "delegation": "delegation.reported"}),
    "discharge": Verb(
        dict.fromkeys(_CONDITION, "condition.discharged"),
        {
            "accepted": "condition.accepted",
            "refused": "condition.refused",
            "failed": "condition.failed",
            "waived": "condition.waived",
        },
    ),
    "implement": Verb({"decision": "decision.implemented"}),
    "publish": Verb({"decision": "decision.published"}),
    "call-in": Verb(
        {"decision": "decision.called_in", "proposal": "proposal.called_in"},
        {"concluded": "decision.call_in_concluded"},
    ),
    "vary": Verb({"decision": "decision.varied", "delegation": "delegation.varied"}),
    "supersede": Verb({"decision": "decision.superseded", "proposal": "proposal.superseded"}),
    "rescind": Verb({"decision": "decision.rescinded"}),
    "lapse": Verb({"proposal": "proposal.lapsed", "decision": "decision.lapsed", "delegation": "delegation.lapsed"}),
    "withdraw": Verb(
        {"proposal": "proposal.withdrawn", "disagreement": "disagreement.withdrawn"},
        {"partner": "proposal.position_withdrawn"},
    ),
    "correct": Verb({"*": "record.corrected"}),
    "retract": Verb({"*": "record.retracted"}),
    "assign": Verb({"": "action.assigned"}),
    "complete": Verb({"action": "action.completed"}, {"cancelled": "action.cancelled"}),
    "set-access": Verb({"*": "record.access_changed"}),
    "hold": Verb({"*": "record.hold_placed"}),
    "lift-hold": Verb({"*": "record.hold_lifted"}),
    "finding": Verb(
        {"*": ""},
        {
            "explain": "finding.explained",
            "accept": "finding.accepted",
            "waive": "finding.waived",
            "end-waiver": "finding.waiver_ended",
        },
        must_choose=True,
    ),
}
"""Every one of them."""

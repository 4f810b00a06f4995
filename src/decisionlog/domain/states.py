"""The state in which each kind of fact leaves the thing that it is about. Folding never refuses."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

STATES: Mapping[str, str] = MappingProxyType(
    {
        "organisation.registered": "registered",
        "organisation.dissolved": "dissolved",
        "place.defined": "defined",
        "function.catalogued": "catalogued",
        "person.registered": "registered",
        "person.erased": "erased",
        "post.established": "established",
        "post.filled": "filled",
        "post.vacated": "vacant",
        "post.abolished": "abolished",
        "body.constituted": "constituted",
        "body.dissolved": "dissolved",
        "body.reconstituted": "constituted",
        "instrument.adopted": "in force",
        "instrument.replaced": "replaced",
        "instrument.ended": "ended",
        "delegation.granted": "granted",
        "delegation.suspended": "suspended",
        "delegation.resumed": "granted",
        "delegation.revoked": "revoked",
        "delegation.lapsed": "lapsed",
        "fund.established": "established",
        "fund.closed": "closed",
        "proposal.submitted": "submitted",
        "proposal.revised": "submitted",
        "proposal.referred": "referred",
        "proposal.listed": "listed",
        "proposal.called_in": "called in",
        "proposal.deferred": "deferred",
        "proposal.lapsed": "lapsed",
        "proposal.superseded": "superseded",
        "proposal.withdrawn": "withdrawn",
        "disagreement.raised": "raised",
        "disagreement.escalated": "escalated",
        "disagreement.reconciled": "reconciled",
        "disagreement.parked": "parked",
        "disagreement.upheld": "upheld",
        "disagreement.overruled": "overruled",
        "disagreement.withdrawn": "withdrawn",
        "disagreement.dissent_recorded": "dissent recorded",
        "meeting.called": "called",
        "meeting.held": "held",
        "meeting.adjourned": "adjourned",
        "meeting.resumed": "held",
        "meeting.cancelled": "cancelled",
        "decision.taken": "taken",
        "decision.ratified": "ratified",
        "decision.not_ratified": "not ratified",
        "decision.called_in": "called in",
        "decision.stayed": "stayed",
        "decision.taken_over": "taken over",
        "decision.implemented": "implemented",
        "decision.superseded": "superseded",
        "decision.rescinded": "rescinded",
        "decision.lapsed": "lapsed",
        "decision.voided": "voided",
        "action.assigned": "assigned",
        "action.completed": "completed",
        "action.cancelled": "cancelled",
        "interest.registered": "registered",
        "interest.ended": "ended",
        "dispensation.granted": "granted",
        "access.granted": "granted",
        "access.revoked": "revoked",
        "log.opened": "opened",
        "log.moved": "moved",
        "row.imported": "imported",
    }
)
"""The types that change a state; every other type leaves it as it is."""

REVERTS: Mapping[str, str] = MappingProxyType({"decision.call_in_concluded": "decision.called_in"})
"""Types that end a state, so that the one before it holds again."""

SETTLED: Mapping[str, frozenset[str]] = MappingProxyType(
    {"disagreement.dissent_recorded": frozenset({"reconciled", "upheld", "overruled", "withdrawn"})}
)
"""States that a type leaves as they are: a dissent that is minuted ends a disagreement only where nothing else has."""
